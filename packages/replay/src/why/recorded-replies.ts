/**
 * The answers of a turn, made again from its events: what the mind decided, what the model ranked, what the search
 * found. With them a turn can be played up to any of its questions without asking anybody.
 */
import type {
  Answer,
  EventOf,
  LogEvent,
  PageAnswer,
  Ranking,
  ReactionAnswer,
  Search,
  SocialAnswer,
  Utterance,
} from '@rashomon/kernel';
import { wasDecided } from './deed.ts';

/** Nothing eligible was left to rank. */
const NOTHING: Ranking = { films: [], scores: [] };

export class RecordedReplies {
  readonly #decisions: readonly LogEvent[];
  readonly #slates: readonly EventOf<'SlateServed'>[];
  readonly #told: readonly EventOf<'SlateExplained'>[];
  readonly #found: readonly EventOf<'SearchAnswered'>[];
  readonly #messages: readonly EventOf<'MessageSent'>[];
  #decision = 0;
  #slate = 0;
  #search = 0;
  #sweep: number;

  /**
   * @param turn all events of the agent's turn, in order
   * @param sweep the agent's sweep at the opening of the round
   */
  constructor(turn: readonly LogEvent[], sweep: number) {
    this.#decisions = turn.filter(wasDecided);
    this.#slates = turn.filter((event) => event.type === 'SlateServed');
    this.#told = turn.filter((event) => event.type === 'SlateExplained');
    this.#found = turn.filter((event) => event.type === 'SearchAnswered');
    this.#messages = turn.filter((event) => event.type === 'MessageSent');
    this.#sweep = sweep;
  }

  /** The event that answered the question now open; undefined when none did. */
  next(): LogEvent | undefined {
    return this.#decisions[this.#decision];
  }

  /** The recorded answer to the question now open. */
  answer(): Answer {
    const event = this.#decisions[this.#decision++] as LogEvent;
    return {
      ...this.#decided(event),
      because: event.causes.filter(({ role }) => role === 'told-by' || role === 'recalled'),
    };
  }

  /** The recorded ranking. A sweep began with a ranking that was too short: that one is given as empty. */
  slate(): Ranking {
    const served = this.#slates[this.#slate];
    if (served === undefined) return NOTHING;
    if (served.data.sweep > this.#sweep) {
      this.#sweep = served.data.sweep;
      return NOTHING;
    }
    this.#slate += 1;
    // An explanation follows its slate at once.
    const told = this.#told.find(({ position }) => position === served.position + 1);
    return told === undefined ? served.data : { ...served.data, explanations: told.data.explanations };
  }

  /** Finds what was found. */
  readonly search: Search = { find: () => this.#found[this.#search++]?.data.films ?? [] };

  #decided(event: LogEvent): Answer {
    switch (event.type) {
      case 'AgentLeft':
        return {
          because: [],
          place: 'quit',
          fatigue: 0,
          taste: { genres: [], values: [] },
          grounds: event.data.grounds,
        };
      case 'PlaceChosen':
        return { because: [], ...event.data };
      case 'FilmRated':
        // Sound: ratings are checked to be 1 to 5 before they are logged.
        return { because: [], ...event.data, rating: event.data.rating as ReactionAnswer['rating'] };
      case 'FilmWatched':
      case 'PageTurned':
      case 'SearchMade':
      case 'VisitLeft':
        return pageAnswer(event);
      case 'ChatStarted':
      case 'PostMade':
      case 'StayedSilent':
        return this.#social(event);
      default:
        throw new TypeError(`position ${event.position}: ${event.type} is no decision`);
    }
  }

  #social(event: EventOf<'ChatStarted'> | EventOf<'PostMade'> | EventOf<'StayedSilent'>): SocialAnswer {
    const { grounds } = event.data;
    if (event.type === 'StayedSilent') return { do: 'silence', grounds, because: [] };
    const turns: Utterance[] = this.#messages.map(({ data: { from, text, films, liking } }) => ({
      from,
      text,
      films,
      liking,
    }));
    // Nothing is asked after a social decision, so how long it takes matters no more.
    if (event.type === 'ChatStarted')
      return { do: 'chat', partner: event.data.partner, turns, minutes: 0, grounds, because: [] };
    return { do: 'post', post: turns[0] as Utterance, minutes: 0, grounds, because: [] };
  }
}

type Paged = EventOf<'FilmWatched'> | EventOf<'PageTurned'> | EventOf<'SearchMade'> | EventOf<'VisitLeft'>;

function pageAnswer(event: Paged): PageAnswer {
  const answered = { because: [], grounds: event.data.grounds };
  switch (event.type) {
    case 'FilmWatched':
      return { ...answered, do: 'watch', film: event.data.film };
    case 'PageTurned':
      return { ...answered, do: 'next', fatigue: event.data.fatigue };
    case 'SearchMade':
      return { ...answered, do: 'search', query: event.data.query };
    case 'VisitLeft':
      // Sound: decided leaves have one of the reasons that a mind may give.
      return {
        ...answered,
        do: 'leave',
        reason: event.data.reason as 'content' | 'tired' | 'dissatisfied',
        satisfaction: event.data.satisfaction,
      };
  }
}
