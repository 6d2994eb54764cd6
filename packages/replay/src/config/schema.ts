/**
 * The configuration of a run: every key, its default and what it means. Recommenders and minds add
 * their own parameters under `recommender.` and `mind.`, which their packages declare.
 */
import type { Json } from '@rashomon/kernel';
import { z } from 'zod';

const count = (least: number, most: number): z.ZodNumber => z.number().int().min(least).max(most);
const share = z.number().min(0).max(1);
/** Of a recommender or a mind: any JSON here, read by the schema of its owner. */
const parameter = z.custom<Json>((value) => value !== undefined);

/**
 * Keys of a section refuse what they do not know; the parameters of recommenders and minds are checked by their owners.
 */
export const configSchema = z.strictObject({
  seed: count(0, 0xffffffff).default(1).describe('the one source of all luck'),
  agents: count(1, 1_000_000)
    .optional()
    .describe('how many agents; by default all users of the data, or 200 made-up ones'),
  rounds: count(1, 1_000_000).default(20).describe('how many rounds'),
  data: z.string().min(1).default('sample').describe('"sample", or real data: a folder, or a table of interactions'),
  clock: z
    .strictObject({
      start: z.number().min(0).max(24).default(8).describe('hour of day of the first round'),
      interval: z
        .number()
        .positive()
        .max(24 * 365)
        .default(5)
        .describe('hours from round to round'),
    })
    .prefault({}),
  activity: z
    .strictObject({
      method: z
        .enum(['constant', 'pareto', 'marginal'])
        .default('constant')
        .describe('constant: probability; pareto: each agent its own; marginal: grows with idle rounds'),
      probability: share
        .default(1)
        .describe('of acting in a round (constant, marginal), or the mean of the Pareto law'),
      shape: z.number().positive().max(100).default(1.5).describe('shape of the Pareto law; smaller is more unequal'),
      cap: count(0, 1_000_000).default(0).describe('most agents active in a round; 0: no limit'),
    })
    .prefault({}),
  slate: z
    .strictObject({
      size: count(1, 1000).default(10).describe('films on a page'),
      random: count(0, 1000).default(0).describe('how many of them are drawn uniformly instead of ranked'),
      coldStart: z
        .enum(['off', 'content'])
        .default('off')
        .describe('content: who and what is new is ranked by what films are about'),
      explore: share.default(0).describe('chance of each other rank to be drawn uniformly'),
      rerank: z
        .enum(['none', 'mmr', 'calibrated'])
        .default('none')
        .describe('mmr: unlike films; calibrated: genres as in what the agent watched'),
      rerankWeight: share.default(0.5).describe('how much that counts against the ranking'),
      candidates: count(1, 100_000).default(100).describe('how many of the best films it chooses from'),
      genres: z.array(z.string()).default([]).describe('show only films of one of these genres; all if empty'),
      withoutGenres: z.array(z.string()).default([]).describe('show no films of these genres'),
      yearMin: count(0, 9999).default(0).describe('show no films from before this year; 0: all'),
      yearMax: count(0, 9999).default(0).describe('show no films from after this year; 0: all'),
    })
    .prefault({}),
  visit: z
    .strictObject({
      pages: count(1, 1000).default(5).describe('most pages in a visit'),
      watches: count(1, 1000).default(1).describe('most films watched in a visit'),
    })
    .prefault({}),
  social: z
    .strictObject({
      degree: z.number().min(0).max(1000).default(8).describe('mean number of contacts'),
      homophily: share.default(0.6).describe('how strongly ties prefer the like'),
      closure: share.default(0.3).describe('how often friends of friends become friends'),
    })
    .prefault({}),
  recommender: z
    .object({
      name: z.string().default('popular').describe('which recommender'),
      trainEvery: count(1, 1_000_000).default(1).describe('rounds between trainings'),
      retrainEvery: count(0, 1_000_000)
        .default(0)
        .describe('rounds between trainings from scratch, a multiple of trainEvery; 0: as the recommender sees fit'),
    })
    .catchall(parameter)
    .prefault({}),
  explanations: z.enum(['off', 'on']).default('off').describe('tell the agents why each film is on the slate'),
  search: z
    .strictObject({
      method: z
        .string()
        .default('hybrid')
        .describe('text: words as typed or mistyped; hybrid: their meaning too, and always an answer'),
    })
    .prefault({}),
  mind: z
    .object({ name: z.string().default('choice').describe('what decides for the agents') })
    .catchall(parameter)
    .prefault({}),
});

/** A configuration with every value filled in. */
export type Config = z.infer<typeof configSchema>;

/** One key of the configuration, for help and for `config --explain`. */
export interface ConfigKey {
  readonly key: string;
  readonly about: string;
  readonly default: unknown;
}

/** All keys but those that recommenders and minds add. */
export function configKeys(): readonly ConfigKey[] {
  const defaults = configSchema.parse({});
  const keys: ConfigKey[] = [];
  walk(configSchema, [], (path, about) => keys.push({ key: path.join('.'), about, default: valueAt(defaults, path) }));
  return keys;
}

function walk(
  schema: z.ZodType,
  path: readonly string[],
  visit: (path: readonly string[], about: string) => void,
): void {
  const inner = unwrap(schema);
  if (!(inner instanceof z.ZodObject)) return visit(path, schema.description ?? '');
  for (const [name, member] of Object.entries(inner.shape)) walk(member as z.ZodType, [...path, name], visit);
}

function unwrap(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodPrefault || schema instanceof z.ZodDefault || schema instanceof z.ZodOptional)
    return unwrap(schema.def.innerType as z.ZodType);
  return schema;
}

/** The value at a path of nested objects; undefined where there is none. */
export function valueAt(holder: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, member) =>
      typeof value === 'object' && value !== null
        ? (value as { readonly [member: string]: unknown })[member]
        : undefined,
    holder,
  );
}
