/** Events in words: one line each, for people. */
import type { EventOf, EventType, LogEvent } from '@rashomon/kernel';
import { clock, count, plural } from './numbers.ts';
import { cut } from './table.ts';
import type { TitleOf } from './titles.ts';

type Telling = { readonly [T in EventType]: (event: EventOf<T>, titleOf: TitleOf) => string };

const LIST_MAX = 4;
const PLACES = { recommender: 'goes to the recommender', social: 'goes to friends', idle: 'stays away' } as const;

const TELL: Telling = {
  RunStarted: ({ data }) =>
    `${plural(data.agents, 'agent')}, ${plural(data.films, 'film')}, seed ${data.seed}, engine ${data.engine}`,
  RunFinished: ({ data }) => `after round ${data.rounds}`,
  InterventionApplied: ({ data }) => cut(`${data.key} = ${JSON.stringify(data.value)}`, 100),
  RoundOpened: ({ data }) => clock(data.clock),
  RoundClosed: ({ data }) => `${count(data.active)} active, digest ${data.digest.slice(0, 12)}`,
  AgentJoined: ({ data }) =>
    `${data.persona.name}, ${data.persona.age}, ${data.persona.status}; ` +
    `likes ${data.persona.interests.join(', ')}; ${plural(data.contacts.length, 'contact')}`,
  AgentLeft: () => 'for good',
  RecommenderTrained: ({ data }) =>
    `model ${data.model}, ${data.recommender}, on ${plural(data.interactions, 'interaction')}`,
  SlateServed: ({ data }, titleOf) => `page ${data.page}: ${films(data.films, titleOf)}`,
  SearchAnswered: ({ data }, titleOf) => `"${data.query}": ${films(data.films, titleOf)}`,
  SlateExplained: ({ data }) => cut(data.explanations.map(({ text }) => text).join(' '), 120),
  RecommenderAnswered: ({ data }) => cut(data.answer, 90),
  PlaceChosen: ({ data }) => `${PLACES[data.place]}, fatigue ${data.fatigue}`,
  FilmWatched: ({ data }, titleOf) => `"${titleOf(data.film)}" at rank ${data.rank}`,
  PageTurned: ({ data }) => `past page ${data.page}`,
  SearchMade: ({ data }) => `"${data.query}"`,
  VisitLeft: ({ data }) => `${data.reason}, satisfaction ${data.satisfaction}`,
  FilmRated: ({ data }, titleOf) =>
    `"${titleOf(data.film)}" ${data.rating} of 5${data.feeling === '' ? '' : `: ${cut(data.feeling, 70)}`}`,
  ChatStarted: ({ data }) => `with agent ${data.partner}`,
  PostMade: () => 'to all contacts',
  StayedSilent: () => '',
  MessageSent: ({ data }) => `${data.channel} to ${plural(data.to.length, 'agent')}: ${cut(data.text, 90)}`,
  MindAnswered: ({ data }) => `${count(data.tokensIn)} + ${count(data.tokensOut)} tokens: ${cut(data.answer, 70)}`,
};

function films(ids: readonly number[], titleOf: TitleOf): string {
  const shown = ids.slice(0, LIST_MAX).map(titleOf).join(', ');
  return ids.length > LIST_MAX ? `${shown} and ${ids.length - LIST_MAX} more` : shown;
}

/** What happened, without when and to whom. */
export function tell(event: LogEvent, titleOf: TitleOf): string {
  // Sound: the telling of a type takes events of that type.
  const words = (TELL[event.type] as (event: LogEvent, titleOf: TitleOf) => string)(event, titleOf);
  // What agents and models say may hold anything; a line stays a line, and a terminal is told nothing.
  return words.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}
