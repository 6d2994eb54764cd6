/**
 * What is done to a ranking before it is a slate: each decorator keeps the contract of a recommender and does what it
 * says.
 */
import { describe, expect, test } from '@jest/globals';
import {
  type Contribution,
  type Film,
  FilmCatalogue,
  LuckOf,
  type Model,
  NOBODY,
  type Ranking,
  type Recommender,
} from '@rashomon/kernel';
import {
  createRecommender,
  type FilmFilter,
  NOBODY_KNOWN,
  withCalibration,
  withDiversity,
  withExplanations,
  withExploration,
  withFilter,
  withRandomShare,
} from '@rashomon/recsys';
import { filmWithId, recommenderContract } from '@rashomon/recsys/testing';
import { array, assert, constantFrom, double, integer, nat, property, record, tuple } from 'fast-check';
import { explanationOf } from '../src/slates/explanation.ts';
import { element } from './element.ts';

/** No rank of a slate needs to be in order of score. */
const REORDERED = { unranked: 6, runs: 25 };
const popular = (): Recommender => createRecommender('popular');
const knn = (): Recommender => createRecommender('item-knn', { neighbours: 4 });
const RERANK = { weight: 0.5, candidates: 10 };

const decorated: readonly (readonly [name: string, make: () => Recommender])[] = [
  ['explored', () => withExploration(knn(), 0.4)],
  ['diverse', () => withDiversity(knn(), RERANK)],
  ['calibrated', () => withCalibration(knn(), RERANK)],
  ['explained', () => withExplanations(knn())],
  [
    'all at once',
    () =>
      withExplanations(
        withRandomShare(
          withExploration(
            withCalibration(withDiversity(createRecommender('ials', { factors: 4, epochs: 2 }), RERANK), RERANK),
            0.2,
          ),
          1,
        ),
      ),
  ],
];

describe('the contract of a recommender holds around it', () => {
  const cases = decorated.flatMap(([name, make]) => recommenderContract(name, make, { ...REORDERED, tolerance: 1e-2 }));
  test.each(cases.map(({ name, run }) => [name, run] as const))('%s', async (_, run) => {
    await expect(run()).resolves.toBeUndefined();
  });

  test('and around one that answers later', async () => {
    const later = withExplanations(withRandomShare(withDiversity(answeringLater(popular()), RERANK), 1));
    const slate = await slateOf(later, WATCHED, 1, 4);
    const atOnce = await slateOf(withExplanations(withRandomShare(withDiversity(popular(), RERANK), 1)), WATCHED, 1, 4);
    expect(slate).toEqual(atOnce);
    expect(slate.explanations).toHaveLength(4);
  });
});

/** As one beyond a network would. */
function answeringLater(recommender: Recommender): Recommender {
  const slow = (model: Model): Model => ({
    digest: model.digest,
    count: model.count,
    explains: model.explains,
    recommend: async (request) => model.recommend(request),
    explain: async (...about) => model.explain(...about),
    toBytes: () => model.toBytes(),
  });
  return {
    ...recommender,
    train: async (request) => slow(await recommender.train({ ...request, previous: null })),
    load: (bytes, catalogue) => slow(recommender.load(bytes, catalogue)),
  };
}

const filmOf = (id: number, genres: readonly string[], year = 1990): Film => ({ ...filmWithId(id), genres, year });

/** Ten comedies, then ten dramas and ten westerns, each less watched than the one before. */
const FILMS = new FilmCatalogue([
  ...Array.from({ length: 10 }, (_, n) => filmOf(1 + n, ['Comedy'], 1950 + n)),
  ...Array.from({ length: 10 }, (_, n) => filmOf(11 + n, ['Drama'], 1970 + n)),
  ...Array.from({ length: 10 }, (_, n) => filmOf(21 + n, ['Western'], n === 0 ? 0 : 1990 + n)),
]);

/** Film i is watched by 31 - i agents, from 100 on. */
const WATCHED: readonly (readonly [agent: number, film: number])[] = FILMS.films.flatMap(({ id }) =>
  Array.from({ length: 31 - id }, (_, n) => [100 + n, id] as const),
);

async function slateOf(
  recommender: Recommender,
  watched: readonly (readonly [number, number])[],
  agent: number,
  count: number,
): Promise<Ranking> {
  const interactions = {
    agents: watched.map(([who]) => who),
    films: watched.map(([, film]) => film),
    ratings: watched.map(() => 0),
    rounds: watched.map(() => 0),
    positions: watched.map((_, at) => at),
  };
  const model = await recommender.train({
    round: 1,
    catalogue: FILMS,
    interactions,
    count: watched.length,
    audience: NOBODY_KNOWN,
    previous: null,
    luck: new LuckOf(1, NOBODY, 1),
  });
  return model.recommend({ agent, count, excluded: [], luck: new LuckOf(5, agent, 1) });
}

const genresOn = ({ films }: Ranking): readonly string[] =>
  films.map((film) => element(FILMS.film(film)?.genres ?? [], 0));

describe('diversity', () => {
  test('weight 0 changes nothing, weight 1 takes one of each genre before a second of any', async () => {
    expect(withDiversity(popular(), { weight: 0, candidates: 30 })).toMatchObject({ name: 'popular' });
    expect((await slateOf(withDiversity(popular(), { weight: 0, candidates: 30 }), WATCHED, 1, 6)).films).toEqual([
      1, 2, 3, 4, 5, 6,
    ]);
    const slate = await slateOf(withDiversity(popular(), { weight: 1, candidates: 30 }), WATCHED, 1, 6);
    expect(new Set(genresOn(slate).slice(0, 3))).toEqual(new Set(['Comedy', 'Drama', 'Western']));
    expect(slate.films[0]).toBe(1);
  });

  test('the first film is the most relevant one, and scores stay those of the ranking', async () => {
    const slate = await slateOf(withDiversity(popular(), { weight: 0.6, candidates: 30 }), WATCHED, 1, 5);
    expect(slate.films[0]).toBe(1);
    expect(slate.scores).toEqual(slate.films.map((film) => 31 - film));
    expect(new Set(genresOn(slate)).size).toBe(3);
  });

  test('no more than the candidates are looked at', async () => {
    const slate = await slateOf(withDiversity(popular(), { weight: 1, candidates: 10 }), WATCHED, 1, 5);
    expect(new Set(genresOn(slate))).toEqual(new Set(['Comedy']));
  });
});

describe('calibration', () => {
  /** Agent 1 has seen three dramas to one western. */
  const past = [...WATCHED, [1, 11], [1, 12], [1, 13], [1, 30]] as const;

  test('genres come in the proportions of the history', async () => {
    const slate = await slateOf(withCalibration(popular(), { weight: 0.99, candidates: 30 }), past, 1, 8);
    expect(genresOn(slate).filter((genre) => genre === 'Drama')).toHaveLength(6);
    expect(genresOn(slate).filter((genre) => genre === 'Western')).toHaveLength(2);
  });

  test('weight 0 and an agent without history leave the ranking as it is', async () => {
    expect((await slateOf(withCalibration(popular(), { weight: 0, candidates: 30 }), past, 1, 5)).films).toEqual(
      (await slateOf(popular(), past, 1, 5)).films,
    );
    expect((await slateOf(withCalibration(popular(), { weight: 0.9, candidates: 30 }), past, 999, 5)).films).toEqual([
      1, 2, 3, 4, 5,
    ]);
  });
});

describe('exploration', () => {
  test('gives away about its share of the ranks, to films that chance picks, and says which', async () => {
    let given = 0;
    const strangers = new Set<number>();
    for (let agent = 0; agent < 200; agent++) {
      const {
        films,
        scores,
        drawn = [],
      } = await slateOf(withExploration(popular(), 0.25), WATCHED.slice(0, 60), agent, 10);
      given += drawn.length;
      drawn.forEach((film) => strangers.add(film));
      expect(films).toHaveLength(new Set(films).size);
      expect(drawn.every((film) => films.includes(film) && scores[films.indexOf(film)] === 0)).toBe(true);
    }
    expect(given / 2000).toBeGreaterThan(0.2);
    expect(given / 2000).toBeLessThan(0.3);
    expect(strangers.size).toBeGreaterThan(15);
  });

  test('0 changes nothing, 1 leaves nothing but chance, anything else is refused', async () => {
    expect((await slateOf(withExploration(popular(), 0), WATCHED, 1, 4)).drawn).toBeUndefined();
    expect((await slateOf(withExploration(popular(), 1), WATCHED, 1, 4)).drawn).toHaveLength(4);
    for (const wrong of [-0.1, 1.1, Number.NaN]) expect(() => withExploration(popular(), wrong)).toThrow(/from 0 to 1/);
  });
});

describe('filters', () => {
  const ALL: FilmFilter = { genres: [], withoutGenres: [], yearMin: 0, yearMax: 0 };

  test('by genre and by year; a film of unknown year passes', async () => {
    const films = async (filter: Partial<FilmFilter>): Promise<readonly number[]> =>
      (await slateOf(withFilter(popular(), { ...ALL, ...filter }), WATCHED, 1, 30)).films;
    expect(await films({})).toHaveLength(30);
    expect(await films({ genres: ['Drama'] })).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    expect(await films({ withoutGenres: ['Drama', 'Western'] })).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await films({ yearMin: 1958, yearMax: 1971 })).toEqual([9, 10, 11, 12, 21]);
  });

  test('nothing that is barred comes back by chance', () =>
    assert(
      property(
        record({ explore: double({ min: 0, max: 1, noNaN: true }), share: nat({ max: 4 }), agent: nat({ max: 500 }) }),
        ({ explore, share, agent }) => {
          const recommender = withFilter(withRandomShare(withExploration(popular(), explore), share), {
            ...ALL,
            genres: ['Drama', 'Western'],
            yearMin: 1972,
          });
          const model = recommender.train({
            round: 1,
            catalogue: FILMS,
            interactions: { agents: [], films: [], ratings: [], rounds: [], positions: [] },
            count: 0,
            audience: NOBODY_KNOWN,
            previous: null,
            luck: new LuckOf(1, NOBODY, 1),
          });
          if (model instanceof Promise) throw new TypeError('trains at once');
          const slate = model.recommend({ agent, count: 8, excluded: [0b1 << 14], luck: new LuckOf(3, agent, 1) });
          if (slate instanceof Promise) throw new TypeError('answers at once');
          expect(slate.films).toHaveLength(8);
          expect(slate.films.filter((film) => film < 13 || film === 14)).toEqual([]);
        },
      ),
    ));
});

describe('explanations', () => {
  const told = (contributions: readonly Contribution[], isExact = true): string =>
    explanationOf(contributions, { isExact, catalogue: FILMS }).text;

  test('say the most of what speaks for a film, in one sentence', () => {
    expect(
      told([
        { film: 3, weight: 2 },
        { film: 4, weight: 1.5 },
        { film: 5, weight: 0.2 },
      ]),
    ).toBe('Because you watched “Film 3” and “Film 4”.');
    expect(
      told(
        [
          { film: 3, weight: 2 },
          { film: 4, weight: 0.9 },
        ],
        false,
      ),
    ).toBe('Goes with “Film 3”, which you watched.');
    expect(
      told([
        { friend: 1, weight: 0.4 },
        { film: 3, weight: 0.5 },
        { friend: 2, weight: 0.3 },
      ]),
    ).toBe('2 of your friends watched it.');
    expect(told([{ genre: 'Western', weight: 1 }])).toBe('Western is to your taste.');
    expect([told([{ crowd: 1, weight: 1 }]), told([{ crowd: 7, weight: 7 }])]).toEqual([
      'Watched once so far.',
      'Watched 7 times so far.',
    ]);
    expect(told([{ trial: [40, 12], weight: 0.3 }])).toBe('Watched 12 of the 40 times it was shown.');
    expect([told([{ chance: true, weight: 0.3 }]), told([{ trial: [0, 0], weight: 0.3 }])]).toEqual([
      'Shown to try it out.',
      'Shown to try it out.',
    ]);
    expect([told([]), told([{ film: 3, weight: -1 }])]).toEqual(['Next on the list.', 'Next on the list.']);
  });

  test('never name what speaks against it, and name what they list', () => {
    const contribution = tuple(
      constantFrom('film', 'friend', 'crowd'),
      integer({ min: 1, max: 30 }),
      integer({ min: -20, max: 20 }),
    ).map(([kind, id, weight]) => ({ [kind]: id, weight }) as unknown as Contribution);
    assert(
      property(array(contribution, { maxLength: 8 }), (contributions) => {
        const sorted = [...contributions].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
        const { text, films, friends } = explanationOf(sorted, { isExact: true, catalogue: FILMS });
        expect(text).toMatch(/^\S.*\.$/);
        for (const film of films) {
          expect(text).toContain(`“Film ${film}”`);
          expect(sorted.some((each) => 'film' in each && each.film === film && each.weight > 0)).toBe(true);
        }
        for (const friend of friends)
          expect(sorted.some((each) => 'friend' in each && each.friend === friend && each.weight > 0)).toBe(true);
        expect(films.length > 0 && friends.length > 0).toBe(false);
      }),
    );
  });

  test('what chance put on a slate is said to be picked at random', async () => {
    const slate = await slateOf(withExplanations(withRandomShare(popular(), 2)), WATCHED, 1, 5);
    expect(slate.explanations?.map(({ text }) => text)).toEqual([
      'Watched 30 times so far.',
      'Watched 29 times so far.',
      'Watched 28 times so far.',
      'Picked at random.',
      'Picked at random.',
    ]);
  });
});
