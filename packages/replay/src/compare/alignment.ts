/**
 * When two events, or two turns, are the same.
 *
 * There are two notions. *Exactly* the same are events of the same place (round, agent, step) with the
 * same type, data and causes: the first place where this fails is the first divergence. The same *for
 * an agent* are turns in which the same was shown and decided, with the same effect on its state: this
 * is what diverged agents are counted by. Grounds, scores, model numbers and recorded answers from
 * outside are left out of it: a popularity that moved by a thousandth is no other deed.
 */
import { type Cause, isOutsideAnswer, type LogEvent } from '@rashomon/kernel';
import { sameData } from './same-data.ts';
import type { Section } from './sections.ts';

/** Where the compared part of each log begins. */
export interface Beginnings {
  readonly a: number;
  readonly b: number;
}

/**
 * The first step at which two sections of one place differ exactly; -1 when they do not.
 *
 * To be asked only as long as everything before was the same: then events of the compared part are aligned
 * exactly when they lie equally far back, which needs no table of positions.
 */
export function firstDifferentStep(a: Section, b: Section, beginnings: Beginnings): number {
  const steps = Math.min(a.events.length, b.events.length);
  for (let step = 0; step < steps; step++) {
    // Equal bytes say the same, of causes that lie equally far back.
    if (!sameBytes(a.bytesAt(step), b.bytesAt(step)) && !exactlyEqual(a.wholeAt(step), b.wholeAt(step), beginnings))
      return step;
  }
  return a.events.length === b.events.length ? -1 : steps;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function exactlyEqual(a: LogEvent, b: LogEvent, beginnings: Beginnings): boolean {
  if (a.type !== b.type || a.agent !== b.agent || a.causes.length !== b.causes.length) return false;
  for (let i = 0; i < a.causes.length; i++) {
    const ofA = a.causes[i] as Cause;
    const ofB = b.causes[i] as Cause;
    if (ofA.role !== ofB.role) return false;
    if (a.position - ofA.position === b.position - ofB.position) continue;
    if (ofA.position >= beginnings.a || ofB.position >= beginnings.b) return false;
    // Before the compared part: one and the same event, or counted from its end in unrelated runs.
    if (ofA.position !== ofB.position && beginnings.a - ofA.position !== beginnings.b - ofB.position) return false;
  }
  return sameData(a.data, b.data);
}

/**
 * Whether an agent did another thing, or was shown another thing, in one turn than in the other.
 * @param a and b outlines of events: without grounds
 */
export function turnsDiffer(a: readonly LogEvent[], b: readonly LogEvent[]): boolean {
  let i = 0;
  let j = 0;
  for (;;) {
    i = pastAnswers(a, i);
    j = pastAnswers(b, j);
    const ofA = a[i++];
    const ofB = b[j++];
    if (ofA === undefined || ofB === undefined) return ofA !== ofB;
    if (!sameDeed(ofA, ofB)) return true;
  }
}

/** The index of the first event from `from` on that is no answer from outside. */
function pastAnswers(turn: readonly LogEvent[], from: number): number {
  let index = from;
  while (index < turn.length && isOutsideAnswer(turn[index] as LogEvent)) index++;
  return index;
}

function sameDeed(a: LogEvent, b: LogEvent): boolean {
  if (a.type === 'SlateServed') {
    return (
      b.type === 'SlateServed' &&
      a.data.page === b.data.page &&
      a.data.sweep === b.data.sweep &&
      sameData(a.data.films, b.data.films)
    );
  }
  return a.type === b.type && sameData(a.data, b.data);
}
