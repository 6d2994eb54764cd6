/**
 * Calibration: a slate with genres in the proportions of what the agent watched. Steck, "Calibrated recommendations",
 * RecSys 2018: the next film is the one with the largest
 *
 *   (1 - w) relevance(i) - w KL(p || (1 - α) q + α p),   α = 0.01
 *
 * p being the genres of the agent's history (equation 2) and q those of the slate with the film on it. An agent without
 * history gets the ranking as it is.
 */
import {
  type ByteReader,
  type ByteWriter,
  type FilmCatalogue,
  ln,
  type Recommender,
  type TrainingRequest,
} from '@rashomon/kernel';
import { filmIndexOf, IdIndex } from '../interactions/id-index.ts';
import { type Histories, historiesOf, readHistories, watchedBy, writeHistories } from '../interactions/histories.ts';
import { after, decorateWithMemory } from './decorate.ts';
import type { RerankOptions } from './diversity.ts';
import { addGenres } from './genre-vectors.ts';
import { type Gain, greedyChoice } from './greedy-choice.ts';

const SMOOTHING = 0.01;

interface Past {
  readonly films: IdIndex;
  readonly histories: Histories;
}

const past = {
  learn({ catalogue, interactions, count }: TrainingRequest): Past {
    const films = filmIndexOf(catalogue);
    return { films, histories: historiesOf(interactions, count, films) };
  },
  write(to: ByteWriter, { films, histories }: Past): void {
    films.write(to);
    writeHistories(to, histories);
  },
  read(from: ByteReader): Past {
    const films = IdIndex.read(from);
    return { films, histories: readHistories(from, films.size) };
  },
};

export function withCalibration(recommender: Recommender, { weight, candidates }: RerankOptions): Recommender {
  if (weight === 0) return recommender;
  return decorateWithMemory(recommender, past, ({ base, catalogue, memory }) => (request) => {
    const { agent, count } = request;
    const wanted = profileOf(agent, memory, catalogue);
    if (wanted === null || count === 0) return base.recommend(request);
    const ranked = base.recommend({ ...request, count: Math.max(count, candidates) });
    return after(ranked, (ranking) =>
      greedyChoice(ranking, { count, weight, gain: closeness(catalogue, ranking.films, wanted) }),
    );
  });
}

/** p: sums to 1; null where nothing with a genre was watched. */
function profileOf(agent: number, { films, histories }: Past, catalogue: FilmCatalogue): Float64Array | null {
  const profile = new Float64Array(catalogue.genres.length);
  for (const index of watchedBy(histories, agent))
    addGenres(profile, catalogue, { film: films.ids[index] as number, weight: 1 });
  const total = profile.reduce((sum, share) => sum + share, 0);
  return total === 0 ? null : profile.map((share) => share / total);
}

function closeness(catalogue: FilmCatalogue, films: readonly number[], wanted: Float64Array): Gain {
  const shown = new Float64Array(wanted.length);
  let total = 0;
  const isOfGenre = (index: number): number => (catalogue.genresOf(films[index] as number).length > 0 ? 1 : 0);
  return {
    of(index) {
      const slate = shown.slice();
      addGenres(slate, catalogue, { film: films[index] as number, weight: 1 });
      return -divergence(wanted, slate, total + isOfGenre(index));
    },
    take(index) {
      addGenres(shown, catalogue, { film: films[index] as number, weight: 1 });
      total += isOfGenre(index);
    },
  };
}

/** KL(p || (1 - α) q + α p) in nats, q being `shown` over its total (nothing shown: all weight on p's smoothing). */
function divergence(wanted: Float64Array, shown: Float64Array, total: number): number {
  let sum = 0;
  for (let genre = 0; genre < wanted.length; genre++) {
    const p = wanted[genre] as number;
    if (p === 0) continue;
    const q = total === 0 ? 0 : (shown[genre] as number) / total;
    sum += p * ln(p / ((1 - SMOOTHING) * q + SMOOTHING * p));
  }
  return sum;
}
