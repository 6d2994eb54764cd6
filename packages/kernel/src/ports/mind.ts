/**
 * The mind as the loop needs it: it is asked one question at a time and answers with a decision and
 * its grounds. It never sees what others do in the same round.
 */
import type { Behaviour } from '../behaviour/behaviour.ts';
import type { EventData } from '../events/catalogue.ts';
import type { Cause } from '../events/causes.ts';
import type { Grounds } from '../events/grounds.ts';
import type { LuckOf } from '../luck/luck.ts';
import type { AgentState } from '../state/agent-state.ts';
import type { FilmCatalogue } from '../world/film.ts';
import type { RunConfig } from '../world/config.ts';
import type { Explanation, MaybePromise } from './recommender.ts';

/** The world as it stood when the round opened. */
export interface WorldView {
  readonly round: number;
  /** Simulated minutes since the first midnight. */
  readonly clock: number;
  readonly config: RunConfig;
  /** The flags the run was started with: which of two ways to behave. */
  readonly behaviour: Behaviour;
  readonly catalogue: FilmCatalogue;
  /** Any agent's state at the opening of the round; undefined for nobody. */
  agent(id: number): AgentState | undefined;
  /** How often the film has been watched in the run, by anybody. */
  watchesOf(film: number): number;
  /** All watches of the run. */
  readonly watchesTotal: number;
}

/**
 * Where the agent stands within its turn; what its visit did to it so far. It moves on with the
 * turn: a mind that keeps it past its answer keeps a copy.
 */
export interface TurnProgress {
  /** Questions asked before this one in the turn. */
  readonly step: number;
  /** Pages seen before the present one. */
  readonly pages: number;
  /** Films watched in this visit. */
  readonly watched: readonly number[];
  readonly satisfaction: number;
  readonly fatigue: number;
  readonly taste: readonly number[];
}

interface Asked {
  readonly agent: AgentState;
  readonly world: WorldView;
  readonly progress: TurnProgress;
  readonly luck: LuckOf;
}

/** Where to spend the round? */
export interface PlaceQuestion extends Asked {
  readonly kind: 'place';
}
/** Why the films of a page stand there, as the agent was given to read. */
export interface Explained {
  /** Where that is logged: a reference, for a cause `told-by`. */
  readonly position: number;
  /** One per film. */
  readonly explanations: readonly Explanation[];
}
/** What to do with this page? Never empty. */
export interface PageQuestion extends Asked {
  readonly kind: 'page';
  readonly source: 'slate' | 'search';
  /** Best first; some may have been watched when they come from a search. */
  readonly films: readonly number[];
  readonly explained?: Explained | undefined;
  /** Whether another page or a search may still follow. */
  readonly mayContinue: boolean;
}
/** How was the film? */
export interface ReactionQuestion extends Asked {
  readonly kind: 'reaction';
  readonly film: number;
}
/** What to say to whom? */
export interface SocialQuestion extends Asked {
  readonly kind: 'social';
}

export type Question = PlaceQuestion | PageQuestion | ReactionQuestion | SocialQuestion;

interface Answered {
  readonly grounds: Grounds;
  /** Earlier events that moved the decision: `told-by` messages, `recalled` watches. */
  readonly because: readonly Cause[];
  /** What an outside mind said, in order, to be logged before the decision. */
  readonly outside?: readonly EventData<'MindAnswered'>[];
}

export type TasteShift = EventData<'FilmRated'>['taste'];

export interface PlaceAnswer extends Answered {
  readonly place: 'recommender' | 'social' | 'idle' | 'quit';
  /** Fatigue after rest. */
  readonly fatigue: number;
  readonly taste: TasteShift;
}
export type PageAnswer = Answered &
  (
    | { readonly do: 'watch'; readonly film: number }
    /** `fatigue` after having read the page for nothing. */
    | { readonly do: 'next'; readonly fatigue: number }
    | { readonly do: 'search'; readonly query: string }
    | { readonly do: 'leave'; readonly reason: 'content' | 'tired' | 'dissatisfied'; readonly satisfaction: number }
  );
export interface ReactionAnswer extends Answered {
  readonly rating: 1 | 2 | 3 | 4 | 5;
  readonly feeling: string;
  readonly satisfaction: number;
  readonly fatigue: number;
  readonly taste: TasteShift;
}
/** One turn of a dialogue, or a post. `liking` has one entry per film, -1 to 1. */
export interface Utterance {
  readonly from: number;
  readonly text: string;
  readonly films: readonly number[];
  readonly liking: readonly number[];
}
export type SocialAnswer = Answered &
  (
    | { readonly do: 'chat'; readonly partner: number; readonly turns: readonly Utterance[]; readonly minutes: number }
    | { readonly do: 'post'; readonly post: Utterance; readonly minutes: number }
    | { readonly do: 'silence' }
  );

export type Answer = PlaceAnswer | PageAnswer | ReactionAnswer | SocialAnswer;

export type AnswerTo<Q extends Question> = Q extends PlaceQuestion
  ? PlaceAnswer
  : Q extends PageQuestion
    ? PageAnswer
    : Q extends ReactionQuestion
      ? ReactionAnswer
      : SocialAnswer;

export interface Mind {
  readonly name: string;
  /** What its terms are called in a sentence, by their names; a term that is not here goes by its name. */
  readonly termWords?: { readonly [term: string]: string };
  /** A mind inside the process answers at once and the same for the same question. */
  decide<Q extends Question>(question: Q): MaybePromise<AnswerTo<Q>>;
}
