/**
 * The laws of the log as functions: each reads a finished run and gives what is wrong with it, an
 * empty list when the law holds. Use them on runs of your own recommender or mind.
 */
import {
  type AgentStates,
  agentsProjection,
  causesProjection,
  consequencesOf,
  type EventOf,
  type EventType,
  foldInPlace,
  type LogEvent,
  RunLog,
  type Store,
} from '@rashomon/kernel';

/** All events of a run. */
export async function eventsOf(store: Store, run: string): Promise<readonly LogEvent[]> {
  return (await RunLog.open(store, run)).collect();
}

/** The events of one type, in their order. */
export function ofType<T extends EventType>(events: readonly LogEvent[], type: T): readonly EventOf<T>[] {
  // Sound: an event of the type is one of those.
  return events.filter((event) => event.type === type) as unknown as readonly EventOf<T>[];
}

/** L9, slates and watches: eligible films once each; what is watched was on the page before it. */
export function slateFaults(events: readonly LogEvent[]): string[] {
  const faults: string[] = [];
  const watched = new Map<number, Set<number>>();
  let page: readonly number[] = [];
  let visit = new Set<number>();
  for (const event of events) {
    const agent = event.agent ?? -1;
    if (event.type === 'AgentJoined') watched.set(agent, new Set(event.data.history.films));
    if (event.type === 'PlaceChosen') visit = new Set();
    if (event.type === 'SlateServed') {
      page = event.data.films;
      if (new Set(page).size !== page.length)
        faults.push(`position ${event.position}: a film stands twice on the slate`);
      for (const film of page) {
        if (watched.get(agent)?.has(film) === true)
          faults.push(`position ${event.position}: film ${film} was watched before`);
        if (visit.has(film)) faults.push(`position ${event.position}: film ${film} was shown before in this visit`);
        visit.add(film);
      }
    }
    if (event.type === 'SearchAnswered') page = event.data.films;
    if (event.type === 'FilmWatched') {
      if (page[event.data.rank - 1] !== event.data.film)
        faults.push(
          `position ${event.position}: film ${event.data.film} was not at rank ${event.data.rank} of the page`,
        );
      watched.get(agent)?.add(event.data.film);
    }
  }
  return faults;
}

/** L9, messages: receivers are contacts of the sender, or the one whose chat is answered. */
export function messageFaults(events: readonly LogEvent[]): string[] {
  const agents: AgentStates = agentsProjection.initial();
  const faults: string[] = [];
  for (const event of events) {
    if (event.type === 'MessageSent') {
      const contacts = new Set(agents.get(event.data.from)?.contacts.map(({ agent }) => agent));
      for (const receiver of event.data.to) {
        const answered = event.data.channel === 'chat' && receiver === event.agent;
        if (!contacts.has(receiver) && !answered)
          faults.push(`position ${event.position}: ${receiver} is no contact of ${event.data.from}`);
      }
      if (new Set(event.data.to).size !== event.data.to.length)
        faults.push(`position ${event.position}: a receiver is named twice`);
    }
    foldInPlace(agentsProjection, agents, [event]);
  }
  return faults;
}

/** L10: causes are earlier events, and everything is a consequence of RunStarted. */
export function causeFaults(events: readonly LogEvent[]): string[] {
  const graph = foldInPlace(causesProjection, causesProjection.initial(), events);
  const rooted = new Set(consequencesOf(graph, 0));
  const faults: string[] = [];
  for (const { type, position, causes } of events) {
    if (position > 0 && !rooted.has(position)) faults.push(`position ${position}: no walk from ${type} to RunStarted`);
    for (const cause of causes)
      if (cause.position < 0 || cause.position >= position)
        faults.push(`position ${position}: cause ${cause.role} ${cause.position} is not before it`);
  }
  return faults;
}
