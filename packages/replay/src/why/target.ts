/** The event that is asked about. */
import { EventNotFound, type LogEvent, type RunLog } from '@rashomon/kernel';

/** A position; or an agent and a film, for why the agent watched it or, if it never did, why it was shown it. */
export type WhyTarget = { readonly position: number } | { readonly agent: number; readonly item: number };

/**
 * The latest watch of the film by the agent; otherwise the latest slate, or search answer, that showed it the film.
 * @throws EventNotFound that says what was looked for
 */
export async function targetEvent(log: RunLog, target: WhyTarget): Promise<LogEvent> {
  if ('position' in target) return log.event(target.position);
  const { agent, item } = target;
  let watched: LogEvent | undefined;
  let shown: LogEvent | undefined;
  for await (const event of log.events({ agent, types: ['FilmWatched', 'SlateServed', 'SearchAnswered'] })) {
    if (event.type === 'FilmWatched' && event.data.film === item) watched = event;
    else if ((event.type === 'SlateServed' || event.type === 'SearchAnswered') && event.data.films.includes(item))
      shown = event;
  }
  const found = watched ?? shown;
  if (found === undefined)
    throw new EventNotFound(`run ${log.id} has no event in which agent ${agent} watched film ${item} or was shown it`);
  return found;
}
