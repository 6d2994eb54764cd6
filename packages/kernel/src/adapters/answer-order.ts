/** The order in which recorded answers are given: that in which a run without concurrency would have asked. */
import type { StoredAnswer } from '../ports/store.ts';

/** By round, agent, step, attempt, request; 0 only for two answers to the same question. */
export function compareAnswers(a: StoredAnswer, b: StoredAnswer): number {
  if (a.round !== b.round) return a.round - b.round;
  if (a.agent !== b.agent) return a.agent - b.agent;
  if (a.step !== b.step) return a.step - b.step;
  if (a.attempt !== b.attempt) return a.attempt - b.attempt;
  if (a.request === b.request) return 0;
  return a.request < b.request ? -1 : 1;
}
