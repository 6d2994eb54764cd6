/** Figures named alike agree: of `run`, of a round, of `compare`, and recomputed here from the events alone. */
import { describe, expect, test } from '@jest/globals';
import {
  catalogueOf,
  figuresOfRound,
  type LogEvent,
  measuresOf,
  memoryStore,
  METRICS,
  metricsProjection,
  foldInPlace,
  type Metric,
  RunLog,
  type Store,
  summarize,
  type FilmCatalogue,
  worldAt,
  WorldFold,
} from '@rashomon/kernel';
import * as fc from 'fast-check';
import { filmsAsOf } from '../src/compare/films-as-of.ts';
import { compareRuns } from '../src/compare/compare-runs.ts';
import { stateAt } from '../src/inspect/state-at.ts';
import { branch } from '../src/run/branch.ts';
import { runOf, smallSettings } from '../src/testing/index.ts';

const FEW = { resamples: 1 };

async function eventsOf(store: Store, run: string): Promise<LogEvent[]> {
  const events = await (await RunLog.open(store, run)).collect();
  return [...events];
}

/** Events that are about an agent and no part of its turn; all others of a round are. */
const IN_NO_TURN: ReadonlySet<string> = new Set(['AgentJoined', 'InterventionApplied']);

/** Every metric from the events alone, by its definition in docs/metrics.md; counts as totals. */
function recomputed(
  events: readonly LogEvent[],
  { agents, films, inForce }: { agents: number; films: FilmCatalogue; inForce: readonly number[] },
  from = 1,
): { [name: string]: number } {
  const started = events[0] as LogEvent & { type: 'RunStarted' };
  let known = started.data.films;
  let [visits, searches, messages, early, pages, shownAll] = [0, 0, 0, 0, 0, 0];
  const turns = new Set<string>();
  let [noveltyBits, slateNats] = [0, 0];
  const [ratings, exits]: [number[], number[]] = [[], []];
  const before = new Map<number, number>();
  let watchesBefore = 0;
  let watches = 0;
  const showings = new Map<number, number>();
  const genresOf = { shown: new Map<number, number[]>(), watched: new Map<number, number[]>() };
  const note = (map: Map<number, number[]>, agent: number, film: number): void =>
    void map.set(agent, [...(map.get(agent) ?? []), ...films.genresOf(film)]);
  for (const event of events) {
    const counts = event.round >= from;
    if (event.type === 'InterventionApplied' && event.data.key === 'item.add') known += 1;
    if (event.agent !== null && counts && !IN_NO_TURN.has(event.type)) turns.add(`${event.round} ${event.agent}`);
    if (event.type === 'PlaceChosen' && counts && event.data.place === 'recommender') visits += 1;
    if (event.type === 'SearchMade' && counts) searches += 1;
    if (event.type === 'MessageSent' && counts) messages += 1;
    if (event.type === 'FilmRated' && counts) ratings.push(event.data.rating);
    if (event.type === 'VisitLeft' && counts) {
      exits.push(event.data.satisfaction);
      if (['tired', 'dissatisfied'].includes(event.data.reason)) early += 1;
    }
    if (event.type === 'SlateServed' && counts) {
      pages += 1;
      slateNats += nats(event.data.films.flatMap((film) => [...films.genresOf(film)]));
      for (const film of event.data.films) {
        shownAll += 1;
        noveltyBits -= Math.log2(((before.get(film) ?? 0) + 1) / (watchesBefore + known));
        showings.set(film, (showings.get(film) ?? 0) + 1);
        note(genresOf.shown, event.agent as number, film);
      }
    }
    if (event.type === 'FilmWatched') {
      before.set(event.data.film, (before.get(event.data.film) ?? 0) + 1);
      watchesBefore += 1;
      if (!counts) continue;
      watches += 1;
      note(genresOf.watched, event.agent as number, event.data.film);
    }
  }
  const shownTo = inForce.map((film) => showings.get(film) ?? 0).sort((a, b) => a - b);
  const total = sum(shownTo);
  return {
    agents,
    agentRounds: turns.size,
    visits,
    watches,
    impressions: shownAll,
    clickThrough: shownAll === 0 ? 0 : watches / shownAll,
    meanRating: mean(ratings),
    satisfaction: mean(exits),
    genreEntropyShown: pages === 0 ? 0 : slateNats / pages,
    genreEntropyOfAgent: mean([...genresOf.shown.values()].filter(({ length }) => length > 0).map(nats)),
    genreEntropyWatched: mean([...genresOf.watched.values()].filter(({ length }) => length > 0).map(nats)),
    coverage: shownTo.filter((times) => times > 0).length / shownTo.length,
    exposureGini:
      total === 0
        ? 0
        : sum(shownTo.map((times, index) => (2 * (index + 1) - shownTo.length - 1) * times)) / (shownTo.length * total),
    novelty: shownAll === 0 ? 0 : noveltyBits / shownAll,
    earlyExits: early,
    searches,
    messages,
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : sum(values) / values.length;
}

function nats(genres: readonly number[]): number {
  const counts = [...new Set(genres)].map((genre) => genres.filter((other) => other === genre).length);
  return -sum(counts.map((count) => (count / genres.length) * Math.log(count / genres.length)));
}

const ALL: { readonly [name: string]: Metric } = METRICS;

/** What `compare` says for a figure that `run` gives as a total. */
function perAgent(name: string, figure: number, agents: number): number {
  return ALL[name]?.kind === 'count' ? figure / agents : figure;
}

async function viewOf(
  store: Store,
  run: string,
): Promise<{ events: LogEvent[]; films: FilmCatalogue; inForce: readonly number[] }> {
  const log = await RunLog.open(store, run);
  const { known, inForce } = await filmsAsOf(store, log, log.length - 1);
  return { events: await eventsOf(store, run), films: known, inForce: inForce.films.map(({ id }) => id) };
}

describe('figures named alike agree', () => {
  test('of a whole run: run, compare, and the events themselves', () =>
    fc.assert(
      fc.asyncProperty(smallSettings(), async (settings) => {
        const store = memoryStore();
        const { run, metrics, agents } = await runOf(store, settings);
        const twin = await runOf(store, settings);
        const expected = recomputed(await eventsOf(store, run), { agents, ...(await viewOf(store, run)) });
        for (const [name, figure] of Object.entries(metrics))
          expect([name, figure]).toEqual([name, near(expected[name])]);
        const report = await compareRuns(store, run, twin.run, FEW);
        expect(report).toMatchObject({ paired: true, rounds: [1, settings['rounds']] });
        expect(report.metrics.map(({ name }) => name)).toEqual(Object.keys(METRICS));
        for (const { name, a, b } of report.metrics) {
          expect([name, a]).toEqual([name, near(perAgent(name, expected[name] as number, agents))]);
          expect(b).toBe(a);
        }
        const { fold } = await worldAt(store, await RunLog.open(store, run), settings['rounds'] as number);
        expect(summarize(fold.world.metrics, fold.catalogue)).toEqual(metrics);
        expect((await stateAt(store, run, settings['rounds'] as number)).metrics).toEqual(metrics);
        await store.close();
      }),
      { numRuns: 15 },
    ));

  test('rounds add up to the run', () =>
    fc.assert(
      fc.asyncProperty(smallSettings(), async (settings) => {
        const store = memoryStore();
        const { run, metrics, rounds } = await runOf(store, settings);
        const { fold } = await worldAt(store, await RunLog.open(store, run), rounds);
        const events = await eventsOf(store, run);
        const figures = fold.world.metrics.rounds.map(({ round }) => figuresOfRound(fold.world.metrics, round));
        for (const [name, metric] of Object.entries(METRICS))
          if (metric.kind === 'count') expect(sum(figures.map((of) => of[name] as number))).toBe(metrics[name]);
        events.forEach((event) => {
          if (event.type === 'RoundClosed' && event.round > 0)
            expect(figures[event.round - 1]?.['agentRounds']).toBe(event.data.active);
        });
        await store.close();
      }),
      { numRuns: 8 },
    ));

  test('after a fork: novelty looks back over the shared rounds, films that came and went included', async () => {
    const store = memoryStore();
    const base = await runOf(store, { agents: 12, rounds: 6, recommender: 'random', 'slate.size': 20 });
    const changed = await branch(store, base.run, 1, [
      { key: 'item.add', value: { title: 'A Film Nobody Knows', year: 2024, genres: ['Drama'] } },
      { key: 'item.remove', value: 3 },
    ]);
    const child = await branch(store, changed.run, 3, [{ key: 'recommender', value: 'popular' }]);
    const report = await compareRuns(store, changed.run, child.run, FEW);
    expect(report).toMatchObject({ forkRound: 3, paired: true });
    const sides = [
      ['a', changed.run],
      ['b', child.run],
    ] as const;
    for (const [side, run] of sides) {
      const { events, ...films } = await viewOf(store, run);
      const expected = recomputed(events, { agents: 12, ...films }, 4);
      for (const metric of report.metrics)
        expect([metric.name, metric[side]]).toEqual([
          metric.name,
          near(perAgent(metric.name, expected[metric.name] as number, 12)),
        ]);
      const whole = recomputed(events, { agents: 12, ...films });
      const { metrics } = (await RunLog.open(store, run)).record.progress;
      for (const [name, figure] of Object.entries(metrics)) expect([name, figure]).toEqual([name, near(whole[name])]);
    }
  });

  test('L4 a film that joins in the middle of a page of events counts from then on only', async () => {
    const store = memoryStore();
    const base = await runOf(store, { agents: 6, rounds: 4 });
    const { run } = await branch(store, base.run, 2, [
      { key: 'item.add', value: { title: 'A Film Nobody Knows', year: 2024, genres: ['Drama'] } },
    ]);
    const log = await RunLog.open(store, run);
    const films = await catalogueOf(store, log);
    const [whole, single] = [new WorldFold(films), new WorldFold(films)];
    const events = await eventsOf(store, run);
    whole.fold(events);
    for (const event of events) single.fold([event]);
    expect(whole.world.metrics).toEqual(single.world.metrics);
    expect(summarize(whole.world.metrics, whole.catalogue)).toEqual(log.record.progress.metrics);
  });
});

describe('a metric is one entry', () => {
  /** As CONTRIBUTING, "Add a metric", says. */
  const measures = measuresOf({
    ...METRICS,
    watchesAfterFirstRank: {
      kind: 'ratio',
      above: { FilmWatched: ({ data }) => (data.rank > 1 ? 1 : 0) },
      below: METRICS.watches.of,
      looksBack: false,
      formula: 'films watched that did not stand first on their page / films watched',
      unit: 'share',
      range: '0 to 1',
      mayConclude: 'how often the first film of a page is passed over for another one of it',
      mayNotConclude: 'that the ranking is bad',
    },
    posts: {
      kind: 'count',
      of: { PostMade: () => 1 },
      formula: 'posts made',
      unit: 'posts',
      range: '0 and up',
      mayConclude: 'how much is said to all',
      mayNotConclude: 'how many read it',
    },
    watchesGini: {
      kind: 'films',
      films: METRICS.genreEntropyWatched.films,
      of: METRICS.exposureGini.of,
      formula: 'Gini coefficient of watches over the films that may be shown',
      unit: 'none',
      range: '0 to 1',
      mayConclude: 'how unequally watches are spread over films',
      mayNotConclude: 'what was offered',
    },
  });

  test('and gives figures of a run, of a round and of agents', async () => {
    const store = memoryStore();
    const { run } = await runOf(store, { agents: 15, rounds: 4 });
    const twin = await runOf(store, { agents: 15, rounds: 4 });
    const events = await eventsOf(store, run);
    const catalogue = await catalogueOf(store, await RunLog.open(store, run));
    const projection = metricsProjection(catalogue, measures);
    expect(projection.version).not.toBe(metricsProjection(catalogue).version);
    const searchesAsPosts = measuresOf({ ...METRICS, posts: { ...METRICS.searches, of: { SearchMade: () => 1 } } });
    const postsAsPosts = measuresOf({ ...METRICS, posts: { ...METRICS.searches, of: { PostMade: () => 1 } } });
    expect(metricsProjection(catalogue, searchesAsPosts).version).not.toBe(
      metricsProjection(catalogue, postsAsPosts).version,
    );
    const state = foldInPlace(projection, projection.initial(), events);
    const watches = events.flatMap((event) => (event.type === 'FilmWatched' ? [event] : []));
    const later = watches.filter(({ data }) => data.rank > 1).length;
    const posts = events.filter(({ type }) => type === 'PostMade').length;
    expect(later).toBeGreaterThan(0);
    expect(posts).toBeGreaterThan(0);

    const ofRun = summarize(state, catalogue, measures);
    expect(ofRun).toMatchObject({ watchesAfterFirstRank: later / watches.length, posts });
    const inRound = watches.filter(({ round }) => round === 2);
    expect(figuresOfRound(state, 2, measures)).toMatchObject({
      watchesAfterFirstRank: inRound.filter(({ data }) => data.rank > 1).length / inRound.length,
    });
    expect(figuresOfRound(state, 2, measures)).not.toHaveProperty('watchesGini');
    const metrics = ['watchesGini', 'posts', 'watchesAfterFirstRank'];
    const report = await compareRuns(store, run, twin.run, { ...FEW, measures, metrics });
    expect(report.metrics.map(({ name, a }) => [name, a])).toEqual([
      ['watchesGini', near(ofRun['watchesGini'])],
      ['posts', near(posts / 15)],
      ['watchesAfterFirstRank', near(later / watches.length)],
    ]);
  });
});

/** Equal but for the order in which sums were added up. */
function near(value: number | undefined): unknown {
  return expect.closeTo(value ?? NaN, 9);
}
