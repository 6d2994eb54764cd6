/** How commands are tied to commander: examples first in the help, one way to act and to end. */
import { Command } from 'commander';
import { type ExitCode, EXIT } from './exit-codes.ts';
import { Output } from './output/output.ts';
import { registryWithPlugins } from './plugins.ts';
import { type CommonOptions, type Session, sessionOf } from './session.ts';
import type { Surroundings } from './surroundings.ts';

/** What a command line comes to: filled in by the action that ran. */
export interface Outcome {
  code: ExitCode;
  output: Output | null;
}

export interface Caller {
  readonly surroundings: Surroundings;
  readonly outcome: Outcome;
}

export interface CommandAbout {
  /** Name and arguments, as commander takes them: `replay <run>`. */
  readonly usage: string;
  readonly about: string;
  /** Command lines with what each does. */
  readonly examples: readonly (readonly [line: string, does: string])[];
}

/** A command with its help; options and an action are added by the caller. */
export function describeCommand({ usage, about, examples }: CommandAbout): Command {
  const [name = ''] = usage.split(' ');
  const command = new Command(name).description(about);
  const rest = usage.slice(name.length).trim();
  if (rest !== '') command.arguments(rest);
  const width = Math.max(...examples.map(([line]) => line.length));
  const shown = examples.map(([line, does]) => `  $ rashomon ${line.padEnd(width)}  # ${does}`);
  return command.addHelpText('before', `Examples:\n${shown.join('\n')}\n`).allowExcessArguments(false);
}

/** Does a command's work. The code it gives is the exit code; none means that all is well. */
export type Work<O> = (session: Session, options: O, ...values: readonly string[]) => Promise<ExitCode | undefined>;

/**
 * What commander calls: gathers options and arguments, and keeps how it ended.
 * @param stops how the signal ends the work: `by itself` when it must leave a run whole, else at once
 */
export function acting<O>(
  { surroundings, outcome }: Caller,
  work: Work<O>,
  stops: 'by itself' | 'at once' = 'at once',
): (...given: unknown[]) => Promise<void> {
  return async (...given) => {
    const command = given.at(-1) as Command;
    const options = command.optsWithGlobals<CommonOptions & O>();
    const output = new Output(surroundings, options.quiet === true);
    outcome.output = output;
    // Sound: an argument is a text, or missing when it is optional.
    const working = registryWithPlugins(options.plugin ?? [], surroundings).then((registry) =>
      work(sessionOf({ ...surroundings, registry }, output, options), options, ...(given.slice(0, -2) as string[])),
    );
    const code = await (stops === 'at once' ? Promise.race([working, aborted(surroundings.signal)]) : working);
    outcome.code = code ?? EXIT.ok;
  };
}

/** Fails when the signal is given. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

/** Gathers the values of an option that may be given several times. */
export function repeated(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}
