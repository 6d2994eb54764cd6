/**
 * Behaviour flags: what the engine does otherwise than it once did, where older runs must go on as they were.
 *
 * A run names the numbers of the flags it was started with. The code asks at the place where two ways part; a run that
 * does not name a flag takes the old one, for ever. A fix that would change what old runs replay to gets an entry here.
 */

interface Flag {
  /** Stored in logs: never changed, never given again. */
  readonly number: number;
  /** What was so before, what is so now, and why. */
  readonly story: string;
}

export const BEHAVIOUR = {
  namedLuck: {
    number: 1,
    story:
      'Draws are keyed by the name of their purpose. Before, purposes were numbered in one list and some borrowed ' +
      'the numbers of others: strangers on a slate were drawn with the luck of its random share.',
  },
  explanationsApart: {
    number: 2,
    story:
      'What a recommender says of a film is a term of its own in the utility. Before, it was added to what friends ' +
      'had said of the film, under one bound, and was booked and told as theirs.',
  },
} as const satisfies { readonly [name: string]: Flag };

export type BehaviourFlag = keyof typeof BEHAVIOUR;

/** The numbers of the flags a run was started with, as its first event holds them. */
export type Behaviour = readonly number[];

/** All flags of this engine: what a new run is started with. */
export const CURRENT_BEHAVIOUR: Behaviour = Object.values(BEHAVIOUR).map(({ number }) => number);

/** A run was started by an engine that does something which this one does not know. */
export class UnknownBehaviour extends Error {
  readonly code = 'UNKNOWN_BEHAVIOUR';

  constructor(unknown: Behaviour) {
    super(`behaviour ${unknown.join(', ')}: this engine knows ${CURRENT_BEHAVIOUR.join(', ')}; a newer one is needed`);
    this.name = 'UnknownBehaviour';
  }
}

/** Whether the run behaves in the new way. */
export function behaves(behaviour: Behaviour, flag: BehaviourFlag): boolean {
  return behaviour.includes(BEHAVIOUR[flag].number);
}

/** @throws UnknownBehaviour when the run cannot be executed by this engine */
export function checkBehaviour(behaviour: Behaviour): void {
  const unknown = behaviour.filter((number) => !CURRENT_BEHAVIOUR.includes(number));
  if (unknown.length > 0) throw new UnknownBehaviour(unknown);
}
