/** The checks of `doctor`, one function each: what was looked at, how it is, and what to do about it. */
import { knock, openStore } from '@rashomon/replay';
import { closeSync, existsSync, fsyncSync, openSync, readdirSync, statfsSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gatherConfig } from '../config/gather.ts';
import { codeOf } from '../exit-codes.ts';
import { count, plural } from '../output/numbers.ts';
import { type Session, storeLocation } from '../session.ts';

export interface Check {
  readonly name: string;
  /** note: it works, with something to know. */
  readonly state: 'ok' | 'note' | 'broken';
  readonly detail: string;
}

const NODE_LEAST = [20, 19] as const;
const MEGABYTE = 1024 * 1024;
const FREE_LEAST = 200 * MEGABYTE;

export async function examine(session: Session): Promise<readonly Check[]> {
  return [
    node(),
    ...disk(session),
    await store(session),
    data(session),
    await recommender(session),
    minds(session),
    terminal(session),
  ];
}

function node(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNew = major > NODE_LEAST[0] || (major === NODE_LEAST[0] && minor >= NODE_LEAST[1]);
  return {
    name: 'node',
    state: isNew ? 'ok' : 'broken',
    detail: `${process.version} on ${process.platform} ${process.arch}; expected ${NODE_LEAST.join('.')} or later`,
  };
}

/** Free space, and a file written and made durable beside the store. */
function disk(session: Session): Check[] {
  const location = storeLocation(session);
  if (isNoFile(location)) return [];
  const folder = dirname(location);
  const probe = join(folder, `.rashomon-doctor-${process.pid}`);
  try {
    const { bavail, bsize } = statfsSync(folder);
    const free = bavail * bsize;
    const space: Check = {
      name: 'disk',
      state: free < FREE_LEAST ? 'note' : 'ok',
      detail: `${count(free / MEGABYTE)} MB free in ${folder}`,
    };
    const began = performance.now();
    const file = openSync(probe, 'wx');
    try {
      writeSync(file, 'rashomon');
      fsyncSync(file);
    } finally {
      closeSync(file);
      unlinkSync(probe);
    }
    return [
      space,
      {
        name: 'writing',
        state: 'ok',
        detail: `a file was written and made durable in ${(performance.now() - began).toFixed(1)} ms`,
      },
    ];
  } catch (error) {
    return [
      {
        name: 'disk',
        state: 'broken',
        detail: `${folder} cannot be written to (${codeOf(error) ?? String(error)}); choose another place with --store`,
      },
    ];
  }
}

async function store(session: Session): Promise<Check> {
  const location = storeLocation(session);
  if (location !== 'memory:' && !isNoFile(location) && !existsSync(location))
    return { name: 'store', state: 'ok', detail: `${session.storeName} does not exist yet; the first run makes it` };
  try {
    const opened = openStore(location, { create: false, readonly: true });
    try {
      const runs = await opened.runs.list();
      const stopped = runs.filter(({ progress }) => progress.status !== 'finished').length;
      const unfinished = stopped === 0 ? '' : `, ${count(stopped)} of them not finished`;
      return {
        name: 'store',
        state: 'ok',
        detail: `${session.storeName} opens, ${plural(runs.length, 'run')}${unfinished}`,
      };
    } finally {
      await opened.close();
    }
  } catch (error) {
    return { name: 'store', state: 'broken', detail: (error as Error).message };
  }
}

function isNoFile(location: string): boolean {
  return location === 'memory:' || /^[a-z][a-z0-9+.-]+:\/\//.test(location);
}

function data({ env }: Session): Check {
  const { RASHOMON_DATA: folder } = env;
  if (folder === undefined || folder === '')
    return {
      name: 'data',
      state: 'ok',
      detail: 'RASHOMON_DATA is not set; --data takes a folder, or the sample is used',
    };
  try {
    const names = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    return { name: 'data', state: 'ok', detail: `${folder}: ${names.length === 0 ? 'no folder' : names.join(', ')}` };
  } catch (error) {
    return {
      name: 'data',
      state: 'broken',
      detail: `RASHOMON_DATA names ${folder}, which cannot be read (${codeOf(error) ?? String(error)})`,
    };
  }
}

const KNOCK_SECONDS = 3;

/** The recommender that `run` would use here, and whether anybody answers for it. */
async function recommender(session: Session): Promise<Check> {
  try {
    const { name, url, fallback } = gatherConfig({}, session).resolved.config.recommender;
    if (name !== 'remote') return { name: 'recommender', state: 'ok', detail: `${name}; it needs nobody outside` };
    const address = typeof url === 'string' ? url : '';
    const { origin } = new URL(address);
    const answer = await knock(address, KNOCK_SECONDS);
    if ('status' in answer)
      return {
        name: 'recommender',
        state: 'ok',
        detail: `remote: somebody answers at ${origin} (HTTP ${answer.status})`,
      };
    const without =
      fallback === 'none'
        ? 'runs stop without it'
        : `${typeof fallback === 'string' ? fallback : 'the fallback'} ranks without it`;
    return {
      name: 'recommender',
      state: fallback === 'none' ? 'broken' : 'note',
      detail: `remote: ${answer.fault} at ${origin}; start its server there; ${without}`,
    };
  } catch (error) {
    return { name: 'recommender', state: 'broken', detail: (error as Error).message.replaceAll('\n', '; ') };
  }
}

function minds({ registry }: Session): Check {
  const names = registry.minds.map(({ name }) => name);
  return { name: 'minds', state: 'ok', detail: `${names.join(', ')}; none of them needs a model end-point` };
}

function terminal({ stdout, stderr, env }: Session): Check {
  const kind = [stdout, stderr].map((stream) => (stream.isTTY === true ? 'a terminal' : 'no terminal'));
  const width = stdout.columns === undefined ? '' : `, ${stdout.columns} columns`;
  const colour = (env['NO_COLOR'] ?? '') !== '' ? ', NO_COLOR is set' : env['TERM'] === 'dumb' ? ', TERM is dumb' : '';
  return { name: 'terminal', state: 'ok', detail: `stdout is ${kind[0]}, stderr is ${kind[1]}${width}${colour}` };
}
