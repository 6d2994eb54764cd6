/** What the parts of the choice mind share while a question is answered: parameters and reused working space. */
import { Heaviest } from './causes.ts';
import { DriftingTaste } from './drift.ts';
import { Listener } from './hearsay.ts';
import type { ChoiceParameters } from './parameters.ts';
import { Satiation } from './satiation.ts';
import { Weighing } from './weighing.ts';

export interface Workbench {
  readonly parameters: ChoiceParameters;
  readonly weighing: Weighing;
  readonly satiation: Satiation;
  readonly listener: Listener;
  readonly drifting: DriftingTaste;
  /** Causes of the answer; to be begun by whoever gathers them. */
  readonly told: Heaviest;
  readonly recalled: Heaviest;
  /** One number per film of a page. */
  readonly heard: Float64Array;
}

/** The most films of one page that are weighed; what a page holds beyond is not looked at. */
export const PAGE_FILMS_MAX = 1024;

export function workbench(parameters: ChoiceParameters): Workbench {
  return {
    parameters,
    weighing: new Weighing(),
    satiation: new Satiation(),
    listener: new Listener(parameters),
    drifting: new DriftingTaste(parameters.tasteMax),
    told: new Heaviest('told-by'),
    recalled: new Heaviest('recalled'),
    heard: new Float64Array(PAGE_FILMS_MAX),
  };
}
