/** Films and stored runs that several scenarios ask about; each is made when it is first asked for. */
import { join } from 'node:path';
import { alone } from '../alone.ts';
import { writeMadeUpFilms } from '../made-up-films.ts';
import type { StoredRun } from '../measure/stored-run.ts';
import type { Sample } from '../sample.ts';

/** Which run: everything else as by default, so that all agents act in every round. */
export interface RunPlan {
  readonly agents: number;
  readonly rounds: number;
  readonly films: number;
  readonly recommender: string;
}

/** A run in a store of its own, and what making it took. */
export interface ShelvedRun extends StoredRun {
  readonly sample: Sample;
}

export type Settings = { readonly [key: string]: string | number };

export class RunShelf {
  readonly #folder: string;
  readonly #runs = new Map<string, Promise<ShelvedRun>>();
  #stores = 0;

  /** @param folder where everything goes; removed by its owner */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A data folder of so many made-up films. */
  films(count: number): string {
    return writeMadeUpFilms(join(this.#folder, `films-${count}`), count);
  }

  settingsOf({ agents, rounds, films, recommender }: RunPlan): Settings {
    return { data: this.films(films), agents, rounds, recommender, 'slate.size': 10 };
  }

  /** Makes a run, in a process of its own. */
  async simulate(settings: Settings): Promise<ShelvedRun> {
    this.#stores += 1;
    const run = { store: join(this.#folder, `${this.#stores}.db`), name: 'bench' };
    return { ...run, sample: await alone('run', { ...run, settings }) };
  }

  /** A run that is made once. */
  kept(plan: RunPlan): Promise<ShelvedRun> {
    const key = JSON.stringify(plan);
    const known = this.#runs.get(key) ?? this.simulate(this.settingsOf(plan));
    this.#runs.set(key, known);
    return known;
  }
}
