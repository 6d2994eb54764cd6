/**
 * Legal histories for tests of stores: events of assorted types whose positions follow one another,
 * whose rounds never fall and whose agents come in order, cut into batches. What they say makes no
 * sense as a simulation; a store must not care.
 */
import * as fc from 'fast-check';
import { milli } from '../encoding/field.ts';
import { sha256 } from '../encoding/sha256.ts';
import { type EventBatch, encodeBatch } from '../events/batch.ts';
import { eventCatalogue, type EventType, type LogEvent } from '../events/catalogue.ts';
import type { Cause } from '../events/causes.ts';
import { reasoned } from '../events/grounds.ts';

/** An event without its place: round and position are given when the history is laid out. */
interface Happening {
  readonly agent: number | null;
  readonly type: EventType;
  readonly data: unknown;
  readonly distance: number;
}

const AGENTS = 40;
const agent = fc.nat(AGENTS - 1);
const films = fc.array(fc.nat(5000), { maxLength: 12 });
const thousandths = fc.integer({ min: -9000, max: 9000 }).map((value) => milli(value / 1000));
const grounds = fc.string({ unit: 'grapheme', maxLength: 20 }).map(reasoned);
const distance = fc.nat(60);

const byAgent: fc.Arbitrary<Happening> = fc.oneof(
  fc.record({
    agent,
    distance,
    type: fc.constant('SlateServed' as const),
    data: films.chain((shown) =>
      fc.record({
        page: fc.nat(5),
        model: fc.nat(9),
        films: fc.constant(shown),
        scores: fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
          minLength: shown.length,
          maxLength: shown.length,
        }),
        sweep: fc.nat(2),
      }),
    ),
  }),
  fc.record({
    agent,
    distance,
    type: fc.constant('FilmWatched' as const),
    data: fc.record({ film: fc.nat(5000), rank: fc.nat(12), until: fc.nat(100_000), grounds }),
  }),
  fc.record({
    agent,
    distance,
    type: fc.constant('FilmRated' as const),
    data: fc.record({
      film: fc.nat(5000),
      rating: fc.integer({ min: 1, max: 5 }),
      feeling: fc.string({ unit: 'binary', maxLength: 80 }).filter((value) => value.isWellFormed()),
      satisfaction: thousandths,
      fatigue: thousandths,
      taste: fc.constant({ genres: [], values: [] }),
      grounds,
    }),
  }),
  fc.record({
    agent,
    distance,
    type: fc.constant('MessageSent' as const),
    data: fc.record({
      channel: fc.constantFrom('chat' as const, 'post' as const),
      from: agent,
      to: fc.array(agent, { maxLength: 4 }),
      text: fc.string({ maxLength: 200 }),
      films,
      liking: fc.array(thousandths, { maxLength: 3 }),
    }),
  }),
  fc.record({ agent, distance, type: fc.constant('StayedSilent' as const), data: fc.record({ grounds }) }),
);

const opening: fc.Arbitrary<Happening> = fc.record({
  agent: fc.constant(null),
  distance,
  type: fc.constant('RoundOpened' as const),
  data: fc.record({ clock: fc.nat(100_000) }),
});

const closing: fc.Arbitrary<Happening> = fc.record({
  agent: fc.constant(null),
  distance,
  type: fc.constant('RoundClosed' as const),
  data: fc.record({
    digest: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => sha256(bytes)),
    active: fc.nat(40),
  }),
});

const round: fc.Arbitrary<readonly Happening[]> = fc
  .tuple(opening, fc.array(byAgent, { maxLength: 30 }), closing)
  .map(([first, acts, last]) => [first, ...[...acts].sort((a, b) => (a.agent ?? 0) - (b.agent ?? 0)), last]);

/** Batches that follow one another from position `first` on; none is empty. */
export function arbitraryBatches(first = 0): fc.Arbitrary<readonly EventBatch[]> {
  return fc
    .tuple(
      fc.array(round, { minLength: 1, maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }),
    )
    .map(([rounds, sizes]) => cut(layOut(first, rounds), sizes));
}

function layOut(first: number, rounds: readonly (readonly Happening[])[]): LogEvent[] {
  const events: LogEvent[] = [];
  rounds.forEach((happenings, index) => {
    for (const { agent: who, type, data, distance: back } of happenings) {
      const position = first + events.length;
      const causes: Cause[] = back > 0 && back <= position ? [{ role: 'follows', position: position - back }] : [];
      // Sound: each arbitrary above pairs a type with data made for it.
      events.push({
        position,
        round: index,
        agent: who,
        type,
        version: eventCatalogue[type].version,
        data,
        causes,
      } as LogEvent);
    }
  });
  return events;
}

/** Cuts events into batches of the given sizes, used in turn. */
function cut(events: readonly LogEvent[], sizes: readonly number[]): EventBatch[] {
  const batches: EventBatch[] = [];
  for (let from = 0; from < events.length;) {
    const taken = events.slice(from, from + (sizes[batches.length % sizes.length] as number));
    batches.push(encodeBatch((events[0] as LogEvent).position + from, taken));
    from += taken.length;
  }
  return batches;
}
