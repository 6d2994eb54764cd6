/**
 * The messages between a run and a recommender behind HTTP, and what an answer must be to be used
 * (docs/guides/remote-recommender.md). An answer is used whole or not at all; members that are not known are left
 * aside.
 */
import {
  type Bits,
  canonicalJson,
  type Contribution,
  type FilmCatalogue,
  hasBit,
  type Interactions,
  type Json,
  type Ranking,
  type SlateRequest,
} from '@rashomon/kernel';
import { z } from 'zod';
import { byMagnitude } from '../models/contributions.ts';
import type { Histories } from '../interactions/histories.ts';
import type { IdIndex } from '../interactions/id-index.ts';

export const PROTOCOL = 'rashomon.remote/1';

/** What is posted, and how much may come back. */
export interface Message {
  readonly path: '/train' | '/recommend';
  /** JSON with one spelling. */
  readonly body: string;
  /** Bytes of the largest answer that is read. */
  readonly bytesMax: number;
  /** Whether it speaks of a model, which the server may have forgotten. */
  readonly namesModel: boolean;
}

/** An answer that may be used, or in a few words why there is none. */
export type Reading<T> =
  | {
      readonly answer: T;
      /** How many films somebody else has to add. */
      readonly missing?: number;
    }
  | { readonly fault: string };

/** The server has forgotten the model it was asked about, or never had it. */
export type Unknown = { readonly unknown: true };

/** What a training gave. */
export interface Taught {
  readonly model: string;
  /** Whether it can say what its scores come of. */
  readonly explains: boolean;
}

/** What was ranked for an agent, as it was said. */
export interface Ranked {
  readonly films: readonly number[];
  readonly scores?: readonly number[];
  /** Reasons, one list for each film. */
  readonly because?: readonly (readonly { readonly film: number; readonly weight: number }[])[];
}

const SMALL_ANSWER = 4096;
/** A film with its score and a dozen reasons takes half of it. */
const BYTES_PER_FILM = 1024;
/** More films than this are a whole ranking, which is asked for without reasons. */
export const SLATE_FILMS_MAX = 200;

export interface Lesson {
  readonly round: number;
  readonly catalogue: FilmCatalogue;
  readonly interactions: Interactions;
  readonly count: number;
  /** The model to go on from, and how many interactions it knows; null to begin anew. */
  readonly previous: { readonly model: string; readonly count: number } | null;
}

/**
 * A training: what is new since the model before, or everything with the films. Never the quality of a film, which is
 * the world's own secret.
 */
export function trainMessage({ round, catalogue, interactions, count, previous }: Lesson): Message {
  const first = previous?.count ?? 0;
  const rows: Json[] = [];
  const { agents, films, ratings, rounds } = interactions;
  for (let entry = first; entry < count; entry++)
    rows.push([agents[entry], films[entry], ratings[entry], rounds[entry]] as number[]);
  const listed =
    previous === null
      ? { films: catalogue.films.map(({ id, title, year, genres }) => ({ id, title, year, genres })) }
      : {};
  const body = canonicalJson({ protocol: PROTOCOL, round, previous: previous?.model ?? null, first, rows, ...listed });
  return { path: '/train', body, bytesMax: SMALL_ANSWER, namesModel: previous !== null };
}

/** A slate, or with a large count a whole ranking. */
export function recommendMessage(
  taught: Taught,
  { agent, count, excluded, luck }: SlateRequest,
  films: Int32Array,
): Message {
  const barred = Array.from(films).filter((film) => hasBit(excluded, film));
  const { model } = taught;
  const body = canonicalJson({
    protocol: PROTOCOL,
    round: luck.round,
    model,
    agent,
    count,
    excluded: barred,
    explain: isExplained(taught, count),
  });
  return { path: '/recommend', body, bytesMax: SMALL_ANSWER + count * BYTES_PER_FILM, namesModel: true };
}

function isExplained(taught: Taught | null, count: number): boolean {
  return taught !== null && taught.explains && count <= SLATE_FILMS_MAX;
}

const unknownSchema = z.object({ unknown: z.literal(true) });
const taughtSchema = z.object({
  model: z.string().regex(/^[\x21-\x7e]{1,200}$/, '1 to 200 characters of ASCII without spaces'),
  explains: z.boolean().default(false),
});
const filmId = z.number().int().min(0).max(0x7fffffff);
const rankedSchema = z.object({
  films: z.array(filmId),
  scores: z.array(z.number()).optional(),
  because: z.array(z.array(z.object({ film: filmId, weight: z.number() })).max(100)).optional(),
});

/** Reads the answer to a training; `namesModel` where it was to go on from one. */
export function readTaught(said: unknown, namesModel: boolean): Reading<Taught | Unknown> {
  const unknown = unknownSchema.safeParse(said);
  return unknown.success && namesModel ? { answer: unknown.data } : readAs(taughtSchema, said);
}

/** What an answer about a slate is held against. */
export interface SlateTerms {
  /** Films asked for. */
  readonly count: number;
  /** Films of them that there are to show. */
  readonly wanted: number;
  /** Whether fewer are enough, because somebody adds the others. */
  readonly mayBeShort: boolean;
  /** Whether reasons were asked for; others are left aside. */
  readonly isExplained: boolean;
  readonly excluded: Bits;
  readonly isFilm: (film: number) => boolean;
  /** Whether the model knows a watch of this film by the agent. */
  readonly hasWatched: (film: number) => boolean;
}

interface Known {
  readonly taught: Taught | null;
  readonly films: IdIndex;
  readonly histories: Histories;
  readonly fallback: object | null;
}

export function termsOf(
  { agent, count, excluded }: SlateRequest,
  { taught, films, histories, fallback }: Known,
): SlateTerms {
  let wanted = 0;
  for (let index = 0; index < films.size && wanted < count; index++)
    if (!hasBit(excluded, films.ids[index] as number)) wanted += 1;
  const row = histories.agents.indexOf(agent);
  const watched =
    row < 0 ? new Int32Array() : histories.columns.subarray(histories.offsets[row], histories.offsets[row + 1]);
  const hasWatched = (film: number): boolean => isFilm(film) && watched.includes(films.indexOf(film));
  const isFilm = (film: number): boolean => films.indexOf(film) >= 0;
  return {
    count,
    wanted,
    mayBeShort: fallback !== null,
    isExplained: isExplained(taught, count),
    excluded,
    isFilm,
    hasWatched,
  };
}

/** Reads the answer to a request for a slate. */
export function readRanked(said: unknown, terms: SlateTerms): Reading<Ranked> {
  if (unknownSchema.safeParse(said).success) return { fault: 'the model is not known' };
  const read = readAs(rankedSchema, said);
  if ('fault' in read) return read;
  const { films, scores, because } = read.answer;
  const ranked: Ranked = {
    films,
    ...(scores === undefined ? {} : { scores }),
    ...(because === undefined || !terms.isExplained ? {} : { because }),
  };
  const fault = faultOf(ranked, terms);
  if (fault !== null) return { fault };
  const missing = terms.wanted - films.length;
  return missing > 0 ? { answer: ranked, missing } : { answer: ranked };
}

/** What breaks the rules of a slate, in our own words: nothing that the server said is repeated but ids. */
function faultOf(
  { films, scores, because }: Ranked,
  { count, wanted, mayBeShort, excluded, isFilm, hasWatched }: SlateTerms,
): string | null {
  if (films.length < wanted && !mayBeShort) return `${films.length} films, though ${wanted} may be shown`;
  if (films.length > count) return `${films.length} films, at most ${count} were asked for`;
  if (scores !== undefined && scores.length !== films.length)
    return `${scores.length} scores for ${films.length} films`;
  if (because !== undefined && because.length !== films.length)
    return `reasons for ${because.length} of ${films.length} films`;
  const seen = new Set<number>();
  for (const [rank, film] of films.entries()) {
    if (!isFilm(film)) return `film ${film} is not in the catalogue`;
    if (hasBit(excluded, film)) return `film ${film} is excluded`;
    if (seen.has(film)) return `film ${film} is there twice`;
    seen.add(film);
    if (scores !== undefined && !Number.isFinite(Math.fround(scores[rank] as number)))
      return `the score of film ${film} is too large`;
    const reasons = because?.[rank] ?? [];
    if (new Set(reasons.map((reason) => reason.film)).size !== reasons.length)
      return `film ${film} has one reason twice`;
    const untrue = reasons.find((reason) => !hasWatched(reason.film));
    if (untrue !== undefined)
      return `film ${film} is there because of film ${untrue.film}, which the agent has not watched`;
  }
  return null;
}

/** Best first, ties by id; without scores in the order given, and they count down to 1. */
export function rankingOf({ films, scores }: Ranked): Ranking {
  if (scores === undefined) return { films, scores: films.map((_, rank) => films.length - rank) };
  const scored = films.map((film, rank) => ({ film, score: Math.fround(scores[rank] as number) }));
  scored.sort((a, b) => b.score - a.score || a.film - b.film);
  return { films: scored.map(({ film }) => film), scores: scored.map(({ score }) => score) };
}

/** Reasons as contributions to the score, largest first, ties by id. */
export function contributionsOf(reasons: NonNullable<Ranked['because']>[number]): readonly Contribution[] {
  return byMagnitude([...reasons].sort((a, b) => a.film - b.film));
}

/** The first of what is wrong, by its place in the answer. */
function readAs<T>(schema: z.ZodType<T>, said: unknown): Reading<T> {
  const parsed = schema.safeParse(said);
  if (parsed.success) return { answer: parsed.data };
  const [issue] = parsed.error.issues as [z.core.$ZodIssue];
  const place = issue.path.join('.');
  return { fault: `${place === '' ? 'the answer' : place}: ${issue.message}` };
}
