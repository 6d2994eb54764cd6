/**
 * What was in force in runs of 0.1 where their log says nothing. Keys that 0.1 did not know are off, whatever their
 * default became: a page is ranked and no more, words are searched as typed. Recommenders and minds are as 0.2 read
 * them, which replayed these runs. Never to be changed.
 */
import { DEFAULTS_0_2 } from './defaults-0-2.data.ts';
import type { DefaultsOfOld } from './values.ts';

export const DEFAULTS_0_1: DefaultsOfOld = {
  ...DEFAULTS_0_2,
  config: {
    slate: {
      coldStart: 'off',
      explore: 0,
      rerank: 'none',
      rerankWeight: 0,
      candidates: 0,
      genres: [],
      withoutGenres: [],
      yearMin: 0,
      yearMax: 0,
    },
    recommender: { retrainEvery: 0 },
    explanations: 'off',
    search: { method: 'text' },
  },
};
