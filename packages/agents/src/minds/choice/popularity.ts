/**
 * Conformity: what many have watched attracts, in the market with social influence of
 * Salganik, Dodds & Watts ("Experimental Study of Inequality and Unpredictability", Science 311, 2006).
 */
import { ln, type WorldView } from '@rashomon/kernel';

/**
 * ln(1 + watches of the film / (1 + watches of the mean film)): 0 for a film that nobody watched, the same
 * for all films while nobody has watched anything, and free of how long the run has gone on.
 */
export function popularityOf(watches: number, mean: number): number {
  return watches === 0 ? 0 : ln(1 + watches / (1 + mean));
}

/** Watches of the mean film. */
export function meanWatches(world: WorldView): number {
  return world.watchesTotal / Math.max(1, world.catalogue.size);
}
