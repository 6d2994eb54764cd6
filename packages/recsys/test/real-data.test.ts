/** The importers on the real folders, search over RecAgent's titles, and the accuracies that others publish. */
import { expect, test } from '@jest/globals';
import { type Dataset, LuckOf, NOBODY, setBit } from '@rashomon/kernel';
import { asInteractions, createRecommender, evaluate, type Evaluation, loadDataset, loadSplit, sharedTitles, type Split, textSearch, type Watches } from '@rashomon/recsys';
import { element } from './element.ts';
import { onRealData, realData } from '../../../test/real-data.ts';

const meanOf = ({ metrics }: Evaluation, metric: string): number => metrics[metric]?.mean ?? NaN;

const datasets = new Map<string, Dataset>();

/** Each folder is read once. */
function datasetOf(name: string): Dataset {
  const dataset = datasets.get(name) ?? loadDataset(realData(name));
  datasets.set(name, dataset);
  return dataset;
}

onRealData('', 'all folders', () => {
  test.each([
    ['ml-100k', 1682, 943, 100_000, 0],
    ['ml-1m', 3883, 6040, 1_000_209, 0],
    ['ml-latest-small', 9742, 610, 100_836, 0],
    ['recagent', 3883, 1000, 0, 20_846],
  ])('%s: %d films, %d users, %d ratings, %d ties', (name, films, users, ratings, ties) => {
    const dataset = datasetOf(name);
    expect([dataset.catalogue.size, dataset.users.length, dataset.ratings.users.length, dataset.ties.length]).toEqual([films, users, ratings, ties]);
    for (const { title, quality } of dataset.catalogue.films) {
      expect(title).not.toMatch(/, The$|\uFFFD|^$/);
      expect(Math.abs(quality)).toBeLessThan(3);
    }
  });

  test('MovieLens 100K lists 18 films twice, under two ids each', () => {
    expect(sharedTitles(datasetOf('ml-100k').catalogue).map(({ ids }) => ids.length)).toEqual(Array.from({ length: 18 }, () => 2));
  });
});

onRealData('recagent', "RecAgent's fault 5, titles that resolve to other films", () => {
  test('each of the 3,883 titles finds a film of exactly that title first', () => {
    const { catalogue } = datasetOf('recagent');
    const search = textSearch.index(catalogue);
    const wrong = catalogue.films.filter(({ title }) => catalogue.film(element(search.find(title, 1), 0))?.title !== title);
    expect(wrong).toEqual([]);
  });
});

onRealData('ml-100k', 'accuracy on MovieLens 100K, ua.base against ua.test', () => {
  let split: Split | undefined;
  const splitOnce = (): Split =>
    (split ??= loadSplit(realData('ml-100k'), { protocol: 'ua', seed: 1, share: 0.2 }).split);

  test.each([
    ['random', {}, 0.007, 0.013, 0.003],
    // Ties by id, as everywhere here; numpy's argpartition, which leaves ties in no order, gives .1329 and .1790.
    ['popular', {}, 0.13306, 0.17879, 1e-5],
    ['item-knn', { neighbours: 200 }, 0.2603, 0.3424, 0.002],
    // No two scores are equal among the first 21 of any user, so no tie matters.
    ['ease', {}, 0.3163, 0.3935, 1e-4],
    ['ials', { factors: 32 }, 0.3083, 0.3959, 0.005],
    ['bpr-mf', {}, 0.2752, 0.368, 0.02],
  ])('%s %j: nDCG@10 %d, Recall@20 %d, within %d', async (name, parameters, ndcg, recall, band) => {
    const accuracy = await evaluate(createRecommender(name, parameters), splitOnce(), 1);
    expect(accuracy.users).toBe(943);
    expect(Math.abs(meanOf(accuracy, 'ndcg@10') - ndcg)).toBeLessThanOrEqual(band);
    expect(Math.abs(meanOf(accuracy, 'recall@20') - recall)).toBeLessThanOrEqual(band);
  });

  test('ials trained in forty rounds is as good as trained at once', async () => {
    const whole = splitOnce();
    const ials = createRecommender('ials', { factors: 32 });
    const interactions = asInteractions(shuffled(whole.train));
    const total = interactions.agents.length;
    const stepwise = {
      ...ials,
      async train() {
        let model = null;
        for (let round = 20; round <= 60; round++) {
          const count = Math.floor((total * round) / 60);
          model = await ials.train({ round, catalogue: whole.catalogue, interactions, count, previous: model, luck: new LuckOf(1, NOBODY, round) });
        }
        return model as NonNullable<typeof model>;
      },
    };
    const accuracy = await evaluate(stepwise, whole, 1);
    expect(meanOf(accuracy, 'ndcg@10')).toBeGreaterThan(0.3083 - 0.005);
    expect(meanOf(accuracy, 'recall@20')).toBeGreaterThan(0.3959 - 0.005);
  });

  test('contributions of past films sum to the score of ials', () => {
    const { catalogue, train } = splitOnce();
    const interactions = asInteractions(train);
    const count = interactions.agents.length;
    const model = createRecommender('ials').train({ round: 0, catalogue, interactions, count, previous: null, luck: new LuckOf(1, NOBODY, 0) });
    if (model instanceof Promise) throw new TypeError('ials trains at once');
    for (let agent = 1; agent <= 943; agent += 40) {
      const excluded: number[] = [];
      interactions.agents.forEach((watcher, entry) => watcher === agent && setBit(excluded, element(interactions.films, entry)));
      const ranking = model.recommend({ agent, count: 2, excluded, luck: new LuckOf(1, agent, 0) });
      if (ranking instanceof Promise) throw new TypeError('ials answers at once');
      ranking.films.forEach((film, rank) => {
        const sum = model.explain(agent, film).reduce((total, { weight }) => total + weight, 0);
        expect(Math.abs(sum - (element(ranking.scores, rank)))).toBeLessThan(1e-3);
      });
    }
  });
});

onRealData('ml-1m', 'protocols on MovieLens 1M', () => {
  test.each([
    // With ties by film number; numpy's .4520 and .2526 count every tie against the film to find.
    ['ncf', 'ml-1m', 6040, 3706, { 'hit@10': 0.45232, 'ndcg@10': 0.25273 }],
    // Ties by id; numpy's .1633 puts the higher id first.
    ['fixed', 'ml-1m/positives-ge3-lightgcnpp', 6038, 3628, { 'ndcg@10': 0.16315, 'recall@20': 0.11807 }],
  ])('%s of %s: %d users, %d films, popular %j', async (protocol, folder, users, films, figures) => {
    const { split } = loadSplit(realData(folder), { protocol, seed: 1, share: 0.2 });
    const evaluation = await evaluate(createRecommender('popular'), split, 1);
    expect([evaluation.users, split.catalogue.size]).toEqual([users, films]);
    for (const [metric, figure] of Object.entries(figures)) expect(Math.abs(meanOf(evaluation, metric) - figure)).toBeLessThan(1e-4);
  });
});

/** The same watches in an order in which every part is a sample of the whole. */
function shuffled({ users, films }: Watches): Watches {
  const luck = new LuckOf(3, NOBODY, 0);
  const order = Array.from(users, (_, entry) => ({ entry, key: luck.uniform('bootstrap', entry) })).sort((a, b) => a.key - b.key);
  return { users: order.map(({ entry }) => element(users, entry)), films: order.map(({ entry }) => element(films, entry)) };
}
