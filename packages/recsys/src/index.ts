/** Recommenders, search, data importers and offline evaluation: what gives the simulated users their films. */
export { loadDataset } from './adapters/load-dataset.ts';
export { loadSplit } from './adapters/load-split.ts';
export { loadSampleCatalogue } from './adapters/sample-catalogue.ts';
export { type SharedTitle, sharedTitles } from './data/film-title.ts';
export { type DataFault, InvalidData } from './data/invalid-data.ts';
export { parseFilms } from './data/plain-csv.ts';
export { type Accuracy, evaluate, type Evaluation, measure } from './evaluation/evaluate.ts';
export { protocols, UnknownProtocol } from './evaluation/protocols/protocols.ts';
export { asInteractions, fitTo, type RankedUser, rankUsers } from './evaluation/rank-users.ts';
export type { Split, Watches } from './evaluation/split.ts';
export { withRandomShare } from './recommenders/random-share.ts';
export { InvalidParameters, type RecommenderDefinition } from './recommenders/recommender-definition.ts';
export { createRecommender, recommenders } from './recommenders/recommenders.ts';
export { textSearch } from './search/text-search.ts';
