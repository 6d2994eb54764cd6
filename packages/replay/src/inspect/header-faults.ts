/** What a run's header and totals say of its log, compared with what the log says: neither has a checksum. */
import { canonicalJson, type EventOf, type Json, type LogEvent, type RunRecord } from '@rashomon/kernel';

export interface HeaderFault {
  /** The event that says otherwise. */
  readonly position: number;
  readonly reason: string;
}

/** What of a log concerns the header, gathered as it is read. */
export class HeaderCheck {
  readonly #record: RunRecord;
  #started: EventOf<'RunStarted'> | null = null;
  #closed: EventOf<'RoundClosed'> | null = null;
  /** The event in front of the run's own. */
  #fork: LogEvent | null = null;
  readonly #applied: EventOf<'InterventionApplied'>[] = [];

  constructor(record: RunRecord) {
    this.#record = record;
  }

  read(event: LogEvent): void {
    const { sharedEvents } = this.#record.header;
    if (event.position === sharedEvents - 1) this.#fork = event;
    if (event.type === 'RunStarted') this.#started = event;
    else if (event.type === 'RoundClosed') this.#closed = event;
    else if (event.type === 'InterventionApplied' && event.position >= sharedEvents) this.#applied.push(event);
  }

  /** The first contradiction, once all events were read. */
  fault(): HeaderFault | null {
    return this.#ofRounds() ?? this.#ofStart() ?? this.#ofFork() ?? this.#ofInterventions();
  }

  #ofRounds(): HeaderFault | null {
    const { progress, header } = this.#record;
    const rounds = this.#closed?.round ?? -1;
    const position = this.#closed?.position ?? 0;
    if (progress.rounds !== rounds)
      return { position, reason: `the run has ${progress.rounds} rounds, the last one closed in the log is ${rounds}` };
    if (header.plannedRounds < rounds)
      return { position, reason: `the run is planned for ${header.plannedRounds} rounds, the log holds ${rounds}` };
    return null;
  }

  #ofStart(): HeaderFault | null {
    if (this.#started === null) return null;
    const { header } = this.#record;
    const { seed, agents, engine, behaviour, config } = this.#started.data;
    const { recommender, mind } = config as { readonly recommender: { name: string }; readonly mind: { name: string } };
    const said: (readonly [string, unknown, unknown])[] = [
      ['seed', header.seed, seed],
      ['agents', header.agents, agents],
    ];
    // A branch may be of a later engine, and names what it was given.
    if (header.parent === null)
      said.push(
        ['engine version', header.engine.version, engine],
        ['behaviour', header.engine.behaviour.join(' '), behaviour.join(' ')],
        ['recommender', header.recommender, recommender.name],
        ['mind', header.mind, mind.name],
      );
    for (const [name, has, expected] of said)
      if (has !== expected)
        return { position: 0, reason: `the run has ${name} ${String(has)}, RunStarted says ${String(expected)}` };
    return null;
  }

  #ofFork(): HeaderFault | null {
    const { id, parent, root, forkRound, sharedEvents } = this.#record.header;
    if (parent === null) {
      if (root === id && forkRound === null && sharedEvents === 0) return null;
      return { position: 0, reason: 'a run without a parent is said to share events, or to have another root' };
    }
    if (root !== id && this.#fork?.type === 'RoundClosed' && this.#fork.round === forkRound) return null;
    const position = Math.max(0, sharedEvents - 1);
    return { position, reason: `the run forks at round ${forkRound}, its shared events end elsewhere` };
  }

  #ofInterventions(): HeaderFault | null {
    const spelled = (key: string, value: unknown): string => `${key}=${canonicalJson(value as Json)}`;
    const known = new Set(this.#record.header.interventions.map(({ key, value }) => spelled(key, value)));
    for (const { position, data } of this.#applied)
      if (!known.has(spelled(data.key, data.value)))
        return { position, reason: `${data.key} was applied, which the run's header does not say` };
    return null;
  }
}
