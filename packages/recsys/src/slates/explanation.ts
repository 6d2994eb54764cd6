/**
 * Says in words why each film is on a slate: one true sentence, made from what the model says its score comes of. How
 * such sentences work on people: Tintarev & Masthoff, "Explaining recommendations", Recommender systems handbook, 2015.
 */
import type {
  Contribution,
  Explanation,
  FilmCatalogue,
  MaybePromise,
  Model,
  Ranking,
  Recommender,
  SlateRequest,
} from '@rashomon/kernel';
import { decorate } from './decorate.ts';

/** A second film is named when it adds at least this share of what the first does. */
const SECOND_SHARE = 0.5;

/** The recommender with an explanation for each film of a slate. */
export function withExplanations(recommender: Recommender): Recommender {
  return decorate(recommender, (base, catalogue) => (request) => explained(base, request, catalogue));
}

/** Stays at once where the model answers at once. */
function explained(base: Model, request: SlateRequest, catalogue: FilmCatalogue): MaybePromise<Ranking> {
  const ranked = base.recommend(request);
  if (ranked instanceof Promise) return ranked.then((ranking) => explainedLater(base, request, { ranking, catalogue }));
  const contributions = ranked.films.map((film) => base.explain(request.agent, film, request.luck));
  if (contributions.some((each) => each instanceof Promise))
    return explainedLater(base, request, { ranking: ranked, catalogue });
  // Sound: none of them is a promise.
  return told(ranked, contributions as readonly (readonly Contribution[])[], { base, catalogue });
}

async function explainedLater(
  base: Model,
  { agent, luck }: SlateRequest,
  { ranking, catalogue }: { readonly ranking: Ranking; readonly catalogue: FilmCatalogue },
): Promise<Ranking> {
  const contributions = await Promise.all(ranking.films.map(async (film) => base.explain(agent, film, luck)));
  return told(ranking, contributions, { base, catalogue });
}

function told(
  ranking: Ranking,
  contributions: readonly (readonly Contribution[])[],
  { base, catalogue }: { readonly base: Model; readonly catalogue: FilmCatalogue },
): Ranking {
  const { films, drawn = [] } = ranking;
  const isExact = base.explains === 'exact';
  const explanations = films.map((film, rank) =>
    drawn.includes(film) ? DRAWN : explanationOf(contributions[rank] ?? [], { isExact, catalogue }),
  );
  return { ...ranking, explanations };
}

const saying = (text: string): Explanation => ({ text, films: [], friends: [] });
const DRAWN = saying('Picked at random.');
const TRIED = saying('Shown to try it out.');
const NOTHING_SAID = saying('Next on the list.');

type Kind = 'film' | 'friend' | 'genre' | 'crowd' | 'trial' | 'chance';
type Of<K extends Kind> = Extract<Contribution, { readonly [k in K]: unknown }>;

/**
 * From the kind of contribution that adds most to the score, all of a kind taken together; what speaks against a film
 * is not told.
 */
export function explanationOf(
  contributions: readonly Contribution[],
  { isExact, catalogue }: { readonly isExact: boolean; readonly catalogue: FilmCatalogue },
): Explanation {
  const sums = new Map<Kind, number>();
  for (const contribution of contributions) {
    const kind = kindOf(contribution);
    sums.set(kind, (sums.get(kind) ?? 0) + contribution.weight);
  }
  const [main] = [...sums].filter(([, sum]) => sum > 0).sort(([, a], [, b]) => b - a);
  if (main === undefined) return NOTHING_SAID;
  const [kind] = main;
  const speaking = contributions.filter((each) => kindOf(each) === kind && each.weight > 0);
  // Sound: they are all of that kind.
  return TELL[kind](speaking as never, { isExact, catalogue });
}

function kindOf(contribution: Contribution): Kind {
  return (['film', 'friend', 'genre', 'crowd', 'trial'] as const).find((kind) => kind in contribution) ?? 'chance';
}

interface Telling {
  readonly isExact: boolean;
  readonly catalogue: FilmCatalogue;
}

/** Each is given the contributions of its kind that speak for the film, largest first; at least one. */
const TELL: { readonly [K in Kind]: (contributions: readonly Of<K>[], telling: Telling) => Explanation } = {
  film(contributions, { isExact, catalogue }) {
    const [first, second] = contributions as readonly [Of<'film'>, Of<'film'>?];
    const named = second !== undefined && second.weight >= SECOND_SHARE * first.weight ? [first, second] : [first];
    const titles = named.map(({ film }) => `“${catalogue.film(film)?.title ?? `film ${film}`}”`).join(' and ');
    return {
      text: isExact ? `Because you watched ${titles}.` : `Goes with ${titles}, which you watched.`,
      films: named.map(({ film }) => film),
      friends: [],
    };
  },
  friend(contributions) {
    const friends = contributions.map(({ friend }) => friend);
    return {
      text: friends.length === 1 ? 'One of your friends watched it.' : `${friends.length} of your friends watched it.`,
      films: [],
      friends,
    };
  },
  genre: ([first]) => saying(`${first?.genre ?? ''} is to your taste.`),
  crowd([first]) {
    const watches = first?.crowd ?? 0;
    return saying(watches === 1 ? 'Watched once so far.' : `Watched ${watches} times so far.`);
  },
  trial([first]) {
    const [shown, watched] = first?.trial ?? [0, 0];
    return shown === 0 ? TRIED : saying(`Watched ${watched} of the ${shown} times it was shown.`);
  },
  chance: () => TRIED,
};
