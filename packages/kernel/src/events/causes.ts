/** What led to an event: earlier events with a role, and how much each of them counted where a mind weighed it. */
import { type ByteReader, type ByteWriter, MalformedBytes } from '../encoding/bytes.ts';

/** In which way one event led to another. Append new roles: the order is stored. */
export const CAUSE_ROLES = [
  'shown-in',
  'ranked-by',
  'trained-on',
  'recalled',
  'told-by',
  'answered-by',
  'follows',
  'intervened-by',
] as const;
export type CauseRole = (typeof CAUSE_ROLES)[number];

export interface Cause {
  readonly role: CauseRole;
  /** The position of an earlier event of the same run. */
  readonly position: number;
  /**
   * Its share of what spoke for and against the option that was chosen, -1 to 1 in thousandths, as the mind weighed it;
   * missing where nothing was weighed.
   */
  readonly weight?: number;
}

const roleCodes: ReadonlyMap<CauseRole, number> = new Map(CAUSE_ROLES.map((role, index) => [role, index]));

/** Set in the byte of a role when a weight follows. */
const WEIGHED = 0x80;

/** No cause; one list for all. */
export const NO_CAUSES: readonly Cause[] = [];

/** @throws RangeError for a cause that is not before the event, or in an unknown role */
export function writeCauses(
  to: ByteWriter,
  { type, position, causes }: { readonly type: string; readonly position: number; readonly causes: readonly Cause[] },
  weighs: boolean,
): void {
  to.uint(causes.length);
  for (const cause of causes) {
    const distance = position - cause.position;
    if (!(distance > 0))
      throw new RangeError(`${type} at ${position} names a cause at ${cause.position}: causes point backwards`);
    const role = roleCodes.get(cause.role);
    if (role === undefined)
      throw new RangeError(`${type} at ${position}: cause role "${cause.role}" is none of ${CAUSE_ROLES.join(', ')}`);
    const weight = weighs ? cause.weight : undefined;
    to.byte(weight === undefined ? role : role | WEIGHED);
    to.uint(distance);
    if (weight !== undefined) to.milli(weight);
  }
}

/** @throws MalformedBytes */
export function readCauses(from: ByteReader, position: number): readonly Cause[] {
  const count = from.uint();
  if (count === 0) return NO_CAUSES;
  const causes: Cause[] = [];
  for (let i = 0; i < count; i++) {
    const code = from.byte();
    const role = CAUSE_ROLES[code & ~WEIGHED];
    const distance = from.uint();
    if (role === undefined || distance === 0 || distance > position)
      throw new MalformedBytes('no such cause', from.offset);
    const at = position - distance;
    causes.push(code < WEIGHED ? { role, position: at } : { role, position: at, weight: from.milli() });
  }
  return causes;
}

/** Passes over the causes of an event: folds do not look at them. */
export function skipCauses(from: ByteReader): readonly Cause[] {
  for (let count = from.uint(); count > 0; count--) {
    const code = from.byte();
    from.uint();
    if (code >= WEIGHED) from.milli();
  }
  return NO_CAUSES;
}
