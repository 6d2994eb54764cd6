/**
 * The benchmarks of the whole system: `npm run bench`, or `npm run bench -- NAME…` for some of them. `accuracy` takes
 * up to an hour and is done only when it is named. One JSON document on stdout, what is going on on stderr.
 */
import { cpus } from 'node:os';
import { ALONE } from './alone.ts';
import type { Figure } from './figures.ts';
import { withScratch } from './places.ts';
import { accuracyScenarios } from './scenarios/accuracy-scenarios.ts';
import { branchScenarios } from './scenarios/branch-scenarios.ts';
import { commandScenarios } from './scenarios/command-scenarios.ts';
import { logScenarios } from './scenarios/log-scenarios.ts';
import { partScenarios } from './scenarios/part-scenarios.ts';
import { RunShelf } from './scenarios/run-shelf.ts';
import { runScenarios } from './scenarios/run-scenarios.ts';
import type { Scenario } from './scenarios/scenario.ts';

const scenarios: readonly Scenario[] = [
  ...runScenarios,
  ...logScenarios,
  ...branchScenarios,
  ...commandScenarios,
  ...partScenarios,
  ...accuracyScenarios,
];

const [first = '', ...rest] = process.argv.slice(2);
if (first === ALONE) await answer(rest);
else await bench(first === '' ? [] : [first, ...rest]);

async function answer([name = '', input = '']: readonly string[]): Promise<void> {
  const { measureByName } = await import('./measurements.ts');
  process.send?.(await measureByName(name, input));
  process.disconnect();
}

async function bench(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !scenarios.some((scenario) => scenario.name === name));
  if (unknown.length > 0) {
    process.stderr.write(`${unknown.join(', ')}: expected some of ${scenarios.map(({ name }) => name).join(', ')}\n`);
    process.exitCode = 2;
    return;
  }
  const figures: Figure[] = [];
  await withScratch(async (folder) => {
    const shelf = new RunShelf(folder);
    for (const { name, onlyWhenNamed = false, run } of scenarios) {
      if (names.length > 0 ? !names.includes(name) : onlyWhenNamed) continue;
      process.stderr.write(`${name} …\n`);
      const found = await run(shelf);
      for (const figure of found) process.stderr.write(`  ${lineOf(figure)}\n`);
      figures.push(...found);
    }
  });
  const document = { schema: 'rashomon.bench/1', node: process.version, cpus: cpus().length, figures };
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

function lineOf({ name, value, unit, target, met, min, max, reference, band, within, note }: Figure): string {
  if (reference !== undefined)
    return `${name}: ${value}${besides(reference, band, within)}${note === undefined ? '' : ` (${note})`}`;
  const verdict = met === null ? '' : met ? `, target ${target} met` : `, target ${target} MISSED`;
  return `${name}: ${value} ${unit} (${min} to ${max})${verdict}`;
}

function besides(
  reference: number | null,
  band: number | null | undefined,
  within: boolean | null | undefined,
): string {
  if (reference === null) return '';
  return within === true
    ? `, within ${band} of ${reference}`
    : within === false
      ? `, NOT within ${band} of ${reference}`
      : `, beside ${reference}`;
}
