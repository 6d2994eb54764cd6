/**
 * Recommenders that look at more than who watched what: what was shown, who knows whom, what films are; and the cold
 * start.
 */
import { describe, expect, test } from '@jest/globals';
import {
  type Audience,
  type AudienceMember,
  exp,
  type Film,
  FilmCatalogue,
  type Interactions,
  LuckOf,
  MalformedBytes,
  type Model,
  NOBODY,
  type Ranking,
  type Recommender,
  setBit,
  type TrainingRequest,
} from '@rashomon/kernel';
import { createRecommender, NOBODY_KNOWN, recommenders, withColdStart } from '@rashomon/recsys';
import { filmWithId, recommenderContract } from '@rashomon/recsys/testing';
import { solveSymmetric } from '../src/numerics/cholesky.ts';
import { BanditEvidence } from '../src/bandits/bandit-evidence.ts';
import { FilmColumns } from '../src/bandits/bandit-features.ts';
import { BanditPosterior } from '../src/bandits/bandit-posterior.ts';
import { contentCosine, contentVectorsOf } from '../src/content/content-vectors.ts';
import { declaredInterests } from '../src/content/declared-interests.ts';
import { FilmBeliefs, tasteWeights } from '../src/bandits/film-beliefs.ts';
import { Variances } from '../src/recommenders/linucb.ts';
import { element } from './element.ts';

interface Watch {
  readonly agent: number;
  readonly film: number;
  readonly rating?: number;
  readonly round?: number;
}

function interactionsOf(watches: readonly Watch[]): Interactions {
  return {
    agents: watches.map(({ agent }) => agent),
    films: watches.map(({ film }) => film),
    ratings: watches.map(({ rating = 0 }) => rating),
    rounds: watches.map(({ round = 0 }) => round),
    positions: watches.map((_, index) => index),
  };
}

const before = (...pairs: readonly (readonly [agent: number, film: number])[]): readonly Watch[] =>
  pairs.map(([agent, film]) => ({ agent, film }));

const bitsOf = (...films: readonly number[]): number[] => {
  const bits: number[] = [];
  for (const film of films) setBit(bits, film);
  return bits;
};

interface Person {
  readonly id: number;
  readonly interests?: readonly string[];
  readonly friends?: readonly (readonly [agent: number, closeness: number])[];
  readonly shown?: readonly number[];
  readonly sweep?: number;
}

function member({ id, interests = [], friends = [], shown = [], sweep = 0 }: Person): AudienceMember {
  const features = { watcher: true, explorer: false, critic: false, chatter: false, poster: false };
  const persona = { name: `Agent ${id}`, gender: '', age: 30, traits: [], status: '', interests, features };
  return {
    id,
    persona,
    contacts: friends.map(([agent, closeness]) => ({ agent, relation: 'friend', closeness })),
    shown: bitsOf(...shown),
    sweep,
  };
}

const audienceOf = (...people: readonly Person[]): Audience =>
  new Map(people.map((person) => [person.id, member(person)]));

const film = (id: number, about: Partial<Film> = {}): Film => ({ ...filmWithId(id), ...about });

function trained(
  recommender: Recommender,
  films: readonly Film[] | FilmCatalogue,
  watches: readonly Watch[],
  rest: Partial<TrainingRequest> = {},
): Model {
  const catalogue = films instanceof FilmCatalogue ? films : new FilmCatalogue(films);
  const request = {
    round: 1,
    catalogue,
    interactions: interactionsOf(watches),
    count: watches.length,
    audience: NOBODY_KNOWN,
    previous: null,
    luck: new LuckOf(1, NOBODY, 1),
    ...rest,
  };
  const model = recommender.train(request);
  if (model instanceof Promise) throw new TypeError('this recommender trains at once');
  return model;
}

function slate(
  model: Model,
  agent: number,
  count: number,
  { excluded = [], round = 1 }: { readonly excluded?: readonly number[]; readonly round?: number } = {},
): Ranking {
  const ranking = model.recommend({ agent, count, excluded: bitsOf(...excluded), luck: new LuckOf(7, agent, round) });
  if (ranking instanceof Promise) throw new TypeError('this model answers at once');
  return ranking;
}

function explained(model: Model, agent: number, id: number): readonly object[] {
  const contributions = model.explain(agent, id, new LuckOf(7, agent, 1));
  if (contributions instanceof Promise) throw new TypeError('this model answers at once');
  return contributions;
}

/** Scores of all films, by id. */
function scoresOf(model: Model, agent: number, round = 1): ReadonlyMap<number, number> {
  const { films, scores } = slate(model, agent, 1000, { round });
  return new Map(films.map((id, rank) => [id, element(scores, rank)]));
}

const scoreOf = (model: Model, agent: number, id: number, round = 1): number =>
  scoresOf(model, agent, round).get(id) ?? NaN;

// Sound: it is the model of a bandit.
const evidenceOf = (model: Model): BanditEvidence =>
  (model as Model & { readonly state: { readonly evidence: BanditEvidence } }).state.evidence;

const trialOf = (model: Model, id: number): unknown =>
  explained(model, 1, id).flatMap((each) => ('trial' in each ? [each.trial] : []));

describe('what the bandits learn from', () => {
  const linucb = createRecommender('linucb');
  const films = [film(1), film(2), film(3), film(4)];

  test('every film shown is a trial, once, and a new sweep brings new trials', () => {
    const watches: readonly Watch[] = [{ agent: 1, film: 2, round: 1 }];
    const first = trained(linucb, films, watches, { audience: audienceOf({ id: 1, shown: [1, 2, 3] }) });
    expect([1, 2, 3, 4].map((id) => trialOf(first, id))).toEqual([[[1, 0]], [[1, 1]], [[1, 0]], [[0, 0]]]);
    const more = trained(linucb, films, watches, {
      audience: audienceOf({ id: 1, shown: [1, 2, 3, 4] }),
      previous: first,
    });
    expect([1, 2, 3, 4].map((id) => trialOf(more, id))).toEqual([[[1, 0]], [[1, 1]], [[1, 0]], [[1, 0]]]);
    const swept = trained(linucb, films, [...watches, { agent: 1, film: 3, round: 2 }], {
      audience: audienceOf({ id: 1, shown: [1, 2, 3], sweep: 1 }),
      previous: more,
    });
    expect([1, 2, 3, 4].map((id) => trialOf(swept, id))).toEqual([[[2, 0]], [[1, 1]], [[2, 1]], [[1, 0]]]);
  });

  test('a watch from before the run stands against four films that the agent did not watch', () => {
    const many = Array.from({ length: 9 }, (_, index) => film(index + 1));
    const model = trained(linucb, many, before([1, 3]), { audience: audienceOf({ id: 1, shown: [3] }) });
    const { trials, rewards } = evidenceOf(model);
    expect([trials[2], rewards[2]]).toEqual([1, 1]);
    expect(trials.reduce((sum, count) => sum + count, 0)).toBe(5);
    expect(rewards.reduce((sum, reward) => sum + reward, 0)).toBe(1);
    // Nothing of that was really shown, and nobody is told that it was.
    expect(many.map(({ id }) => trialOf(model, id))).toEqual(many.map(() => [[0, 0]]));
    // Where nobody is known all watches are read so, whenever they were made.
    const unknown = trained(linucb, many, [{ agent: 1, film: 3, round: 4 }]);
    expect(evidenceOf(unknown)).toMatchObject({ trials, rewards });
  });

  test('being passed over counts against a film, being watched for it, and under "rated" what is thought of it', () => {
    const people = Array.from({ length: 8 }, (_, id) => ({ id: id + 1, shown: [1, 4] }));
    const watches = people.map(({ id }): Watch => ({ agent: id, film: 1, rating: 1, round: 1 }));
    const [watched, rated] = (['watched', 'rated'] as const).map((reward) =>
      trained(createRecommender('linucb', { alpha: 0, reward }), films, watches, { audience: audienceOf(...people) }),
    );
    expect(slate(watched as Model, 99, 1).films).toEqual([1]);
    expect(scoreOf(watched as Model, 99, 1)).toBeGreaterThan(scoreOf(watched as Model, 99, 4));
    // All of them disliked it: as good as not watched.
    expect(scoreOf(rated as Model, 99, 1)).toBeCloseTo(0, 6);
    const unrated = trained(
      createRecommender('linucb', { alpha: 0, reward: 'rated' }),
      films,
      watches.map(({ agent, film: id }) => ({ agent, film: id, round: 1 })),
      { audience: audienceOf(...people) },
    );
    expect(scoreOf(unrated, 99, 1)).toBeCloseTo(scoreOf(watched as Model, 99, 1) / 2, 5);
  });

  test('a film that is gone leaves what it taught of its genre', () => {
    const people = Array.from({ length: 12 }, (_, id) => ({ id, shown: [1, 2] }));
    const watches = people.map(({ id }): Watch => ({ agent: id, film: 1, round: 1 }));
    const catalogue = new FilmCatalogue([
      film(1, { genres: ['Comedy'] }),
      film(2, { genres: ['Drama'] }),
      film(4, { genres: ['Comedy'] }),
      film(5, { genres: ['Drama'] }),
    ]);
    const greedy = createRecommender('linucb', { alpha: 0 });
    const first = trained(greedy, catalogue, watches, { audience: audienceOf(...people) });
    const after = trained(greedy, catalogue.without(1), watches, { audience: audienceOf(...people), previous: first });
    expect(scoreOf(after, 99, 4)).toBeCloseTo(scoreOf(first, 99, 4), 6);
    expect(scoreOf(after, 99, 4)).toBeGreaterThan(scoreOf(after, 99, 5));
    expect(trialOf(after, 2)).toEqual([[12, 0]]);
  });
});

describe('the posterior of the bandits', () => {
  const genres = ['Comedy', 'Drama', 'Horror'];
  const catalogue = new FilmCatalogue(
    Array.from({ length: 6 }, (_, id) =>
      film(id, { genres: genres.filter((name) => (id >> genres.indexOf(name)) % 2 === 0) }),
    ),
  );
  const columns = new FilmColumns(catalogue);

  test('is that of one ridge regression over shared weights and intercepts together', () => {
    const [ridge, prior] = [0.5, 4];
    const luck = new LuckOf(3, 0, 0);
    const size = columns.width + catalogue.size;
    const joint = new Float64Array(size * size);
    const moment = new Float64Array(size);
    for (let k = 0; k < size; k++) joint[k * size + k] = k < columns.width ? ridge : prior;
    const rowOf = (index: number, values: Float64Array): Float64Array => {
      const row = new Float64Array(size);
      columns.of(index).forEach((column, place) => (row[column] = values[place] as number));
      row[columns.width + index] = 1;
      return row;
    };
    const featuresOf = (index: number, number: number): Float64Array =>
      columns.values(index, {
        past: number % 3 === 0,
        crowd: luck.for('film').uniform(number),
        taste: Float64Array.from(genres, (_, genre) => luck.for('taste').normal(3 * number + genre)),
      });
    const evidence = new BanditEvidence(columns);
    for (let trial = 0; trial < 40; trial++) {
      const index = luck.for('film').below(catalogue.size - 1, 1000 + trial);
      const values = featuresOf(index, trial);
      const reward = luck.for('rating').uniform(trial);
      evidence.learn({ film: index, values, reward, isWatched: reward > 0.5, wasShown: true });
      const row = rowOf(index, values);
      row.forEach((a, i) => {
        moment[i] = (moment[i] as number) + reward * a;
        row.forEach((b, j) => (joint[i * size + j] = (joint[i * size + j] as number) + a * b));
      });
    }
    const taste = Float64Array.from([0.3, -0.2, 0.1]);
    const beliefs = new FilmBeliefs(
      new BanditPosterior(evidence, { ridge, prior }),
      new Float64Array(catalogue.size).fill(0.4),
    );
    const tastes = beliefs.tastesByColumn(taste);
    const variances = new Variances(beliefs);
    const mean = moment.slice();
    solveSymmetric(joint.slice(), mean);
    for (let index = 0; index < catalogue.size; index++) {
      const row = rowOf(index, columns.values(index, { past: false, crowd: 0.4, taste }));
      const solved = row.slice();
      solveSymmetric(joint.slice(), solved);
      const dot = (other: Float64Array): number => row.reduce((sum, value, k) => sum + value * (other[k] as number), 0);
      expect(
        beliefs.expected(index, beliefs.posterior.weights, tasteWeights(tastes, beliefs.posterior.weights)),
      ).toBeCloseTo(dot(mean), 10);
      expect(variances.of(index, tastes)).toBeCloseTo(dot(solved), 10);
    }
  });

  test('thompson draws from what linucb bounds', () => {
    const people = Array.from({ length: 5 }, (_, id) => ({ id, shown: [0, 1, 2, 3], interests: ['horror films'] }));
    const watches: readonly Watch[] = [...before([0, 4], [1, 4], [2, 1]), { agent: 3, film: 2, round: 1 }];
    const make = (name: string, alpha: number): Model =>
      trained(createRecommender(name, { alpha }), catalogue, watches, { audience: audienceOf(...people) });
    const [expected, bound, drawn] = [make('linucb', 0), make('linucb', 1), make('thompson', 1)] as const;
    const rounds = 2000;
    const scores = Array.from({ length: rounds }, (_, round) => scoresOf(drawn, 4, round));
    for (const { id } of catalogue.films) {
      const mean = scores.reduce((sum, each) => sum + (each.get(id) ?? NaN), 0) / rounds;
      const deviation = Math.sqrt(scores.reduce((sum, each) => sum + ((each.get(id) ?? NaN) - mean) ** 2, 0) / rounds);
      const should = scoreOf(bound, 4, id) - scoreOf(expected, 4, id);
      expect(Math.abs(mean - scoreOf(expected, 4, id))).toBeLessThan((4 * should) / Math.sqrt(rounds));
      expect(Math.abs(deviation / should - 1)).toBeLessThan(0.08);
    }
  });

  test('all pages of a round are of one draw, another round has another', () => {
    const model = trained(createRecommender('thompson'), catalogue, before([0, 1], [1, 2]));
    const whole = slate(model, 5, 6).films;
    expect([...slate(model, 5, 3).films, ...slate(model, 5, 3, { excluded: whole.slice(0, 3) }).films]).toEqual(whole);
    expect(slate(model, 5, 6, { round: 2 }).films).not.toEqual(whole);
  });
});

/**
 * People come, say which genre they like, are shown one slate and watch what they watch: by genre, and by how good a
 * film is. Nobody comes back, so that the best that can be done is the same in every round.
 */
describe('the bandits in a world of newcomers', () => {
  const GENRES = ['Comedy', 'Drama', 'Horror', 'Western'];
  const [FILMS, SLATE, NEW, ROUNDS] = [60, 4, 20, 25];
  const catalogue = new FilmCatalogue(
    Array.from({ length: FILMS }, (_, index) => film(index, { genres: [element(GENRES, index % GENRES.length)] })),
  );
  const appeal = Float64Array.from({ length: FILMS }, (_, id) => new LuckOf(99, 0, 0).for('film').normal(id));
  const watchProbability = (agent: number, id: number): number =>
    1 / (1 + exp(2.5 - (id % 4 === agent % 4 ? 1.2 : -0.5) - 0.8 * (appeal[id] as number)));
  const bestOf = (agent: number): number =>
    Array.from(appeal, (_, id) => watchProbability(agent, id))
      .sort((a, b) => b - a)
      .slice(0, SLATE)
      .reduce((sum, each) => sum + each, 0);

  /** Click-through and regret (expected watches lost to the best slate, per film shown) in each fifth of the rounds. */
  function play(recommender: Recommender): { readonly clicks: readonly number[]; readonly regret: readonly number[] } {
    const watches: Watch[] = [];
    const people: Person[] = [];
    const [clicks, regret] = [
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ];
    const all = (NEW * SLATE * ROUNDS) / 5;
    let model: Model | null = null;
    for (let round = 1; round <= ROUNDS; round++) {
      const fifth = Math.floor(((round - 1) * 5) / ROUNDS);
      const arriving = Array.from({ length: NEW }, (_, n) => ({
        id: round * NEW + n,
        interests: [`${element(GENRES, n % 4).toLowerCase()} movies`],
      }));
      const live: Model = trained(recommender, catalogue, watches, {
        round,
        audience: audienceOf(...people, ...arriving),
        previous: model,
        luck: new LuckOf(1, NOBODY, round),
      });
      model = live;
      for (const { id, interests } of arriving) {
        const shown = slate(live, id, SLATE, { round }).films;
        const watched = shown.filter(
          (one) => new LuckOf(5, id, round).for('film').uniform(one) < watchProbability(id, one),
        );
        for (const one of watched) watches.push({ agent: id, film: one, round });
        people.push({ id, interests, shown });
        clicks[fifth] = element(clicks, fifth) + watched.length / all;
        regret[fifth] =
          element(regret, fifth) + (bestOf(id) - shown.reduce((sum, one) => sum + watchProbability(id, one), 0)) / all;
      }
    }
    return { clicks, regret };
  }

  const random = play(createRecommender('random'));

  test.each(['linucb', 'thompson'])('%s is clicked more and more, and regrets less and less', (name) => {
    const { clicks, regret } = play(createRecommender(name));
    expect(element(clicks, 4)).toBeGreaterThan(1.15 * element(clicks, 0));
    expect(element(clicks, 4)).toBeGreaterThan(2 * Math.max(...random.clicks));
    expect(element(regret, 4)).toBeLessThan(0.7 * element(regret, 0));
    expect(element(regret, 4)).toBeLessThan(0.5 * Math.min(...random.regret));
  });
});

describe('social', () => {
  const films = [1, 2, 3, 4].map((id) => film(id));
  const watches = before([1, 1], [2, 1], [2, 2], [3, 1], [3, 3], [4, 4], [5, 4]);

  test('by hand: half the taste, half the friends', () => {
    const audience = audienceOf({
      id: 1,
      friends: [
        [4, 0.75],
        [9, 0.25],
      ],
    });
    const model = trained(createRecommender('social'), films, watches, { audience });
    // Films 2 and 3 are as near to film 1 as any; three quarters of the closeness have watched film 4.
    expect(slate(model, 1, 3, { excluded: [1] })).toEqual({ films: [2, 3, 4], scores: [0.5, 0.5, 0.375] });
    expect(explained(model, 1, 2)).toEqual([{ film: 1, weight: 0.5 }]);
    expect(explained(model, 1, 4)).toEqual([{ friend: 4, weight: 0.375 }]);
    const devoted = trained(createRecommender('social', { weight: 0.8 }), films, watches, { audience });
    expect(slate(devoted, 1, 1, { excluded: [1] })).toEqual({ films: [4], scores: [Math.fround(0.8 * 0.75)] });
  });

  test('without friends it ranks as item-knn, without history by crowd and friends, without both as popular', () => {
    const model = trained(createRecommender('social'), films, watches, {
      audience: audienceOf({ id: 8, friends: [[2, 1]] }),
    });
    for (const agent of [1, 2, 3, 4])
      expect(slate(model, agent, 4).films).toEqual(
        slate(trained(createRecommender('item-knn'), films, watches), agent, 4).films,
      );
    expect(slate(model, 99, 4)).toEqual({ films: [1, 4, 2, 3], scores: [1, 2 / 3, 1 / 3, 1 / 3].map(Math.fround) });
    expect(slate(model, 8, 4)).toEqual({ films: [1, 2, 4, 3], scores: [1, 2 / 3, 1 / 3, 1 / 6].map(Math.fround) });
    expect(explained(model, 8, 2)).toEqual([
      { friend: 2, weight: 0.5 },
      { crowd: 1, weight: 1 / 6 },
    ]);
  });

  test('contacts are those of the training: listed twice they count once, oneself and the distant not at all', () => {
    const circle: readonly (readonly [number, number])[] = [
      [4, 0.2],
      [4, 0.6],
      [1, 1],
      [5, 0],
      [2, 0.2],
    ];
    const model = trained(createRecommender('social', { weight: 1 }), films, watches, {
      audience: audienceOf({ id: 1, friends: circle }),
    });
    expect(scoreOf(model, 1, 4)).toBeCloseTo(0.75, 6);
    expect(explained(model, 1, 4)).toEqual([{ friend: 4, weight: 0.6 / (0.6 + 0.2) }]);
  });
});

describe('content', () => {
  const space = (id: number, title: string): Film =>
    film(id, {
      title,
      year: 1979,
      genres: ['Sci-Fi'],
      people: ['Ridley Scott'],
      description: 'A crew meets something in deep space.',
    });
  const farce = (id: number, title: string): Film =>
    film(id, {
      title,
      year: 1994,
      genres: ['Comedy'],
      people: [],
      description: 'Two fools travel across the country.',
    });
  const films = [
    space(1, 'Alien'),
    space(2, 'The Void'),
    farce(3, 'Dumber'),
    farce(4, 'Dumbest'),
    film(5, { title: 'Untitled', year: 0, genres: [] }),
  ];
  const content = createRecommender('content', { popularity: 0 });

  test('films sharing people, genres, words and years are near; nothing is near one of which nothing is known', () => {
    const vectors = contentVectorsOf(new FilmCatalogue(films));
    expect(contentCosine(vectors, 0, 1)).toBeCloseTo(1, 10);
    expect(contentCosine(vectors, 0, 2)).toBe(0);
    expect([0, 1, 2, 3].map((other) => contentCosine(vectors, 4, other))).toEqual([0, 0, 0, 0]);
    const years = contentVectorsOf(
      new FilmCatalogue([1961, 1964, 1967, 1999].map((year, id) => film(id, { title: '', year, genres: [] }))),
    );
    expect(contentCosine(years, 0, 1)).toBeGreaterThan(contentCosine(years, 0, 2));
    expect(contentCosine(years, 0, 3)).toBe(0);
  });

  test('the mean of the cosines with what was watched, by rating', () => {
    const watches: readonly Watch[] = [
      { agent: 1, film: 1, rating: 5 },
      { agent: 1, film: 3, rating: 1 },
    ];
    const model = trained(content, films, watches);
    expect(slate(model, 1, 3, { excluded: [1, 3] }).films).toEqual([2, 4, 5]);
    expect(scoreOf(model, 1, 2)).toBeCloseTo(5 / 6, 6);
    expect(scoreOf(model, 1, 4)).toBeCloseTo(1 / 6, 6);
    expect(explained(model, 1, 2)).toEqual([{ film: 1, weight: expect.closeTo(5 / 6, 6) }]);
  });

  test('a newcomer is taken at its word, a stranger gets what most watched', () => {
    const model = trained(content, films, before([1, 3], [2, 3], [2, 1]), {
      audience: audienceOf({ id: 7, interests: ['science fiction movies', 'long walks'] }),
    });
    expect(slate(model, 7, 2).films).toEqual([1, 2]);
    expect(explained(model, 7, 1)).toMatchObject([{ genre: 'Sci-Fi' }]);
    expect(slate(model, 99, 2)).toEqual({ films: [3, 1], scores: [1, 0.5] });
  });

  test('popularity decides between films that are equally near', () => {
    const twins = [space(1, 'Alien'), space(2, 'The Void'), space(3, 'The Depth')];
    expect(
      slate(trained(createRecommender('content'), twins, before([1, 1], [2, 3])), 1, 2, { excluded: [1] }).films,
    ).toEqual([3, 2]);
    expect(slate(trained(content, twins, before([1, 1], [2, 3])), 1, 2, { excluded: [1] }).films).toEqual([2, 3]);
  });

  test.each(['content', 'linucb', 'thompson'])('the bytes of %s are refused with other films', (name) => {
    const recommender = createRecommender(name);
    const bytes = trained(recommender, films, before([1, 1])).toBytes();
    expect(() => recommender.load(bytes, new FilmCatalogue(films.slice(1)))).toThrow('model of the catalogue');
  });
});

describe('declared interests', () => {
  test('name genres in everyday words', () => {
    const catalogue = new FilmCatalogue([
      film(1, {
        genres: ['Action', 'Animation', "Children's", 'Comedy', 'Film-Noir', 'Romance', 'Sci-Fi', 'Thriller'],
      }),
    ]);
    const genresOf = (...interests: readonly string[]): readonly string[] =>
      Array.from(
        declaredInterests(audienceOf({ id: 3, interests }), catalogue, () => false).columns,
        (genre) => catalogue.genres[genre] as string,
      );
    expect(genresOf('sci-fi movies', 'comedies')).toEqual(['Comedy', 'Sci-Fi']);
    expect(genresOf('romantic movies', 'action movies', 'film noir')).toEqual(['Action', 'Film-Noir', 'Romance']);
    expect(genresOf('family-friendly movies')).toEqual(['Animation', "Children's"]);
    expect(genresOf('Science Fiction', 'thrillers', 'thrillers')).toEqual(['Sci-Fi', 'Thriller']);
    expect(genresOf('classic movies', 'romans', '', 'constructor')).toEqual([]);
    expect(
      declaredInterests(audienceOf({ id: 3, interests: ['comedies'] }), catalogue, (id) => id === 3).agents.size,
    ).toBe(0);
  });
});

describe('a cold start', () => {
  const cases = [
    ...recommenderContract('popular with a cold start', () => withColdStart(createRecommender('popular'))),
    ...recommenderContract(
      'ials with a cold start',
      () => withColdStart(createRecommender('ials', { factors: 8, epochs: 4, steps: 8, refreshEvery: 2 })),
      { tolerance: 1e-3 },
    ),
    ...recommenderContract(
      'later answers with a cold start',
      () => withColdStart(later(createRecommender('item-knn'))),
      { runs: 20 },
    ),
  ];
  test.each(cases.map(({ name, run }) => [name, run] as const))('%s', async (_, run) => {
    await expect(run()).resolves.toBeUndefined();
  });

  /**
   * Twenty films of each of two genres, watched by people who like the one or the other, and a sci-fi film that nobody
   * has seen.
   */
  const NEW = 50;
  const old = Array.from({ length: 40 }, (_, id) =>
    film(id, { title: `Film ${id}`, genres: [id % 2 === 0 ? 'Sci-Fi' : 'Romance'], year: 1980 + (id % 20) }),
  );
  const catalogue = new FilmCatalogue([...old, film(NEW, { title: 'Brand new', genres: ['Sci-Fi'], year: 1990 })]);
  const watches = Array.from({ length: 30 }, (_, agent) => agent).flatMap((agent) =>
    Array.from({ length: 8 }, (_, n): Watch => ({
      agent,
      film: 2 * new LuckOf(4, agent, 0).for('taste').below(20, n) + (n === 7 ? 1 - (agent % 2) : agent % 2),
    })),
  );
  const watchedBy = (agent: number): readonly number[] =>
    watches.filter((watch) => watch.agent === agent).map((watch) => watch.film);
  /**
   * How many of those who like the genre have the new film on their first pages of five; agents of even id like sci-fi.
   */
  const seenBy = (model: Model, parity: number, pages = 2): number =>
    Array.from({ length: 15 }, (_, n) => 2 * n + parity).filter((agent) =>
      slate(model, agent, 5 * pages, { excluded: watchedBy(agent) }).films.includes(NEW),
    ).length;

  test('a new film finds those who like its kin, and without it nobody, under ease', () => {
    const ease = createRecommender('ease', { regularization: 20 });
    const [plain, warm] = [trained(ease, catalogue, watches), trained(withColdStart(ease), catalogue, watches)];
    expect([seenBy(plain, 0), seenBy(plain, 1)]).toEqual([0, 0]);
    expect(seenBy(warm, 0)).toBeGreaterThanOrEqual(10);
    expect(seenBy(warm, 1)).toBeLessThanOrEqual(2);
    const contributions = explained(warm, 0, NEW) as readonly { readonly film: number; readonly weight: number }[];
    expect(element(contributions, 0).film % 2).toBe(0);
    expect(contributions.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(scoreOf(warm, 0, NEW), 5);
    // The others keep the scores of the base.
    expect([...scoresOf(warm, 0)].filter(([id]) => id !== NEW)).toEqual(
      [...scoresOf(plain, 0)].filter(([id]) => id !== NEW),
    );
  });

  test('the score of a new film is the mean of its kin, by similarity', () => {
    const base = trained(createRecommender('popular'), catalogue, watches);
    const nearest = trained(withColdStart(createRecommender('popular'), { neighbours: 1 }), catalogue, watches);
    const counts = scoresOf(base, 0);
    expect(scoreOf(nearest, 0, NEW)).toBe(counts.get(10));
    const wide = scoreOf(
      trained(withColdStart(createRecommender('popular'), { neighbours: 1000 }), catalogue, watches),
      0,
      NEW,
    );
    const scifi = [...counts].filter(([id]) => id % 2 === 0 && id !== NEW).map(([, count]) => count);
    expect(wide).toBeGreaterThan(Math.min(...scifi));
    expect(wide).toBeLessThan(Math.max(...scifi));
  });

  test('a newcomer is ranked by what it says, then less and less, from three films on not at all', () => {
    const crowd = before(
      ...Array.from({ length: 20 }, (_, agent) => [agent, 1] as const),
      ...old.map(({ id }) => [30, id] as const),
    );
    const model = trained(
      withColdStart(createRecommender('popular')),
      catalogue,
      [...crowd, ...before([41, 0], [42, 0], [42, 2], [43, 0], [43, 2], [43, 4])],
      {
        audience: audienceOf(
          ...[40, 41, 42, 43, 44].map((id) => ({ id, interests: id === 44 ? ['nothing much'] : ['sci-fi movies'] })),
        ),
      },
    );
    // Popular shows the romance that everybody watched, content never does.
    const byContent = (agent: number): number =>
      Array.from({ length: 300 }, (_, round) => slate(model, agent, 1, { round }).films[0] !== 1).filter(Boolean)
        .length / 300;
    expect(byContent(40)).toBe(1);
    expect(Math.abs(byContent(41) - 2 / 3)).toBeLessThan(0.09);
    expect(Math.abs(byContent(42) - 1 / 3)).toBeLessThan(0.09);
    expect([43, 44, 99].map(byContent)).toEqual([0, 0, 0]);
    expect(explained(model, 40, 2)).toEqual(expect.arrayContaining([expect.objectContaining({ genre: 'Sci-Fi' })]));
  });

  test('is told apart from the recommender by its bytes alone, and refuses senseless settings', () => {
    const popular = createRecommender('popular');
    const cold = withColdStart(popular);
    expect([cold.name, cold.parameters]).toEqual([popular.name, popular.parameters]);
    const bytes = trained(cold, catalogue, watches).toBytes();
    expect(() => popular.load(bytes, catalogue)).toThrow(MalformedBytes);
    expect(() => withColdStart(popular, { neighbours: 3 }).load(bytes, catalogue)).toThrow(
      'cold start of 3 watches and 10 neighbours, expected 3 and 3',
    );
    expect(() => withColdStart(popular, { watches: 0 })).toThrow(RangeError);
    expect(() => withColdStart(popular, { neighbours: 1.5 })).toThrow(RangeError);
  });
});

/** The same recommender, answering later. */
function later(recommender: Recommender): Recommender {
  return {
    ...recommender,
    train: async (request) =>
      laterModel(
        await recommender.train({
          ...request,
          previous: (request.previous as (Model & { readonly inside?: Model }) | null)?.inside ?? null,
        }),
      ),
    load: (bytes, catalogue) => laterModel(recommender.load(bytes, catalogue)),
  };
}

function laterModel(inside: Model): Model & { readonly inside: Model } {
  return {
    inside,
    digest: inside.digest,
    count: inside.count,
    explains: inside.explains,
    recommend: async (request) => inside.recommend(request),
    explain: async (...about) => inside.explain(...about),
    toBytes: () => inside.toBytes(),
  };
}

describe('where hardly anything is known', () => {
  const made: readonly (readonly [string, () => Recommender])[] = [
    ...['linucb', 'thompson', 'social', 'content'].map((name) => [name, () => createRecommender(name)] as const),
    ['popular with a cold start', () => withColdStart(createRecommender('popular'))],
  ];
  const bare = film(6, { title: '', year: 0, genres: [] });
  const lone = audienceOf({ id: 1, friends: [[77, 1]], interests: ['comedies'], shown: [6] });

  test.each(made)('%s gives finite scores and never throws', (_, make) => {
    for (const films of [[], [bare], [bare, film(2)], [film(3, { genres: ['Odd'] })]]) {
      for (const watches of [
        [],
        before([1, 6]),
        before([1, 6], [1, 2], [2, 2]),
        [{ agent: 1, film: 6, rating: 1, round: 1 }],
      ]) {
        for (const audience of [NOBODY_KNOWN, lone]) {
          const recommender = make();
          const model = trained(recommender, films, watches, { audience });
          const after = trained(recommender, films, watches, { audience, previous: model, round: 2 });
          for (const agent of [1, 2, 88]) {
            const { films: ranked, scores } = slate(after, agent, 9);
            expect(ranked.length).toBe(films.length);
            expect(scores.every(Number.isFinite)).toBe(true);
            for (const id of ranked)
              expect(
                explained(after, agent, id).every((each) => 'weight' in each && Number.isFinite(each.weight)),
              ).toBe(true);
          }
        }
      }
    }
  });

  test('all of them are in the registry', () => {
    expect(recommenders.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['linucb', 'thompson', 'social', 'content']),
    );
  });
});
