/**
 * What is said in a chat or a post: short human sentences about films watched and how they were liked.
 *
 * A chat is composed by the one who starts it, from both personas as they stood when the round opened, with the
 * starter's luck: two to four utterances in turn. Speakers only mention films they have watched and rated.
 */
import {
  type AgentState,
  type Cause,
  type Draws,
  type LuckOf,
  milli,
  type SocialQuestion,
  type Utterance,
  type Watched,
  type WorldView,
} from '@rashomon/kernel';
import { type Heaviest, NO_CAUSES } from './causes.ts';
import {
  CLOSINGS,
  type Mood,
  OPENINGS,
  POSTS,
  QUESTIONS,
  REPLIES,
  SECOND_OPINIONS,
  SMALL_TALK,
} from './conversation.data.ts';
import { ratedWatch } from './past-watches.ts';

/** Watches that somebody still talks about. */
const WATCHES_TALKED_OF = 5;
/** Where titles go in a template. */
const FILM = '{film}';

export interface Composed {
  readonly turns: readonly Utterance[];
  /** The watches spoken of: `recalled`. */
  readonly because: readonly Cause[];
}

/** -1 (hated, 1 star) to 1 (loved, 5 stars), in thousandths. */
function likingOfRating(rating: number): number {
  return milli(Math.max(-1, Math.min(1, (rating - 3) / 2)));
}

/** One utterance about one or two of the latest films. */
export function composePost({ agent, luck, world }: SocialQuestion, recalled: Heaviest): Composed {
  const { first, second } = topics(agent, luck.for('mention'));
  if (first === undefined) return { turns: [], because: NO_CAUSES };
  const spoken = new Spoken(world, luck, recalled);
  const also =
    second !== undefined && likingOfRating(second.rating) > 0 && luck.for('post on two films').uniform(0) < 0.35;
  spoken.say(agent, POSTS[moodOf(first)], also ? [first, second] : [first]);
  return spoken.composed();
}

export function composeChat({ agent, luck, world }: SocialQuestion, partnerId: number, recalled: Heaviest): Composed {
  const partner = world.agent(partnerId);
  const spoken = new Spoken(world, luck, recalled);
  if (partner === undefined) return spoken.composed();
  const turns = 2 + luck.for('chat turns').below(3, 0);
  const { first: mine, second: mineToo } = topics(agent, luck.for('mention'));
  const { first: theirs } = topics(partner, luck.for('mention by the partner'));

  if (mine === undefined) spoken.say(agent, theirs === undefined ? SMALL_TALK : QUESTIONS, []);
  else spoken.say(agent, OPENINGS[moodOf(mine)], [mine]);

  // Who knows the film too says so; who does not speaks of a film of its own.
  const same = mine === undefined ? undefined : ratedWatch(partner, mine.film);
  if (same !== undefined) spoken.say(partner, SECOND_OPINIONS[moodOf(same)], [same]);
  else if (theirs === undefined) spoken.say(partner, SMALL_TALK, []);
  else spoken.say(partner, REPLIES[moodOf(theirs)], [theirs]);

  if (turns >= 3) {
    if (mineToo === undefined) spoken.say(agent, CLOSINGS, []);
    else spoken.say(agent, REPLIES[moodOf(mineToo)], [mineToo]);
  }
  if (turns >= 4) spoken.say(partner, CLOSINGS, []);
  return spoken.composed();
}

interface Topics {
  first: Watched | undefined;
  second: Watched | undefined;
}

/** Two of the latest rated watches: strong feelings and fresh impressions come up first. */
function topics({ watched }: AgentState, draws: Draws): Topics {
  const come: Topics = { first: undefined, second: undefined };
  let firstUrge = -Infinity;
  let secondUrge = -Infinity;
  for (let i = watched.length - 1, age = 0; i >= 0 && age < WATCHES_TALKED_OF; i--) {
    const watch = watched[i] as Watched;
    if (watch.rating === 0) continue;
    const urge = Math.abs(likingOfRating(watch.rating)) - 0.15 * age + draws.uniform(watch.film);
    if (urge > firstUrge) {
      come.second = come.first;
      secondUrge = firstUrge;
      come.first = watch;
      firstUrge = urge;
    } else if (urge > secondUrge) {
      come.second = watch;
      secondUrge = urge;
    }
    age += 1;
  }
  return come;
}

function moodOf(watch: Watched): Mood {
  return watch.rating > 3 ? 'liked' : watch.rating < 3 ? 'disliked' : 'mixed';
}

/** Utterances as they are made, with the watches they speak of. */
class Spoken {
  readonly #world: WorldView;
  readonly #draws: Draws;
  readonly #turns: Utterance[] = [];
  readonly #recalled: Heaviest;

  constructor(world: WorldView, luck: LuckOf, recalled: Heaviest) {
    this.#world = world;
    this.#draws = luck.for('words');
    this.#recalled = recalled;
    recalled.begin();
  }

  /** Puts the titles of the films in their place in one of the templates, chosen by luck. */
  say(speaker: AgentState, templates: readonly string[], watches: readonly Watched[]): void {
    const titles = this.#titles(watches);
    // A film that has been taken out of the catalogue is not spoken of.
    const said = titles === '' ? [] : watches;
    const choices = said.length === watches.length ? templates : SMALL_TALK;
    const template = choices[this.#draws.below(choices.length, this.#turns.length)] as string;
    const gap = template.indexOf(FILM);
    const text = gap < 0 ? template : template.slice(0, gap) + titles + template.slice(gap + FILM.length);
    for (const { position } of said) this.#recalled.offer(position, 1);
    this.#turns.push({
      from: speaker.id,
      text,
      films: said.map(({ film }) => film),
      liking: said.map(({ rating }) => likingOfRating(rating)),
    });
  }

  /** The quoted titles, joined; empty when one is not in the catalogue. */
  #titles(watches: readonly Watched[]): string {
    let titles = '';
    for (const { film } of watches) {
      const known = this.#world.catalogue.film(film);
      if (known === undefined) return '';
      titles += `${titles === '' ? '' : ' and '}“${known.title}”`;
    }
    return titles;
  }

  composed(): Composed {
    const because: Cause[] = [];
    this.#recalled.addTo(because);
    return { turns: this.#turns, because };
  }
}
