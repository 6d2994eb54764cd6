/** What can be wrong with the conditions that a log holds: it is the log, or the program that reads it. */
import type { ConfigFault } from '../config/faults.ts';

/** A log does not hold its conditions as this engine has to find them: a key is missing, unknown or out of range. */
export class UnsoundConditions extends Error {
  readonly code = 'UNSOUND_CONDITIONS';
  readonly run: string;
  readonly faults: readonly ConfigFault[];

  constructor(run: string, faults: readonly ConfigFault[]) {
    const lines = faults.map(
      ({ key, value, expected }) => `${key}: ${JSON.stringify(value) ?? 'nothing'}, expected ${expected}`,
    );
    super(`the conditions in the log of run ${run}: ${lines.join('; ')}`);
    this.name = 'UnsoundConditions';
    this.run = run;
    this.faults = faults;
  }
}

/** A run was made with a recommender, a mind or a search that this program does not have. */
export class PartMissing extends Error {
  readonly code = 'PART_MISSING';
  readonly run: string;

  constructor(run: string, { section, name, known }: { section: string; name: string; known: readonly string[] }) {
    super(
      `run ${run} was made with the ${section} "${name}", expected one of ${known.join(', ')}, ` +
        'or --plugin FILE with the module that brings it',
    );
    this.name = 'PartMissing';
    this.run = run;
  }
}
