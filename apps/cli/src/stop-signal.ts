/** Ctrl-C and SIGTERM as an abort signal: the first asks for an orderly end, the second ends at once. */
import { EXIT } from './exit-codes.ts';

export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  const interrupt = (): void => {
    if (stop.signal.aborted) process.exit(EXIT.interrupted);
    stop.abort();
    process.stderr.write('\nstopping; once more ends at once\n');
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return stop.signal;
}
