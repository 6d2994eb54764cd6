/** Which blocks a selection wants, judged by their index alone: never one too few, sometimes one too many. */
import { type BlockIndex, typeBit } from '../encoding/block.ts';
import type { BlockSelection } from '../ports/event-log.ts';

/** A selection with every bound spelled out: a block is wanted when it meets all of them. */
export interface BlockBounds {
  readonly from: number;
  readonly to: number;
  readonly roundFrom: number;
  readonly roundTo: number;
  readonly agentFrom: number;
  readonly agentTo: number;
  /** Bit set over typeBit. */
  readonly types: number;
  /** Whether only positions are bounded, so that the blocks must follow one another without a gap. */
  readonly gapless: boolean;
}

const ALL = Number.MAX_SAFE_INTEGER;

export function boundsOf(selection: BlockSelection): BlockBounds {
  const { from = 0, to = ALL, agent, types, rounds = [0, ALL] } = selection;
  return {
    from,
    to,
    roundFrom: rounds[0],
    roundTo: rounds[1],
    agentFrom: agent ?? -1,
    agentTo: agent ?? ALL,
    types: types === undefined ? ALL : typeBits(types),
    gapless: agent === undefined && types === undefined && selection.rounds === undefined,
  };
}

function typeBits(types: NonNullable<BlockSelection['types']>): number {
  let bits = 0;
  for (const bit of new Set(types.map(typeBit))) bits += bit;
  return bits;
}

export function wanted(index: BlockIndex, bounds: BlockBounds): boolean {
  return (
    index.first <= bounds.to &&
    index.first + index.count > bounds.from &&
    index.roundFrom <= bounds.roundTo &&
    index.roundTo >= bounds.roundFrom &&
    index.agentFrom <= bounds.agentTo &&
    index.agentTo >= bounds.agentFrom &&
    shareBit(index.types, bounds.types)
  );
}

/** Bit sets reach past 32 bits, where the operators of JavaScript end: halves are compared. */
function shareBit(a: number, b: number): boolean {
  const half = 0x1000000;
  return ((a % half) & (b % half)) !== 0 || (Math.floor(a / half) & Math.floor(b / half)) !== 0;
}
