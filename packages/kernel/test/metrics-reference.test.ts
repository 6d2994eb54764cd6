/** docs/metrics.md is made from the definitions. UPDATE_DOCS=1 writes it; without it, it is compared. */
import { expect, test } from '@jest/globals';
import { type Definition, METRICS, SUMMED } from '@rashomon/kernel';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const reference = join(import.meta.dirname, '..', '..', '..', 'docs', 'metrics.md');

test('docs/metrics.md says what the definitions say', () => {
  const generated = metricReference();
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(reference, generated);
  expect(readFileSync(reference, 'utf8')).toBe(generated);
});

test('every definition is told in full', () => {
  const told = ['formula', 'unit', 'range', 'mayConclude', 'mayNotConclude'] as const;
  for (const metric of Object.values<Definition>(METRICS))
    for (const part of told) expect(metric[part].trim().length).toBeGreaterThan(2);
});

function metricReference(): string {
  const lines = [
    '# Metrics',
    '',
    'Every metric, made from `packages/kernel/src/measures` by `UPDATE_DOCS=1 npm run -s jest -- metrics-reference`. ' +
      '`rashomon compare --explain` prints the same.',
    '',
    'A name stands for one quantity wherever it is printed. ' +
      'What an event adds is booked to the account of its agent, and then accounts are summed:',
    'all of them for the figure of a run (`run`, `show`, `runs`) or of a round, ' +
      'those of the agents compared in `compare`. Counts are totals of a run and means per agent in `compare`;',
    'ratios are a sum divided by a sum, never a mean of ratios, and 0 where nothing was counted. ' +
      '`compare` covers the rounds that two runs do not share.',
    '',
    '## Intervals',
    '',
    '`compare` gives the 95 % percentile interval of a bootstrap over agents. ' +
      'Runs that share rounds, or began with the same people, films and seed, have the same agents',
    'under the same luck: each agent is drawn with both of its stories (`paired: true`). ' +
      'Other runs are strangers: agents are drawn in each run by itself (`paired: false`),',
    'which gives wider intervals, and honest ones. Figures over all films are corrected for the bias ' +
      'that a resample has fewer of the agents and so shows fewer films.',
    '',
    'An interval over agents speaks of other agents in the same run of events; ' +
      'it does not say what another seed would bring. ' +
      'Agents hear of films from one another and share one model, so they are',
    'not independent, and intervals are somewhat too narrow where much is social. ' +
      'A `*` is printed where the interval leaves out 0 and at least 10 agents entered; of twenty metrics without',
    'any difference one gets a `*` by chance.',
    '',
  ];
  for (const [name, metric] of Object.entries(METRICS)) {
    const { formula, unit, range, mayConclude, mayNotConclude, kind } = metric;
    const { run, round, agents } = SUMMED[kind];
    lines.push(`## ${name}`, '', '| | |', '|---|---|');
    const rows = [
      ['formula', formula],
      ['unit', unit],
      ['range', range],
      ['summed', `of a run: ${run}; of a round: ${round}; in \`compare\`: ${agents}`],
      ['one may conclude', mayConclude],
      ['one may not conclude', mayNotConclude],
    ] as const;
    for (const [what, told] of rows) lines.push(`| ${what} | ${told} |`);
    lines.push('');
  }
  return lines.join('\n');
}
