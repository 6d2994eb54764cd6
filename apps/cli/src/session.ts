/** One call of one command: the options that every command has, where it writes, and its store. */
import type { Store } from '@rashomon/kernel';
import type { Registry } from '@rashomon/replay';
import { join, resolve } from 'node:path';
import { attentive } from './attentive-store.ts';
import type { Output } from './output/output.ts';
import type { Surroundings } from './surroundings.ts';

const DEFAULT_STORE = './rashomon.db';

export interface CommonOptions {
  readonly store?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly plugin?: readonly string[];
}

export interface Session extends Surroundings {
  /** The recommenders and minds there are, those of plugins included. */
  readonly registry: Registry;
  readonly output: Output;
  readonly json: boolean;
  /** The store as it was named. */
  readonly storeName: string;
  /** Files of `--plugin` as they were named. */
  readonly plugins: readonly string[];
}

export function sessionOf(
  surroundings: Surroundings & Pick<Session, 'registry'>,
  output: Output,
  options: CommonOptions,
): Session {
  return {
    ...surroundings,
    output,
    json: options.json === true,
    storeName: storeNameOf(options, surroundings.env),
    plugins: options.plugin ?? [],
  };
}

function storeNameOf(options: CommonOptions, env: Surroundings['env']): string {
  const { RASHOMON_STORE: named } = env;
  return options.store ?? (named === undefined || named === '' ? DEFAULT_STORE : named);
}

/** The store as `openStore` takes it: a path is as seen from the session's folder. */
export function storeLocation({ storeName, cwd }: Pick<Session, 'storeName' | 'cwd'>): string {
  return storeName === 'memory:' || /^[a-z][a-z0-9+.-]+:\/\//.test(storeName) ? storeName : resolve(cwd, storeName);
}

/**
 * Opens the store, works on it and closes it.
 * @param mode `read` leaves the store as it is and needs no right to write; `change` writes to one that exists; `write`
 *   makes a missing one
 * @throws UnknownStore, StoreError
 */
export async function withStore<T>(
  session: Session,
  mode: 'read' | 'change' | 'write',
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const { openStore } = await import('@rashomon/replay');
  const store = openStore(storeLocation(session), { create: mode === 'write', readonly: mode === 'read' });
  try {
    return await work(attentive(store, session.signal));
  } finally {
    await store.close();
  }
}

/**
 * A command for people to type next, with its plugins, and with the store when it is not where they would look anyway.
 */
export function nextCommand(session: Session, line: string): string {
  const { storeName, env, plugins } = session;
  const isFound = storeName === (env['RASHOMON_STORE'] ?? DEFAULT_STORE) || storeName === DEFAULT_STORE;
  const brought = plugins.map((file) => ` --plugin ${file}`).join('');
  return `rashomon ${line}${brought}${isFound ? '' : ` --store ${storeName}`}`;
}

/** A path as seen from the session's folder. */
export function pathIn({ cwd }: Pick<Session, 'cwd'>, ...parts: readonly string[]): string {
  return resolve(cwd, join(...parts));
}
