/**
 * A scene without one of its causes: what can soundly be taken away of a message, a past watch or an intervention.
 *
 * - A message: it leaves the inbox, and its mentions what the agent has heard. What an earlier round's news had already
 *   done to the agent's taste stays.
 * - Explanations: the films are shown without them.
 * - A past watch: it leaves the films watched, the step of taste its rating took is taken back, and it no longer counts
 *   for the film's popularity. Films it kept off later slates stay off: slates are as recorded.
 * - An intervention of the round's opening: the opening is folded without it.
 */
import {
  type AgentState,
  agentsProjection,
  type AgentStates,
  type Cause,
  changeOf,
  foldInPlace,
  type Intervention,
  milli,
  reachOf,
  type RunLog,
} from '@rashomon/kernel';
import { type Opening, type Scene, withAgent } from './opening.ts';

/** Interventions that reach an agent through its slates, or that change who decides, are not tested. */
function isTested(intervention: Intervention): boolean {
  const { through } = reachOf(changeOf(intervention));
  return through === 'rules' || through === 'agents';
}

/** The scene without the cause; null for a cause that cannot be taken away. */
export async function without(cause: Cause, opening: Opening, log: RunLog): Promise<Scene | null> {
  if (cause.role === 'told-by') {
    const { type } = await log.event(cause.position);
    return type === 'SlateExplained'
      ? { ...opening.scene(), isUntold: true }
      : withoutMessage(opening.scene(), cause.position);
  }
  if (cause.role === 'recalled') return withoutWatch(opening.scene(), cause.position, log);
  if (cause.role !== 'intervened-by') return null;
  const event = await log.event(cause.position);
  return event.type === 'InterventionApplied' && isTested(event.data) ? opening.scene(cause.position) : null;
}

function withoutMessage(scene: Scene, position: number): Scene {
  const { agent } = scene;
  const others = (message: { readonly position: number }): boolean => message.position !== position;
  return withAgent(scene, { ...agent, inbox: agent.inbox.filter(others), heard: agent.heard.filter(others) });
}

async function withoutWatch(scene: Scene, position: number, log: RunLog): Promise<Scene> {
  const { agent, offer } = scene;
  const event = await log.event(position);
  const watched = agent.watched.filter((watch) => watch.position !== position);
  // What was watched before the run is no event of its own, moved no taste and made nothing popular.
  if (event.type !== 'FilmWatched') return withAgent(scene, { ...agent, watched });
  const step = await tasteStep(log, agent.id, position);
  const taste = agent.taste.map((value, genre) => milli(value - (step[genre] ?? 0)));
  const altered = withAgent(scene, { ...agent, watched, taste });
  const watchesOf = (film: number): number => offer.watchesOf(film) - (film === event.data.film ? 1 : 0);
  return { ...altered, offer: { ...altered.offer, watchesOf, watchesTotal: offer.watchesTotal - 1 } };
}

/** How the rating of a watch moved the agent's taste, genre by genre; found by folding the agent's own events. */
async function tasteStep(log: RunLog, agent: number, position: number): Promise<number[]> {
  const { round } = await log.event(position);
  const states: AgentStates = new Map();
  const taste = (): readonly number[] => [...(states.get(agent) as AgentState).taste];
  for await (const event of log.events({ agent, rounds: [0, round] })) {
    const rated = event.type === 'FilmRated' && event.position > position;
    const before = rated ? taste() : [];
    foldInPlace(agentsProjection, states, [event]);
    if (rated) return taste().map((value, genre) => value - (before[genre] as number));
  }
  return [];
}
