/** The flags that set something, as `run` and `config` take them. */
import type { Command } from 'commander';
import { repeated } from '../action.ts';

export function withConfigFlags(command: Command): Command {
  return command
    .option('--config <file>', 'configuration file (default: rashomon.config.json, .yaml or .yml in this folder)')
    .option('--agents <n>', 'how many agents')
    .option('--rounds <n>', 'how many rounds')
    .option('--recommender <name>', 'which recommender')
    .option('--mind <name>', 'what decides for the agents')
    .option('--seed <n>', 'the one source of all luck')
    .option('--data <sample|dir>', 'real data: a folder, also looked for in $RASHOMON_DATA')
    .option('--set <key=value>', 'any other key; may be repeated', repeated);
}
