/** Answers kept for queries that come again; agents often look for the same films. */

const ANSWERS_KEPT = 4096;

export class AnswerCache {
  readonly #answers = new Map<string, readonly number[]>();
  readonly #search: (query: string, count: number) => readonly number[];

  /** @param search is asked once per query and count, as long as the answer is kept */
  constructor(search: (query: string, count: number) => readonly number[]) {
    this.#search = search;
  }

  /** Nothing for a blank query. */
  find(query: string, count: number): readonly number[] {
    if (count <= 0 || query.trim() === '') return [];
    const key = `${count} ${query}`;
    let answer = this.#answers.get(key);
    if (answer === undefined) {
      if (this.#answers.size === ANSWERS_KEPT) this.#answers.clear();
      this.#answers.set(key, (answer = this.#search(query, count)));
    }
    return answer;
  }
}
