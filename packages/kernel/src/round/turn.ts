/**
 * What one agent does in one round, as a generator: it yields a demand (a question to the mind, a
 * slate from the model) and is resumed with the answer. So the rules of a turn are written once, as
 * plain sequential code without promises; whether answers come at once, from a network or from a
 * record is the driver's business.
 */
import { type Cause, NO_CAUSES } from '../events/causes.ts';
import { NO_GROUNDS } from '../events/grounds.ts';
import { LuckOf } from '../luck/luck.ts';
import { purposeKeysOf } from '../luck/purpose-keys.ts';
import type { Offer, Packet } from '../ports/acting.ts';
import type {
  Answer,
  Explained,
  PageAnswer,
  PageQuestion,
  PlaceAnswer,
  PlaceQuestion,
  Question,
  ReactionAnswer,
  ReactionQuestion,
  SocialAnswer,
  SocialQuestion,
  TasteShift,
  TurnProgress,
} from '../ports/mind.ts';
import type { Ranking, SlateRequest } from '../ports/recommender.ts';
import type { AgentState } from '../state/agent-state.ts';
import { setBit } from '../state/bits.ts';
import { pageDecision } from './decisions/page.ts';
import { placeDecision } from './decisions/place.ts';
import { reactionDecision } from './decisions/reaction.ts';
import { socialDecision } from './decisions/social.ts';
import { TurnLog } from './turn-log.ts';

interface SlateDemand {
  readonly kind: 'slate';
  readonly request: SlateRequest;
}

export type Demand = Question | SlateDemand;
export type Reply = Answer | Ranking;
export type Turn = Generator<Demand, Packet, Reply>;

/** A turn in the making. */
interface OpenTurn {
  readonly agent: AgentState;
  readonly offer: Offer;
  readonly luck: LuckOf;
  readonly log: TurnLog;
  readonly progress: Writable<TurnProgress>;
  /** Reference of the latest decision, which the next event follows. */
  last: number;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** @throws InvalidAnswer when a question does not allow its answer */
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
  const log = new TurnLog(agent.id, offer.round);
  const turn: OpenTurn = { agent, offer, luck, log, progress, last: offer.openedAt };
  const question: PlaceQuestion = { kind: 'place', agent, world: offer, progress, luck };
  const answer = (yield question) as PlaceAnswer;
  const causes = causesOf(turn, answer);
  for (const cause of offer.interventionsOn(agent.id)) causes.push(cause);
  turn.last = log.addDecision(placeDecision.record(question, answer), causes);
  if (answer.place === 'recommender') {
    goOut(turn, answer);
    yield* visit(turn);
  } else if (answer.place === 'social') {
    goOut(turn, answer);
    const meeting: SocialQuestion = { kind: 'social', agent, world: offer, progress, luck };
    socialise(turn, meeting, (yield meeting) as SocialAnswer);
  }
  return log.packet;
}

/** Logs what an outside mind said and gives the causes of the decision made from it. */
function causesOf({ last, log, progress }: OpenTurn, { because, outside }: Answer): Cause[] {
  const causes: Cause[] = [{ role: 'follows', position: last }];
  for (const cause of because) causes.push(cause);
  for (const said of outside ?? []) {
    causes.push({
      role: 'answered-by',
      position: log.add('MindAnswered', said, [{ role: 'follows', position: last }]),
    });
  }
  progress.step += 1;
  return causes;
}

function goOut({ progress }: OpenTurn, { fatigue, taste }: PlaceAnswer): void {
  progress.fatigue = fatigue;
  shiftTaste(progress, taste);
}

function shiftTaste(progress: Writable<TurnProgress>, { genres, values }: TasteShift): void {
  if (genres.length === 0) return;
  const taste = [...progress.taste];
  for (let i = 0; i < genres.length; i++) taste[genres[i] as number] = values[i] as number;
  progress.taste = taste;
}

interface Page {
  readonly source: 'slate' | 'search';
  readonly films: readonly number[];
  readonly reference: number;
  readonly explained?: Explained;
}

/** All demands of a visit are yielded here: generators within generators would take longer than what they do. */
function* visit(turn: OpenTurn): Generator<Demand, void, Reply> {
  const { agent, offer, progress, luck, log } = turn;
  const { pages: pageLimit, watches: watchLimit } = offer.config.visit;
  const shelf = new Shelf(agent);
  let found: Page | null = null;
  for (;;) {
    let page = found;
    found = null;
    if (page === null) {
      let ranking = (yield slateDemand(turn, shelf)) as Ranking;
      if (ranking.films.length < offer.config.slate.size) {
        // Too few films are left that were not shown: all unwatched ones are eligible again.
        shelf.startOver();
        logOutside(turn, ranking);
        ranking = (yield slateDemand(turn, shelf)) as Ranking;
      }
      page = serve(turn, shelf, ranking);
    }
    if (page.films.length === 0) return endVisit(turn, 'nothing left');
    const mayContinue = progress.pages + 1 < pageLimit;
    const { source, films, explained } = page;
    const question: PageQuestion = {
      kind: 'page',
      agent,
      world: offer,
      progress,
      luck,
      source,
      films,
      explained,
      mayContinue,
    };
    const answer = (yield question) as PageAnswer;
    const decided = pageDecision.record(question, answer);
    const causes = causesOf(turn, answer);
    progress.pages += 1;
    switch (decided.type) {
      case 'VisitLeft':
        turn.last = log.addDecision(decided, causes);
        return;
      case 'FilmWatched': {
        const { film } = decided.data;
        turn.last = log.addDecision(decided, [{ role: 'shown-in', position: page.reference }, ...causes]);
        progress.watched = [...progress.watched, film];
        const watched: ReactionQuestion = { kind: 'reaction', agent, world: offer, progress, luck, film };
        react(turn, watched, (yield watched) as ReactionAnswer);
        shelf.take(film);
        if (progress.watched.length >= watchLimit) return endVisit(turn, 'watch limit');
        break;
      }
      case 'SearchMade':
        turn.last = log.addDecision(decided, causes);
        found = search(turn, decided.data.query);
        break;
      case 'PageTurned':
        turn.last = log.addDecision(decided, causes);
        progress.fatigue = decided.data.fatigue;
    }
    if (!mayContinue) return endVisit(turn, 'page limit');
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

function slateDemand({ agent, offer, luck }: OpenTurn, { excluded }: Shelf): SlateDemand {
  return { kind: 'slate', request: { agent: agent.id, count: offer.config.slate.size, excluded, luck } };
}

/** Logs what was asked outside for a ranking, used or not. */
function logOutside({ log, last }: OpenTurn, { outside }: Ranking): readonly Cause[] {
  if (outside === undefined) return NO_CAUSES;
  return outside.map((answer) => ({
    role: 'answered-by',
    position: log.add('RecommenderAnswered', answer, [{ role: 'follows', position: last }]),
  }));
}

/** Serves a page as the model ranked it, and says why where the model does. */
function serve(turn: OpenTurn, shelf: Shelf, ranking: Ranking): Page {
  const { films, scores, explanations } = ranking;
  const answers = logOutside(turn, ranking);
  if (films.length === 0) return { source: 'slate', films, reference: turn.last };
  for (const film of films) shelf.take(film);
  const { model } = turn.offer;
  const reference = turn.log.add(
    'SlateServed',
    { page: turn.progress.pages, model: model.number, films, scores, sweep: shelf.sweep },
    [{ role: 'follows', position: turn.last }, { role: 'ranked-by', position: model.position }, ...answers],
  );
  if (explanations === undefined) return { source: 'slate', films, reference };
  const position = turn.log.add('SlateExplained', { explanations }, [{ role: 'follows', position: reference }]);
  return { source: 'slate', films, reference, explained: { position, explanations } };
}

function search(turn: OpenTurn, query: string): Page | null {
  const { log, offer } = turn;
  const films = offer.search.find(query, offer.config.slate.size);
  const reference = log.add('SearchAnswered', { query, films }, [{ role: 'follows', position: turn.last }]);
  // A search that finds nothing leads back to the slates.
  return films.length === 0 ? null : { source: 'search', films, reference };
}

function react(turn: OpenTurn, question: ReactionQuestion, answer: ReactionAnswer): void {
  const { progress } = turn;
  const causes = causesOf(turn, answer);
  turn.last = turn.log.addDecision(reactionDecision.record(question, answer), causes);
  progress.satisfaction = answer.satisfaction;
  progress.fatigue = answer.fatigue;
  shiftTaste(progress, answer.taste);
}

/** A visit that ends by itself: nobody decided that. */
function endVisit({ last, log, progress }: OpenTurn, reason: 'page limit' | 'watch limit' | 'nothing left'): void {
  const { satisfaction, fatigue } = progress;
  log.add('VisitLeft', { reason, satisfaction, fatigue, grounds: NO_GROUNDS }, [{ role: 'follows', position: last }]);
}

function socialise(turn: OpenTurn, question: SocialQuestion, answer: SocialAnswer): void {
  const { log } = turn;
  const decided = socialDecision.record(question, answer);
  turn.last = log.addDecision(decided, causesOf(turn, answer));
  for (const message of decided.said)
    turn.last = log.add('MessageSent', message, [{ role: 'follows', position: turn.last }]);
}
