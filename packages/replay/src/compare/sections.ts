/**
 * A log cut into the pieces that two runs are aligned by: the opening of a round (what the system
 * did before anybody acted) and the turn of each agent. Pieces come in log order, one at a time.
 */
import type { LogEvent, RunLog } from '@rashomon/kernel';

export interface Section {
  readonly round: number;
  /** Whose turn it is; null for the opening of the round. */
  readonly agent: number | null;
  /** RoundOpened, InterventionApplied and RecommenderTrained, or all events of a turn. */
  readonly events: readonly LogEvent[];
}

/**
 * The sections of some rounds. RoundClosed and RunFinished are in none: they say nothing that the events
 * before them do not.
 * @param rounds first and last, both inclusive
 */
export async function* sectionsOf(log: RunLog, rounds: readonly [number, number]): AsyncGenerator<Section> {
  let round = -1;
  let agent: number | null = null;
  let events: LogEvent[] = [];
  for await (const page of log.pages({ rounds })) {
    for (const event of page) {
      if (event.type === 'RoundClosed' || event.type === 'RunFinished') continue;
      // An intervention on an agent is done by the system at the opening, not by the agent in its turn.
      const whose = event.type === 'InterventionApplied' ? null : event.agent;
      if (event.round !== round || whose !== agent) {
        if (events.length > 0) yield { round, agent, events };
        events = [];
        round = event.round;
        agent = whose;
      }
      events.push(event);
    }
  }
  if (events.length > 0) yield { round, agent, events };
}

/** Negative when the first comes before the second: by round, openings first, then by agent. */
export function orderOfSections(a: Section, b: Section): number {
  return a.round - b.round || (a.agent ?? -1) - (b.agent ?? -1);
}
