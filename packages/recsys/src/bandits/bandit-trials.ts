/**
 * Trials in a round: every film that an agent was shown, and whether it watched it. A trial is learnt once, in the
 * training that follows it.
 *
 * What was watched before the run had no slate around it, and neither had anything in data where nobody is known. Each
 * such watch counts as if it had stood on a slate of five, beside four films that the agent did not watch, drawn by its
 * luck, and passed over.
 */
import type { LuckOf, TrainingRequest } from '@rashomon/kernel';
import type { BanditEvidence, Trial } from './bandit-evidence.ts';
import { crowdScale } from './bandit-features.ts';
import type { GenreTastes } from './genre-tastes.ts';
import { type Histories, placeIn, watchedBy, watchersOf } from '../interactions/histories.ts';
import type { ShownFilms } from '../interactions/shown-films.ts';

/** What a trial is worth: 1 for a watch, or what the agent thought of it. */
export type Reward = 'watched' | 'rated';

/** What a watch without a rating is worth where ratings count: the middle, since nothing is known of it. */
const UNRATED = 0.5;
/**
 * The films set against an earlier watch. With one alone all well-known films would seem nearly sure to be watched, and
 * hard to tell apart.
 */
const PASSED_OVER = 4;
/** After so many vain draws an agent is taken to have watched nearly everything. */
const DRAWS_MAX = 16;

/** What was known at the training, against which the trials are read. */
export interface TrialSetting {
  readonly histories: Histories;
  readonly tastes: GenreTastes;
  readonly shown: ShownFilms;
  /** How many interactions were learnt before, and what had been shown by then. */
  readonly before: { readonly count: number; readonly shown: ShownFilms } | null;
  readonly reward: Reward;
}

/**
 * Adds all trials since the training before: watches in the order of the log, then what was passed over by agent and
 * film.
 */
export function learnTrials(evidence: BanditEvidence, request: TrainingRequest, setting: TrialSetting): void {
  const { interactions, count, audience, luck } = request;
  const trials = new TrialReader(evidence, setting);
  const { films } = evidence.columns;
  const luckOf = luck.within('unwatched films');
  for (let entry = setting.before?.count ?? 0; entry < count; entry++) {
    const [agent, film] = [interactions.agents[entry] as number, films.indexOf(interactions.films[entry] as number)];
    if (film < 0) continue;
    const past = interactions.rounds[entry] === 0 || !audience.has(agent);
    trials.learn({
      agent,
      film,
      past,
      reward: rewardOf(interactions.ratings[entry] as number, setting.reward),
      isWatched: true,
    });
    if (!past) continue;
    for (const other of trials.drawUnwatched(agent, films.ids[film] as number, luckOf))
      trials.learn({ agent, film: other, past, reward: 0, isWatched: false });
  }
  const { agents } = setting.shown;
  for (let row = 0; row < agents.size; row++) {
    const agent = agents.ids[row] as number;
    const watched = watchedBy(setting.histories, agent);
    for (const film of setting.shown.since(row, setting.before?.shown ?? null)) {
      if (placeIn(watched, film) < 0) trials.learn({ agent, film, past: false, reward: 0, isWatched: false });
    }
  }
}

function rewardOf(rating: number, reward: Reward): number {
  if (reward === 'watched') return 1;
  return rating === 0 ? UNRATED : (rating - 1) / 4;
}

/**
 * Puts trials into the features of their time. A film counts neither in the taste of the agent that is tried on it nor
 * in that agent's part of the crowd: a watch may not foretell itself.
 */
class TrialReader {
  readonly #evidence: BanditEvidence;
  readonly #setting: TrialSetting;
  readonly #watchers: Int32Array;
  readonly #crowd: Float64Array;
  /** The taste of the agent met last, for all films that it did not watch. */
  #latest: { readonly agent: number; readonly taste: Float64Array } | null = null;

  constructor(evidence: BanditEvidence, setting: TrialSetting) {
    this.#evidence = evidence;
    this.#setting = setting;
    this.#watchers = watchersOf(setting.histories, evidence.columns.films.size);
    this.#crowd = crowdScale(setting.histories.agents.size);
  }

  learn({
    agent,
    film,
    past,
    ...outcome
  }: Omit<Trial, 'values' | 'wasShown'> & { readonly agent: number; readonly past: boolean }): void {
    const isOwn = placeIn(watchedBy(this.#setting.histories, agent), film) >= 0;
    const crowd = this.#crowd[(this.#watchers[film] as number) - (isOwn ? 1 : 0)] as number;
    const taste = isOwn ? this.#setting.tastes.of(agent, film) : this.#tasteOf(agent);
    this.#evidence.learn({
      film,
      values: this.#evidence.columns.values(film, { past, crowd, taste }),
      wasShown: !past,
      ...outcome,
    });
  }

  /** Indices of different films; fewer where the agent seems to have watched everything. */
  drawUnwatched(agent: number, film: number, luckOf: (id: number, step: number) => LuckOf): ReadonlySet<number> {
    const watched = watchedBy(this.#setting.histories, agent);
    const { size } = this.#evidence.columns.films;
    const drawn = new Set<number>();
    for (let draw = 0; draw < DRAWS_MAX && drawn.size < PASSED_OVER; draw++) {
      const other = luckOf(agent, draw).for('training').below(size, film);
      if (placeIn(watched, other) < 0) drawn.add(other);
    }
    return drawn;
  }

  #tasteOf(agent: number): Float64Array {
    if (this.#latest?.agent !== agent) this.#latest = { agent, taste: this.#setting.tastes.of(agent) };
    return this.#latest.taste;
  }
}
