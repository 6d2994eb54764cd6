/** The configuration file that `init` writes: every key with its default, and what it means. */
import { type ConfigKey, configKeys, configParts, type Part, type Registry } from '@rashomon/replay';

const HEAD = `# What a run is made from. Every key has its default; delete what you do not want to say.
# Flags (--agents 500) and variables (RASHOMON_SLATE__SIZE=5) come before this file:
# \`rashomon config --explain\` shows each value with where it came from.
`;

/** Column at which comments start where the line is short enough. */
const COMMENT_COLUMN = 28;

export function configTemplate(registry: Registry): string {
  const lines: string[] = [HEAD];
  let section = '';
  for (const key of configKeys()) {
    const [first = '', second] = key.key.split('.');
    if (second !== undefined && first !== section) lines.push('', `${first}:`);
    section = second === undefined ? '' : first;
    lines.push(lineOf(key, second === undefined ? '' : '  ', second ?? first));
    if (second !== undefined && isLastOf(first, key)) lines.push(...partLines(first, registry));
  }
  return `${lines.join('\n')}\n`;
}

function lineOf({ default: value, about }: ConfigKey, indent: string, name: string): string {
  const setting = value === undefined ? `${indent}# ${name}: 200` : `${indent}${name}: ${scalar(value)}`;
  return `${setting.padEnd(COMMENT_COLUMN)} # ${about}`;
}

/** JSON is YAML; plain words need no quotes. */
function scalar(value: unknown): string {
  return typeof value === 'string' && /^[a-z][\w-]*$/.test(value) ? value : JSON.stringify(value);
}

function isLastOf(section: string, { key }: ConfigKey): boolean {
  return configKeys().findLast((other) => other.key.startsWith(`${section}.`))?.key === key;
}

/** The parameters of each recommender or mind, to be uncommented under its name. */
function partLines(section: string, registry: Registry): string[] {
  return configParts(registry).flatMap((part: Part) => {
    if (part.section !== section) return [];
    const about = part.about === '' ? '' : `: ${part.about}`;
    return [`  # ${part.name}${about}`, ...part.keys.map((key) => commented(key))];
  });
}

function commented({ key, default: value, about }: ConfigKey): string {
  const name = key.slice(key.indexOf('.') + 1);
  const setting = `  #   ${name}: ${value === undefined ? '…' : scalar(value)}`;
  return about === '' ? setting : `${setting.padEnd(COMMENT_COLUMN)} # ${about}`;
}
