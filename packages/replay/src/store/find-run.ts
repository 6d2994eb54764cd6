/** Finding a run by what people call it: its id, the beginning of its id, or its name. */
import type { RunRecord, Store } from '@rashomon/kernel';
import { didYouMean } from '../config/faults.ts';

/** No run, or more than one, answers to the name. */
export class RunNotFound extends Error {
  override readonly name = 'RunNotFound';
  readonly code = 'RUN_NOT_NAMED';
}

/** @throws RunNotFound that lists the candidates */
export async function findRun(store: Store, name: string): Promise<RunRecord> {
  const runs = await store.runs.list();
  const exact = runs.filter(({ header }) => header.id === name || header.name === name);
  const found = exact.length > 0 ? exact : runs.filter(({ header }) => name.length > 0 && header.id.startsWith(name));
  if (found.length === 1) return found[0] as RunRecord;
  const labels = (found.length > 0 ? found : runs).map(({ header }) =>
    header.name === null ? header.id : `${header.id} (${header.name})`,
  );
  if (found.length > 1) throw new RunNotFound(`"${name}" stands for ${found.length} runs: ${labels.join(', ')}`);
  const meant = didYouMean(
    name,
    runs.flatMap(({ header }) => [header.id, header.name ?? header.id]),
  );
  const known = labels.length === 0 ? 'the store holds no run' : `runs: ${labels.slice(-10).join(', ')}`;
  throw new RunNotFound(
    `there is no run "${name}"${meant === undefined ? '' : ` (did you mean "${meant}"?)`}; ${known}`,
  );
}

/** `RUN@R` means as of the close of round R; without `@R`, as of the last closed round. */
export async function findRunAt(
  store: Store,
  reference: string,
): Promise<{ readonly record: RunRecord; readonly round: number }> {
  const match = /^(.*)@(\d+)$/.exec(reference);
  const record = await findRun(store, match?.[1] ?? reference);
  return { record, round: match === null ? Math.max(0, record.progress.rounds) : Number(match[2]) };
}
