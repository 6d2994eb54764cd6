#!/usr/bin/env node
/** The command `rashomon`: ties one command line to the process. */
import { runCli } from './run-cli.ts';
import { stopSignal } from './stop-signal.ts';

// Nobody listens to progress any more; the work goes on. Stdout is watched where data is written.
process.stderr.on('error', () => undefined);
process.stdout.on('error', () => undefined);

const signal = stopSignal();
const { stdout, stderr, env } = process;
const code = await runCli(process.argv.slice(2), { stdout, stderr, env, cwd: process.cwd(), signal });
// What was interrupted may still be under way; otherwise Node ends by itself once all is written.
if (signal.aborted) process.exit(code);
process.exitCode = code;
