/**
 * How a film was: an ordered logit over 1 to 5 stars (McKelvey & Zavoina, "A Statistical Model for the Analysis of
 * Ordinal Level Dependent Variables", Journal of Mathematical Sociology 4, 1975).
 *
 * The latent experience y falls between two of four thresholds t1 < t2 < t3 < t4. The same choice is the largest of
 * the five utilities U(r) = (r - 3) y - (sum of thresholds passed since 3), because U(r + 1) - U(r) = y - t(r):
 * so that a rating has additive grounds like any other decision. The grounds' options are the stars 1 to 5.
 */
import {
  type Cause,
  ln,
  type LuckOf,
  type Mention,
  milli,
  type ReactionAnswer,
  type ReactionQuestion,
} from '@rashomon/kernel';
import type { Workbench } from './asking.ts';
import { feelingOf } from './feelings.ts';
import { filmTable, likingOf } from './film-traits.ts';
import { heardTerm } from './hearsay.ts';
import { meanWatches, popularityOf } from './popularity.ts';
import type { ChoiceParameters } from './parameters.ts';
import { TERM_AT, type TermAt, type Weighing } from './weighing.ts';

type Stars = ReactionAnswer['rating'];

export function decideReaction(question: ReactionQuestion, bench: Workbench): ReactionAnswer {
  const { agent, film, luck, progress, world } = question;
  const { drifting, weighing } = bench;
  const p = bench.parameters;
  const traits = filmTable(world.catalogue).of(film);
  const liking = likingOf(traits, progress.taste);

  weighing.begin();
  openStars(weighing, p, agent.persona.features.critic ? -p.criticStrictness : 0);
  spread(weighing, TERM_AT.taste, p.ratingTaste * liking + p.ratingQuality * traits.quality);
  spread(weighing, TERM_AT.popularity, p.popularityWeight * popularityOf(world.watchesOf(film), meanWatches(world)));
  const opinions = sumOpinions(question, bench);
  spread(weighing, TERM_AT.heard, heardTerm(opinions.sum, p.ratingHeard, p.heardCap));
  spread(weighing, TERM_AT.luck, logisticLuck(luck, film));
  // Sound: the options are the stars.
  const best = weighing.best();
  const rating = weighing.optionAt(best) as Stars;

  const because: Cause[] = [];
  bench.told.addWeighedTo(because, weighing.shareOf(best, TERM_AT.heard), opinions.size);
  drifting.begin(progress.taste);
  drifting.push(traits, (p.driftWatched * (rating - 3)) / 2);
  return {
    grounds: weighing.grounds(),
    because,
    rating,
    feeling: feelingOf(world.catalogue, { film, rating, taste: progress.taste, luck }),
    satisfaction: milli(progress.satisfaction + p.satisfactionRate * ((rating - 1) / 4 - progress.satisfaction)),
    fatigue: milli(progress.fatigue + p.watchFatigue),
    taste: drifting.shift(),
  };
}

/** Options 1 to 5 with their thresholds and a shift of the latent experience as base; all in whole thousandths. */
function openStars(weighing: Weighing, p: ChoiceParameters, shift: number): void {
  const base = Math.round(shift * 1000) / 1000;
  const { ratingThreshold1: t1, ratingThreshold2: t2, ratingThreshold3: t3, ratingThreshold4: t4 } = p;
  weighing.option(1, -2 * base + t1 + t2, 0);
  weighing.option(2, -base + t2, 0);
  weighing.option(3, 0, 0);
  weighing.option(4, base - t3, 0);
  weighing.option(5, 2 * base - t3 - t4, 0);
}

/** A part x of the latent experience adds (r - 3) x to the utility of r stars. */
function spread(weighing: Weighing, term: TermAt, part: number): void {
  const rounded = Math.round(part * 1000) / 1000;
  for (let stars = 1; stars <= 5; stars++) weighing.set(stars - 1, term, (stars - 3) * rounded);
}

/** Standard logistic: the error of an ordered logit. */
function logisticLuck(luck: LuckOf, film: number): number {
  const uniform = luck.for('rating').uniform(film);
  return ln(uniform / (1 - uniform));
}

/**
 * What was said of the film, by weight of the speakers: its sum and size, and the heaviest mentions into `bench.told`.
 */
function sumOpinions(
  { agent, film, world }: ReactionQuestion,
  { listener, told }: Workbench,
): { readonly sum: number; readonly size: number } {
  const { heard } = agent;
  listener.listen(agent, world.round, 0);
  told.begin();
  let sum = 0;
  let size = 0;
  for (let i = 0; i < heard.length; i++) {
    const mention = heard[i] as Mention;
    if (mention.film !== film) continue;
    const weight = listener.weightOf(mention);
    if (weight === 0) continue;
    sum += weight;
    size += Math.abs(weight);
    told.offer(mention.position, Math.abs(weight));
  }
  return { sum, size };
}
