/** Records of outside answers: the store's journal while a run is made, the log itself when it is replayed. */
import {
  ANSWERED_TYPES,
  type AnswerPlace,
  type AnswerRecord,
  placeOfAnswer,
  recordedAnswer,
  type RunLog,
  type Store,
  type StoredAnswer,
} from '@rashomon/kernel';

const keyOf = ({ round, agent, step, call }: AnswerPlace): string => `${round}/${agent}/${step}/${call}`;

/** Answers by place, loaded a round at a time. */
class RoundAnswers {
  readonly #load: (round: number) => Promise<readonly StoredAnswer[]>;
  #round = -1;
  #answers: Promise<Map<string, StoredAnswer[]>> = Promise.resolve(new Map<string, StoredAnswer[]>());

  constructor(load: (round: number) => Promise<readonly StoredAnswer[]>) {
    this.#load = load;
  }

  async find(place: AnswerPlace, request: string): Promise<StoredAnswer | undefined> {
    if (place.round !== this.#round) {
      this.#round = place.round;
      this.#answers = this.#load(place.round).then(byPlace);
    }
    const here = (await this.#answers).get(keyOf(place)) ?? [];
    return here.find((answer) => answer.request === request) ?? here[0];
  }
}

function byPlace(answers: readonly StoredAnswer[]): Map<string, StoredAnswer[]> {
  const map = new Map<string, StoredAnswer[]>();
  for (const answer of answers) {
    const key = keyOf(placeOfAnswer(answer));
    map.set(key, [...(map.get(key) ?? []), answer]);
  }
  return map;
}

/** The journal of a root run, which its branches share: what was paid for once is never asked again. */
export function journalRecord(store: Store, root: string): AnswerRecord {
  const answers = new RoundAnswers((round) => store.answers.of(root, round));
  return { find: (place, request) => answers.find(place, request), keep: (answer) => store.answers.put(root, answer) };
}

/** What the log says was answered; goes nowhere else. */
export function logRecord(log: RunLog): AnswerRecord {
  const answers = new RoundAnswers(async (round) =>
    (await log.collect({ types: ANSWERED_TYPES, rounds: [round, round] })).flatMap(
      (event) => recordedAnswer(event) ?? [],
    ),
  );
  return { find: (place, request) => answers.find(place, request) };
}
