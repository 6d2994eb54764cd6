/** Where to spend the round: the recommender, friends, or away; before that, rest and what was heard take effect. */
import {
  ACTION,
  type Cause,
  idleRounds,
  ln,
  type Mention,
  milli,
  type PlaceAnswer,
  type PlaceQuestion,
  type Received,
  unread,
} from '@rashomon/kernel';
import type { Workbench } from './asking.ts';
import { NO_SHIFT } from './drift.ts';
import { filmTable } from './film-traits.ts';
import { TERM_AT } from './weighing.ts';

type Place = PlaceAnswer['place'];

/** The numbers of the 'place' draws. */
const DRAW = { recommender: 0, social: 1, idle: 2, quit: 3 } as const;

export function decidePlace(question: PlaceQuestion, bench: Workbench): PlaceAnswer {
  const { agent, luck, world } = question;
  const { weighing } = bench;
  const { features } = agent.persona;
  const p = bench.parameters;
  const fatigue = rested(question, p.restRetention);
  const inbox = unread(agent, world.round);
  const discontent = 1 - 2 * agent.satisfaction;

  const draws = luck.for('place');
  weighing.begin();
  const recommender = weighing.option(
    ACTION.recommender,
    p.recommenderBase - p.recommenderSatisfied * discontent,
    draws.gumbel(DRAW.recommender),
  );
  weighing.set(recommender, TERM_AT.fatigue, -p.fatigueFilm * fatigue);
  // Without contacts there is nobody to go to.
  if (agent.contacts.length > 0) {
    const base = p.socialBase + (features.chatter ? p.chatterPull : 0) + (features.poster ? p.posterPull : 0);
    const social = weighing.option(ACTION.social, base, draws.gumbel(DRAW.social));
    if (inbox.length > 0) weighing.set(social, TERM_AT.heard, p.inboxPull * ln(1 + inbox.length));
  }
  const idle = weighing.option(ACTION.idle, p.idleBase, draws.gumbel(DRAW.idle));
  weighing.set(idle, TERM_AT.fatigue, p.fatigueLeave * fatigue);
  if (p.churn > 0)
    weighing.option(ACTION.quit, ln(p.churn) + p.churnDissatisfied * discontent, draws.gumbel(DRAW.quit));

  const best = weighing.best();
  const place = placeOf(weighing.optionAt(best));
  const { told } = bench;
  told.begin();
  const taste = tasteAfterNews(question, bench);
  if (place === 'social') for (let i = 0; i < inbox.length; i++) told.offer((inbox[i] as Received).position, 0);
  const because: Cause[] = [];
  if (inbox.length > 0 || taste !== NO_SHIFT) told.addTo(because);
  return { grounds: weighing.grounds(), because, place, fatigue, taste };
}

/** Fatigue after the rounds since the agent was last active. */
function rested({ agent, world, progress }: PlaceQuestion, retention: number): number {
  let { fatigue } = progress;
  for (let rounds = idleRounds(agent, world.round) + 1; rounds > 0 && fatigue > 0.0005; rounds--) fatigue *= retention;
  return milli(fatigue);
}

/**
 * Mentions not yet reacted to: those that came since the agent was last active. Opinions move tastes, as in Friedkin &
 * Johnsen (1990).
 */
function tasteAfterNews({ agent, world, progress }: PlaceQuestion, bench: Workbench): PlaceAnswer['taste'] {
  const { heard } = agent;
  let first = heard.length;
  while (first > 0 && (heard[first - 1] as Mention).round >= agent.lastActive) first--;
  const { driftHeard } = bench.parameters;
  if (first === heard.length || driftHeard === 0) return NO_SHIFT;
  const { drifting, told } = bench;
  drifting.begin(progress.taste);
  const table = filmTable(world.catalogue);
  const listener = bench.listener.listen(agent, world.round, 0);
  for (let i = first; i < heard.length; i++) {
    const mention = heard[i] as Mention;
    const weight = listener.weightOf(mention);
    if (weight === 0) continue;
    drifting.push(table.of(mention.film), driftHeard * weight);
    told.offer(mention.position, Math.abs(weight));
  }
  return drifting.shift();
}

function placeOf(action: number): Place {
  switch (action) {
    case ACTION.recommender:
      return 'recommender';
    case ACTION.social:
      return 'social';
    case ACTION.quit:
      return 'quit';
    default:
      return 'idle';
  }
}
