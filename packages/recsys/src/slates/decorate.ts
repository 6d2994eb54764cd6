/**
 * What is done to a ranking before it becomes a slate, around any recommender. A decorator leaves the model inside, its
 * bytes and its digest as they are, unless it has a memory of its own to keep beside them.
 */
import {
  ByteReader,
  ByteWriter,
  type FilmCatalogue,
  type MaybePromise,
  type Model,
  type Ranking,
  type Recommender,
  sha256,
  type SlateRequest,
  type TrainingRequest,
} from '@rashomon/kernel';

/** Makes a slate from what the model inside ranks. */
export type Serve = (request: SlateRequest) => MaybePromise<Ranking>;

/** What a decorator learns when the model inside is trained, and how it is kept. */
interface Memory<M> {
  learn(request: TrainingRequest): M;
  write(to: ByteWriter, memory: M): void;
  /** @throws MalformedBytes */
  read(from: ByteReader): M;
}

interface Inside<M> {
  readonly base: Model;
  readonly catalogue: FilmCatalogue;
  readonly memory: M;
}

/** `change` of the value, at once where it is there. */
export function after<T, U>(value: MaybePromise<T>, change: (value: T) => U): MaybePromise<U> {
  return value instanceof Promise ? value.then((there) => change(there)) : change(value);
}

class DecoratedModel implements Model {
  readonly base: Model;
  readonly count: number;
  readonly digest: string;
  readonly explains: Model['explains'];
  readonly outside: Model['outside'];
  readonly recommend: Serve;
  readonly #bytes: Uint8Array | null;

  /** @param bytes what the decorator keeps, the model's own bytes included; null where those are all */
  constructor(base: Model, serve: Serve, bytes: Uint8Array | null) {
    this.base = base;
    this.count = base.count;
    this.explains = base.explains;
    this.outside = base.outside;
    this.recommend = serve;
    this.#bytes = bytes;
    this.digest = bytes === null ? base.digest : sha256(bytes);
  }

  explain(...about: Parameters<Model['explain']>): ReturnType<Model['explain']> {
    return this.base.explain(...about);
  }

  toBytes(): Uint8Array {
    return this.#bytes ?? this.base.toBytes();
  }
}

/** @param serving how slates are made; called once for each model */
export function decorate(
  recommender: Recommender,
  serving: (base: Model, catalogue: FilmCatalogue) => Serve,
): Recommender {
  const around = (base: Model, catalogue: FilmCatalogue): Model =>
    new DecoratedModel(base, serving(base, catalogue), null);
  return {
    name: recommender.name,
    parameters: recommender.parameters,
    train: (request) => after(recommender.train(inner(request)), (base) => around(base, request.catalogue)),
    load: (bytes, catalogue) => around(recommender.load(bytes, catalogue), catalogue),
  };
}

/** The same with a memory: the model's bytes are the memory's and those of the model inside. */
export function decorateWithMemory<M>(
  recommender: Recommender,
  memory: Memory<M>,
  serving: (inside: Inside<M>) => Serve,
): Recommender {
  const around = (inside: Inside<M>): Model => {
    const writer = new ByteWriter();
    memory.write(writer, inside.memory);
    writer.raw(inside.base.toBytes());
    return new DecoratedModel(inside.base, serving(inside), writer.copy());
  };
  return {
    name: recommender.name,
    parameters: recommender.parameters,
    train: (request) =>
      after(recommender.train(inner(request)), (base) =>
        around({ base, catalogue: request.catalogue, memory: memory.learn(request) }),
      ),
    load(bytes, catalogue) {
      const reader = new ByteReader(bytes);
      const learnt = memory.read(reader);
      return around({
        base: recommender.load(reader.raw(reader.end - reader.offset), catalogue),
        catalogue,
        memory: learnt,
      });
    },
  };
}

/** What the recommender inside is asked: to go on from the model inside. */
function inner(request: TrainingRequest): TrainingRequest {
  const { previous } = request;
  return previous instanceof DecoratedModel ? { ...request, previous: previous.base } : request;
}
