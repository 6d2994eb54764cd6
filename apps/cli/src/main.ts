#!/usr/bin/env node
/** The command `rashomon`: ties one command line to the process. */
import { EXIT } from './exit-codes.ts';
import { runCli } from './run-cli.ts';

const stop = new AbortController();

function interrupt(): void {
  if (stop.signal.aborted) process.exit(EXIT.interrupted);
  stop.abort();
  process.stderr.write('\nstopping; once more ends at once\n');
}

process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);
// Nobody listens to progress any more; the work goes on. Stdout is watched where data is written.
process.stderr.on('error', () => undefined);
process.stdout.on('error', () => undefined);

const { stdout, stderr, env } = process;
const code = await runCli(process.argv.slice(2), { stdout, stderr, env, cwd: process.cwd(), signal: stop.signal });
// What was interrupted may still be under way; otherwise Node ends by itself once all is written.
if (stop.signal.aborted) process.exit(code);
process.exitCode = code;
