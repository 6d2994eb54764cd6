/**
 * Satiation: genres watched of late attract less for a while, after the dynamic attribute satiation model
 * (McAlister, "A Dynamic Attribute Satiation Model of Variety-Seeking Behavior", Journal of Consumer Research 9, 1982):
 * every watch adds to an inventory of its attributes, here genres, which runs down with time and with later watches.
 */
import type { AgentState, TurnProgress, WorldView } from '@rashomon/kernel';
import { filmTable, type FilmTraits } from './film-traits.ts';
import type { ChoiceParameters } from './parameters.ts';

/** Older watches have run down. */
export const WATCHES_REMEMBERED = 8;

/** The inventory per genre, about 0 to 1; reused from question to question. */
export class Satiation {
  #stock = new Float64Array(32);
  #empty = true;

  /** Takes in the latest watches, those of this visit included. */
  recall(agent: AgentState, world: WorldView, progress: TurnProgress, parameters: ChoiceParameters): void {
    const size = world.catalogue.genres.length;
    if (this.#stock.length < size) this.#stock = new Float64Array(size);
    else this.#stock.fill(0);
    this.#empty = true;
    const table = filmTable(world.catalogue);
    let portion = 1 - parameters.satiationCarry;
    for (let i = progress.watched.length - 1; i >= 0; i--) {
      this.#add(table.of(progress.watched[i] as number), portion);
      portion *= parameters.satiationCarry;
    }
    const { watched } = agent;
    const oldest = Math.max(0, watched.length - WATCHES_REMEMBERED);
    // Watches are in order of time: the loss from round to round is carried along backwards.
    let round = world.round;
    for (let i = watched.length - 1; i >= oldest; i--) {
      const watch = watched[i] as AgentState['watched'][number];
      if (watch.round === world.round) continue;
      for (; round > watch.round && portion > 1e-4; round--) portion *= parameters.satiationRecovery;
      if (portion <= 1e-4) break;
      this.#add(table.of(watch.film), portion);
      portion *= parameters.satiationCarry;
    }
  }

  /** Mean inventory of the film's genres, about 0 (fresh) to 1 (watched again and again). */
  of(traits: FilmTraits): number {
    const { genres } = traits;
    if (this.#empty || genres.length === 0) return 0;
    let sum = 0;
    for (let i = 0; i < genres.length; i++) sum += this.#stock[genres[i] as number] as number;
    return sum / genres.length;
  }

  #add(traits: FilmTraits, portion: number): void {
    this.#empty = false;
    const { genres } = traits;
    for (let i = 0; i < genres.length; i++) {
      const genre = genres[i] as number;
      this.#stock[genre] = (this.#stock[genre] as number) + portion;
    }
  }
}
