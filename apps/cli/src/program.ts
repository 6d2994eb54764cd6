/** All commands, and the options that every one of them has. */
import { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { type Caller, repeated } from './action.ts';
import { branchCommand } from './commands/branch.ts';
import { compareCommand } from './commands/compare.ts';
import { configCommand } from './commands/config.ts';
import { doctorCommand } from './commands/doctor.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { eventsCommand } from './commands/events.ts';
import { exportCommand } from './commands/export.ts';
import { initCommand } from './commands/init.ts';
import { replayCommand } from './commands/replay.ts';
import { resumeCommand } from './commands/resume.ts';
import { runCommand } from './commands/run.ts';
import { runsCommand } from './commands/runs.ts';
import { showCommand } from './commands/show.ts';
import { verifyCommand } from './commands/verify.ts';
import { whyCommand } from './commands/why.ts';

/** In the order in which they are met. */
const COMMANDS: readonly ((caller: Caller) => Command)[] = [
  initCommand,
  runCommand,
  resumeCommand,
  runsCommand,
  showCommand,
  eventsCommand,
  replayCommand,
  verifyCommand,
  branchCommand,
  compareCommand,
  whyCommand,
  exportCommand,
  evaluateCommand,
  configCommand,
  doctorCommand,
];

const WHAT_IF = 'what if another recommender had been live from round 10 on?';
const EXAMPLES = `Examples:
  $ rashomon run --agents 200 --rounds 20 --name base          # simulate the users of a film recommender
  $ rashomon branch base@10 --set recommender=ials --name new  # ${WHAT_IF}
  $ rashomon compare base new                                  # what that changed, agent by agent
  $ rashomon why new --agent 17 --item 42 --but-for            # why agent 17 watched film 42
  $ rashomon replay new                                        # prove that the record is exact
`;

export function createProgram(caller: Caller): Command {
  const { stdout, stderr } = caller.surroundings;
  const program = new Command('rashomon')
    .description(
      'Simulates the users of a film recommender; every run is a log that can be replayed, branched and questioned.',
    )
    .version(versionHere(), '-V, --version', 'print the version')
    .option('--store <path|url>', 'where runs are kept: a file, or memory: (default: $RASHOMON_STORE or ./rashomon.db)')
    .option(
      '--plugin <file>',
      'a module with recommenders or minds of your own; may be given several times (also $RASHOMON_PLUGINS)',
      repeated,
    )
    .option('--json', 'print one JSON document')
    .option('--quiet', 'print no progress and no hints')
    .addHelpText('before', EXAMPLES)
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command');
  const commands = COMMANDS.map((create) => create(caller));
  for (const command of commands) program.addCommand(command);
  for (const command of [program, ...commands]) {
    command.exitOverride();
    command.configureHelp({ showGlobalOptions: true });
    command.configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
      outputError: (text, write) => write(`${lowerCase(text).trimEnd()}\n${commandHint(command, program)}`),
    });
  }
  return program;
}

/** Errors read alike wherever they come from. */
function lowerCase(text: string): string {
  return text.replace('(Did you mean', '(did you mean').replace(/\n\(did/, ' (did');
}

function commandHint(command: Command, program: Command): string {
  return command === program ? 'See rashomon --help.\n' : `See rashomon ${command.name()} --help.\n`;
}

function versionHere(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
  };
  return version;
}
