/**
 * A log cut into the pieces that two runs are aligned by: the opening of a round (what the system
 * did before anybody acted) and the turn of each agent. Pieces come in log order, one at a time.
 */
import { eventAt, eventBytesAt, type LogEvent, type OpenBlock, outlineAt, type RunLog } from '@rashomon/kernel';

/** An event as it is stored. */
interface Stored {
  readonly block: OpenBlock;
  readonly index: number;
}

export class Section {
  readonly round: number;
  /** Whose turn it is; null for the opening of the round. */
  readonly agent: number | null;
  /**
   * RoundOpened, InterventionApplied and RecommenderTrained, or all events of a turn: outlines, without grounds and
   * causes, which are most of a log and wanted only where two logs part.
   */
  readonly events: LogEvent[] = [];
  /** The first event in each block that the section reaches into. */
  readonly #parts: Stored[] = [];

  constructor(round: number, agent: number | null) {
    this.round = round;
    this.agent = agent;
  }

  add(event: LogEvent, block: OpenBlock): void {
    if (this.#parts.at(-1)?.block !== block) this.#parts.push({ block, index: event.position - block.first });
    this.events.push(event);
  }

  /** The canonical bytes of an event: its data, and its causes as distances back. */
  bytesAt(step: number): Uint8Array {
    const { block, index } = this.#storedAt(step);
    return eventBytesAt(block, index);
  }

  /** An event with its grounds and causes. */
  wholeAt(step: number): LogEvent {
    const { block, index } = this.#storedAt(step);
    return eventAt(block, index);
  }

  #storedAt(step: number): Stored {
    const { position } = this.events[step] as LogEvent;
    // Sound: every event was added with its block.
    const { block } = this.#parts.findLast(({ block: { first } }) => first <= position) as Stored;
    return { block, index: position - block.first };
  }
}

/**
 * The sections of some rounds. RoundClosed and RunFinished are in none: they say nothing that the events
 * before them do not.
 * @param rounds first and last, both inclusive
 */
export async function* sectionsOf(log: RunLog, [first, last]: readonly [number, number]): AsyncGenerator<Section> {
  let section = new Section(-1, null);
  for await (const { block, from, end } of log.blocks({ rounds: [first, last] })) {
    for (let index = from - block.first; index < end - block.first; index++) {
      const event = outlineAt(block, index);
      if (event.round < first || event.round > last || event.type === 'RoundClosed' || event.type === 'RunFinished')
        continue;
      // An intervention on an agent is done by the system at the opening, not by the agent in its turn.
      const whose = event.type === 'InterventionApplied' ? null : event.agent;
      if (event.round !== section.round || whose !== section.agent) {
        if (section.events.length > 0) yield section;
        section = new Section(event.round, whose);
      }
      section.add(event, block);
    }
  }
  if (section.events.length > 0) yield section;
}

/** Negative when the first comes before the second: by round, openings first, then by agent. */
export function orderOfSections(a: Section, b: Section): number {
  return a.round - b.round || (a.agent ?? -1) - (b.agent ?? -1);
}
