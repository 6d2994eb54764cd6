/**
 * What one agent does in one round, as a generator: it yields a demand (a question to the mind, a
 * slate from the model) and is resumed with the answer. So the rules of a turn are written once, as
 * plain sequential code without promises; whether answers come at once, from a network or from a
 * record is the driver's business.
 */
import { type Cause, NO_CAUSES } from '../events/causes.ts';
import type {
  Answer,
  PageAnswer,
  PlaceAnswer,
  Question,
  ReactionAnswer,
  SocialAnswer,
  TasteShift,
  Told,
  TurnProgress,
  Utterance,
  WorldView,
} from '../ports/mind.ts';
import type { Ranking, SlateRequest } from '../ports/recommender.ts';
import type { Search } from '../ports/search.ts';
import { LuckOf } from '../luck/luck.ts';
import { purposeKeysOf } from '../luck/purpose-keys.ts';
import type { AgentState } from '../state/agent-state.ts';
import { setBit } from '../state/bits.ts';
import type { LiveModel } from '../state/system.ts';
import { NO_GROUNDS } from '../events/grounds.ts';
import { TurnLog } from './turn-log.ts';

/** Minutes for which an agent is busy after watching a film, and after a post (RecAgent: 2 h, 0.1 h). */
const MINUTES_PER_FILM = 120;

interface SlateDemand {
  readonly kind: 'slate';
  readonly request: SlateRequest;
}

export type Demand = Question | SlateDemand;
export type Reply = Answer | Ranking;
export type Turn = Generator<Demand, TurnLog, Reply>;

/** What the system offers to the agents of a round. */
export interface Offer extends WorldView {
  readonly openedAt: number;
  readonly model: LiveModel;
  readonly search: Search;
  /** Events that changed something for this agent at the opening of the round. */
  interventionsOn(agent: number): readonly Cause[];
}

/** A mind answered what the question does not allow. Our own minds never do; outside ones are checked before. */
export class InvalidAnswer extends Error {
  readonly code = 'INVALID_ANSWER';
}

/** A turn in the making. */
interface Stage {
  readonly agent: AgentState;
  readonly offer: Offer;
  readonly luck: LuckOf;
  readonly log: TurnLog;
  readonly progress: Writable<TurnProgress>;
  /** Reference of the latest decision, which the next event follows. */
  last: number;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export function* takeTurn(agent: AgentState, offer: Offer): Turn {
  const luck = new LuckOf(offer.config.seed, agent.id, offer.round, purposeKeysOf(offer.behaviour));
  const progress = {
    step: 0,
    pages: 0,
    watched: [],
    satisfaction: agent.satisfaction,
    fatigue: agent.fatigue,
    taste: agent.taste,
  };
  const stage: Stage = { agent, offer, luck, log: new TurnLog(agent.id, offer.round), progress, last: offer.openedAt };
  const answer = (yield { kind: 'place', agent, world: offer, progress, luck }) as PlaceAnswer;
  const causes = causesOf(stage, answer);
  for (const cause of offer.interventionsOn(agent.id)) causes.push(cause);
  const { grounds, fatigue, taste, place } = answer;
  if (place === 'quit') {
    stage.log.add('AgentLeft', { grounds }, causes);
    return stage.log;
  }
  stage.last = stage.log.add('PlaceChosen', { place, fatigue, taste, grounds }, causes);
  stage.progress.fatigue = fatigue;
  shiftTaste(stage, taste);
  if (place === 'recommender') yield* visit(stage);
  if (place === 'social')
    socialise(stage, (yield { kind: 'social', agent, world: offer, progress, luck }) as SocialAnswer);
  return stage.log;
}

/** Logs what an outside mind said and gives the causes of the decision made from it. */
function causesOf(stage: Stage, answer: Answer): Cause[] {
  const causes: Cause[] = [{ role: 'follows', position: stage.last }];
  for (const cause of answer.because) causes.push(cause);
  for (const said of answer.outside ?? []) {
    causes.push({
      role: 'answered-by',
      position: stage.log.add('MindAnswered', said, [{ role: 'follows', position: stage.last }]),
    });
  }
  stage.progress.step += 1;
  return causes;
}

function shiftTaste({ progress }: Stage, { genres, values }: TasteShift): void {
  if (genres.length === 0) return;
  const taste = [...progress.taste];
  for (let i = 0; i < genres.length; i++) taste[genres[i] as number] = values[i] as number;
  progress.taste = taste;
}

interface Page {
  readonly source: 'slate' | 'search';
  readonly films: readonly number[];
  readonly reference: number;
  readonly told?: Told;
}

type LeaveReason = 'content' | 'tired' | 'dissatisfied' | 'page limit' | 'watch limit' | 'nothing left';

/** All demands of a visit are yielded here: generators within generators would take longer than what they do. */
function* visit(stage: Stage): Generator<Demand, void, Reply> {
  const { agent, offer, progress, luck } = stage;
  const { pages: pageLimit, watches: watchLimit } = offer.config.visit;
  const shelf = new Shelf(agent);
  let found: Page | null = null;
  for (;;) {
    let page = found;
    found = null;
    if (page === null) {
      let ranking = (yield slateDemand(stage, shelf)) as Ranking;
      if (ranking.films.length < offer.config.slate.size) {
        // Too few films are left that were not shown: all unwatched ones are eligible again.
        shelf.startOver();
        logOutside(stage, ranking);
        ranking = (yield slateDemand(stage, shelf)) as Ranking;
      }
      page = serve(stage, shelf, ranking);
    }
    if (page.films.length === 0) return leave(stage, 'nothing left');
    const mayContinue = progress.pages + 1 < pageLimit;
    const answer = (yield {
      kind: 'page',
      agent,
      world: offer,
      progress,
      luck,
      source: page.source,
      films: page.films,
      told: page.told,
      mayContinue,
    }) as PageAnswer;
    const causes = causesOf(stage, answer);
    progress.pages += 1;
    if (answer.do === 'leave') {
      progress.satisfaction = answer.satisfaction;
      return leave(stage, answer.reason, answer, causes);
    }
    if (answer.do === 'watch') {
      const { film } = answer;
      watch(stage, page, answer, causes);
      rate(stage, film, (yield { kind: 'reaction', agent, world: offer, progress, luck, film }) as ReactionAnswer);
      shelf.take(film);
      if (progress.watched.length >= watchLimit) return leave(stage, 'watch limit');
    } else if (answer.do === 'search' && mayContinue) {
      found = search(stage, answer, causes);
    } else {
      const fatigue = answer.do === 'next' ? answer.fatigue : progress.fatigue;
      stage.last = stage.log.add('PageTurned', { page: progress.pages, fatigue, grounds: answer.grounds }, causes);
      progress.fatigue = fatigue;
    }
    if (!mayContinue) return leave(stage, 'page limit');
  }
}

/** Which films may still be put before an agent in this visit. */
class Shelf {
  readonly #shown: number[];
  readonly #agent: AgentState;
  readonly #visit: number[] = [];
  sweep: number;

  constructor(agent: AgentState) {
    this.#agent = agent;
    this.#shown = [...agent.shown];
    this.sweep = agent.sweep;
  }

  get excluded(): readonly number[] {
    return this.#shown;
  }

  take(film: number): void {
    setBit(this.#shown, film);
    this.#visit.push(film);
  }

  /** Everything unwatched comes back, but for the films of this visit. */
  startOver(): void {
    this.sweep += 1;
    this.#shown.fill(0);
    for (const { film } of this.#agent.watched) setBit(this.#shown, film);
    for (const film of this.#visit) setBit(this.#shown, film);
  }
}

function slateDemand({ agent, offer, luck }: Stage, { excluded }: Shelf): SlateDemand {
  return { kind: 'slate', request: { agent: agent.id, count: offer.config.slate.size, excluded, luck } };
}

/** Logs what was asked outside for a ranking, used or not. */
function logOutside({ log, last }: Stage, { outside }: Ranking): readonly Cause[] {
  if (outside === undefined) return NO_CAUSES;
  return outside.map((answer) => ({
    role: 'answered-by',
    position: log.add('RecommenderAnswered', answer, [{ role: 'follows', position: last }]),
  }));
}

/** Serves a page as the model ranked it, and says why where the model does. */
function serve(stage: Stage, shelf: Shelf, ranking: Ranking): Page {
  const { films, scores, explanations } = ranking;
  const answers = logOutside(stage, ranking);
  if (films.length === 0) return { source: 'slate', films, reference: stage.last };
  for (const film of films) shelf.take(film);
  const { model } = stage.offer;
  const reference = stage.log.add(
    'SlateServed',
    { page: stage.progress.pages, model: model.number, films, scores, sweep: shelf.sweep },
    [{ role: 'follows', position: stage.last }, { role: 'ranked-by', position: model.position }, ...answers],
  );
  if (explanations === undefined) return { source: 'slate', films, reference };
  const position = stage.log.add('SlateExplained', { explanations }, [{ role: 'follows', position: reference }]);
  return { source: 'slate', films, reference, told: { position, explanations } };
}

function search(stage: Stage, answer: PageAnswer & { readonly do: 'search' }, causes: Cause[]): Page | null {
  const { query, grounds } = answer;
  stage.last = stage.log.add('SearchMade', { query, grounds }, causes);
  const films = stage.offer.search.find(query, stage.offer.config.slate.size);
  const reference = stage.log.add('SearchAnswered', { query, films }, [{ role: 'follows', position: stage.last }]);
  // A search that finds nothing leads back to the slates.
  return films.length === 0 ? null : { source: 'search', films, reference };
}

function watch(
  stage: Stage,
  page: Page,
  answer: PageAnswer & { readonly do: 'watch' },
  causes: readonly Cause[],
): void {
  const { film, grounds } = answer;
  const rank = page.films.indexOf(film) + 1;
  if (rank === 0)
    throw new InvalidAnswer(
      `agent ${stage.agent.id} in round ${stage.offer.round} watched film ${film}, which is not on its page ${page.films.join(', ')}`,
    );
  const until = stage.offer.clock + MINUTES_PER_FILM * (stage.progress.watched.length + 1);
  stage.last = stage.log.add('FilmWatched', { film, rank, until, grounds }, [
    { role: 'shown-in', position: page.reference },
    ...causes,
  ]);
  stage.progress.watched = [...stage.progress.watched, film];
}

function rate(stage: Stage, film: number, answer: ReactionAnswer): void {
  const { progress } = stage;
  const { rating, feeling, satisfaction, fatigue, taste, grounds } = answer;
  const causes = causesOf(stage, answer);
  stage.last = stage.log.add('FilmRated', { film, rating, feeling, satisfaction, fatigue, taste, grounds }, causes);
  progress.satisfaction = satisfaction;
  progress.fatigue = fatigue;
  shiftTaste(stage, taste);
}

function leave(stage: Stage, reason: LeaveReason, answer?: PageAnswer, causes?: Cause[]): void {
  const { satisfaction, fatigue } = stage.progress;
  const data = { reason, satisfaction, fatigue, grounds: answer?.grounds ?? NO_GROUNDS };
  stage.last = stage.log.add('VisitLeft', data, causes ?? [{ role: 'follows', position: stage.last }]);
}

function socialise(stage: Stage, answer: SocialAnswer): void {
  const { agent, log, offer } = stage;
  const causes = causesOf(stage, answer);
  const { grounds } = answer;
  if (answer.do === 'silence') {
    stage.last = log.add('StayedSilent', { grounds }, causes);
    return;
  }
  const until = offer.clock + answer.minutes;
  if (answer.do === 'post') {
    stage.last = log.add('PostMade', { until, grounds }, causes);
    say(
      stage,
      'post',
      answer.post,
      agent.contacts.map((contact) => contact.agent),
    );
    return;
  }
  if (!agent.contacts.some((contact) => contact.agent === answer.partner)) {
    throw new InvalidAnswer(
      `agent ${agent.id} in round ${offer.round} chats with ${answer.partner}, who is no contact of it`,
    );
  }
  stage.last = log.add('ChatStarted', { partner: answer.partner, until, grounds }, causes);
  for (const utterance of answer.turns)
    say(stage, 'chat', utterance, [utterance.from === agent.id ? answer.partner : agent.id]);
}

function say(stage: Stage, channel: 'chat' | 'post', utterance: Utterance, to: readonly number[]): void {
  const { from, text, films, liking } = utterance;
  stage.last = stage.log.add('MessageSent', { channel, from, to, text, films, liking }, [
    { role: 'follows', position: stage.last },
  ]);
}
