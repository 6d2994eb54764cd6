/**
 * A script for minds: rules that say what which agents do in which rounds. Plain JSON, for tests, demonstrations and
 * interventions from the command line. What no rule speaks of stays undone: agents idle, leave and keep silent.
 */
import { milli } from '@rashomon/kernel';
import { z } from 'zod';
import { words } from './words.ts';

const id = z.int().min(0);

const utterance = z
  .strictObject({
    text: words,
    /** Film ids it mentions. */
    films: z.array(id).default([]),
    /** -1 to 1 per film, in thousandths; 0 throughout when left out. */
    liking: z.array(z.number().min(-1).max(1).transform(milli)).optional(),
  })
  .refine(({ films, liking }) => liking === undefined || liking.length === films.length, {
    error: 'one liking per film',
    path: ['liking'],
  })
  .transform(({ films, liking, text }) => ({ text, films, liking: liking ?? films.map(() => 0) }));

/** What to do with one page; ranks count from 1. */
const pageAct = z.union([
  z.enum(['next', 'leave']),
  z.strictObject({ watch: z.union([z.strictObject({ rank: z.int().min(1) }), z.strictObject({ film: id })]) }),
  z.strictObject({ search: words.min(1) }),
]);

const socialAct = z.union([
  z.literal('silence'),
  z.strictObject({ post: utterance }),
  z.strictObject({
    chat: id,
    /** The agent that starts and its partner speak in turn. */ turns: z.array(utterance).min(1),
  }),
]);

const rule = z.strictObject({
  agents: z.union([z.literal('all'), z.array(id).min(1)]).default('all'),
  rounds: z
    .union([
      z.literal('all'),
      z.array(z.int().min(1)).min(1),
      z.strictObject({ from: z.int().min(1), to: z.int().min(1) }),
    ])
    .default('all'),
  /** Where to go; follows from `pages` or `social` when left out. */
  place: z.enum(['recommender', 'social', 'idle', 'quit']).optional(),
  /** The first entry is for the first page of the visit, and so on; past the last the agent leaves. */
  pages: z.array(pageAct).optional(),
  /** Stars for whatever is watched. */
  rate: z.int().min(1).max(5).optional(),
  feeling: words.optional(),
  social: socialAct.optional(),
});

/** The first rule that fits the agent and the round and speaks of the matter counts. */
export const scriptSchema = z.strictObject({ rules: z.array(rule) });

export type Script = Readonly<z.output<typeof scriptSchema>>;
export type Rule = Script['rules'][number];

/** A script that cannot be used: every fault with its path. */
export class InvalidScript extends Error {
  readonly code = 'INVALID_SCRIPT';
  readonly faults: readonly { readonly path: string; readonly expected: string }[];

  constructor(faults: InvalidScript['faults']) {
    super(
      [
        'the script does not follow the form of scripts',
        ...faults.map(({ expected, path }) => `${path}: ${expected}`),
      ].join('\n'),
    );
    this.name = 'InvalidScript';
    this.faults = faults;
  }
}

/**
 * @param source what JSON.parse gave
 * @throws InvalidScript with all faults
 */
export function parseScript(source: unknown): Script {
  const result = scriptSchema.safeParse(source);
  if (result.success) return result.data;
  throw new InvalidScript(
    result.error.issues.map(({ message, path }) => ({
      path: path.length === 0 ? '(script)' : path.map(String).join('.'),
      expected: message,
    })),
  );
}

/** The first fitting rule of which `speaks` holds. */
export function ruleFor(
  script: Script,
  who: { readonly agent: number; readonly round: number },
  speaks: (rule: Rule) => boolean,
): Rule | undefined {
  return script.rules.find((candidate) => fits(candidate, who) && speaks(candidate));
}

function fits({ agents, rounds }: Rule, { agent, round }: { readonly agent: number; readonly round: number }): boolean {
  if (agents !== 'all' && !agents.includes(agent)) return false;
  if (rounds === 'all') return true;
  return Array.isArray(rounds) ? rounds.includes(round) : round >= rounds.from && round <= rounds.to;
}
