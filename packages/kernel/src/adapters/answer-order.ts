/** Which recorded answers are to the same question, and their order: as a run without concurrency would have asked. */
import type { StoredAnswer } from '../ports/answers.ts';

/** By round, agent, step, attempt, request; 0 only for two answers to the same question. */
export function compareAnswers(a: StoredAnswer, b: StoredAnswer): number {
  if (a.round !== b.round) return a.round - b.round;
  if (a.agent !== b.agent) return a.agent - b.agent;
  if (a.step !== b.step) return a.step - b.step;
  if (a.attempt !== b.attempt) return a.attempt - b.attempt;
  if (a.request === b.request) return 0;
  return a.request < b.request ? -1 : 1;
}

/** The same for two answers of a run to the same question, of which the first stays. */
export function questionOf({ round, agent, step, attempt, request }: StoredAnswer): string {
  return `${round}/${agent}/${step}/${attempt}/${request}`;
}
