/**
 * `remote`: any recommender behind HTTP (docs/guides/remote-recommender.md). What it answers is recorded before it is
 * used; where it does not answer, a recommender in the process ranks, or the run stops and can be resumed.
 */
import {
  ByteReader,
  type FilmCatalogue,
  MalformedBytes,
  type Model,
  type Recommender,
  type RecommenderAnswer,
  type TrainingRequest,
} from '@rashomon/kernel';
import { z } from 'zod';
import { historiesOf, readHistories } from '../interactions/histories.ts';
import { filmIndexOf, IdIndex } from '../interactions/id-index.ts';
import { readFormat } from '../models/model-bytes.ts';
import { defineRecommender, type RecommenderDefinition } from '../recommenders/recommender-definition.ts';
import { converse, type RemoteContext } from './remote-conversation.ts';
import { FORMAT, RemoteModel } from './remote-model.ts';
import { type Lesson, type Reading, readTaught, type Taught, trainMessage, type Unknown } from './remote-protocol.ts';

const NO_FALLBACK = 'none';

/** Longer than the client of Node waits for the beginning of an answer. */
const SECONDS_MAX = 300;
const seconds = z.number().positive().max(SECONDS_MAX);

interface Parts {
  readonly context: RemoteContext;
  readonly fallback: Recommender | null;
}

/** @param inside the recommenders of which one may stand in */
export function remoteRecommender(inside: readonly RecommenderDefinition[]): RecommenderDefinition {
  const names = [...inside.map(({ name }) => name), NO_FALLBACK];
  return defineRecommender({
    name: 'remote',
    about: 'a recommender behind HTTP, its answers recorded',
    outside: true,
    parameters: z.strictObject({
      url: z
        .string()
        .refine(isPlainAddress, 'an http or https address without user, password, query and fragment')
        .describe('where it listens; a bearer token comes from RASHOMON_REMOTE_TOKEN only'),
      timeout: seconds.default(10).describe('seconds to wait for a slate'),
      trainTimeout: seconds.default(120).describe('seconds to wait for a training'),
      retries: z.number().int().min(0).max(10).default(2).describe('tries after the first'),
      fallback: z
        .enum(names)
        .default('popular')
        .describe('the recommender that ranks where the remote does not answer; none: the run stops'),
      explain: z.boolean().default(true).describe('ask for the reasons of each slate, where it can give them'),
    }),
    create({ fallback: name, ...own }, outside) {
      const { timeout, trainTimeout, retries, explain } = own;
      const url = own.url.replace(/\/+$/, '');
      const timeoutSeconds = { '/train': trainTimeout, '/recommend': timeout };
      const fallback = inside.find((known) => known.name === name)?.create({}, outside) ?? null;
      const context: RemoteContext = {
        server: { url, timeoutSeconds, retries, signal: outside.signal },
        outside,
        stopsAtFaults: fallback === null,
      };
      return {
        name: 'remote',
        parameters: { url, timeout, trainTimeout, retries, fallback: name, explain },
        train: (request) => train(request, explain, { context, fallback }),
        load: (bytes, catalogue) => load(bytes, catalogue, { context, fallback }),
      };
    },
  });
}

/** Where a secret could be hidden nothing may stand: the address is part of the log. */
function isPlainAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '' && !/[?#@]/.test(text);
}

/** Teaches what is new, and everything where the model before is not known there (any more). */
async function train(request: TrainingRequest, explain: boolean, { context, fallback }: Parts): Promise<Model> {
  const { round, catalogue, interactions, count, luck } = request;
  const films = filmIndexOf(catalogue);
  const previous = request.previous instanceof RemoteModel ? request.previous : null;
  const standIn = (await fallback?.train({ ...request, previous: previous?.parts.fallback ?? null })) ?? null;
  const said: RecommenderAnswer[] = [];
  const teach = async (known: Lesson['previous']): Promise<Reading<Taught | Unknown>> => {
    const message = trainMessage({ round, catalogue, interactions, count, previous: known });
    const outcome = await converse(message, luck, { read: (answer) => readTaught(answer, known !== null), context });
    said.push(outcome.said);
    return outcome.reading;
  };
  const known = previous === null ? null : continuable(previous, count, films);
  let reading = known === null ? null : await teach(known);
  if (reading === null || ('answer' in reading && 'unknown' in reading.answer)) reading = await teach(null);
  const answer = 'answer' in reading && 'model' in reading.answer ? reading.answer : null;
  const taught = answer === null ? null : { model: answer.model, explains: answer.explains && explain };
  const histories = historiesOf(interactions, taught?.explains === true ? count : 0, films);
  return new RemoteModel({ taught, count, films, histories, fallback: standIn }, context, said);
}

/** What to name to the server as the model before; null where it has to begin anew. */
function continuable(
  { parts: { taught, count, films } }: RemoteModel,
  countNow: number,
  filmsNow: IdIndex,
): Lesson['previous'] {
  return taught !== null && count <= countNow && films.equals(filmsNow) ? { model: taught.model, count } : null;
}

/** @throws MalformedBytes */
function load(bytes: Uint8Array, catalogue: FilmCatalogue, { context, fallback }: Parts): Model {
  const reader = new ByteReader(bytes);
  readFormat(reader, FORMAT);
  const count = reader.uint();
  const model = reader.text();
  const taught = model === '' ? null : { model, explains: flag(reader) };
  if (taught === null) flag(reader);
  const films = IdIndex.read(reader);
  const histories = readHistories(reader, films.size);
  if (flag(reader) !== (fallback !== null))
    throw new MalformedBytes(`model ${fallback === null ? 'with' : 'without'} a fallback`, reader.offset);
  const rest = reader.raw(reader.end - reader.offset);
  if (fallback === null && (rest.length > 0 || taught === null))
    throw new MalformedBytes('bytes of no model', reader.offset);
  return new RemoteModel(
    { taught, count, films, histories, fallback: fallback?.load(rest, catalogue) ?? null },
    context,
  );
}

function flag(reader: ByteReader): boolean {
  const byte = reader.byte();
  if (byte > 1) throw new MalformedBytes(`${byte} where yes or no stands`, reader.offset - 1);
  return byte === 1;
}
