/** The kernel: events, log, stores, luck, exact numbers, the round, folds and projections; ports for the rest. */
export { canonicalJson, type Json } from './encoding/canonical-json.ts';
export { ByteReader, ByteWriter, MalformedBytes } from './encoding/bytes.ts';
export { type AnyField, type Fault, type Field, milli, type ValueOf } from './encoding/field.ts';
export { sha256 } from './encoding/sha256.ts';
export {
  BLOCK_BYTES_MAX,
  type BlockIndex,
  DamagedBlock,
  type EncodedBlock,
  eventAt,
  eventBytesAt,
  EVENTS_PER_BLOCK,
  type OpenBlock,
  openBlock,
  outlineAt,
  packBlocks,
  typeBit,
} from './encoding/block.ts';
export { type EventBatch, encodeBatch } from './events/batch.ts';
export { type Cause, CAUSE_ROLES, type CauseRole } from './events/causes.ts';
export { eventCatalogue, type EventData, type EventOf, type EventType, type LogEvent } from './events/catalogue.ts';
export { eventCodec, UnknownEvent } from './events/codec.ts';
export { DigestChain } from './events/digest.ts';
export {
  ACTION,
  bestOption,
  type Grounds,
  groundsField,
  reasoned,
  type Term,
  termOf,
  utilityOf,
} from './events/grounds.ts';
export {
  BEHAVIOUR,
  type Behaviour,
  type BehaviourFlag,
  behaves,
  CURRENT_BEHAVIOUR,
  UnknownBehaviour,
} from './behaviour/behaviour.ts';
export { type Edition, EDITIONS, editionOf, LATEST_EDITION, UnknownEdition } from './events/editions.ts';
export { type Draws, LuckOf, NOBODY, type PurposeKeys } from './luck/luck.ts';
export { movedInterval, percentileInterval, resampleOf } from './numbers/bootstrap.ts';
export { categorical, entropy, gini, logistic, softmax } from './numbers/draws.ts';
export { exp, ln } from './numbers/exact.ts';
export type {
  Answer,
  AnswerTo,
  Explained,
  Mind,
  PageAnswer,
  PageQuestion,
  PlaceAnswer,
  PlaceQuestion,
  Question,
  ReactionAnswer,
  ReactionQuestion,
  SocialAnswer,
  SocialQuestion,
  TasteShift,
  TurnProgress,
  Utterance,
  WorldView,
} from './ports/mind.ts';
export type {
  Audience,
  AudienceMember,
  Contribution,
  Explanation,
  Interactions,
  MaybePromise,
  Model,
  Ranking,
  Recommender,
  RecommenderAnswer,
  SlateRequest,
  TrainingRequest,
} from './ports/recommender.ts';
export type { Search, SearchEngine } from './ports/search.ts';
export type { Answers, StoredAnswer } from './ports/answers.ts';
export type { Artefacts } from './ports/artefacts.ts';
export type { BlockSelection, EventLog } from './ports/event-log.ts';
export type { Leases, WriterLease } from './ports/leases.ts';
export type { RunHeader, RunProgress, RunRecord, RunRegistry, RunStatus } from './ports/run-registry.ts';
export type { Snapshot, Snapshots } from './ports/snapshots.ts';
export type { Store } from './ports/store.ts';
export { StoreError, type StoreErrorCode } from './ports/store-error.ts';
export {
  type AgentState,
  type Contact,
  idleRounds,
  type Mention,
  type Persona,
  type Received,
  unread,
  type Watched,
} from './state/agent-state.ts';
export { type Bits, countBits, hasBit, setBit } from './state/bits.ts';
export {
  type ActivityMethod,
  type Intervention,
  type PlannedIntervention,
  type RunConfig,
  SCHEDULE_KEYS,
  scheduleOf,
  type TrainingSchedule,
  trainsFromScratch,
} from './world/config.ts';
export type { Dataset, DatasetUser, RatingColumns, Tie } from './world/dataset.ts';
export { type Film, FilmCatalogue } from './world/film.ts';
export { type NewAgent, type Population, populationDigest } from './world/population.ts';
export { BatchBuilder, bytesInBatch, eventInBatch, tailOf } from './events/batch.ts';
export {
  type AnswerRecord,
  answerTo,
  noUse,
  type OutsideContext,
  type OutsideReply,
  type OutsideUse,
  unrecorded,
  UnrecordedRequest,
} from './outside/answers.ts';
export { type AnswerPlace, placeOfAnswer } from './outside/answer-place.ts';
export { ANSWERED_TYPES, isOutsideAnswer, recordedAnswer } from './outside/answered-events.ts';
export { asked, type Dialogue, type OutsideMind, type OutsideRequest } from './outside/outside-mind.ts';
export { recordedMind } from './outside/recorded-mind.ts';
export type { Act, ActingRound, Offer, Packet, PacketEvent, Respondents } from './ports/acting.ts';
export { type Journal, type Ports, Simulation, type Standing, type Start } from './round/simulation.ts';
export { offerOf } from './round/offer.ts';
export { actHere } from './round/act-here.ts';
export type { DecisionType, Recorded } from './round/decisions/decision.ts';
export { DECISION_TYPES, isDecision, recall, record } from './round/decisions/decisions.ts';
export { InvalidAnswer } from './round/invalid-answer.ts';
export { type Demand, type Reply, takeTurn, type Turn } from './round/turn.ts';
export { appendBatch } from './log/log-writer.ts';
export { EventNotFound, type EventSelection, RunLog } from './log/run-log.ts';
export { catalogueOf, ModelDiverged, RoundNotFound, saveSnapshot, standingAt, worldAt } from './log/standing.ts';
export { liveEvents, liveProjection } from './live/live.ts';
export { agentsProjection, type AgentStates } from './state/agents.ts';
export { type CauseGraph, causesProjection, consequencesOf } from './state/causes.ts';
export { interactionsProjection } from './state/interactions.ts';
export { type AgentAccount, AgentAccounts } from './measures/accounts.ts';
export { MEASURES, Measures, measuresOf } from './measures/measures.ts';
export {
  type CountMetric,
  type Definition,
  type FilmMetric,
  type GenreMetric,
  type Metric,
  type RatioMetric,
  SUMMED,
} from './measures/metric.ts';
export { METRICS } from './measures/metrics.ts';
export { emptyPast, type OpenPast, type Past, remember } from './measures/past.ts';
export { type Figures, figuresOfRound, type Metrics, metricsProjection, summarize } from './state/metrics.ts';
export { foldInPlace, foldStep, foldStepWithPatches, type Handlers, type Projection } from './state/projection.ts';
export { type AppliedIntervention, type LiveModel, systemProjection, type SystemState } from './state/system.ts';
export { type World, WorldFold, worldVersion } from './state/world.ts';
export { memoryStore } from './adapters/memory/memory-store.ts';
export type { SqliteStoreOptions } from './adapters/sqlite/sqlite-schema.ts';
export { openSqliteStore } from './adapters/sqlite/sqlite-store.ts';
export {
  type Change,
  changeKindOf,
  changeOf,
  changeSpellings,
  concernsSlates,
  faultsOfChange,
  filmsChangedBy,
  foldChangeIntoAgents,
  foldChangeIntoSystem,
  reachOf,
  readChange,
} from './interventions/changes.ts';
export { personaKeys } from './interventions/persona-change.ts';
export type { AgentsDraft, Reach, SystemDraft } from './interventions/change-kind.ts';
