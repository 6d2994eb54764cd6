/**
 * Why a decision fell as it did.
 *
 * A mind that computes utilities records every option it weighed with the additive terms of its utility, which it names
 * itself, luck included: the option with the largest sum was taken (ties to the first). A mind that reasons in words
 * records its reason and no options.
 */
import { type ByteReader, type ByteWriter, MalformedBytes } from '../encoding/bytes.ts';
import { type Field, int, list, milliNumber, record, text, type ValueOf } from '../encoding/field.ts';

/** Names that are written as one byte: append, never reorder. A mind may use any other name, which is written out. */
const SHORT_NAMES: readonly string[] = [
  'base',
  'taste',
  'popularity',
  'heard',
  'explained',
  'novelty',
  'rank',
  'fatigue',
  'luck',
];
const shortCodes: ReadonlyMap<string, number> = new Map(SHORT_NAMES.map((name, index) => [name, index + 1]));
const WRITTEN_OUT = 0;

const termName: Field<string> = {
  ...text,
  write(to: ByteWriter, name: string) {
    const code = shortCodes.get(name);
    to.byte(code ?? WRITTEN_OUT);
    if (code === undefined) text.write(to, name);
  },
  read(from: ByteReader) {
    const code = from.byte();
    const name = code === WRITTEN_OUT ? text.read(from) : SHORT_NAMES[code - 1];
    if (name === undefined || (code === WRITTEN_OUT && shortCodes.has(name)))
      throw new MalformedBytes('no name of a term in its one spelling', from.offset);
    return name;
  },
};

/** One additive part of the utilities: a number per option, in thousandths of a utility unit (logit). */
const termField = record({ name: termName, values: list(milliNumber) });

export const groundsField = record({ options: list(int), terms: list(termField), reason: text });

/**
 * `options` are film ids where films were weighed, agent ids where contacts were; the actions below are negative. Terms
 * that are zero for every option are left out.
 */
export type Grounds = ValueOf<typeof groundsField>;
export type Term = Grounds['terms'][number];

/** Options that are no film and no agent. */
export const ACTION = {
  nextPage: -1,
  search: -2,
  leave: -3,
  recommender: -4,
  social: -5,
  idle: -6,
  quit: -7,
  chat: -8,
  post: -9,
  silence: -10,
} as const;

/** Grounds of a decision for which nothing was weighed. */
export function reasoned(reason: string): Grounds {
  return { options: [], terms: [], reason };
}

/** Stands for grounds that were left out, or of a decision that nobody took. */
export const NO_GROUNDS: Grounds = reasoned('');

/** A term of an option, in utility units; 0 where no such term was weighed. */
export function termOf({ terms }: Grounds, name: string, option: number): number {
  return terms.find((term) => term.name === name)?.values[option] ?? 0;
}

/** The sum of an option's terms, in whole thousandths so that it is exact. */
export function utilityOf({ terms }: Grounds, option: number): number {
  let thousandths = 0;
  for (const { values } of terms) thousandths += Math.round((values[option] ?? 0) * 1000);
  return thousandths;
}

/** The index of the option with the largest utility; the first of equals. -1 when there are none. */
export function bestOption(grounds: Grounds): number {
  let best = -1;
  let bestUtility = -Infinity;
  for (let option = 0; option < grounds.options.length; option++) {
    const utility = utilityOf(grounds, option);
    if (utility > bestUtility) {
      best = option;
      bestUtility = utility;
    }
  }
  return best;
}
