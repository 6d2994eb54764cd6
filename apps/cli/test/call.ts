/** Calling the command: in this process, for speed, or as a process of its own, for signals and pipes. */
import { type ChildProcess, spawn } from 'node:child_process';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { runCli } from '../src/run-cli.ts';

export interface Called {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface CallOptions {
  readonly cwd: string;
  readonly env?: { readonly [name: string]: string };
  /** Whether both streams say they are terminals. */
  readonly isTerminal?: boolean;
  readonly signal?: AbortSignal;
}

class Sink extends Writable {
  readonly isTTY: boolean;
  readonly columns = 100;
  text = '';

  constructor(isTTY: boolean) {
    super({ decodeStrings: false });
    this.isTTY = isTTY;
  }

  override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
    this.text += String(chunk);
    done();
  }
}

/** The command in this process; the environment is the one given and no other. */
export async function call(
  words: readonly string[],
  { cwd, env = {}, isTerminal = false, signal = new AbortController().signal }: CallOptions,
): Promise<Called> {
  const stdout = new Sink(isTerminal);
  const stderr = new Sink(isTerminal);
  const code = await runCli(words, { stdout, stderr, env, cwd, signal });
  return { code, out: stdout.text, err: stderr.text };
}

export const dist = (name: string): string => fileURLToPath(new URL(`../dist/${name}`, import.meta.url));

export interface Process {
  readonly child: ChildProcess;
  readonly done: Promise<Called>;
}

/** The built command as a process of its own. */
export function start(script: string, words: readonly string[], { cwd, env = {} }: CallOptions): Process {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [dist(script), ...words], {
    cwd,
    env: { PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout?.on('data', (piece: Buffer) => (out += piece.toString()));
  child.stderr?.on('data', (piece: Buffer) => (err += piece.toString()));
  const done = new Promise<Called>((resolve) => child.on('close', (code) => resolve({ code: code ?? -1, out, err })));
  return { child, done };
}

/** Waits until the process has said something on stderr. */
export function said(child: ChildProcess, words: RegExp): Promise<void> {
  let heard = '';
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (piece: Buffer) => {
      heard += piece.toString();
      if (words.test(heard)) resolve();
    });
    child.on('close', () => reject(new Error(`ended without saying ${String(words)}: ${heard}`)));
  });
}
