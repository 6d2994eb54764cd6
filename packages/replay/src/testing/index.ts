/** The test kit: small legal runs and the laws as functions, for property tests of your own parts. */
export { resolveSettings, runOf, type Settings, smallSettings } from './arbitrary-runs.ts';
export { causeFaults, eventsOf, messageFaults, ofType, slateFaults } from './laws.ts';
export {
  faultyIntervention,
  type InterventionPlan,
  legalInterventions,
  type Scenery,
  sceneryAt,
  spelledOut,
} from './arbitrary-interventions.ts';
