/**
 * Tells those who follow a run that it has grown, within this process. Each run has a count of
 * changes: a follower remembers the count before it reads, so that what is appended between its
 * reading and its waiting is not missed.
 */
import type { EncodedBlock } from '../encoding/block.ts';

export class RunChanges {
  readonly #counts = new Map<string, number>();
  readonly #waiting = new Map<string, Set<() => void>>();
  /** How often all following was ended. */
  #endings = 0;

  announce(id: string): void {
    this.#counts.set(id, this.#count(id) + 1);
    for (const wake of this.#waiting.get(id) ?? []) wake();
  }

  /** Ends all following that goes on now; whoever begins later is not concerned. */
  endAll(): void {
    this.#endings += 1;
    for (const followers of this.#waiting.values()) for (const wake of followers) wake();
  }

  /**
   * What is stored from a position on, then what is appended later, until the signal or the end of all following.
   * @param read the stored blocks from a position on
   * @param pollMs how often to look for what another process appended; never where none can
   */
  async *follow(
    {
      id,
      from,
      signal,
      pollMs,
    }: { readonly id: string; readonly from: number; readonly signal: AbortSignal; readonly pollMs?: number },
    read: (from: number) => AsyncIterable<EncodedBlock>,
  ): AsyncGenerator<EncodedBlock, void> {
    let next = from;
    const endings = this.#endings;
    const isOver = (): boolean => signal.aborted || this.#endings !== endings;
    while (!isOver()) {
      const seen = this.#count(id);
      try {
        for await (const block of read(next)) {
          if (isOver()) return;
          next = block.index.first + block.index.count;
          yield block;
        }
      } catch (error) {
        // The store was closed between two blocks: following ends, it does not fail.
        if (isOver()) return;
        throw error;
      }
      if (!isOver()) await this.#change(id, seen, signal, pollMs);
    }
  }

  #count(id: string): number {
    return this.#counts.get(id) ?? 0;
  }

  #change(id: string, seen: number, signal: AbortSignal, pollMs: number | undefined): Promise<void> {
    if (this.#count(id) !== seen) return Promise.resolve();
    return new Promise((resolve) => {
      const followers = this.#waiting.get(id) ?? new Set();
      this.#waiting.set(id, followers);
      const timer = pollMs === undefined ? undefined : setTimeout(wake, pollMs);
      function wake(): void {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        followers.delete(wake);
        resolve();
      }
      followers.add(wake);
      signal.addEventListener('abort', wake);
    });
  }
}
