/**
 * What measures may know of a run before the rounds that are compared. Only watches and films that joined are wanted,
 * so no world is folded: heads of events are passed over, and the few that count are read.
 */
import {
  emptyPast,
  eventCatalogue,
  eventCodec,
  outlineAt,
  type OpenPast,
  remember,
  type RunLog,
} from '@rashomon/kernel';

/** @param first the first round compared; what was before it is taken in */
export async function pastBefore(log: RunLog, first: number): Promise<OpenPast> {
  const started = await log.event(0);
  const past = emptyPast(started.type === 'RunStarted' ? started.data.films : 0);
  if (first <= 1) return past;
  const rounds = [1, first - 1] as const;
  for (const event of await log.collect({ types: ['InterventionApplied'], rounds })) remember(past, event);
  const { code: watch } = eventCatalogue.FilmWatched;
  for await (const { block, from, end } of log.blocks({ types: ['FilmWatched'], rounds })) {
    for (let index = from - block.first; index < end - block.first; index++) {
      const start = index === 0 ? block.start : (block.ends[index - 1] as number);
      if (eventCodec.peek(block.bytes, start).code !== watch) continue;
      const event = outlineAt(block, index);
      if (event.round < first) remember(past, event);
    }
  }
  return past;
}
