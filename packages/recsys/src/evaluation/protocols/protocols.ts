/** All protocols by name: a new one is a file beside this one and a line here. */
import { FaultLog } from '../../data/invalid-data.ts';
import { soundSplit, type Split } from '../split.ts';
import { fixed } from './fixed.ts';
import { ncf } from './ncf.ts';
import { officialProtocols } from './official.ts';
import { lastByTime, randomShare } from './per-user.ts';
import type { DataFolder, Protocol, SplitOptions } from './protocol.ts';

/** In the order in which they are tried on a folder; a folder that fits two is of the first. */
const all: readonly Protocol[] = [...officialProtocols, ncf, fixed, randomShare, lastByTime];

export const protocols: readonly { readonly name: string; readonly about: string }[] = all;

/** Thrown for a name that no protocol has. */
export class UnknownProtocol extends Error {
  readonly code = 'UNKNOWN_PROTOCOL';

  constructor(name: string) {
    super(`protocol ${JSON.stringify(name)}: expected one of ${all.map((known) => known.name).join(', ')}`);
    this.name = 'UnknownProtocol';
  }
}

/** The protocol of that name; without one, the first that fits the folder. @throws UnknownProtocol */
function protocolFor(folder: DataFolder, name: string | undefined): Protocol {
  const found = all.find((known) => (name === undefined ? known.fits(folder) : known.name === name));
  if (found === undefined) throw new UnknownProtocol(name ?? '');
  return found;
}

export interface LoadedSplit {
  readonly protocol: string;
  /** What is measured together: one split but for pooled protocols. */
  readonly folds: readonly Split[];
  /** The only fold, or the first of several. */
  readonly split: Split;
  /** How many rows of the files were left out because their pair of user and film had come before. */
  readonly repeated: number;
}

/** @throws UnknownProtocol; InvalidData with every fault of the files that the protocol reads */
export function splitFolder(folder: DataFolder, name: string | undefined, options: SplitOptions): LoadedSplit {
  const protocol = protocolFor(folder, name);
  const log = new FaultLog();
  const found = protocol.folds(folder, options, log);
  log.settle(folder.where);
  const sound = found.map((split) => soundSplit(split, folder.where));
  const [first] = sound;
  if (first === undefined)
    throw new Error(`protocol ${protocol.name} gave no split of ${folder.where}, expected one at least or a fault`);
  return {
    protocol: protocol.name,
    folds: sound.map(({ split }) => split),
    split: first.split,
    repeated: sound.reduce((sum, { repeated }) => sum + repeated, 0),
  };
}
