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
  process.on('exit', () => {
    // A bar that was cut short has hidden the cursor and turned line wrapping off.
    if (stop.signal.aborted && process.stderr.isTTY) process.stderr.write('\u001b[?25h\u001b[?7h');
  });
  return stop.signal;
}
