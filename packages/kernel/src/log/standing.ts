/**
 * Where a run stood at the close of a round, rebuilt from its log: for resuming, branching, replaying
 * from the middle and looking. Snapshots only shorten the way.
 */
import type { EventOf } from '../events/catalogue.ts';
import type { Cause } from '../events/causes.ts';
import { DigestChain } from '../events/digest.ts';
import { encodeBatch } from '../events/batch.ts';
import { editionOf } from '../events/editions.ts';
import { purposeKeysOf } from '../luck/purpose-keys.ts';
import { LuckOf, NOBODY } from '../luck/luck.ts';
import type { Model } from '../ports/recommender.ts';
import type { Store } from '../ports/store.ts';
import { StoreError } from '../ports/store-error.ts';
import type { Ports, Standing } from '../round/simulation.ts';
import type { LiveModel } from '../state/system.ts';
import { type World, WorldFold } from '../state/world.ts';
import { type RunConfig, scheduleOf, trainsFromScratch } from '../world/config.ts';
import { FilmCatalogue } from '../world/film.ts';
import type { RunLog } from './run-log.ts';
import { readSnapshot, snapshotBytes } from './snapshot-bytes.ts';

const SNAPSHOT = 'world';

/** There is no such round in the run. */
export class RoundNotFound extends Error {
  override readonly name = 'RoundNotFound';
  readonly code = 'ROUND_NOT_FOUND';
}

/** A model trained again has not the digest that the log recorded. */
export class ModelDiverged extends Error {
  override readonly name = 'ModelDiverged';
  readonly code = 'MODEL_DIVERGED';
}

/** Keeps the world as of the close of the latest round. */
export async function saveSnapshot(store: Store, run: string, world: World): Promise<void> {
  await store.snapshots.put(run, SNAPSHOT, world.system.round, snapshotBytes(world));
}

/** The world as of the close of a round, and the catalogue it began with. @throws RoundNotFound */
export async function worldAt(
  store: Store,
  log: RunLog,
  round: number,
): Promise<{ readonly fold: WorldFold; readonly closed: EventOf<'RoundClosed'>; readonly base: FilmCatalogue }> {
  const closed = await closingOf(log, round);
  const start = await nearestSnapshot(store, log, round);
  const base = await catalogueOf(store, log);
  const fold = new WorldFold(base, start?.world);
  const from = start === undefined ? 0 : start.world.system.closedAt + 1;
  for await (const page of log.outlines({ from, to: closed.position })) fold.fold(page);
  return { fold, closed, base };
}

/** Everything needed to go on after the close of a round. @throws RoundNotFound, ModelDiverged, StoreError */
export async function standingAt(
  store: Store,
  log: RunLog,
  round: number,
  ports: Pick<Ports, 'recommender'>,
): Promise<Standing & { readonly base: FilmCatalogue }> {
  const { fold, closed, base } = await worldAt(store, log, round);
  const chain = DigestChain.before(closed.data.digest);
  chain.addBytes(encodeBatch(closed.position, [closed], editionOf(fold.world.system.edition)).bytes);
  const model = await modelOf(store, log, fold, ports);
  return { world: fold.world, model, revision: closed.position + 1, chain, base };
}

/** The catalogue a run started with. */
export async function catalogueOf(store: Store, log: RunLog): Promise<FilmCatalogue> {
  const started = await log.event(0);
  if (started.type !== 'RunStarted')
    throw new StoreError('STORE_CORRUPT', `run ${log.id} begins with ${started.type}, expected RunStarted`);
  const bytes = await store.artefacts.get(started.data.catalogue);
  if (bytes === undefined)
    throw new StoreError(
      'STORE_CORRUPT',
      `run ${log.id}: its film catalogue ${started.data.catalogue} is missing in the store`,
    );
  return FilmCatalogue.fromBytes(bytes);
}

async function closingOf(log: RunLog, round: number): Promise<EventOf<'RoundClosed'>> {
  const [closed] = await log.collect({ types: ['RoundClosed'], rounds: [round, round] });
  if (closed?.type !== 'RoundClosed') {
    throw new RoundNotFound(`run ${log.id} has no closed round ${round}; expected 0 to ${log.record.progress.rounds}`);
  }
  return closed;
}

async function nearestSnapshot(
  store: Store,
  log: RunLog,
  round: number,
): Promise<{ readonly world: World } | undefined> {
  for (const { run, lastRound } of log.lineage()) {
    // What a parent went through after the fork is another story.
    const found = await store.snapshots.latest(run, SNAPSHOT, Math.min(round, lastRound));
    const world = found === undefined ? undefined : readSnapshot(found.bytes);
    if (world !== undefined) return { world };
  }
  return undefined;
}

/**
 * The model in force: from the store where it was kept, otherwise trained again. Training is a pure
 * function, so the chain of models since the last fresh start can be walked again from the log.
 */
async function modelOf(
  store: Store,
  log: RunLog,
  fold: WorldFold,
  ports: Pick<Ports, 'recommender'>,
): Promise<Model | null> {
  const { system } = fold.world;
  if (system.model === null) return null;
  let previous: Model | null = null;
  const chain: EventOf<'RecommenderTrained'>[] = [];
  for await (const training of trainingsBack(log, system.model)) {
    const bytes = await store.artefacts.get(training.data.digest);
    if (bytes !== undefined) {
      previous = ports.recommender(configOf(training, system.config)).load(bytes, fold.catalogue);
      break;
    }
    chain.unshift(training);
    const isFirst = training.data.model === 1 || trainsFromScratch(training.round, system.config.recommender);
    if (isFirst || training.causes.some(({ role }: Cause) => role === 'intervened-by')) break;
  }
  return chain.length === 0 ? previous : trainAgain(store, log, chain, { previous, ports, config: system.config });
}

/** Walks a chain of trainings, each on the world as it stood then. */
async function trainAgain(
  store: Store,
  log: RunLog,
  chain: readonly EventOf<'RecommenderTrained'>[],
  {
    previous,
    ports,
    config,
  }: { readonly previous: Model | null; readonly ports: Pick<Ports, 'recommender'>; readonly config: RunConfig },
): Promise<Model | null> {
  const [first] = chain as [EventOf<'RecommenderTrained'>];
  const { fold, closed } = await worldAt(store, log, first.round - 1);
  let from = closed.position + 1;
  let model = previous;
  for (const training of chain) {
    for await (const page of log.outlines({ from, to: training.position })) fold.fold(page);
    from = training.position + 1;
    const { agents: audience, interactions } = fold.world;
    const recommender = ports.recommender(configOf(training, config));
    const luck = new LuckOf(config.seed, NOBODY, training.round, purposeKeysOf(fold.world.system.behaviour));
    model = await recommender.train({
      round: training.round,
      catalogue: fold.catalogue,
      interactions,
      count: training.data.interactions,
      audience,
      previous: model,
      luck,
    });
    if (model.digest !== training.data.digest) {
      throw new ModelDiverged(
        `position ${training.position}: training ${recommender.name} again gives model ${model.digest}, ` +
          `the log has ${training.data.digest}`,
      );
    }
  }
  return model;
}

/**
 * The training of a model and those before it, latest first: looked up a round at a time, since the first often is all
 * that is needed.
 */
async function* trainingsBack(
  log: RunLog,
  { position, round }: LiveModel,
): AsyncGenerator<EventOf<'RecommenderTrained'>> {
  for (let at = round; at > 0; at--) {
    const [training] = await log.collect({ types: ['RecommenderTrained'], rounds: [at, at], to: position });
    if (training?.type === 'RecommenderTrained') yield training;
  }
}

function configOf(training: EventOf<'RecommenderTrained'>, config: RunConfig): RunConfig {
  const parameters = training.data.parameters as RunConfig['recommender'];
  return {
    ...config,
    recommender: { ...parameters, name: training.data.recommender, ...scheduleOf(config.recommender) },
  };
}
