/** Records of outside answers: the store's journal while a run is made, the log itself when it is replayed. */
import {
  type AnswerPlace,
  type AnswerRecord,
  type LogEvent,
  NOBODY,
  type RunLog,
  type Store,
  type StoredAnswer,
} from '@rashomon/kernel';

const keyOf = ({ round, agent, step, attempt }: AnswerPlace): string => `${round}/${agent}/${step}/${attempt}`;

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
  for (const answer of answers) map.set(keyOf(answer), [...(map.get(keyOf(answer)) ?? []), answer]);
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
    (await log.collect({ types: ['MindAnswered', 'RecommenderAnswered'], rounds: [round, round] })).flatMap(toAnswer),
  );
  return { find: (place, request) => answers.find(place, request) };
}

function toAnswer({ round, agent, type, data }: LogEvent): StoredAnswer[] {
  const place = { round, agent: agent ?? NOBODY };
  if (type === 'MindAnswered') return [{ ...place, ...data }];
  return type === 'RecommenderAnswered'
    ? [{ ...place, ...data, step: 0, attempt: 0, tokensIn: 0, tokensOut: 0, price: 0 }]
    : [];
}
