/**
 * The test of causes: the decision is taken again without each of them, with the same luck, and the answer says
 * whether it flips. What the record names as a cause and what proves to be one are two things.
 */
import { type Cause, isDecision, type LogEvent, type Ports, type RunLog, type Store } from '@rashomon/kernel';
import { AssertionError } from 'node:assert';
import type { ButFor } from '../reports.ts';
import { groundsOf, recordedAs, sameChoice } from './deed.ts';
import { Evidence } from './evidence.ts';
import { Opening } from './opening.ts';
import { without } from './removals.ts';
import { retakeDecision } from './retake.ts';

export interface ButForContext {
  readonly store: Store;
  readonly log: RunLog;
  readonly ports: Pick<Ports, 'mind'>;
  readonly titleOf: (film: number) => string | null;
}

/**
 * Tests the messages, past watches and interventions on the agent that the decision names. Empty for an event
 * of which no options are recorded: nothing was weighed, or not by a mind that can be asked again here.
 * @throws AssertionError when the decision, taken again unaltered, is not the recorded one
 */
export async function butForEach(target: LogEvent, context: ButForContext): Promise<ButFor[]> {
  const { agent } = target;
  if (agent === null || !isDecision(target) || (groundsOf(target)?.options.length ?? 0) === 0) return [];
  const { store, log, ports, titleOf } = context;
  const opening = await Opening.of(store, log, { round: target.round, agent, ports });
  const turn = (await log.collect({ agent, rounds: [target.round, target.round] })).filter(
    ({ type }) => type !== 'InterventionApplied',
  );
  const unaltered = opening.scene();
  const retake = { target, turn, recorded: unaltered.agent };
  const recorded = await retakeDecision(unaltered, retake);
  if (!recordedAs(recorded, target, await new Evidence(store, log).edition())) {
    const message =
      `position ${target.position}: taken again unaltered, the decision is ` +
      `${recorded.type} ${JSON.stringify(recorded.data)}; recorded is ${target.type} ${JSON.stringify(target.data)}`;
    throw new AssertionError({ message, actual: recorded.data, expected: target.data });
  }
  const tests: ButFor[] = [];
  for (const cause of testable(target, turn)) {
    const scene = await without(cause, opening, log);
    if (scene === null) continue;
    const deed = await retakeDecision(scene, retake);
    const flips = !sameChoice(deed, recorded);
    tests.push({
      role: cause.role,
      position: cause.position,
      flips,
      instead: flips ? { do: deed.word, film: deed.film, title: deed.film === null ? null : titleOf(deed.film) } : null,
    });
  }
  return tests;
}

/**
 * The causes named by the decision, then the interventions named by the first event of its turn. Each position once.
 */
function testable(target: LogEvent, turn: readonly LogEvent[]): Cause[] {
  const own = target.causes.filter(({ role }) => role === 'told-by' || role === 'recalled');
  const interventions = (turn.find(isDecision)?.causes ?? []).filter(({ role }) => role === 'intervened-by');
  return [...own, ...interventions].filter(
    (cause, index, all) => all.findIndex(({ position }) => position === cause.position) === index,
  );
}
