/** Replay: composes a run; simulates, resumes, branches, replays, verifies, compares and explains it. */
export { type ConfigFault, didYouMean, InvalidConfig } from './config/faults.ts';
export { type ConfigLayer, knownKeys, type ResolvedConfig, resolveConfig } from './config/resolve.ts';
export { type Config, type ConfigKey, configKeys } from './config/schema.ts';
export { replay, type ReplayOptions } from './inspect/replay.ts';
export { AgentNotFound, stateAt } from './inspect/state-at.ts';
export { verify } from './inspect/verify.ts';
export type { ButFor, CompareReport, MetricComparison, ReplayReport, RunReport, RunsReport, StateReport, VerifyReport, WhyCause, WhyReport } from './reports.ts';
export { branch, type BranchOptions, type BranchPlan, planBranch } from './run/branch.ts';
export { ENGINE_VERSION } from './run/engine.ts';
export type { Setting } from './run/interventions.ts';
export { minds } from './run/minds.ts';
export { Interrupted, type PlayOptions, type RoundReport } from './run/play.ts';
export { Diverged, type Divergence } from './run/recorded.ts';
export { listRuns } from './run/report.ts';
export { NothingToResume, resume } from './run/resume.ts';
export { simulate, type SimulateOptions } from './run/simulate.ts';
export { findRun, findRunAt, RunNotFound } from './store/find-run.ts';
export { openStore, UnknownStore } from './store/open-store.ts';
