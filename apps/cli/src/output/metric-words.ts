/** The definitions of metrics in words: what `compare --explain` prints. */
import type { Colours } from './output.ts';

export interface DefinedMetric {
  readonly name: string;
  readonly formula: string;
  readonly unit: string;
  readonly range: string;
  /** How it is summed in `run` and `show`, and in `compare`. */
  readonly ofRun: string;
  readonly ofAgents: string;
  readonly mayConclude: string;
  readonly mayNotConclude: string;
}

/** @throws UnknownMetric */
export async function definitionsOf(names: readonly string[] | undefined): Promise<readonly DefinedMetric[]> {
  const { SUMMED } = await import('@rashomon/kernel');
  const { chosenMeasures } = await import('@rashomon/replay');
  return [...chosenMeasures(names).metrics].map(([name, metric]) => {
    const { formula, unit, range, mayConclude, mayNotConclude } = metric;
    const { run, agents } = SUMMED[metric.kind];
    return { name, formula, unit, range, ofRun: run, ofAgents: agents, mayConclude, mayNotConclude };
  });
}

export function definitionLines(definitions: readonly DefinedMetric[], { bold, dim }: Colours): string[] {
  return definitions.flatMap(({ name, formula, unit, range, ofRun, ofAgents, mayConclude, mayNotConclude }, index) => [
    ...(index === 0 ? [] : ['']),
    bold(name),
    `  ${formula}`,
    `  ${dim('unit')} ${unit}  ${dim('range')} ${range}`,
    `  ${dim('summed')} in run and show: ${ofRun}; in compare: ${ofAgents}`,
    `  ${dim('says')} ${mayConclude}`,
    `  ${dim('does not say')} ${mayNotConclude}`,
  ]);
}
