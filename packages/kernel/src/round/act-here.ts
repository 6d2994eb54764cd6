/** Acting in this process, for minds that answer at once and for those that answer later. */
import { mapBounded } from '../live/bounded.ts';
import type { Act } from '../ports/acting.ts';
import { playTurn } from './driver.ts';
import { takeTurn } from './turn.ts';

/**
 * Turns are taken one after the other as long as they end at once, each delivered before the next begins; then several
 * at a time.
 */
export const actHere: Act = async ({ agents, offer, respondents, concurrency }, deliver) => {
  for (const [index, agent] of agents.entries()) {
    const packet = playTurn(takeTurn(agent, offer), respondents);
    if (packet instanceof Promise) {
      await mapBounded(agents.slice(index), concurrency, async (next) =>
        deliver(await (next === agent ? packet : playTurn(takeTurn(next, offer), respondents))),
      );
      return;
    }
    // Awaiting costs a turn of its own: only where there is something to wait for.
    const written = deliver(packet);
    if (written !== undefined) await written;
  }
};
