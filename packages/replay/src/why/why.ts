/**
 * Why did this happen? The recorded causes of an event as a tree, and on demand the test of each: would it have
 * happened without? Nothing is written (law L8), and without the test only single events are read, never the whole log.
 */
import { type EventOf, isDecision, type LogEvent, type Ports, RunLog, type Store } from '@rashomon/kernel';
import type { WhyReport } from '../reports.ts';
import { portsOfRecord } from '../inspect/record-ports.ts';
import type { Registry } from '../registry/definitions.ts';
import { butForEach } from './but-for.ts';
import { CauseTree } from './cause-tree.ts';
import { Evidence } from './evidence.ts';
import type { Shown } from './model-shares.ts';
import { sentenceOf } from './sentence.ts';
import { targetEvent, type WhyTarget } from './target.ts';

export interface WhyOptions {
  /** By default those of the run's configuration, answering from the record. */
  readonly ports?: Pick<Ports, 'mind' | 'recommender'>;
  /** The recommenders, minds and searches there are, where no ports are given. */
  readonly registry?: Registry | undefined;
  /** Levels of causes; 4 by default. */
  readonly depth?: number;
  /** Messages and watches listed under one event; 5 by default. */
  readonly width?: number;
  /**
   * Whether each cause is tested by taking the decision again without it; null comes back for what is neither decision
   * nor page.
   */
  readonly butFor?: boolean;
}

/**
 * @param run the run's id
 * @throws EventNotFound when there is no such event; StoreError RUN_NOT_FOUND; with `butFor` also RoundNotFound, and
 * AssertionError when the decision taken again unaltered is not the recorded one
 */
export async function why(store: Store, run: string, target: WhyTarget, options: WhyOptions = {}): Promise<WhyReport> {
  const { depth = 4, width = 5, butFor = false } = options;
  const log = await RunLog.open(store, run);
  const ports = options.ports ?? (await portsOfRecord(log, options.registry));
  const event = await targetEvent(log, target);
  const evidence = new Evidence(store, log);
  const shown = shownBy(event, target);
  const tree = new CauseTree(evidence, { depth, width, ports });
  const { causes, more } = await tree.under(event, shown);
  const { known } = await evidence.films();
  const words = ports.mind(await evidence.configAt(event.position)).termWords ?? {};
  const titleOf = (film: number): string | null => known.film(film)?.title ?? null;
  return {
    schema: 'rashomon.why/1',
    run: log.id,
    event,
    summary: await sentenceOf(event, causes, { evidence, shown, words }),
    causes,
    more,
    butFor:
      butFor && (isDecision(event) || isPage(event)) ? await butForEach(event, { store, log, ports, titleOf }) : null,
  };
}

/** The film whose place on a page is asked about; for a page asked about as a whole, its first. */
function shownBy(event: LogEvent, target: WhyTarget): Shown | null {
  const { agent, round } = event;
  if (agent === null) return null;
  if (event.type === 'FilmWatched') return { agent, round, film: event.data.film };
  if (!isPage(event)) return null;
  const film = 'item' in target ? target.item : event.data.films[0];
  return film === undefined ? null : { agent, round, film };
}

function isPage(event: LogEvent): event is EventOf<'SlateServed'> | EventOf<'SearchAnswered'> {
  return event.type === 'SlateServed' || event.type === 'SearchAnswered';
}
