/** What to search for: a film that friends praised, or else somebody or some genre the agent likes. */
import type { Cause, Mention, PageQuestion } from '@rashomon/kernel';
import type { Workbench } from './asking.ts';
import { NO_CAUSES } from './causes.ts';
import { hasWatched, latestRated } from './past-watches.ts';

/** How often an explorer, or somebody else, follows up on what it heard when there is something. */
const FOLLOWS_UP = { explorer: 0.95, other: 0.75 } as const;

export interface Query {
  readonly query: string;
  readonly because: readonly Cause[];
}

export function chooseQuery(question: PageQuestion, bench: Workbench): Query {
  const { agent, luck, progress } = question;
  const follows = agent.persona.features.explorer ? FOLLOWS_UP.explorer : FOLLOWS_UP.other;
  if (luck.for('query follows talk').uniform(progress.step) < follows) {
    const heard = bestHeard(question, bench);
    if (heard !== undefined) return heard;
  }
  return (
    (luck.for('query kind').uniform(progress.step) < 0.4 ? likedPerson(question) : undefined) ?? lovedGenre(question)
  );
}

/** The title of the film most warmly spoken of that the agent has neither watched nor before it. */
function bestHeard({ agent, films, progress, world }: PageQuestion, bench: Workbench): Query | undefined {
  const listener = bench.listener.listen(agent, world.round, bench.parameters.heardAwareness);
  let best: Mention | undefined;
  let most = 0;
  for (const mention of agent.heard) {
    if (mention.liking <= 0) continue;
    const weight = listener.weightOf(mention);
    if (weight <= most || films.includes(mention.film) || progress.watched.includes(mention.film)) continue;
    if (hasWatched(agent, mention.film)) continue;
    best = mention;
    most = weight;
  }
  const title = best === undefined ? undefined : world.catalogue.film(best.film)?.title;
  return best === undefined || title === undefined
    ? undefined
    : { query: title, because: [{ role: 'told-by', position: best.position }] };
}

/** Somebody in one of the last ten films, if the agent rated it 4 or 5. */
function likedPerson({ agent, luck, progress: { step }, world }: PageQuestion): Query | undefined {
  const liked = latestRated(agent, 10).filter((watch) => watch.rating >= 4);
  const watch = liked[luck.for('query film').below(Math.max(1, liked.length), step)];
  const people = watch === undefined ? [] : (world.catalogue.film(watch.film)?.people ?? []);
  if (watch === undefined || people.length === 0) return undefined;
  return {
    query: people[luck.for('query person').below(people.length, step)] as string,
    because: [{ role: 'recalled', position: watch.position }],
  };
}

/** One of the three most loved genres; any title will do in a catalogue without genres. */
function lovedGenre({ luck, progress, world }: PageQuestion): Query {
  const { genres } = world.catalogue;
  const loved = genres
    .map((name, index) => ({ name, index, liking: progress.taste[index] ?? 0 }))
    .sort((a, b) => b.liking - a.liking || a.index - b.index)
    .slice(0, 3);
  const genre = loved[luck.for('query genre').below(Math.max(1, loved.length), progress.step)];
  return { query: genre?.name ?? world.catalogue.films[0]?.title ?? 'film', because: NO_CAUSES };
}
