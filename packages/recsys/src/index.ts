/** Recommenders, search, data importers and offline evaluation: what gives the simulated users their films. */
export { loadDataset } from './adapters/load-dataset.ts';
export { loadSplit } from './adapters/load-split.ts';
export { knock } from './adapters/remote-client.ts';
export { RemoteUnavailable } from './adapters/remote-conversation.ts';
export { loadSampleCatalogue } from './adapters/sample-catalogue.ts';
export { type SharedTitle, sharedTitles } from './data/film-title.ts';
export { type DataFault, InvalidData } from './data/invalid-data.ts';
export { parseFilms } from './data/plain-csv.ts';
export { evaluate, type Evaluation, usersIn } from './evaluation/evaluate.ts';
export { type Accuracy, measure, type MeasureOptions, type RankedFold } from './evaluation/measure.ts';
export { metricNames } from './evaluation/metric-names.ts';
export { type LoadedSplit, protocols, UnknownProtocol } from './evaluation/protocols/protocols.ts';
export { asInteractions, fitTo, NOBODY_KNOWN, type RankedUser, rankUsers } from './evaluation/rank-users.ts';
export type { Split, Watches } from './evaluation/split.ts';
export { type ColdStartSettings, withColdStart } from './slates/cold-start.ts';
export { InvalidParameters, type RecommenderDefinition } from './recommenders/recommender-definition.ts';
export {
  createRecommender,
  type OwnRecommender,
  ownRecommender,
  recommenders,
} from './recommenders/recommenders.ts';
export { withoutCredentials } from './recommenders/without-credentials.ts';
export { hybridSearch } from './search/hybrid-search.ts';
export { withCalibration } from './slates/calibration.ts';
export { withDiversity } from './slates/diversity.ts';
export { withExplanations } from './slates/explanation.ts';
export { withExploration } from './slates/exploration.ts';
export { type FilmFilter, passes, withFilter } from './slates/filter.ts';
export { withRandomShare } from './slates/random-share.ts';
export { textSearch } from './search/text-search.ts';
