/** Work on a run that may be interrupted: the progress is taken down, and people are told how to go on. */
import { codeOf } from './exit-codes.ts';
import type { Progress } from './output/progress.ts';
import { nextCommand, type Session } from './session.ts';

/** @throws Interrupted, with what is to be done here, in place of the error that the signal brought about */
export async function stoppable<T>(session: Session, progress: Progress, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    progress.stop();
    if (codeOf(error) !== 'INTERRUPTED') throw error;
    // Sound: the error with this code names its run.
    const { run } = error as Error & { readonly run: string };
    const what =
      session.storeName === 'memory:'
        ? 'was interrupted, and was kept in memory only'
        : `was interrupted; everything up to here is kept\ngo on with: ${nextCommand(session, `resume ${run}`)}`;
    const { Interrupted } = await import('@rashomon/replay');
    throw new Interrupted(run, what, { cause: error });
  } finally {
    progress.stop();
  }
}
