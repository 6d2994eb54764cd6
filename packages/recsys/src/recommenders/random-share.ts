/**
 * A share of every slate drawn at random: RecAgent's rec_random_k, its remedy for the information cocoon.
 *
 * The first ranks are the recommender's; the last k films are drawn uniformly from the eligible ones that are
 * not already on the slate. They have the score 0: nothing ranked them.
 */
import type { MaybePromise, Model, Ranking, Recommender, SlateRequest } from '@rashomon/kernel';
import { filmIndexOf } from './id-index.ts';
import { sampleFilms } from './uniform-sample.ts';

class ModelWithRandomShare implements Model {
  readonly base: Model;
  readonly count: number;
  readonly digest: string;
  readonly #films: Int32Array;
  readonly #share: number;

  constructor(base: Model, films: Int32Array, share: number) {
    this.base = base;
    this.count = base.count;
    this.digest = base.digest;
    this.#films = films;
    this.#share = share;
  }

  recommend(request: SlateRequest): MaybePromise<Ranking> {
    const ranked = this.base.recommend({ ...request, count: Math.max(0, request.count - this.#share) });
    return ranked instanceof Promise ? ranked.then((ranking) => this.#fill(ranking, request)) : this.#fill(ranked, request);
  }

  #fill({ films, scores }: Ranking, { count, excluded, luck }: SlateRequest): Ranking {
    const drawn = sampleFilms(this.#films, Math.min(this.#share, count), { excluded, taken: films }, luck);
    return { films: [...films, ...drawn], scores: [...scores, ...drawn.map(() => 0)] };
  }

  explain(agent: number, film: number): ReturnType<Model['explain']> {
    return this.base.explain(agent, film);
  }

  /** The bytes of the model inside: how slates are filled is no part of what was trained. */
  toBytes(): Uint8Array {
    return this.base.toBytes();
  }
}

/**
 * The recommender with the last `share` films of each slate drawn at random; a share of 0 changes nothing.
 * @throws RangeError when the share is no whole number from 0 on
 */
export function withRandomShare(recommender: Recommender, share: number): Recommender {
  if (!Number.isSafeInteger(share) || share < 0) throw new RangeError(`random share ${share}, expected a whole number from 0 on`);
  if (share === 0) return recommender;
  return {
    name: recommender.name,
    parameters: recommender.parameters,
    train(request) {
      const { previous, catalogue } = request;
      const films = filmIndexOf(catalogue).ids;
      const trained = recommender.train({ ...request, previous: previous instanceof ModelWithRandomShare ? previous.base : previous });
      const wrap = (base: Model): Model => new ModelWithRandomShare(base, films, share);
      return trained instanceof Promise ? trained.then(wrap) : wrap(trained);
    },
    load: (bytes, catalogue) => new ModelWithRandomShare(recommender.load(bytes, catalogue), filmIndexOf(catalogue).ids, share),
  };
}
