/** Answers from outside in the embedded store: one row and one fsync each. */
import type { Answers, StoredAnswer } from '../../ports/answers.ts';
import { compareAnswers } from '../answer-order.ts';
import type { SqliteFile } from './sqlite-file.ts';
import { ANSWER_COLUMNS, answerOf } from './sqlite-rows.ts';

const INSERT = `
  INSERT INTO answers (root, round, agent, step, attempt, request, answer, tokens_in, tokens_out, price)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (root, round, agent, step, attempt, request) DO NOTHING`;

export class SqliteAnswers implements Answers {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  async put(root: string, answer: StoredAnswer): Promise<void> {
    const { round, agent, step, attempt, request, answer: text, tokensIn, tokensOut, price } = answer;
    this.#file.run(INSERT, root, round, agent, step, attempt, request, text, tokensIn, tokensOut, price);
  }

  async of(root: string, round: number): Promise<readonly StoredAnswer[]> {
    const rows = this.#file.all(`SELECT ${ANSWER_COLUMNS} FROM answers WHERE root = ? AND round = ?`, root, round);
    return rows.map((row) => answerOf(this.#file, row)).sort(compareAnswers);
  }
}
