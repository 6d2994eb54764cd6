/** Replay: composes a run; simulates, resumes, branches, replays, verifies, compares and explains it. */
export {
  type Accuracy,
  createRecommender,
  fitTo,
  knock,
  loadSplit,
  measure,
  metricNames,
  type OwnRecommender,
  protocols,
  type RankedFold,
  rankUsers,
  ownRecommender,
  recommenders,
  usersIn,
} from '@rashomon/recsys';
export { compareRuns, type CompareOptions } from './compare/compare-runs.ts';
export { chosenMeasures, METRIC_NAMES, UnknownMetric } from './compare/compare-metrics.ts';
export { evaluateFailIf, parseFailIf } from './compare/fail-if.ts';
export { InvalidExpression } from './compare/fail-if-tokens.ts';
export { checkLayers } from './config/check-layers.ts';
export { type ConfigFault, didYouMean, InvalidConfig } from './config/faults.ts';
export { configParts, type Part } from './config/part-keys.ts';
export { conditionsOf, type Origin } from './conditions/conditions-of.ts';
export { PartMissing, UnsoundConditions } from './conditions/condition-faults.ts';
export {
  type ConditionDifference,
  differencesOf,
  NoConditions,
  storedConditions,
} from './conditions/stored-conditions.ts';
export { settledSection } from './conditions/settled-section.ts';
export { flatKeys, isSection, namesFirst, namesPart, type PartSection, spelledKey } from './config/keys.ts';
export { type ConfigLayer, knownKeys, type ResolvedConfig, resolveConfig } from './config/resolve.ts';
export { type Config, type ConfigKey, configKeys, valueAt } from './config/schema.ts';
export {
  ExportBlocked,
  type ExportFormat,
  type ExportOptions,
  type ExportReport,
  exportRun,
} from './inspect/export.ts';
export { recordPorts } from './inspect/record-ports.ts';
export { NothingToReplay, replay, type ReplayOptions } from './inspect/replay.ts';
export { AgentNotFound, stateAt } from './inspect/state-at.ts';
export { verify } from './inspect/verify.ts';
export type {
  ButFor,
  CompareReport,
  MetricComparison,
  ReplayReport,
  RunReport,
  RunsReport,
  StateReport,
  VerifyReport,
  WhyCause,
  WhyReport,
} from './reports.ts';
export { branch, type BranchOptions, type BranchPlan, planBranch } from './run/branch.ts';
export { ENGINE_VERSION } from './run/engine.ts';
export type { Setting } from './interventions/setting.ts';
export { defineMind } from './registry/define-mind.ts';
export { type OwnAnswer, type OwnMind, ownMind } from './registry/own-mind.ts';
export type { MindDefinition, Registry, SearchDefinition } from './registry/definitions.ts';
export { builtIns, NameTaken, registryWith } from './registry/registry.ts';
export { Interrupted, type PlayOptions, type RoundReport } from './run/play.ts';
export { Diverged, type Divergence } from './run/recorded.ts';
export { listRuns } from './run/report.ts';
export { NothingToResume, resume } from './run/resume.ts';
export { simulate, type SimulateOptions } from './run/simulate.ts';
export { findRun, findRunAt, RunNotFound } from './store/find-run.ts';
export { openStore, UnknownStore } from './store/open-store.ts';
export { why, type WhyOptions } from './why/why.ts';
export type { WhyTarget } from './why/target.ts';
