/**
 * The recommender that a configuration names, with everything that is done to its rankings before they are slates. From
 * the inside out: cold start, re-ranking, exploration, the random share, filters, explanations.
 */
import type { OutsideContext, Recommender, RunConfig } from '@rashomon/kernel';
import {
  createRecommender,
  withCalibration,
  withColdStart,
  withDiversity,
  withExplanations,
  withExploration,
  withFilter,
  withRandomShare,
} from '@rashomon/recsys';
import type { Config } from '../config/schema.ts';
import { ownParameters } from '../conditions/own-parameters.ts';
import type { Registry } from '../registry/definitions.ts';

type SlateConfig = Config['slate'];

/** @throws InvalidParameters */
export function recommenderInForce(
  config: RunConfig,
  outside: OutsideContext,
  { recommenders }: Registry,
): Recommender {
  const named = createRecommender(config.recommender.name, ownParameters(config.recommender), {
    outside,
    known: recommenders,
  });
  // Sound: conditions hold every key of a slate.
  const slate = config.slate as SlateConfig;
  const begun = slate.coldStart === 'content' ? withColdStart(named) : named;
  const served = withFilter(
    withRandomShare(withExploration(reranked(begun, slate), slate.explore), slate.random),
    slate,
  );
  return config['explanations'] === 'on' ? withExplanations(served) : served;
}

function reranked(recommender: Recommender, { rerank, rerankWeight: weight, candidates }: SlateConfig): Recommender {
  switch (rerank) {
    case 'none':
      return recommender;
    case 'mmr':
      return withDiversity(recommender, { weight, candidates });
    case 'calibrated':
      return withCalibration(recommender, { weight, candidates });
  }
}
