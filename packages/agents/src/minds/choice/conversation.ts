/**
 * What is said in a chat or a post: short human sentences about films watched and how they were liked.
 *
 * A chat is composed by the one who starts it, from both personas as they stood when the round opened, with the
 * starter's luck: two to four utterances in turn. Speakers only mention films they have watched and rated.
 */
import { type AgentState, type Cause, type LuckOf, milli, type SocialQuestion, type Utterance, type Watched, type WorldView } from '@rashomon/kernel';
import { Heaviest, NO_CAUSES } from './causes.ts';
import { CLOSINGS, type Mood, OPENINGS, POSTS, QUESTIONS, REPLIES, SECOND_OPINIONS, SMALL_TALK } from './conversation.data.ts';
import { latestRated, ratedWatch } from './past-watches.ts';

/** Watches that somebody still talks about. */
const WATCHES_TALKED_OF = 5;
/** Numbers of 'social' draws for texts: one per utterance from here on. */
const TEXTS = 16;
const TURNS = 8;
/** Where titles go in a template. */
const FILM = '{film}';
/** Tells the partner's 'mention' draws from the starter's. */
const PARTNER = 0x40000000;

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
export function composePost({ agent, luck, world }: SocialQuestion): Composed {
  const [first, second] = topics(agent, luck, 0);
  if (first === undefined) return { turns: [], because: NO_CAUSES };
  const spoken = new Spoken(world, luck);
  const also = second !== undefined && likingOfRating(second.rating) > 0 && luck.uniform('social', TURNS + 1) < 0.35 ? [second] : [];
  spoken.say(agent, POSTS[moodOf(first)], [first, ...also]);
  return spoken.composed();
}

export function composeChat({ agent, luck, world }: SocialQuestion, partnerId: number): Composed {
  const partner = world.agent(partnerId);
  const spoken = new Spoken(world, luck);
  if (partner === undefined) return spoken.composed();
  const turns = 2 + luck.below(3, 'social', TURNS);
  const [mine, mineToo] = topics(agent, luck, 0);
  const [theirs] = topics(partner, luck, PARTNER);

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

/** Two of the latest rated watches: strong feelings and fresh impressions come up first. */
function topics(speaker: AgentState, luck: LuckOf, offset: number): Watched[] {
  const latest = latestRated(speaker, WATCHES_TALKED_OF);
  if (latest.length <= 1) return latest;
  const urge = latest.map((watch, age) => Math.abs(likingOfRating(watch.rating)) - 0.15 * age + luck.uniform('mention', watch.film + offset));
  let first = 0;
  for (let i = 1; i < urge.length; i++) if ((urge[i] as number) > (urge[first] as number)) first = i;
  let second = first === 0 ? 1 : 0;
  for (let i = 0; i < urge.length; i++) if (i !== first && (urge[i] as number) > (urge[second] as number)) second = i;
  return [latest[first] as Watched, latest[second] as Watched];
}

function moodOf(watch: Watched): Mood {
  return watch.rating > 3 ? 'liked' : watch.rating < 3 ? 'disliked' : 'mixed';
}

/** Utterances as they are made, with the watches they speak of. */
class Spoken {
  readonly #world: WorldView;
  readonly #luck: LuckOf;
  readonly #turns: Utterance[] = [];
  readonly #recalled = new Heaviest('recalled');

  constructor(world: WorldView, luck: LuckOf) {
    this.#world = world;
    this.#luck = luck;
  }

  /** Puts the titles of the films in their place in one of the templates, chosen by luck. */
  say(speaker: AgentState, templates: readonly string[], watches: readonly Watched[]): void {
    const titles = this.#titles(watches);
    // A film that has been taken out of the catalogue is not spoken of.
    const said = titles === '' ? [] : watches;
    const choices = said.length === watches.length ? templates : SMALL_TALK;
    const template = choices[this.#luck.below(choices.length, 'social', TEXTS + this.#turns.length)] as string;
    const gap = template.indexOf(FILM);
    const text = gap < 0 ? template : template.slice(0, gap) + titles + template.slice(gap + FILM.length);
    for (const watch of said) this.#recalled.offer(watch.position, 1);
    this.#turns.push({ from: speaker.id, text, films: said.map((watch) => watch.film), liking: said.map((watch) => likingOfRating(watch.rating)) });
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
