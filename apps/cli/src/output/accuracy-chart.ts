/**
 * Accuracies as a picture: a panel for each metric, in it a bar for each recommender with its 95 % interval and its
 * figures. Plain SVG without scripts, that follows the reader's light or dark scheme. Values in, text out: the same
 * values give the same bytes.
 */
import { cut } from './table.ts';

export interface ChartBar {
  readonly label: string;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

interface ChartPanel {
  readonly metric: string;
  /** At least one; all figures from 0. */
  readonly bars: readonly ChartBar[];
}

export interface Chart {
  readonly title: string;
  readonly subtitle: string;
  readonly panels: readonly ChartPanel[];
}

/** In pixels. */
const WIDTH = 760;
const MARGIN = 24;
const FIGURES_WIDTH = 190;
const ROW = 28;
const BAR = 16;
const CAP = 5;
const HEAD = 76;
const PANEL_HEAD = 30;
const AXIS = 34;
const LETTER = 7.4;
const LABEL_LETTERS_MAX = 24;
const SUBTITLE_LETTERS_MAX = 96;

const DARK =
  'text{fill:#e6edf3}.soft,.tick{fill:#9ea7b3}.paper{fill:#0d1117}.bar{fill:#2f5f9e}' +
  '.grid{stroke:#2a313a}.axis{stroke:#9ea7b3}.interval{stroke:#e6edf3}';
const STYLE = [
  'text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;fill:#1f2328}',
  '.title{font-size:17px;font-weight:600}.metric{font-size:14px;font-weight:600}' +
    '.soft{fill:#57606a}.tick{font-size:11px;fill:#57606a}',
  '.paper{fill:#ffffff}.bar{fill:#8ab4e8}.grid{stroke:#d8dee4}' +
    '.axis{stroke:#57606a}.interval{stroke:#1f2328;stroke-width:1.5;fill:none}',
  `@media (prefers-color-scheme:dark){${DARK}}`,
].join('\n');

/** An SVG document, 760 pixels wide. */
export function accuracyChart({ title, subtitle, panels }: Chart): string {
  const labels = panels.flatMap(({ bars }) => bars.map(({ label }) => Array.from(label).length));
  const left = MARGIN + Math.min(LABEL_LETTERS_MAX, Math.max(0, ...labels)) * LETTER + 12;
  const drawn: string[] = [];
  let top = HEAD;
  for (const panel of panels) {
    drawn.push(...drawPanel(panel, { left, right: WIDTH - MARGIN - FIGURES_WIDTH, top }));
    top += PANEL_HEAD + panel.bars.length * ROW + AXIS;
  }
  const height = top + MARGIN / 2;
  const labelled = 'role="img" aria-labelledby="chart-title chart-description"';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" ` +
      `viewBox="0 0 ${WIDTH} ${height}" ${labelled}>`,
    `<title id="chart-title">${escaped(title)}</title>`,
    `<desc id="chart-description">${escaped(described(panels))}</desc>`,
    `<style>${STYLE}</style>`,
    `<rect class="paper" width="${WIDTH}" height="${height}"/>`,
    text({ x: MARGIN, y: 34, kind: 'title' }, title),
    text({ x: MARGIN, y: 56, kind: 'soft' }, cut(subtitle, SUBTITLE_LETTERS_MAX)),
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}

interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
}

function drawPanel({ metric, bars }: ChartPanel, { left, right, top }: Frame): string[] {
  const ticks = ticksTo(Math.max(...bars.map(({ mean, high }) => Math.max(mean, high))));
  const x = (value: number): number => rounded(left + ((right - left) * value) / ticks.end);
  const first = top + PANEL_HEAD;
  const bottom = first + bars.length * ROW;
  const lines = ticks.values.flatMap((value) => [
    line({ x1: x(value), y1: first - 4, x2: x(value), y2: bottom + 4, kind: value === 0 ? 'axis' : 'grid' }),
    text({ x: x(value), y: bottom + 18, kind: 'tick', anchor: 'middle' }, value.toFixed(ticks.digits)),
  ]);
  const rows = bars.flatMap((bar, index) => drawBar(bar, x, { left, right, top: first + index * ROW }));
  return [text({ x: MARGIN, y: top + 14, kind: 'metric' }, metric), ...lines, ...rows];
}

function drawBar(
  { label, mean, low, high }: ChartBar,
  x: (value: number) => number,
  { left, right, top }: Frame,
): string[] {
  const middle = top + ROW / 2;
  const cap = (end: number): string => `M${x(end)} ${middle - CAP}v${2 * CAP}`;
  return [
    text({ x: left - 10, y: middle + 4.5, anchor: 'end' }, cut(label, LABEL_LETTERS_MAX)),
    `<rect class="bar" x="${left}" y="${middle - BAR / 2}" width="${rounded(x(mean) - left)}" height="${BAR}"/>`,
    `<path class="interval" d="${cap(low)}M${x(low)} ${middle}H${x(high)}${cap(high)}"/>`,
    text({ x: right + 16, y: middle + 4.5 }, `${figure(mean)}  (${figure(low)} to ${figure(high)})`),
  ];
}

interface Ticks {
  readonly values: readonly number[];
  /** Where the axis ends. */
  readonly end: number;
  /** After the point. */
  readonly digits: number;
}

/**
 * Steps as parts of the largest power of ten at or below the most, and how many digits more than it they need: with one
 * of them there are at most five.
 */
const STEPS = [
  { part: 0.2, more: 1 },
  { part: 0.5, more: 1 },
  { part: 1, more: 0 },
  { part: 2, more: 0 },
] as const;
const STEPS_MAX = 5;

/** From 0 to the first step at or above the most. */
function ticksTo(most: number): Ticks {
  const top = most > 0 ? most : 1;
  let [unit, digits] = [1, 0];
  for (; unit > top; unit /= 10) digits += 1;
  while (unit * 10 <= top) unit *= 10;
  const { part, more } = STEPS.find((step) => top / (step.part * unit) <= STEPS_MAX) ?? STEPS[3];
  const step = part * unit;
  const steps = Math.ceil(top / step);
  return {
    values: Array.from({ length: steps + 1 }, (_, index) => index * step),
    end: steps * step,
    digits: unit > 1 ? 0 : digits + more,
  };
}

function described(panels: readonly ChartPanel[]): string {
  return panels
    .map(({ metric, bars }) => {
      const figures = bars.map(
        ({ label, mean, low, high }) => `${label} ${figure(mean)} (${figure(low)} to ${figure(high)})`,
      );
      return `${metric}: ${figures.join(', ')}.`;
    })
    .join(' ');
}

const figure = (value: number): string => value.toFixed(4);

const rounded = (value: number): number => Math.round(value * 100) / 100;

interface Place {
  readonly x: number;
  readonly y: number;
  readonly kind?: string;
  readonly anchor?: 'middle' | 'end';
}

function text({ x, y, kind, anchor }: Place, words: string): string {
  const ofKind = kind === undefined ? '' : ` class="${kind}"`;
  const anchored = anchor === undefined ? '' : ` text-anchor="${anchor}"`;
  return `<text x="${rounded(x)}" y="${y}"${ofKind}${anchored}>${escaped(words)}</text>`;
}

function line({
  x1,
  y1,
  x2,
  y2,
  kind,
}: {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly kind: string;
}): string {
  return `<line class="${kind}" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;
}

const ENTITIES: { readonly [letter: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** As content of XML 1.0, which has no place for most control characters and for half surrogates. */
function escaped(words: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is to be found
  const allowed = words.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
  return allowed.replace(/[&<>"']/g, (letter) => ENTITIES[letter] as string);
}
