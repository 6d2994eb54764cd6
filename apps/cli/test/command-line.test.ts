/** The commands as scripts meet them: documents, exit codes, messages, precedence. Called in this process. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { appendBatch, encodeBatch, type LogEvent, openSqliteStore, RunLog } from '@rashomon/kernel';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { configKeys } from '@rashomon/replay';
import { EXIT } from '../src/exit-codes.ts';
import { call, type CallOptions, type Called } from './call.ts';

const root = mkdtempSync(join(tmpdir(), 'rashomon-cli-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let folders = 0;
/** A new empty folder. */
function folder(): string {
  const path = join(root, `folder-${folders++}`);
  mkdirSync(path);
  return path;
}

type Document = { readonly [field: string]: unknown };

/** Calls the command where the shared store is. */
const shared = folder();
const at = (words: string, options: Partial<CallOptions> = {}): Promise<Called> =>
  call(words.split(' '), { cwd: shared, ...options });

async function document(words: string, code = 0): Promise<Document> {
  const called = await at(`${words} --json`);
  if (called.code !== code) throw new Error(`${words} ends with ${called.code}: ${called.err}`);
  expect(called.out.endsWith('\n')).toBe(true);
  return JSON.parse(called.out) as Document;
}

const RUN_FIELDS = [
  'schema',
  'run',
  'name',
  'parent',
  'forkRound',
  'sharedEvents',
  'seed',
  'agents',
  'rounds',
  'events',
  'digest',
  'recommender',
  'mind',
  'outsideCalls',
  'tokens',
  'seconds',
  'metrics',
];
const COMMANDS =
  'init run resume runs show events replay verify branch compare why export evaluate config doctor'.split(' ');

const SMALL = '--agents 20 --rounds 6';

let base: Document;
let branched: Document;

beforeAll(async () => {
  base = await document(`run ${SMALL} --name base --seed 5`);
  branched = await document('branch base@3 --set recommender=item-knn --set slate.size=5 --name other');
});

describe('documents', () => {
  test('run, branch and resume give a run', async () => {
    for (const report of [base, branched, await document('resume base')])
      expect(Object.keys(report)).toEqual(expect.arrayContaining(RUN_FIELDS));
    expect(base).toMatchObject({
      schema: 'rashomon.run/1',
      name: 'base',
      parent: null,
      forkRound: null,
      sharedEvents: 0,
      seed: 5,
      agents: 20,
      rounds: 6,
      recommender: 'popular',
      mind: 'choice',
      outsideCalls: 0,
      tokens: { in: 0, out: 0 },
    });
    expect(branched).toMatchObject({
      schema: 'rashomon.run/1',
      parent: base['run'],
      forkRound: 3,
      rounds: 6,
      recommender: 'item-knn',
    });
    expect(branched['sharedEvents']).toBeGreaterThan(0);
  });

  test('runs', async () => {
    const { schema, runs } = (await document('runs')) as {
      readonly schema: string;
      readonly runs: readonly Document[];
    };
    expect(schema).toBe('rashomon.runs/1');
    expect(runs).toHaveLength(2);
    for (const run of runs)
      expect(Object.keys(run)).toEqual(
        expect.arrayContaining([
          'run',
          'name',
          'parent',
          'forkRound',
          'rounds',
          'agents',
          'events',
          'digest',
          'recommender',
          'mind',
          'status',
        ]),
      );
  });

  test('replay and verify', async () => {
    for (const name of ['base', 'other']) {
      const replayed = await document(`replay ${name}`);
      expect(replayed).toMatchObject({ schema: 'rashomon.replay/1', outsideCalls: 0, divergence: null });
      expect(replayed['matched']).toBe(replayed['events']);
      expect(await document(`verify ${name}`)).toMatchObject({
        schema: 'rashomon.verify/1',
        ok: true,
        fault: null,
        events: replayed['events'],
        digest: replayed['digest'],
      });
    }
  });

  test('compare', async () => {
    const report = await document('compare base other --metric watches --metric meanRating');
    expect(report).toMatchObject({
      schema: 'rashomon.compare/1',
      a: base['run'],
      b: branched['run'],
      forkRound: 3,
      firstDivergence: { round: 4 },
    });
    const { metrics, divergedAgents } = report as {
      readonly metrics: readonly Document[];
      readonly divergedAgents: readonly Document[];
    };
    expect(metrics.map(({ name }) => name)).toEqual(['watches', 'meanRating']);
    for (const metric of metrics) expect(Object.keys(metric)).toEqual(['name', 'a', 'b', 'delta', 'low', 'high', 'n']);
    expect(divergedAgents.map(({ round }) => round)).toEqual([4, 5, 6]);
    expect(report).toMatchObject({ paired: true });
  });

  test('compare --explain: every metric, or those asked for, with or without two runs', async () => {
    const { schema, metrics } = (await document('compare --explain')) as {
      readonly schema: string;
      readonly metrics: readonly Document[];
    };
    expect(schema).toBe('rashomon.metrics/1');
    expect(metrics.map(({ name }) => name)).toEqual(expect.arrayContaining(['watches', 'novelty', 'exposureGini']));
    for (const metric of metrics)
      for (const part of ['formula', 'unit', 'range', 'ofRun', 'ofAgents', 'mayConclude', 'mayNotConclude'])
        expect(metric[part]).toMatch(/\w/);
    const compared = await document('compare base other --explain --metric novelty');
    expect(compared).toMatchObject({ schema: 'rashomon.compare/1', definitions: [{ name: 'novelty' }] });
    const { out } = await at('compare --explain --metric novelty');
    expect(out).toMatch(/^novelty\n {2}mean over films shown of -log2[\s\S]*bits[\s\S]*does not say/);
  });

  test('compare of a run and itself says that nothing is left; of strangers, that they are not paired', async () => {
    const { out } = await at('compare base base');
    expect(out).toMatch(/shared up to round 6; no round is left to compare\n$/);
    expect(out).not.toContain('METRIC');
    const cwd = folder();
    await at(`run ${SMALL} --name one --quiet`, { cwd });
    await at(`run ${SMALL} --name two --seed 77 --quiet`, { cwd });
    const strangers = (await at('compare one two', { cwd })).out;
    expect(strangers).toContain('not paired: their agents or their luck are not the same');
    expect(strangers).toContain('the interval of the unpaired difference');
    expect(JSON.parse((await at('compare one two --json', { cwd })).out)).toMatchObject({ paired: false });
  });

  test('show --json has the figures that the words have', async () => {
    const { metrics } = await document('show base');
    const { metrics: ofRun } = base as { readonly metrics: Document };
    expect(metrics).toEqual(ofRun);
  });

  test('why, by position and by agent and film, tested and not', async () => {
    const [watch = {}] = await lines('events base --type FilmWatched --round 4..6 --limit 1 --jsonl');
    const position = watch['position'] as number;
    const report = await document(`why base ${position} --but-for`);
    expect(report).toMatchObject({ schema: 'rashomon.why/1', event: { position, type: 'FilmWatched' } });
    expect(report['butFor']).toBeInstanceOf(Array);
    const [cause] = report['causes'] as readonly Document[];
    expect(Object.keys(cause ?? {})).toEqual(expect.arrayContaining(['role', 'event', 'influence', 'causes', 'more']));
    const { film } = watch['data'] as { readonly film: number };
    const named = await document(`why base --agent ${String(watch['agent'])} --item ${film} --depth 1`);
    expect(named).toMatchObject({ event: { type: 'FilmWatched', data: { film } }, butFor: null });
  });

  test('show the system and an agent', async () => {
    expect(await document('show base@2')).toMatchObject({
      schema: 'rashomon.state/1',
      run: base['run'],
      round: 2,
      agent: null,
      system: { round: 2 },
    });
    expect(await document('show base@2 --agent 7')).toMatchObject({
      schema: 'rashomon.state/1',
      round: 2,
      agent: { id: 7 },
      system: null,
    });
    expect(await document('show base')).toMatchObject({ round: 6 });
  });

  test('events: a line each, filtered, or one document', async () => {
    const all = await lines('events base --jsonl');
    expect(all).toHaveLength(base['events'] as number);
    expect(all.map(({ position }) => position)).toEqual(all.map((_, index) => index));
    expect(Object.keys(all[0] ?? {})).toEqual(['position', 'round', 'agent', 'type', 'version', 'data', 'causes']);
    const some = await lines('events base --agent 3 --round 2..4 --type PlaceChosen --type FilmWatched --jsonl');
    expect(some.length).toBeGreaterThan(0);
    expect(some).toEqual(
      all.filter(
        ({ agent, round, type }) =>
          agent === 3 && [2, 3, 4].includes(round as number) && ['PlaceChosen', 'FilmWatched'].includes(type as string),
      ),
    );
    const { events } = (await document('events base --agent 3 --limit 4')) as { readonly events: readonly Document[] };
    expect(events).toEqual(all.filter(({ agent }) => agent === 3).slice(0, 4));
    expect((await at('events base --limit 0 --jsonl')).out).toBe('');
    expect(await document('events base --limit 0')).toMatchObject({ events: [] });
  });

  test('config with the parameters of recommender and mind', async () => {
    const { values } = (await document('config --explain --recommender item-knn')) as {
      readonly values: readonly Document[];
    };
    expect(values).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: 'seed', value: 1, source: 'default' }),
        expect.objectContaining({ key: 'recommender', value: 'item-knn', source: '--recommender' }),
        expect.objectContaining({ key: 'recommender.neighbours', source: 'default' }),
        expect.objectContaining({ key: 'mind.tasteWeight', value: 1, source: 'default' }),
      ]),
    );
  });

  test('doctor', async () => {
    const report = await document('doctor');
    expect(report).toMatchObject({ schema: 'rashomon.doctor/1', ok: true });
    expect((report['checks'] as readonly Document[]).map(({ name }) => name)).toEqual([
      'node',
      'disk',
      'writing',
      'store',
      'data',
      'recommender',
      'minds',
      'terminal',
    ]);
    expect(readdirSync(shared).filter((name) => name.includes('doctor'))).toEqual([]);
  });
});

async function lines(words: string): Promise<Document[]> {
  const { out } = await at(words);
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Document);
}

describe('words for people', () => {
  test('every reading command says something on stdout and nothing but data', async () => {
    for (const words of [
      'runs',
      'show base',
      'show base@4 --agent 3',
      'events base --limit 30',
      'verify base',
      'replay base',
      'compare base other',
      'config',
      'config --explain',
      'doctor',
    ]) {
      const { code, out, err } = await at(`${words} --quiet`);
      expect({ words, code, err }).toEqual({ words, code: 0, err: '' });
      expect(out.trim()).not.toBe('');
      expect(out).not.toMatch(/undefined|NaN|\[object/);
      expect(out).not.toContain('\u001b[');
    }
  });

  test('every kind of event has its words', async () => {
    const { out } = await at('events base');
    expect(out).not.toMatch(/undefined|NaN|\[object/);
    expect(out.trimEnd().split('\n')).toHaveLength(base['events'] as number);
  });

  test('runs is a tree with the forks on its lanes', async () => {
    const { out } = await at('runs');
    expect(out).toContain(`└─@3─ ${String(branched['run'])}  other`);
    expect((await at('runs', { env: { TERM: 'dumb' } })).out).toContain(`\`-@3- ${String(branched['run'])}`);
  });

  test('why keeps recorded and tested causes apart', async () => {
    const [watch] = await lines('events base --type FilmWatched --round 5 --limit 1 --jsonl');
    const untested = await at(`why base ${String(watch?.['position'])}`);
    expect(untested.out).toMatch(
      /what was weighed[\s\S]*SUM[\s\S]*recorded causes[\s\S]*shown-in[\s\S]*tested causes\n {2}not tested/,
    );
    const tested = await at(`why base ${String(watch?.['position'])} --but-for`);
    expect(tested.out).toMatch(/tested causes\n {2}(without|nothing)/);
  });

  test('the seed comes first, then a line for each round; stdout has the report alone', async () => {
    const { out, err, code } = await call(['run', '--agents', '10', '--rounds', '3', '--seed', '9'], { cwd: folder() });
    expect(code).toBe(0);
    expect(err.split('\n')[0]).toBe('seed 9');
    expect(err.match(/^round \d\/3, .*agent-rounds\/s/gm)).toHaveLength(3);
    expect(out).toMatch(/^run [0-9a-f]{12}: finished\n/);
    expect(out).not.toContain('round 1/3');
  });

  test('quiet: nothing but the id', async () => {
    const { out, err } = await call(['run', '--agents', '10', '--rounds', '2', '--quiet'], { cwd: folder() });
    expect({ id: /^[0-9a-f]{12}\n$/.test(out), err }).toEqual({ id: true, err: '' });
  });

  test('colour and a bar on a terminal only, and not with NO_COLOR or TERM=dumb', async () => {
    const words = ['run', '--agents', '10', '--rounds', '3', '--store', 'memory:'];
    const lively = await call(words, { cwd: shared, isTerminal: true });
    expect(lively.out).toContain('\u001b[1m');
    expect(lively.err).toContain('█');
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      const plain = await call(words, { cwd: shared, isTerminal: true, env });
      expect(plain.out + plain.err).not.toContain('\u001b');
      expect(plain.err).toMatch(/^round 1\/3, /m);
    }
  });

  test('help has its examples first, for the program and for each command', async () => {
    const { out, code } = await at('--help');
    expect(code).toBe(0);
    expect(out).toMatch(/^Examples:\n {2}\$ rashomon run/);
    const commands = [...out.matchAll(/^ {2}([a-z]+) (?:\[|<|[a-z]| )/gm)]
      .map(([, name = '']) => name)
      .filter((name) => name !== 'help');
    expect(commands).toEqual(expect.arrayContaining(COMMANDS));
    for (const name of COMMANDS) {
      const help = await at(`${name} --help`);
      expect(help.code).toBe(0);
      expect(help.out).toMatch(
        new RegExp(`^Examples:\\n {2}\\$ rashomon ${name}\\b[\\s\\S]*Usage: rashomon ${name}\\b`),
      );
      expect(help.out).toContain('--store');
    }
    expect((await at('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('exit codes', () => {
  /** Fails with the code, says the words on stderr and nothing on stdout. */
  async function fails(words: string, code: number, said: RegExp, options: Partial<CallOptions> = {}): Promise<void> {
    const called = await at(words, options);
    expect({ words, code: called.code, out: called.out }).toEqual({ words, code, out: '' });
    expect(called.err).toMatch(said);
  }

  test('2: unknown commands, flags, metrics, types and expressions, with did you mean', async () => {
    await fails('rnu', 2, /unknown command 'rnu' \(did you mean run\?\)/);
    await fails('studio', 2, /unknown command 'studio'/);
    await fails('run --agnets 5', 2, /unknown option '--agnets' \(did you mean --agents\?\)/);
    await fails('runs --jsn', 2, /did you mean --json\?/);
    await fails('events base --type FilmWatch', 2, /did you mean FilmWatched\?/);
    await fails('compare base other --metric wathces', 2, /unknown metric/);
    await fails('compare base', 2, /two runs are to be named/);
    await fails('compare', 2, /two runs are to be named/);
    await fails('compare --explain --metric wathces', 2, /unknown metric "wathces"/);
    await fails('compare base other --fail-if watches', 2, /expected/);
    expect(await call([], { cwd: shared })).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('Usage: rashomon'),
    });
  });

  test('2: missing and surplus arguments, and values that cannot be meant', async () => {
    await fails('replay', 2, /missing required argument 'run'/);
    await fails('replay base other', 2, /too many arguments/);
    await fails('branch base', 2, /expected RUN@ROUND, e\.g\. base@10/);
    await fails('branch base@2 --set nothing', 2, /expected key=value/);
    await fails('branch base@2 --rounds none', 2, /--rounds "none": expected a whole number of at least 1/);
    await fails('events base --round 5..2', 2, /S not before R/);
    await fails('events base --limit -1', 2, /.+/);
    await fails('why base', 2, /either a position, or --agent and --item/);
    await fails('why base 5 --agent 1 --item 2', 2, /either a position/);
    await fails('export base --format parquet -o x', 2, /Allowed choices are jsonl, csv/);
    await fails('export base --format csv', 2, /-o, --output <path>/);
  });

  test('3: every fault of a configuration at once, with key, value, source and expectation', async () => {
    const words =
      'run --agents 0 --set slate.sizee=5 --set activity.method=often --recommender popularr --set mind.tasteWeigth=2';
    await fails(words, 3, /error: 6 faults/, { env: { RASHOMON_ROUNDS: 'many' } });
    const { err } = await at(words, { env: { RASHOMON_ROUNDS: 'many' } });
    for (const fault of [
      /agents: 0 \(--agents\): expected at least 1/,
      /rounds: "many" \(RASHOMON_ROUNDS\): expected a/,
      /slate\.sizee: 5 \(--set\): .*did you mean "slate\.size"\?/,
      /activity\.method: "often" \(--set\): expected one of constant, pareto, marginal/,
      /recommender: "popularr" \(--recommender\): .*did you mean "popular"\?/,
      /mind\.tasteWeigth: 2 \(--set\): .*did you mean "tasteWeight"\?/,
    ]) {
      expect(err).toMatch(fault);
    }
    await fails(
      'branch base@2 --set slate.sizee=5 --set item.remove=99999',
      3,
      /item\.remove: 99999[\s\S]*did you mean "slate\.size"/,
    );
    await fails('run --data nowhere', 3, /nowhere/);
    await fails('run --set __proto__.polluted=1', 3, /expected a key made of names and dots/);
    expect(({} as Document)['polluted']).toBeUndefined();
  });

  test('3: configuration files that cannot be read', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'broken.yaml'), 'slate: [1,');
    writeFileSync(join(cwd, 'broken.json'), '{"slate": }');
    writeFileSync(join(cwd, 'list.json'), '[1]');
    writeFileSync(join(cwd, 'script.yaml'), 'mind:\n  name: scripted\n  script: none.json\n');
    await fails('config --config none.yaml', 3, /none\.yaml.*ENOENT/, { cwd });
    await fails('config --config broken.yaml', 3, /broken\.yaml.*expected YAML/, { cwd });
    await fails('config --config broken.json', 3, /broken\.json.*expected JSON/, { cwd });
    await fails('config --config list.json', 3, /expected a mapping/, { cwd });
    await fails(
      'config --config script.yaml',
      3,
      /mind\.script: "none\.json" \(script\.yaml\): expected a script, or a JSON file/,
      { cwd },
    );
    writeFileSync(join(cwd, 'rashomon.config.yaml'), 'rounds: 3\n');
    writeFileSync(join(cwd, 'rashomon.config.json'), '{"rounds": 4}');
    await fails('config', 3, /one of these files/, { cwd });
  });

  test('4: runs, rounds, events and agents that are not there', async () => {
    await fails('replay bsae', 4, /no run "bsae" \(did you mean "base"\?\)/);
    await fails('show base@77', 4, /no closed round 77; expected 0 to 6/);
    await fails('branch base@77', 4, /no closed round 77/);
    await fails('show base --agent 777', 4, /no agent 777/);
    await fails('events base --agent 777', 4, /no agent 777/);
    await fails('events base --round 9', 4, /no round 9/);
    await fails('why base 7777777', 4, /no event at position 7777777/);
    await fails('why base --agent 1 --item 7777', 4, /film 7777/);
  });

  test('4: a name that stands for several runs', async () => {
    const cwd = folder();
    await call(['run', '--agents', '5', '--rounds', '1', '--name', 'twin', '--quiet'], { cwd });
    const second = await call(['run', '--agents', '5', '--rounds', '1', '--name', 'twin'], { cwd });
    expect(second.err).toMatch(/warning: run [0-9a-f]{12} is called twin too/);
    await fails('show twin', 4, /"twin" stands for 2 runs/, { cwd });
  });

  test('5 and 6: a run whose record was changed diverges, and is not verified', async () => {
    const cwd = folder();
    await call(['run', '--agents', '10', '--rounds', '3', '--name', 'true', '--quiet'], { cwd });
    await forge(join(cwd, 'rashomon.db'));
    const replayed = await at('replay forged --json', { cwd });
    expect(replayed.code).toBe(5);
    const { divergence } = JSON.parse(replayed.out) as { readonly divergence: Document };
    expect(divergence).toMatchObject({
      recorded: { type: 'FilmRated', data: { feeling: 'forged' } },
      replayed: { type: 'FilmRated' },
    });
    expect((await at('replay forged', { cwd })).out).toMatch(/diverges at position \d+[\s\S]*recorded[\s\S]*replayed/);
    const verified = await at('verify forged --json', { cwd });
    expect(verified.code).toBe(6);
    expect(JSON.parse(verified.out)).toMatchObject({ ok: false, fault: { reason: expect.stringContaining('digest') } });
    expect((await at('verify forged', { cwd })).out).toMatch(/damaged at position \d+/);
  });

  test('6: stores missing, empty, of others or of a kind that is not there; none is made or changed', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'empty.db'), '');
    writeFileSync(join(cwd, 'text.db'), 'this is no store\n'.repeat(100));
    for (const words of [
      'runs',
      'replay base',
      'show base',
      'events base',
      'verify base',
      'resume base',
      'branch base@1',
      'compare a b',
      'why a 1',
      'export a --format jsonl -o x.jsonl',
    ]) {
      await fails(words, 6, /rashomon\.db: no such file/, { cwd });
    }
    await fails('runs --store empty.db', 6, /empty\.db: is empty/, { cwd });
    await fails('runs --store text.db', 6, /text\.db/, { cwd });
    await fails(`run ${SMALL} --store text.db --quiet`, 6, /text\.db/, { cwd });
    await fails('runs --store .', 6, /is no file/, { cwd });
    await fails('runs --store kurrentdb://localhost:2113', 6, /no adapter for kurrentdb:/, { cwd });
    await fails('runs --store esdb://localhost:2113', 6, /no adapter for esdb:/, { cwd });
    expect(readdirSync(cwd).sort()).toEqual(['empty.db', 'text.db']);
    expect(statSync(join(cwd, 'empty.db')).size).toBe(0);
  });

  test('1: --fail-if that holds; 0 when it does not, with the comparison printed either way', async () => {
    const held = await at('compare base other --json --fail-if divergedAgents>0');
    expect(held.code).toBe(1);
    expect(held.err).toContain('--fail-if divergedAgents>0 holds');
    expect(JSON.parse(held.out)).toMatchObject({ schema: 'rashomon.compare/1' });
    expect((await at('compare base other --json --fail-if watches.n!=20')).code).toBe(0);
  });

  test('1: a run that another is writing', async () => {
    const store = openSqliteStore(join(shared, 'rashomon.db'));
    const lease = await store.leases.acquire(base['run'] as string);
    await fails('resume base --quiet', 1, /is being written by another/);
    await lease.release();
    await store.close();
  });

  test('130: interrupted before it began; resuming ends in the same digest', async () => {
    const cwd = folder();
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 60);
    const called = await call(['run', '--agents', '60', '--rounds', '200', '--name', 'long'], {
      cwd,
      signal: stop.signal,
    });
    expect(called.code).toBe(130);
    expect(called.err).toMatch(
      /was interrupted; everything up to here is kept\ngo on with: rashomon resume [0-9a-f]{12}\n/,
    );
    const read = new AbortController();
    read.abort();
    expect(await call(['replay', 'base'], { cwd: shared, signal: read.signal })).toMatchObject({ code: 130, out: '' });
  });
});

/** Copies the run `true` as `forged`, with what somebody felt replaced. */
async function forge(path: string): Promise<void> {
  const store = openSqliteStore(path);
  const [record] = await store.runs.list();
  if (record === undefined) throw new Error('expected a run');
  const log = await RunLog.open(store, record.header.id);
  let isDone = false;
  const events = (await log.collect()).map((event): LogEvent => {
    if (isDone || event.type !== 'FilmRated') return event;
    isDone = true;
    return { ...event, data: { ...event.data, feeling: 'forged' } };
  });
  const header = { ...record.header, id: 'f0f0f0f0f0f0', root: 'f0f0f0f0f0f0', name: 'forged' };
  await store.runs.create(header, { ...record.progress, events: 0 });
  await appendBatch(store.log, header.id, encodeBatch(0, events), record.progress);
  await store.close();
}

describe('configuration', () => {
  const explained = async (words: string, options: Partial<CallOptions>): Promise<Map<string, string>> => {
    const { out } = await at(`config --explain --json ${words}`.trim(), options);
    const { values } = JSON.parse(out) as {
      readonly values: readonly { readonly key: string; readonly value: unknown; readonly source: string }[];
    };
    return new Map(values.map(({ key, value, source }) => [key, `${JSON.stringify(value)} ${source}`]));
  };

  test('flags before variables before the file before defaults', async () => {
    const cwd = folder();
    writeFileSync(
      join(cwd, 'rashomon.config.yaml'),
      'seed: 2\nrounds: 3\nslate:\n  size: 4\nrecommender:\n  name: item-knn\n  neighbours: 11\nvisit: {pages: 2}\n',
    );
    const env = {
      RASHOMON_SEED: '20',
      RASHOMON_SLATE__SIZE: '40',
      RASHOMON_RECOMMENDER__TRAINEVERY: '3',
      RASHOMON_STORE: 'x.db',
      RASHOMON_DATA: cwd,
    };
    const values = await explained('--seed 200 --set visit.pages=7', { cwd, env });
    expect(values.get('seed')).toBe('200 --seed');
    expect(values.get('slate.size')).toBe('40 RASHOMON_SLATE__SIZE');
    expect(values.get('recommender.trainEvery')).toBe('3 RASHOMON_RECOMMENDER__TRAINEVERY');
    expect(values.get('rounds')).toBe('3 rashomon.config.yaml');
    expect(values.get('recommender.neighbours')).toBe('11 rashomon.config.yaml');
    expect(values.get('visit.pages')).toBe('7 --set');
    expect(values.get('visit.watches')).toBe('1 default');
    expect(values.get('data')).toBe('"sample" default');
  });

  test('a recommender named anew comes without parameters of another; the order of --set does not matter', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'rashomon.config.json'), '{"recommender": {"name": "item-knn", "neighbours": 11}}');
    expect((await explained('', { cwd, env: { RASHOMON_RECOMMENDER: 'popular' } })).has('recommender.neighbours')).toBe(
      false,
    );
    const values = await explained('--set recommender.neighbours=9 --set recommender=item-knn', { cwd });
    expect(values.get('recommender.neighbours')).toBe('9 --set');
    expect((await explained('--set seed=3 --set seed=4', { cwd })).get('seed')).toBe('4 --set');
  });

  test('--config names the file; the environment matters in any case of its keys', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'mine.json'), '{"rounds": 8}');
    const values = await explained('--config mine.json', { cwd, env: { RASHOMON_activity__METHOD: 'pareto' } });
    expect(values.get('rounds')).toBe('8 mine.json');
    expect(values.get('activity.method')).toBe('"pareto" RASHOMON_activity__METHOD');
  });

  test('a variable that is no setting is left aside with a warning', async () => {
    const { code, err } = await at('config', { env: { RASHOMON_SLATE__SIZ: '4', RASHOMON_DEBUG: '1' } });
    expect(code).toBe(0);
    expect(err).toBe(
      'warning: RASHOMON_SLATE__SIZ is no setting and was left aside (did you mean RASHOMON_SLATE__SIZE?)\n',
    );
  });

  test('RASHOMON_STORE says where runs are kept, --store comes before it', async () => {
    const env = { RASHOMON_STORE: join(shared, 'rashomon.db') };
    expect((await call(['runs'], { cwd: folder(), env })).out).toContain('base');
    expect((await call(['runs', '--store', 'none.db'], { cwd: folder(), env })).code).toBe(6);
    expect((await call(['--store', 'memory:', 'runs', '--json'], { cwd: folder(), env })).out).toBe(
      '{"schema":"rashomon.runs/1","runs":[]}\n',
    );
  });

  test('init writes a file that means the defaults, once, and what config prints can be read again', async () => {
    const cwd = folder();
    const made = await at('init study', { cwd });
    expect(made).toMatchObject({
      code: 0,
      out: `${join(cwd, 'study', 'rashomon.config.yaml')}\n`,
      err: 'next: cd study && rashomon run --name base\n',
    });
    const study = join(cwd, 'study');
    const bare = await at('config --json', { cwd });
    expect((await at('config --json', { cwd: study })).out).toBe(bare.out);
    writeFileSync(join(cwd, 'again.yaml'), (await at('config', { cwd })).out);
    expect((await at('config --json --config again.yaml', { cwd })).out).toBe(bare.out);
    const text = readFileSync(join(study, 'rashomon.config.yaml'), 'utf8');
    expect(text).toMatch(/^slate:\n {2}size: 10 +# films on a page/m);
    expect(text).toMatch(/^# agents: 200/m);
    expect(text).toMatch(/neighbours: \d+/);
    expect(await at('init study', { cwd })).toMatchObject({ code: 1, out: '' });
    expect(readFileSync(join(study, 'rashomon.config.yaml'), 'utf8')).toBe(text);
    rmSync(join(study, 'rashomon.config.yaml'));
    writeFileSync(join(study, 'rashomon.config.json'), '{}');
    expect((await at('init study', { cwd })).code).toBe(1);
  });

  test('a script for the scripted mind is read from its file, for run and for branch', async () => {
    const cwd = folder();
    writeFileSync(
      join(cwd, 'script.json'),
      JSON.stringify({ rules: [{ agents: 'all', pages: [{ watch: { rank: 1 } }], rate: 5 }] }),
    );
    const words = '--set mind.script=script.json --agents 5 --rounds 2 --json';
    const report = JSON.parse((await at(`run --mind scripted ${words}`, { cwd })).out) as Document;
    expect(report).toMatchObject({ mind: 'scripted', metrics: { watches: 10, meanRating: 5 } });
    await at('run --agents 5 --rounds 2 --name plain --quiet', { cwd });
    const branchedRun = JSON.parse(
      (await at('branch plain@1 --set mind.script=script.json --set mind=scripted --json', { cwd })).out,
    ) as Document;
    expect(branchedRun).toMatchObject({ mind: 'scripted' });
    expect((await at(`replay ${String(branchedRun['run'])} --quiet`, { cwd })).code).toBe(0);
    expect(await at('run --mind scripted --set mind.script=none.json --quiet', { cwd })).toMatchObject({ code: 3 });
  });

  test('data is looked for here and in RASHOMON_DATA', async () => {
    const shelf = folder();
    mkdirSync(join(shelf, 'tiny'));
    writeFileSync(
      join(shelf, 'tiny', 'films.csv'),
      readFileSync(new URL('../../../packages/recsys/data/films.csv', import.meta.url), 'utf8')
        .split('\n')
        .slice(0, 41)
        .join('\n'),
    );
    const words = 'run --data tiny --agents 5 --rounds 1 --store memory: --json';
    expect((await at(words)).code).toBe(3);
    const called = await at(words, { env: { RASHOMON_DATA: shelf } });
    expect({ code: called.code, err: called.code === 0 ? '' : called.err }).toEqual({ code: 0, err: '' });
    expect((await at('doctor', { env: { RASHOMON_DATA: shelf } })).out).toContain('tiny');
    expect(await at('doctor', { env: { RASHOMON_DATA: join(shelf, 'none') } })).toMatchObject({
      code: 1,
      out: expect.stringMatching(/broken +data/),
    });
  });

  test(
    'a remote recommender that is not there: ' +
      'the run stops with 7 and can be resumed, or the fallback ranks; doctor names the host',
    async () => {
      const cwd = folder();
      const server = createServer((_, response) => response.writeHead(503).end());
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const env = {
        RASHOMON_RECOMMENDER: 'remote',
        RASHOMON_RECOMMENDER__URL: `${origin}/films`,
        RASHOMON_RECOMMENDER__RETRIES: '0',
        RASHOMON_REMOTE_TOKEN: 'hunter2',
      };
      const stopping = { ...env, RASHOMON_RECOMMENDER__FALLBACK: 'none' };
      expect((await at('doctor', { cwd, env })).out).toContain(`remote: somebody answers at ${origin} (HTTP 503)`);
      const stopped = await at('run --agents 3 --rounds 1 --name alone', { cwd, env: stopping });
      expect(stopped).toMatchObject({
        code: EXIT.unavailable,
        err: expect.stringContaining(
          `the recommender at ${origin} gave no usable answer to POST /films/train: HTTP 503; start its server`,
        ),
      });
      await new Promise((resolve) => server.close(resolve));
      expect(await at('resume alone', { cwd })).toMatchObject({
        code: 7,
        err: expect.stringContaining('no connection ('),
      });
      expect(await at('verify alone', { cwd })).toMatchObject({ code: 0 });
      const alone = await at('run --agents 3 --rounds 1 --json', { cwd, env });
      expect(JSON.parse(alone.out)).toMatchObject({ recommender: 'remote', outsideCalls: 1, outsideFaults: 1 });
      expect(alone.err).toContain('warning: 1 of 1 outside call got no usable answer, and the fallback stood in');
      for (const [code, state, variables] of [
        [0, 'note', env],
        [1, 'broken', stopping],
      ] as const) {
        expect(await at('doctor', { cwd, env: variables })).toMatchObject({
          code,
          out: expect.stringMatching(
            new RegExp(`${state} +recommender +remote: no connection \\(\\w+\\) at ${origin}; start its server there`),
          ),
        });
      }
      const refused = await at('run', { cwd, env: { ...env, RASHOMON_RECOMMENDER__URL: 'http://a:hunter2@b' } });
      expect(refused).toMatchObject({ code: 3, err: expect.stringContaining('recommender.url') });
      for (const { out, err } of [stopped, alone, refused])
        expect(`${out}${err}`).not.toMatch(/hunter2|RASHOMON_REMOTE_TOKEN is no setting/);
    },
  );
});

describe('the guide', () => {
  const guide = readFileSync(new URL('../../../docs/guides/command-line.md', import.meta.url), 'utf8');

  test('lists every key with its default', () => {
    const shown = (value: unknown): string =>
      value === undefined ? '' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
    const rows = configKeys().map(
      ({ key, about, default: value }) => `| \`${key.replace(/\.name$/, '')}\` | ${shown(value)} | ${about} |`,
    );
    expect(rows.filter((row) => !guide.includes(`\n${row}\n`))).toEqual([]);
  });

  test('names every exit code', () => {
    for (const code of Object.values(EXIT)) expect(guide).toContain(`\n| ${code} | `);
  });
});

describe('looking and trying change nothing', () => {
  test('--dry-run tells the plan and writes nothing', async () => {
    const before = (await at('runs --json')).out;
    const plan = await document('branch base@3 --set recommender=random --rounds 2 --dry-run');
    expect(plan).toMatchObject({
      schema: 'rashomon.branch-plan/1',
      parent: base['run'],
      forkRound: 3,
      rounds: 2,
      agents: 20,
      interventions: [{ key: 'recommender', value: { name: 'random' } }],
    });
    expect((await at('branch base@3 --set recommender=random --dry-run')).out).toMatch(
      /recommender = \{"name":"random"\}[\s\S]*nothing was written/,
    );
    expect((await at('runs --json')).out).toBe(before);
  });

  test('a branch without intervention ends in the digest of its parent', async () => {
    const cwd = folder();
    const run = JSON.parse((await at(`run ${SMALL} --name base --json`, { cwd })).out) as Document;
    const same = JSON.parse((await at('branch base@2 --json', { cwd })).out) as Document;
    expect(same['digest']).toBe(run['digest']);
    const longer = JSON.parse((await at('branch base@2 --rounds 6 --json', { cwd })).out) as Document;
    expect(longer['rounds']).toBe(8);
  });
});

describe('export', () => {
  test('jsonl is what events --jsonl prints', async () => {
    const cwd = folder();
    const report = await document(`export base --format jsonl -o ${join(cwd, 'base.jsonl')}`);
    expect(report).toMatchObject({ schema: 'rashomon.export/1', events: base['events'], digest: base['digest'] });
    expect(readFileSync(join(cwd, 'base.jsonl'), 'utf8')).toBe((await at('events base --jsonl')).out);
    expect((await at(`export base --format jsonl -o ${join(cwd, 'base.jsonl')} --quiet`)).code).toBe(0);
    expect(readdirSync(cwd)).toEqual(['base.jsonl']);
  });

  test('csv is a file for each type, replaced when it was an export, refused when it was not', async () => {
    const cwd = folder();
    const target = join(cwd, 'csv');
    for (const _ of [1, 2]) expect((await at(`export base --format csv -o ${target} --quiet`)).code).toBe(0);
    const rows = readdirSync(target).map(
      (name) => readFileSync(join(target, name), 'utf8').trimEnd().split('\r\n').length - 1,
    );
    expect(rows.reduce((sum, count) => sum + count, 0)).toBe(base['events']);
    expect(readFileSync(join(target, 'FilmRated.csv'), 'utf8')).toMatch(
      /^position,round,agent,version,causes,film,rating,feeling,/,
    );
    writeFileSync(join(target, 'notes.txt'), 'mine');
    const refused = await at(`export base --format csv -o ${target}`);
    expect({ code: refused.code, err: refused.err }).toEqual({
      code: 1,
      err: expect.stringMatching(/holds other files \(notes\.txt\)/),
    });
    expect(existsSync(join(target, 'notes.txt'))).toBe(true);
    expect((await at(`export base --format jsonl -o ${join(cwd, 'none', 'x')}`)).code).toBe(1);
    expect(readdirSync(cwd)).toEqual(['csv']);
  });
});

describe('slips of the hand', () => {
  test('two letters in each other’s place are one slip', async () => {
    expect((await at('run --recommender iasl', { cwd: folder() })).err).toContain('did you mean "ials"?');
    expect((await at('run --set slate.isze=5', { cwd: folder() })).err).toContain('did you mean "slate.size"?');
  });

  test('a file that ends in .yml is read, and is one too many beside another', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'rashomon.config.yml'), 'rounds: 3');
    expect(JSON.parse((await at('config --json', { cwd })).out)).toMatchObject({ config: { rounds: 3 } });
    writeFileSync(join(cwd, 'rashomon.config.yaml'), 'rounds: 4');
    expect((await at('config', { cwd })).err).toMatch(/rashomon\.config\.yaml, rashomon\.config\.yml.*one of these/);
  });

  test('--quiet does not hide a warning', async () => {
    const env = { RASHOMON_SLATE__ISZE: '5' };
    const { err } = await at('run --agents 2 --rounds 1 --quiet', { cwd: folder(), env });
    expect(err).toContain('RASHOMON_SLATE__ISZE is no setting');
  });
});

describe('config of stored runs', () => {
  test('prints every value in force, interventions included, and where two runs differ', async () => {
    const cwd = folder();
    await at('run --agents 8 --rounds 3 --name base', { cwd });
    await at('branch base@1 --set recommender=item-knn --set slate.size=7 --name other', { cwd });
    const stored = await at('config base --json', { cwd });
    expect(JSON.parse(stored.out)).toMatchObject({
      schema: 'rashomon.config/1',
      run: expect.any(String),
      config: { seed: 1, agents: 8, mind: { name: 'choice', tasteWeight: 1 }, search: { method: 'hybrid' } },
    });
    expect((await at('config other', { cwd })).out).toMatch(/name: item-knn\n  neighbours: 200/);
    const differ = await at('config base other --json', { cwd });
    expect(JSON.parse(differ.out)).toMatchObject({
      schema: 'rashomon.config-difference/1',
      differences: [
        { key: 'recommender', a: 'popular', b: 'item-knn' },
        { key: 'slate.size', a: 10, b: 7 },
        { key: 'recommender.neighbours', a: null, b: 200 },
      ],
    });
    expect((await at('config base other', { cwd })).out).toMatch(/recommender +"popular" +"item-knn"/);
    expect((await at('config base base', { cwd })).out).toBe('the same conditions\n');
    expect((await at('config none', { cwd })).code).toBe(EXIT.notFound);
    expect((await at('config base --agents 3', { cwd })).code).toBe(EXIT.usage);
  });
});

describe('plugins', () => {
  const example = fileURLToPath(new URL('../../../examples/own-recommender/neighbour-years.mjs', import.meta.url));

  test(
    'a recommender of one’s own runs, replays and is known to config like any other; ' +
      'the variable does what the flag does',
    async () => {
      const cwd = folder();
      const run = await call(
        [
          'run',
          '--plugin',
          example,
          '--recommender',
          'neighbour-years',
          '--agents',
          '10',
          '--rounds',
          '3',
          '--name',
          'own',
          '--json',
        ],
        { cwd },
      );
      expect([run.code, run.err]).toEqual([EXIT.ok, expect.any(String)]);
      expect(JSON.parse(run.out)).toMatchObject({ recommender: 'neighbour-years', rounds: 3 });
      const env = { RASHOMON_PLUGINS: example };
      expect((await call(['replay', 'own'], { cwd, env })).code).toBe(EXIT.ok);
      expect((await call(['config', '--explain', '--recommender', 'neighbour-years'], { cwd, env })).out).toContain(
        '"neighbour-years"',
      );
    },
  );

  test('a mind of one’s own runs, replays, branches, answers why; a run without it says what is missing', async () => {
    const cwd = folder();
    const plugin = ['--plugin', fileURLToPath(new URL('../../../examples/own-mind/collector.mjs', import.meta.url))];
    const run = await call([...'run --mind collector --agents 10 --rounds 4 --name old --json'.split(' '), ...plugin], {
      cwd,
    });
    expect([run.code, run.err]).toEqual([EXIT.ok, expect.any(String)]);
    expect(JSON.parse(run.out)).toMatchObject({ mind: 'collector', rounds: 4 });
    expect(JSON.parse(run.out)).not.toMatchObject({ metrics: { watches: 0 } });
    for (const line of ['replay old', 'branch old@2 --set mind=choice --name new', 'replay new', 'doctor'])
      expect([line, (await call([...line.split(' '), ...plugin], { cwd })).code]).toEqual([line, EXIT.ok]);
    const events = await call(['events', 'old', '--type', 'FilmWatched', '--jsonl'], { cwd });
    const { position } = JSON.parse(events.out.split('\n')[0] ?? '') as { readonly position: number };
    const why = await call(['why', 'old', String(position), '--but-for', ...plugin], { cwd });
    expect([why.code, why.out]).toEqual([EXIT.ok, expect.stringContaining('watched')]);
    for (const line of ['replay old', 'branch old@2', 'config old']) {
      const { code, err } = await call(line.split(' '), { cwd });
      expect([line, code, err]).toEqual([line, EXIT.invalid, expect.stringMatching(/mind "collector".*--plugin FILE/)]);
    }
  });

  test('hints name the plugin that the next command needs', async () => {
    const { err } = await call(
      ['run', '--plugin', example, '--recommender', 'neighbour-years', '--agents', '5', '--rounds', '2'],
      { cwd: folder() },
    );
    expect(err).toContain(`--plugin ${example}`);
  });

  test('what is no module, or exports no recommender, is refused by name', async () => {
    const cwd = folder();
    writeFileSync(join(cwd, 'empty.mjs'), 'export const answer = 42;');
    writeFileSync(join(cwd, 'taken.mjs'), "export const mine = { name: 'ease', create() {} };");
    for (const [file, message] of [
      ['missing.mjs', /plugin missing\.mjs: .*expected a JavaScript module/],
      ['empty.mjs', /plugin empty\.mjs: no export has a name/],
      ['taken.mjs', /plugin taken\.mjs: recommender "ease": expected a name that no other recommender has/],
    ] as const) {
      const { code, err } = await call(['run', '--plugin', file], { cwd });
      expect(code).toBe(EXIT.invalid);
      expect(err).toMatch(message);
    }
  });
});
