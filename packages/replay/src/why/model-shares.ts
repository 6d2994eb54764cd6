/**
 * Why a recommender put a film before an agent: the model's own word on which of the agent's past films brought the
 * score. The model is loaded from the store by its digest; where it was not kept there, it is trained again from the
 * log, which takes as long as that takes.
 */
import { type EventOf, type LogEvent, LuckOf, type Model, type Ports, standingAt } from '@rashomon/kernel';
import { filmsAsOf } from '../compare/films-as-of.ts';
import type { Evidence } from './evidence.ts';

/** A watch, or the history that somebody joined with, and its share of the score, -1 to 1. */
export interface PastShare {
  readonly event: LogEvent;
  readonly influence: number;
}

/** Whose page is asked about, of which round, and which film on it. */
export interface Shown {
  readonly agent: number;
  readonly round: number;
  readonly film: number;
}

interface Informed {
  readonly evidence: Evidence;
  readonly ports: Pick<Ports, 'recommender'>;
}

/** The shares, largest first, ties by position; empty where the model looks at nobody's past. */
export async function sharesOfPast(
  trained: EventOf<'RecommenderTrained'>,
  { agent, round, film }: Shown,
  { evidence, ports }: Informed,
): Promise<readonly PastShare[]> {
  const model = await modelOf(trained, { evidence, ports });
  const { seed } = await evidence.configAt(trained.position);
  const contributions = (await model?.explain(agent, film, new LuckOf(seed, agent, round))) ?? [];
  const sizes = contributions.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
  const shares = new Map<LogEvent, number>();
  for (const contribution of contributions) {
    const { weight } = contribution;
    if (weight === 0 || !('film' in contribution || 'friend' in contribution)) continue;
    const event = await watchOf('film' in contribution ? [agent, contribution.film] : [contribution.friend, film], {
      evidence,
      before: trained.position,
    });
    if (event !== undefined) shares.set(event, (shares.get(event) ?? 0) + weight / sizes);
  }
  const ranked = [...shares].map(([event, influence]) => ({ event, influence }));
  return ranked.sort((a, b) => Math.abs(b.influence) - Math.abs(a.influence) || a.event.position - b.event.position);
}

/** The watch, or the joining: what was not watched in the run was watched before it. */
async function watchOf(
  [agent, film]: readonly [number, number],
  { evidence, before }: { readonly evidence: Evidence; readonly before: number },
): Promise<LogEvent | undefined> {
  const watches = await evidence.watchesOf(agent, before);
  return watches.get(film) ?? evidence.joined(agent);
}

/** Undefined where it was not kept and its round is not closed, so that it cannot be trained again. */
async function modelOf(
  trained: EventOf<'RecommenderTrained'>,
  { evidence, ports }: Informed,
): Promise<Model | undefined> {
  const { store, log } = evidence;
  const bytes = await store.artefacts.get(trained.data.digest);
  if (bytes !== undefined) {
    const { inForce } = await filmsAsOf(store, log, trained.position);
    return ports.recommender(await evidence.configAt(trained.position)).load(bytes, inForce);
  }
  if (trained.round > log.record.progress.rounds) return undefined;
  return (await standingAt(store, log, trained.round, ports)).model ?? undefined;
}
