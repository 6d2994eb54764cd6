/** A scenario: what is measured together, because it shares what has to be made first. */
import type { Figure } from '../figures.ts';
import type { RunShelf } from './run-shelf.ts';

export interface Scenario {
  /** As on the command line. */
  readonly name: string;
  /** Left out unless it is asked for: it takes long. */
  readonly onlyWhenNamed?: boolean;
  /** Its figures, in the order in which they are shown. */
  readonly run: (shelf: RunShelf) => Promise<readonly Figure[]>;
}
