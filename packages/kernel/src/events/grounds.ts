/**
 * Why a decision fell as it did.
 *
 * A mind that computes utilities records every option it weighed with the additive terms of its
 * utility, luck included: the option with the largest sum was taken (ties to the first). A mind
 * that reasons in words records its reason and no options.
 */
import { int, list, milliNumber, record, text, type ValueOf } from '../encoding/field.ts';

/** The additive terms of a utility, in the order in which they are listed everywhere. */
export const TERMS = ['base', 'taste', 'popularity', 'heard', 'novelty', 'rank', 'fatigue', 'luck'] as const;
export type Term = (typeof TERMS)[number];

const column = list(milliNumber);

/** Columns hold one number per option; an empty column stands for zeros throughout. */
export const groundsField = record({
  options: list(int),
  base: column,
  taste: column,
  popularity: column,
  heard: column,
  novelty: column,
  rank: column,
  fatigue: column,
  luck: column,
  reason: text,
});

/**
 * `options` are film ids where films were weighed, agent ids where contacts were; the actions
 * below are negative. All terms are in thousandths of a utility unit (logit).
 */
export type Grounds = ValueOf<typeof groundsField>;

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
  return {
    options: [],
    base: [],
    taste: [],
    popularity: [],
    heard: [],
    novelty: [],
    rank: [],
    fatigue: [],
    luck: [],
    reason,
  };
}

/** Stands for grounds that were left out, or of a decision that nobody took. */
export const NO_GROUNDS: Grounds = reasoned('');

/** The sum of an option's terms, in whole thousandths so that it is exact. */
export function utilityOf(grounds: Grounds, option: number, without?: Term): number {
  let thousandths = 0;
  for (const term of TERMS) {
    if (term !== without) thousandths += Math.round((grounds[term][option] ?? 0) * 1000);
  }
  return thousandths;
}

/** The index of the option with the largest utility; the first of equals. -1 when there are none. */
export function bestOption(grounds: Grounds, without?: Term): number {
  let best = -1;
  let bestUtility = -Infinity;
  for (let option = 0; option < grounds.options.length; option++) {
    const utility = utilityOf(grounds, option, without);
    if (utility > bestUtility) {
      best = option;
      bestUtility = utility;
    }
  }
  return best;
}
