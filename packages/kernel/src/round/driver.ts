/** Takes turns to their end: hands each demand to the mind or the model, at once where they answer at once. */
import type { Packet, Respondents } from '../ports/acting.ts';
import type { MaybePromise } from '../ports/recommender.ts';
import type { Demand, Reply, Turn } from './turn.ts';

function reply(demand: Demand, { mind, model }: Respondents): MaybePromise<Reply> {
  return demand.kind === 'slate' ? model.recommend(demand.request) : mind.decide(demand);
}

/** Plays a turn; stays synchronous as long as every answer does. */
export function playTurn(turn: Turn, respondents: Respondents): MaybePromise<Packet> {
  let state = turn.next();
  while (state.done !== true) {
    const answer = reply(state.value, respondents);
    if (answer instanceof Promise) return finishLater(turn, answer, respondents);
    state = turn.next(answer);
  }
  return state.value;
}

async function finishLater(turn: Turn, first: Promise<Reply>, respondents: Respondents): Promise<Packet> {
  let state = turn.next(await first);
  while (state.done !== true) state = turn.next(await reply(state.value, respondents));
  return state.value;
}
