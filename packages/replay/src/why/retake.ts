/**
 * A decision taken again: the turn is played up to its question with the recorded answers, then the mind is asked
 * with the same luck. In an altered scene the deeds before the question stay as recorded; moods move as they did, from
 * where they are.
 */
import {
  type AgentState,
  type Answer,
  type LogEvent,
  milli,
  type PlaceAnswer,
  type Question,
  type ReactionAnswer,
  takeTurn,
  type TasteShift,
} from '@rashomon/kernel';
import { AssertionError } from 'node:assert';
import { type Deed, deedOf } from './deed.ts';
import type { Scene } from './opening.ts';
import { RecordedReplies } from './recorded-replies.ts';

export interface Retake {
  /** The decision. */
  readonly target: LogEvent;
  /** All events of its turn. */
  readonly turn: readonly LogEvent[];
  /** The agent as it was at the opening of the round, which the record was made with. */
  readonly recorded: AgentState;
}

/**
 * What the agent does in this scene instead of, or just as, the record says. In a scene with other rules the visit may
 * be over before the question comes: then it has left.
 */
export async function retakeDecision(scene: Scene, retake: Retake): Promise<Deed> {
  const question = await questionOf(scene, retake);
  return question === null ? LEFT : deedOf(question, await scene.mind.decide(question));
}

/** The end of a visit by its limit of pages or watches. */
const LEFT: Deed = { type: 'VisitLeft', data: null, word: 'leave', film: null };

/** The question of the decision; null where an altered turn ends before it. */
async function questionOf(scene: Scene, { target, turn, recorded }: Retake): Promise<Question | null> {
  const replies = new RecordedReplies(
    scene.isUntold ? turn.filter(({ type }) => type !== 'SlateExplained') : turn,
    scene.agent.sweep,
  );
  const play = takeTurn(scene.agent, { ...scene.offer, search: replies.search });
  const altered = scene.agent !== recorded;
  const taste = [...recorded.taste];
  let state = play.next();
  while (state.done !== true) {
    const demand = state.value;
    if (demand.kind === 'slate') {
      state = play.next(replies.slate());
      continue;
    }
    const event = replies.next();
    if (event === undefined) break;
    if (event.position === target.position) return demand;
    const answer = replies.answer(demand);
    state = play.next(altered ? await moved(demand, answer, { scene, taste }) : answer);
    if ('taste' in answer)
      answer.taste.genres.forEach((genre, index) => (taste[genre] = answer.taste.values[index] as number));
  }
  if (altered && state.done === true) return null;
  const message =
    `position ${target.position}: the turn of agent ${target.agent} in round ${target.round} ` +
    `never comes to the question of ${target.type}`;
  throw new AssertionError({ message, actual: turn.map(({ type }) => type), expected: target.type });
}

/**
 * A recorded answer in an altered scene. Going out, the mind says anew what rest and news do to fatigue and taste; a
 * reaction's step of taste is taken from the taste the agent now has.
 * @param taste the recorded taste before the answer
 */
async function moved(
  question: Question,
  answer: Answer,
  { scene, taste }: { readonly scene: Scene; readonly taste: readonly number[] },
): Promise<Answer> {
  if (question.kind === 'place') {
    const { fatigue, taste: shift } = await scene.mind.decide(question);
    return { ...(answer as PlaceAnswer), fatigue, taste: shift };
  }
  if (question.kind !== 'reaction') return answer;
  const { genres, values } = (answer as ReactionAnswer).taste;
  const shift: TasteShift = {
    genres,
    values: genres.map((genre, index) =>
      milli((values[index] as number) - (taste[genre] ?? 0) + (question.progress.taste[genre] ?? 0)),
    ),
  };
  return { ...(answer as ReactionAnswer), taste: shift };
}
