/**
 * What an explanation does to an agent: it holds it against its own experience. Films that it names count by how the
 * agent liked them, friends by how close they are; anything else (how often a film was watched, that it was picked at
 * random) can be checked against nothing and moves nobody. How explanations help people decide: Tintarev & Masthoff,
 * "Evaluating the effectiveness of explanations for recommender systems", UMUAI 22, 2012.
 */
import type { AgentState, Explanation } from '@rashomon/kernel';

/** The middle of the scale, and what is worth a whole liking above it. */
const NEUTRAL = 3;
const LIKING = 2;

/** -1 to 1: what it says for or against the film, in the agent's eyes. */
export function evidenceOf({ films, friends }: Explanation, { contacts, watched }: AgentState): number {
  let sum = 0;
  for (const named of films) {
    const { rating = 0 } = watched.findLast(({ film }) => film === named) ?? {};
    // Without a rating nothing is remembered for or against it.
    if (rating > 0) sum += (rating - NEUTRAL) / LIKING;
  }
  for (const friend of friends) sum += contacts.find(({ agent }) => agent === friend)?.closeness ?? 0;
  return sum === 0 ? 0 : sum / (films.length + friends.length);
}
