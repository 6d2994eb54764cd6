#!/usr/bin/env -S node --max-semi-space-size=32
/**
 * The command `rashomon`: ties one command line to the process. The young generation is larger than Node's default
 * because a round's events live until it closes: a tenth less CPU time, and less memory in all.
 */
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
