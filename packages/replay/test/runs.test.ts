/**
 * Whole runs at their edges: few films, few agents, nobody to talk to, people who leave, data of one's own and real
 * data.
 */
import { afterAll, describe, expect, test } from '@jest/globals';
import {
  type EventOf,
  type EventType,
  hasBit,
  type LogEvent,
  memoryStore,
  RunLog,
  type Store,
  worldAt,
} from '@rashomon/kernel';
import { InvalidConfig, replay, resolveConfig, simulate } from '@rashomon/replay';
import { causeFaults, eventsOf, messageFaults, runOf, type Settings, slateFaults } from '@rashomon/replay/testing';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onRealData, realData } from '../../../test/real-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'rashomon-runs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A folder of plain CSV with so many films. */
function filmsOfMyOwn(count: number): string {
  const genres = ['Drama', 'Comedy', 'Western'];
  const rows = Array.from(
    { length: count },
    (_, index) => `${100 + index},Film ${index},${1950 + index},${genres[index % 3]}`,
  );
  const own = mkdtempSync(join(folder, 'films-'));
  writeFileSync(join(own, 'films.csv'), ['id,title,year,genres', ...rows].join('\n'));
  return own;
}

async function played(
  settings: Settings,
): Promise<{ readonly store: Store; readonly run: string; readonly events: readonly LogEvent[] }> {
  const store = memoryStore();
  const { run } = await runOf(store, settings);
  const events = await eventsOf(store, run);
  expect([...slateFaults(events), ...messageFaults(events), ...causeFaults(events)]).toEqual([]);
  expect(await replay(store, run)).toMatchObject({ divergence: null });
  return { store, run, events };
}

function of<T extends EventType>(events: readonly LogEvent[], type: T): EventOf<T>[] {
  return events.filter((event): event is LogEvent & EventOf<T> => event.type === type);
}

describe('edges', () => {
  test('one agent, alone', async () => {
    const { events } = await played({ agents: 1, rounds: 5 });
    expect(of(events, 'MessageSent')).toEqual([]);
    expect(of(events, 'PlaceChosen').every(({ data }) => data.place !== 'social')).toBe(true);
  });

  test('nobody has contacts', async () => {
    const { events } = await played({ agents: 10, rounds: 4, 'social.degree': 0 });
    expect(of(events, 'AgentJoined').every(({ data }) => data.contacts.length === 0)).toBe(true);
    expect(of(events, 'MessageSent')).toEqual([]);
  });

  test('a small catalogue: unwatched films come back when too few are left, watched ones never', async () => {
    const { store, run, events } = await played({
      data: filmsOfMyOwn(14),
      agents: 4,
      rounds: 25,
      'slate.size': 4,
      'visit.pages': 3,
      'visit.watches': 2,
    });
    const slates = of(events, 'SlateServed');
    expect(Math.max(...slates.map(({ data }) => data.sweep))).toBeGreaterThan(1);
    const { agents } = (await worldAt(store, await RunLog.open(store, run), 25)).fold.world;
    for (const agent of agents.values()) {
      for (const { film } of agent.watched) expect(hasBit(agent.shown, film)).toBe(true);
      expect(new Set(agent.watched.map(({ film }) => film)).size).toBe(agent.watched.length);
    }
  });

  test('when everything was watched, visits end with nothing left', async () => {
    const rules = [{ pages: Array.from({ length: 5 }, () => ({ watch: { rank: 1 } })), rate: 3 }];
    const { events } = await played({
      data: filmsOfMyOwn(6),
      agents: 2,
      rounds: 4,
      'slate.size': 2,
      'visit.watches': 5,
      mind: 'scripted',
      'mind.script': { rules },
    });
    expect(of(events, 'FilmWatched')).toHaveLength(12);
    expect(of(events, 'VisitLeft').map(({ data }) => data.reason)).toContain('nothing left');
  });

  test('a page as long as the catalogue, and one film longer', async () => {
    const own = filmsOfMyOwn(5);
    const { events } = await played({ data: own, agents: 3, rounds: 2, 'slate.size': 5 });
    expect(of(events, 'SlateServed')[0]?.data.films).toHaveLength(5);
    await expect(runOf(memoryStore(), { data: own, agents: 3, rounds: 2, 'slate.size': 6 })).rejects.toThrow(
      InvalidConfig,
    );
  });

  test('who has left does nothing more and is told nothing more', async () => {
    const { store, run, events } = await played({ agents: 30, rounds: 8, 'mind.churn': 1, seed: 5 });
    const left = of(events, 'AgentLeft');
    expect(left.length).toBeGreaterThan(0);
    for (const leaving of left) {
      const after = events.filter((event) => event.agent === leaving.agent && event.position > leaving.position);
      expect(after).toEqual([]);
    }
    const { system } = (await worldAt(store, await RunLog.open(store, run), 8)).fold.world;
    expect(system.agentsLeft).toBe(left.length);
  });

  test('a cap on active agents holds in every round, and everybody has a turn some time', async () => {
    const { events } = await played({ agents: 20, rounds: 30, 'activity.cap': 4 });
    expect(
      of(events, 'RoundClosed')
        .slice(1)
        .map(({ data }) => data.active),
    ).toEqual(Array.from({ length: 30 }, () => 4));
    expect(new Set(of(events, 'PlaceChosen').map(({ agent }) => agent)).size).toBe(20);
  });

  test('marginal activity grows with idle rounds and falls back after acting', async () => {
    const { events } = await played({
      agents: 40,
      rounds: 12,
      'activity.method': 'marginal',
      'activity.probability': 0.2,
    });
    const longestGap = (agent: number): number => {
      const rounds = [
        0,
        ...of(events, 'PlaceChosen')
          .filter((event) => event.agent === agent)
          .map(({ round }) => round),
        13,
      ];
      return Math.max(...rounds.slice(1).map((round, index) => round - (rounds[index] as number)));
    };
    // At 0.2 a round the fifth idle round is certain to end.
    for (let agent = 0; agent < 40; agent++) expect(longestGap(agent)).toBeLessThanOrEqual(5);
  });

  test('several runs in one store keep apart, under names as they were given', async () => {
    const store = memoryStore();
    const settled = resolveConfig([{ source: 'test', settings: { agents: 5, rounds: 2 } }]);
    const [one, two] = [
      await simulate(store, settled, { name: 'one' }),
      await simulate(store, settled, { name: 'two' }),
    ];
    expect(one.run).not.toBe(two.run);
    expect(one.digest).toBe(two.digest);
    expect((await store.runs.list()).map(({ header }) => header.name)).toEqual(['one', 'two']);
  });
});

onRealData('', 'runs', () => {
  test('MovieLens 100K: an agent per user, nobody is shown what the user had rated', async () => {
    const { events } = await played({
      data: realData('ml-100k'),
      rounds: 2,
      recommender: 'ials',
      'recommender.factors': 16,
      'recommender.epochs': 2,
    });
    const joined = of(events, 'AgentJoined');
    expect(joined).toHaveLength(943);
    expect(joined.reduce((ratings, { data }) => ratings + data.history.films.length, 0)).toBe(100_000);
    expect(of(events, 'RecommenderTrained')[0]?.data.interactions).toBe(100_000);
  });

  test('RecAgent: personas and ties as given; posts reach exactly the contacts', async () => {
    const { events } = await played({ data: realData('recagent'), rounds: 2 });
    const joined = of(events, 'AgentJoined');
    expect(joined).toHaveLength(1000);
    const contacts = new Map(joined.map(({ agent, data }) => [agent, data.contacts.map((contact) => contact.agent)]));
    const posts = of(events, 'MessageSent').filter(({ data }) => data.channel === 'post');
    expect(posts.length).toBeGreaterThan(0);
    for (const { data } of posts) expect(data.to).toEqual(contacts.get(data.from));
  });

  test('MovieLens latest-small and 1M', async () => {
    expect(of((await played({ data: realData('ml-latest-small'), rounds: 1 })).events, 'AgentJoined')).toHaveLength(
      610,
    );
    expect(of((await played({ data: realData('ml-1m'), agents: 100, rounds: 1 })).events, 'AgentJoined')).toHaveLength(
      100,
    );
  });
});
