/**
 * Answers from outside, kept per root run and shared by its branches.
 *
 * Guaranteed: an answer is durable when `put` resolves, which is before it is used, so that no crash loses one that was
 * paid for; the first answer to a question stays. They stand beside the log and not in it: they come in any order,
 * and an answer may be kept whose round never closed.
 */
export interface StoredAnswer {
  readonly round: number;
  readonly agent: number;
  readonly step: number;
  readonly attempt: number;
  /** SHA-256 of the request. */
  readonly request: string;
  readonly answer: string;
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** Millionths of a dollar. */
  readonly price: number;
}

export interface Answers {
  /** A second answer to the same request at the same place changes nothing. @throws StoreError STORE_FULL */
  put(root: string, answer: StoredAnswer): Promise<void>;

  /** By agent, step, attempt, request: the order in which a run without concurrency would have asked. */
  of(root: string, round: number): Promise<readonly StoredAnswer[]>;
}
