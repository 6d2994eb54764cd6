/** The answer to "why" in words: what was weighed, the recorded causes as a tree, and beside them the tested ones. */
import { ACTION, type LogEvent, termOf, utilityOf } from '@rashomon/kernel';
import type { ButFor, WhyCause, WhyReport } from '@rashomon/replay';
import { tell } from './event-words.ts';
import { count } from './numbers.ts';
import type { Output } from './output.ts';
import { cut, tableLines } from './table.ts';
import type { TitleOf } from './titles.ts';

export interface WhyContext {
  readonly titleOf: TitleOf;
  readonly output: Output;
}

interface TreeContext extends WhyContext {
  /** Positions of the events told so far. */
  readonly told: Set<number>;
}

const OPTIONS_SHOWN = 5;
const LINE_WIDTH = 110;
const TITLE_WIDTH = 32;
const ACTION_WORDS = new Map<number, string>(
  Object.entries(ACTION).map(([word, option]) => [
    option,
    word.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
  ]),
);

export function whyLines(report: WhyReport, context: WhyContext): string[] {
  const { bold, dim } = context.output.colours;
  const { event, summary, causes, more, butFor } = report;
  return [
    bold(summary),
    dim(`position ${event.position}, ${describe(event, context)}`),
    ...weighedLines(event, context),
    '',
    bold('recorded causes'),
    ...(causes.length === 0
      ? [dim('  none: it is where everything starts')]
      : treeLines(causes, more, '  ', { ...context, told: new Set() })),
    '',
    bold('tested causes'),
    ...(butFor === null
      ? [dim('  not tested: --but-for takes the decision again without each cause')]
      : testLines(butFor, context)),
  ];
}

function describe(event: LogEvent, { titleOf }: WhyContext): string {
  const who = event.agent === null ? '' : `agent ${event.agent} `;
  return `round ${event.round}: ${who}${event.type} ${tell(event, titleOf)}`.trimEnd();
}

/** The options with the largest utilities, term by term; terms that are zero for all of them are left out. */
function weighedLines(event: LogEvent, { titleOf, output }: WhyContext): string[] {
  const { bold, dim } = output.colours;
  const grounds = 'grounds' in event.data ? event.data.grounds : null;
  if (grounds === null) return [];
  if (grounds.options.length === 0)
    return grounds.reason === '' ? [] : ['', bold('the reason it gave'), `  ${cut(grounds.reason, 200)}`];
  const ranked = grounds.options
    .map((option, index) => ({ option, index, utility: utilityOf(grounds, index) }))
    .sort((a, b) => b.utility - a.utility || a.index - b.index);
  const shown = ranked.slice(0, OPTIONS_SHOWN);
  const terms = grounds.terms
    .map(({ name }) => name)
    .filter((term) => shown.some(({ index }) => termOf(grounds, term, index) !== 0));
  const rows = shown.map(({ option, index, utility }, place) => {
    const cells = [
      cut(optionWord(event, option, titleOf), TITLE_WIDTH),
      ...terms.map((term) => termOf(grounds, term, index).toFixed(2)),
      (utility / 1000).toFixed(2),
    ];
    return ['', ...(place === 0 ? cells.map(bold) : cells)];
  });
  const rest = grounds.options.length - shown.length;
  return [
    '',
    `${bold('what was weighed')} ${dim('(the largest sum is taken)')}`,
    ...tableLines([['', ...['', ...terms, 'SUM'].map(dim)], ...rows], `ll${'r'.repeat(terms.length + 1)}`),
    ...(rest === 0 ? [] : [dim(`  and ${count(rest)} more options`)]),
  ];
}

function optionWord({ type }: LogEvent, option: number, titleOf: TitleOf): string {
  if (option < 0) return ACTION_WORDS.get(option) ?? `action ${option}`;
  if (type === 'FilmRated') return `${option} of 5`;
  return type === 'ChatStarted' || type === 'PostMade' || type === 'StayedSilent'
    ? `chat with agent ${option}`
    : titleOf(option);
}

/** Each cause with its own below it; what stands further up already is named and not told again. */
function treeLines(causes: readonly WhyCause[], more: number, indent: string, context: TreeContext): string[] {
  const { told, output } = context;
  const { dim, cyan } = output.colours;
  const lines = causes.flatMap(({ role, event, influence, causes: below, more: left }) => {
    const weight = influence === null ? '' : ` ${dim(`(${percent(influence)})`)}`;
    const isTold = told.has(event.position);
    if (below.length > 0) told.add(event.position);
    const words = cut(describe(event, context), LINE_WIDTH);
    const head = `${indent}${cyan(role)} ${dim(String(event.position))} ${words}${weight}`;
    if (isTold && below.length > 0) return [`${head} ${dim('(see above)')}`];
    return [head, ...treeLines(below, left, `${indent}  `, context)];
  });
  return more === 0 ? lines : [...lines, `${indent}${dim(`and ${count(more)} more`)}`];
}

function percent(share: number): string {
  const whole = Math.round(share * 100);
  return whole === 0 ? 'under 1 %' : `${whole} %`;
}

function testLines(tests: readonly ButFor[], { output }: WhyContext): string[] {
  const { bold, dim, cyan } = output.colours;
  if (tests.length === 0) return [dim('  nothing to test: no message, past watch or intervention is among the causes')];
  const rows = tests.map(({ role, position, flips, instead }) => {
    const verdict = flips ? `${bold('flips')}: ${insteadOf(instead)}` : 'the same';
    return ['', `without ${cyan(role)} ${position}`, verdict];
  });
  return tableLines(rows);
}

function insteadOf(instead: ButFor['instead']): string {
  if (instead === null) return 'something else';
  if (instead.film === null) return instead.do;
  return `${instead.do} "${instead.title ?? `film ${instead.film}`}"`;
}
