/** Recommenders, search, data importers and offline evaluation: what gives the simulated users their films. */
export { loadDataset } from './adapters/load-dataset.ts';
export { loadSampleCatalogue } from './adapters/sample-catalogue.ts';
export { type SharedTitle, sharedTitles } from './data/film-title.ts';
export { type DataFault, InvalidData } from './data/invalid-data.ts';
export { parseFilms } from './data/plain-csv.ts';
export { asInteractions, evaluate, type EvaluationOptions, type Split, type Watches } from './evaluation/evaluate.ts';
export { type RankedUser, type RankingAccuracy, rankingAccuracy } from './evaluation/ranking-accuracy.ts';
export { withRandomShare } from './recommenders/random-share.ts';
export { InvalidParameters, type RecommenderDefinition } from './recommenders/recommender-definition.ts';
export { createRecommender, recommenders } from './recommenders/recommenders.ts';
export { textSearch } from './search/text-search.ts';
