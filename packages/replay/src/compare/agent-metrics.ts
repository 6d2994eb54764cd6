/**
 * The metrics that are made from per-agent sums. Each is a ratio: a sum over agents divided by another sum
 * over agents. So a mean per agent has 1 for each agent below the line, a rate has its trials, and all are resampled
 * in the same way: agents are drawn, both sums are taken over those drawn, then divided (a ratio estimator, not a mean
 * of ratios). Names are those of the kernel's `summarize`; what there is a total over the run is a mean per agent here.
 */
import { entropy } from '@rashomon/kernel';
import type { AgentTally } from './tally.ts';

export interface AgentMetric {
  readonly name: string;
  /** What it says, with its unit. */
  readonly about: string;
  above(tally: AgentTally): number;
  below(tally: AgentTally): number;
}

const one = (): number => 1;
const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
const any = (counts: readonly number[]): number => (total(counts) > 0 ? 1 : 0);

export const AGENT_METRICS: readonly AgentMetric[] = [
  { name: 'agentRounds', about: 'rounds acted in, per agent', above: (tally) => tally.active, below: one },
  { name: 'visits', about: 'visits to the recommender, per agent', above: (tally) => tally.visits, below: one },
  { name: 'watches', about: 'films watched, per agent', above: (tally) => tally.watches, below: one },
  { name: 'impressions', about: 'films shown on slates, per agent', above: (tally) => tally.impressions, below: one },
  {
    name: 'clickThrough',
    about: 'films watched per film shown',
    above: (tally) => tally.watches,
    below: (tally) => tally.impressions,
  },
  {
    name: 'meanRating',
    about: 'mean rating, 1 to 5',
    above: (tally) => tally.ratingSum,
    below: (tally) => tally.ratings,
  },
  {
    name: 'satisfaction',
    about: 'mean satisfaction at the end of a visit, 0 to 1',
    above: (tally) => tally.satisfactionSum,
    below: (tally) => tally.exits,
  },
  {
    name: 'genreEntropyShown',
    about:
      'Shannon entropy of the genres shown to an agent over all compared rounds, nats; mean over agents that were shown any',
    above: (tally) => entropy(tally.genresShown),
    below: (tally) => any(tally.genresShown),
  },
  {
    name: 'genreEntropyWatched',
    about: 'the same of the genres it watched; mean over agents that watched any',
    above: (tally) => entropy(tally.genresWatched),
    below: (tally) => any(tally.genresWatched),
  },
  {
    name: 'novelty',
    about:
      'mean over films shown of -log2 of their share of the watches of the compared rounds so far (add-one smoothed), bits',
    above: (tally) => tally.noveltySum,
    below: (tally) => tally.impressions,
  },
  {
    name: 'earlyExits',
    about: 'visits left tired or dissatisfied, per agent',
    above: (tally) => tally.earlyExits,
    below: one,
  },
  { name: 'searches', about: 'searches, per agent', above: (tally) => tally.searches, below: one },
  { name: 'messages', about: 'messages sent, per agent', above: (tally) => tally.messages, below: one },
];
