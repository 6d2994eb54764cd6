/**
 * The answer to "why" as one sentence for people: who did what, what weighed most, who had told it, why it was on the
 * page.
 */
import {
  ACTION,
  bestOption,
  type EventOf,
  type FilmCatalogue,
  type Grounds,
  type LogEvent,
  type Mind,
  termOf,
  utilityOf,
} from '@rashomon/kernel';
import type { WhyCause } from '../reports.ts';
import { groundsOf } from './deed.ts';
import type { Evidence } from './evidence.ts';
import type { Shown } from './model-shares.ts';

const ACTIONS: { readonly [action: number]: string } = {
  [ACTION.nextPage]: 'turning the page',
  [ACTION.search]: 'searching',
  [ACTION.leave]: 'leaving',
  [ACTION.recommender]: 'going to the recommender',
  [ACTION.social]: 'going to see friends',
  [ACTION.idle]: 'staying away',
  [ACTION.quit]: 'giving up for good',
  [ACTION.post]: 'posting',
  [ACTION.silence]: 'saying nothing',
};

/** What a mind calls its terms. */
type TermWords = NonNullable<Mind['termWords']>;

interface Telling {
  readonly evidence: Evidence;
  /** The film asked about, where the event is a page. */
  readonly shown: Shown | null;
  readonly words: TermWords;
}

/**
 * @param causes the tree under the event
 */
export async function sentenceOf(
  event: LogEvent,
  causes: readonly WhyCause[],
  { evidence, shown, words }: Telling,
): Promise<string> {
  const { known } = await evidence.films();
  const who = event.agent === null ? 'The system' : await evidence.nameOf(event.agent);
  if (shown !== null && (event.type === 'SlateServed' || event.type === 'SearchAnswered')) {
    const because = past(causes, { films: known, agent: shown.agent });
    const place = pageOf(event, shown.film, causes);
    return `${titleOf(known, shown.film)} was shown to ${who} in round ${event.round}, ${place}${because}.`;
  }
  const parts = [
    `${who} ${deedOf(event, known)} in round ${event.round}`,
    ...weighed(event, known, words),
    ...(await told(causes, evidence)),
  ];
  const page = causes.find(({ role }) => role === 'shown-in');
  if (page !== undefined && event.type === 'FilmWatched') {
    parts.push(...explained(page.event, event.data.film, causes));
    const because = past(page.causes, { films: known, agent: event.agent });
    parts.push(`it was ${pageOf(page.event, event.data.film, page.causes)}${because}`);
  }
  return `${parts.join('; ')}.`;
}

function titleOf(films: FilmCatalogue, id: number): string {
  const film = films.film(id);
  if (film === undefined) return `film ${id}`;
  return film.year === 0 ? `"${film.title}"` : `"${film.title}" (${film.year})`;
}

function deedOf(event: LogEvent, films: FilmCatalogue): string {
  switch (event.type) {
    case 'FilmWatched':
      return `watched ${titleOf(films, event.data.film)}`;
    case 'FilmRated':
      return `rated ${titleOf(films, event.data.film)} ${event.data.rating} of 5`;
    case 'PlaceChosen':
      return { recommender: 'went to the recommender', social: 'went to see friends', idle: 'stayed away' }[
        event.data.place
      ];
    case 'PageTurned':
      return 'passed over a page';
    case 'SearchMade':
      return `searched for "${event.data.query}"`;
    case 'VisitLeft':
      return `left (${event.data.reason})`;
    case 'ChatStarted':
      return `began a chat with agent ${event.data.partner}`;
    case 'PostMade':
      return 'posted';
    case 'StayedSilent':
      return 'said nothing';
    case 'AgentLeft':
      return 'gave up for good';
    case 'AgentJoined':
      return 'joined';
    case 'MessageSent':
      return `said "${event.data.text}"`;
    case 'RecommenderTrained':
      return `trained model ${event.data.model} of ${event.data.recommender} on ${event.data.interactions} watches`;
    case 'InterventionApplied':
      return `had ${event.data.key} changed from outside`;
    case 'SlateServed':
      return `was served a page of ${event.data.films.length} films`;
    case 'SearchAnswered':
      return `got ${event.data.films.length} films for "${event.data.query}"`;
    case 'RunStarted':
      return 'started the run';
    case 'RunFinished':
      return 'finished the run';
    case 'RoundOpened':
      return 'opened the round';
    case 'RoundClosed':
      return 'closed the round';
    case 'SlateExplained':
      return 'was told why each film is on the page';
    case 'RecommenderAnswered':
      return 'got an answer from its recommender';
    case 'MindAnswered':
      return 'got an answer from its mind';
  }
}

/** The terms that set the choice apart from the runner-up, or the reason given. */
function weighed(event: LogEvent, films: FilmCatalogue, words: TermWords): string[] {
  const grounds = groundsOf(event);
  if (grounds === null) return [];
  const chosen = bestOption(grounds);
  if (chosen < 0) return grounds.reason === '' ? [] : [`its reason: ${grounds.reason}`];
  const second = runnerUp(grounds, chosen);
  if (second < 0) return ['there was no other choice'];
  const margin = (utilityOf(grounds, chosen) - utilityOf(grounds, second)) / 1000;
  const leads = grounds.terms
    .map(({ name }) => ({
      term: words[name] ?? name,
      lead: termOf(grounds, name, chosen) - termOf(grounds, name, second),
    }))
    .filter(({ lead }) => lead > 0.0005)
    .sort((a, b) => b.lead - a.lead)
    .slice(0, 2);
  const terms = leads.map(({ term, lead }) => `${term} (+${lead.toFixed(2)})`).join(' and ');
  const other = optionWord(event, grounds.options[second] as number, films);
  return [
    leads.length === 0
      ? `it was level with ${other} and came first`
      : `${terms} put it ${margin.toFixed(2)} ahead of ${other}`,
  ];
}

function runnerUp(grounds: Grounds, chosen: number): number {
  let second = -1;
  grounds.options.forEach((_, option) => {
    if (option !== chosen && (second < 0 || utilityOf(grounds, option) > utilityOf(grounds, second))) second = option;
  });
  return second;
}

function optionWord({ type }: LogEvent, option: number, films: FilmCatalogue): string {
  if (option < 0) return ACTIONS[option] ?? `option ${option}`;
  if (type === 'FilmRated') return `${option} of 5`;
  return type === 'ChatStarted' || type === 'PostMade' || type === 'StayedSilent'
    ? `a chat with agent ${option}`
    : titleOf(films, option);
}

async function told(causes: readonly WhyCause[], evidence: Evidence): Promise<string[]> {
  const speakers = new Set<number>();
  for (const { role, event } of causes)
    if (role === 'told-by' && event.type === 'MessageSent') speakers.add(event.data.from);
  const names = await Promise.all([...speakers].map((speaker) => evidence.nameOf(speaker)));
  return names.length === 0 ? [] : [`it had been told by ${listed(names)}`];
}

/** What the recommender said of the film, where that spoke for it. */
function explained(page: LogEvent, film: number, causes: readonly WhyCause[]): string[] {
  const said = causes.find(({ role, event }) => role === 'told-by' && event.type === 'SlateExplained')?.event;
  if (said?.type !== 'SlateExplained' || page.type !== 'SlateServed') return [];
  const { text } = said.data.explanations[page.data.films.indexOf(film)] ?? {};
  return text === undefined ? [] : [`the recommender had said: ${text.replace(/\.$/, '')}`];
}

/** Where a film stood on a page, and who put it there. */
function pageOf(page: LogEvent, film: number, causes: readonly WhyCause[]): string {
  if (page.type === 'SearchAnswered')
    return `number ${page.data.films.indexOf(film) + 1} of what a search for "${page.data.query}" found`;
  const { films, model } = (page as EventOf<'SlateServed'>).data;
  const trained = causes.find(({ event }) => event.type === 'RecommenderTrained')?.event;
  const by = trained?.type === 'RecommenderTrained' ? `${trained.data.recommender} (model ${model})` : `model ${model}`;
  return `ranked ${films.indexOf(film) + 1} of ${films.length} by ${by}`;
}

/** The past watches that brought the film onto the page: the agent's own, or those of friends. */
function past(
  causes: readonly WhyCause[],
  { films, agent }: { readonly films: FilmCatalogue; readonly agent: number | null },
): string {
  const trained = causes.find(({ event }) => event.type === 'RecommenderTrained');
  const speaking = (trained?.causes ?? []).filter(
    ({ role, influence }) => role === 'trained-on' && influence !== null && influence > 0,
  );
  const watches = speaking.flatMap(({ event }) => (event.type === 'FilmWatched' ? [event] : []));
  const titles = watches.filter((watch) => watch.agent === agent).map(({ data }) => titleOf(films, data.film));
  if (titles.length > 0) return `, most of all for having watched ${listed(titles.slice(0, 2))}`;
  return watches.length === 0 ? '' : ', most of all because a friend had watched it';
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
