/** One command line from its words to its exit code. */
import { CommanderError } from 'commander';
import pc from 'picocolors';
import type { EventEmitter } from 'node:events';
import type { Outcome } from './action.ts';
import { codeOf, EXIT, type ExitCode, exitCodeOf, isExpected } from './exit-codes.ts';
import { PipeClosed } from './output/output.ts';
import { createProgram } from './program.ts';
import { isLively, type Surroundings } from './surroundings.ts';

/** Runs a command line (without the interpreter and the script) and gives its exit code; throws nothing. */
export async function runCli(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const outcome: Outcome = { code: EXIT.ok, output: null };
  const program = createProgram({ surroundings, outcome });
  const stdout = surroundings.stdout as Partial<EventEmitter>;
  const lost = (error: Error): void => outcome.output?.lost(error);
  stdout.on?.('error', lost);
  try {
    if (words.length === 0) {
      program.outputHelp({ error: true });
      return EXIT.usage;
    }
    await program.parseAsync([...words], { from: 'user' });
    return outcome.code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof PipeClosed) return outcome.code;
    return report(error, surroundings);
  } finally {
    stdout.off?.('error', lost);
  }
}

/** Says what went wrong, and gives the exit code for it. */
function report(error: unknown, { stderr, env, signal }: Surroundings): ExitCode {
  const { red, dim } = pc.createColors(isLively(stderr, env));
  const isAborted = signal.aborted && (error === signal.reason || exitCodeOf(error) === EXIT.interrupted);
  if (isAborted) {
    stderr.write(`${error instanceof Error && error !== signal.reason ? error.message : 'interrupted'}\n`);
    return EXIT.interrupted;
  }
  const message = messageOf(error);
  const isDebug = [env['DEBUG'], env['RASHOMON_DEBUG']].some((value) => value !== undefined && value !== '');
  stderr.write(`${red('error:')} ${isExpected(error) ? message : `unexpected: ${message}`}\n`);
  if (isDebug && error instanceof Error) stderr.write(`${dim(stackOf(error))}\n`);
  else if (!isExpected(error)) stderr.write(`${dim('RASHOMON_DEBUG=1 shows where it happened.')}\n`);
  return exitCodeOf(error);
}

/** Several faults of one configuration stand below one another. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const lines = error.message.split('\n');
  if (codeOf(error) !== 'INVALID_CONFIG' || lines.length === 1) return error.message;
  return [`${lines.length} faults in the configuration`, ...lines.map((line) => `  ${line}`)].join('\n');
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
