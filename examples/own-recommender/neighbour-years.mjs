/**
 * A recommender of one's own, in one file and without a dependency: films from the years that the agent watches.
 *
 *   score(u, i) = -|year(i) - mean year of what u watched|     (for a stranger: of what everybody watched)
 *
 * Try it: rashomon run --plugin neighbour-years.mjs --recommender neighbour-years
 */
import { createHash } from 'node:crypto';

/** The mean year of what each agent watched, by agent id; `everybody` under ''. */
function meanYears({ catalogue, interactions, count }) {
  const sums = new Map();
  for (let entry = 0; entry < count; entry++) {
    const year = catalogue.film(interactions.films[entry])?.year ?? 0;
    if (year === 0) continue;
    for (const who of ['', String(interactions.agents[entry])]) {
      const [sum, watches] = sums.get(who) ?? [0, 0];
      sums.set(who, [sum + year, watches + 1]);
    }
  }
  return Object.fromEntries([...sums].map(([who, [sum, watches]]) => [who, sum / watches]));
}

class NeighbourYears {
  explains = 'nothing';

  /** @param state everything the model knows, as JSON: so it can be kept, and loaded again with the same bits */
  constructor(state, catalogue) {
    this.state = state;
    this.catalogue = catalogue;
    this.count = state.count;
    this.digest = createHash('sha256').update(this.toBytes()).digest('hex');
  }

  recommend({ agent, count, excluded }) {
    const { means } = this.state;
    const year = means[agent] ?? means[''] ?? 0;
    const isExcluded = (film) => ((excluded[film >>> 5] >>> (film & 31)) & 1) === 1;
    const ranked = this.catalogue.films
      .filter(({ id }) => !isExcluded(id))
      // A film of unknown year is as far off as can be. Scores are 32-bit floats.
      .map((film) => ({ id: film.id, score: Math.fround(film.year === 0 ? -10_000 : -Math.abs(film.year - year)) }))
      .sort((a, b) => b.score - a.score || a.id - b.id)
      .slice(0, count);
    return { films: ranked.map(({ id }) => id), scores: ranked.map(({ score }) => score) };
  }

  explain() {
    return [];
  }

  toBytes() {
    return new TextEncoder().encode(JSON.stringify(this.state));
  }
}

function stateIn(bytes) {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw Object.assign(new Error('the bytes are no model of neighbour-years', { cause }), { code: 'MALFORMED_BYTES' });
  }
}

/** What Rashomon looks for: exported objects with a name and `create`. */
export const neighbourYears = {
  name: 'neighbour-years',
  about: 'films from the years that the agent watches',
  create: () => ({
    name: 'neighbour-years',
    parameters: {},
    train: (request) => new NeighbourYears({ count: request.count, means: meanYears(request) }, request.catalogue),
    load: (bytes, catalogue) => new NeighbourYears(stateIn(bytes), catalogue),
  }),
};
