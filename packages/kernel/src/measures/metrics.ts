/**
 * Every metric, defined once: how it is made, its unit and range, and what its figure lets one conclude. A run's
 * summary, figures of a round and `compare` are all made from these entries; to add one is to add a metric.
 */
import { gini } from '../numbers/draws.ts';
import { entropyOfCounts } from './count-logarithms.ts';
import type { Metric } from './metric.ts';
import {
  earlyExits,
  exits,
  impressions,
  messages,
  rarity,
  ratings,
  satisfactionAtExit,
  searches,
  shown,
  slateEntropy,
  slates,
  stars,
  turns,
  visits,
  watched,
  watches,
} from './sums.ts';

const FROM_0 = '0 and up';

export const METRICS = {
  agentRounds: {
    kind: 'count',
    of: turns,
    formula: 'turns taken: pairs of an agent and a round in which it was active',
    unit: 'turns',
    range: '0 to agents x rounds',
    mayConclude: 'how much was simulated, and whether two runs had equally many turns',
    mayNotConclude: 'that agents liked it: who is active is drawn before anything is shown',
  },
  visits: {
    kind: 'count',
    of: visits,
    formula: 'turns that were spent in the recommender',
    unit: 'visits',
    range: '0 to agentRounds',
    mayConclude: 'whether agents come back to the recommender rather than to their friends or to nothing',
    mayNotConclude: 'how long or how content they stayed: see impressions and satisfaction',
  },
  watches: {
    kind: 'count',
    of: watches,
    formula: 'films watched, from slates and from search',
    unit: 'films',
    range: FROM_0,
    mayConclude: 'how much was consumed',
    mayNotConclude: 'that it was enjoyed (see meanRating), nor that the slates brought it about (searches count too)',
  },
  impressions: {
    kind: 'count',
    of: impressions,
    formula: 'films shown on slates, each time one is shown; results of searches are not counted',
    unit: 'showings',
    range: FROM_0,
    mayConclude: 'how far agents leafed through what they were offered',
    mayNotConclude: 'that more is better: who finds nothing leafs further',
  },
  clickThrough: {
    kind: 'ratio',
    above: watches,
    below: impressions,
    looksBack: false,
    formula: 'watches / impressions',
    unit: 'films watched per film shown',
    range: '0 and up; above 1 only if most is found by searching',
    mayConclude: 'how readily what is shown is taken',
    mayNotConclude: 'the quality of the ranking alone: page size, fatigue and watches out of searches move it too',
  },
  meanRating: {
    kind: 'ratio',
    above: stars,
    below: ratings,
    looksBack: false,
    formula: 'sum of ratings / number of ratings',
    unit: 'stars',
    range: '1 to 5; 0 where nothing was rated',
    mayConclude: 'how well the films that were watched were liked',
    mayNotConclude: 'how well the films that were shown would have been: agents choose what they watch',
  },
  satisfaction: {
    kind: 'ratio',
    above: satisfactionAtExit,
    below: exits,
    looksBack: false,
    formula: 'sum of satisfaction at the end of each visit / number of visits that ended',
    unit: 'share',
    range: '0 to 1; 0 where no visit ended',
    mayConclude: 'in which mood visits end, as the mind keeps it',
    mayNotConclude: 'the mood of those who stay away; figures of different minds are not on one scale',
  },
  genreEntropyShown: {
    kind: 'ratio',
    above: slateEntropy,
    below: slates,
    looksBack: false,
    formula: 'mean over slates of the Shannon entropy of the genres of the films on it, each genre of a film counted',
    unit: 'nats per slate',
    range: '0 to ln(number of genres)',
    mayConclude: 'how mixed a single page is',
    mayNotConclude:
      'how mixed all that an agent meets is: equal pages, each mixed, score high; see genreEntropyOfAgent',
  },
  genreEntropyOfAgent: {
    kind: 'genres of agents',
    films: shown,
    of: entropyOfCounts,
    formula: 'Shannon entropy of the genres of all films shown to an agent; mean over agents that were shown any',
    unit: 'nats per agent',
    range: '0 to ln(number of genres)',
    mayConclude: 'whether an agent is shown a narrower or a wider part of the catalogue over time (a bubble)',
    mayNotConclude: 'a change between spans of different length: more showings have more entropy',
  },
  genreEntropyWatched: {
    kind: 'genres of agents',
    films: watched,
    of: entropyOfCounts,
    formula: 'Shannon entropy of the genres of all films an agent watched; mean over agents that watched any',
    unit: 'nats per agent',
    range: '0 to ln(number of genres)',
    mayConclude: 'whether what agents watch narrows or widens',
    mayNotConclude: 'narrowing where agents merely watched less: few films have little entropy; look at watches',
  },
  coverage: {
    kind: 'films',
    films: shown,
    of: (counts) => {
      let found = 0;
      for (let film = 0; film < counts.length; film++) if ((counts[film] as number) > 0) found += 1;
      return counts.length === 0 ? 0 : found / counts.length;
    },
    formula: 'films that may be shown and were shown to anybody / films that may be shown',
    unit: 'share',
    range: '0 to 1',
    mayConclude: 'how much of the catalogue gets a chance at all',
    mayNotConclude:
      'that it gets a fair one (see exposureGini), nor anything between different numbers of agents or rounds',
  },
  exposureGini: {
    kind: 'films',
    films: shown,
    of: gini,
    formula: 'Gini coefficient of showings over the films that may be shown',
    unit: 'none',
    range: '0 (all alike) towards 1 (all on one film)',
    mayConclude: 'how unequally showings are spread over films',
    mayNotConclude: 'which films gain, nor anything between catalogues of different size',
  },
  novelty: {
    kind: 'ratio',
    above: rarity,
    below: impressions,
    looksBack: true,
    formula:
      "mean over films shown of -log2 of the film's share of all watches of the run so far: (its watches + 1) / (all watches + films)",
    unit: 'bits per film shown',
    range: FROM_0,
    mayConclude: 'how far from the beaten track the films shown are, as of when they were shown',
    mayNotConclude: 'that they are new to the agent that sees them; early rounds are alike, since little was watched',
  },
  earlyExits: {
    kind: 'count',
    of: earlyExits,
    formula: 'visits that were left tired or dissatisfied',
    unit: 'visits',
    range: '0 to visits',
    mayConclude: 'how often a visit ends before its limits or its end of pages',
    mayNotConclude: 'a worse recommender where visits rose as well: compare with visits',
  },
  searches: {
    kind: 'count',
    of: searches,
    formula: 'searches made',
    unit: 'searches',
    range: FROM_0,
    mayConclude: 'how often agents looked for something themselves',
    mayNotConclude: 'that the slates failed: some agents like to look',
  },
  messages: {
    kind: 'count',
    of: messages,
    formula: 'messages sent: posts, and each turn of a chat, on the account of the agent that began it',
    unit: 'messages',
    range: FROM_0,
    mayConclude: 'how much agents talk',
    mayNotConclude: 'what reaches whom: a post reaches all contacts of an agent, a chat one',
  },
} as const satisfies { readonly [name: string]: Metric };

export type MetricName = keyof typeof METRICS;
