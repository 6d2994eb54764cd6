/** Processes that are started to be killed: what they said until then, and a way to wait for it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface Child {
  readonly lines: readonly string[];
  /** Resolves at a line that begins so, or at the end of the process. */
  said(beginning: string): Promise<void>;
  /** Kills it at once, whatever it does; resolves with its standard error when all of its output has arrived. */
  kill(): Promise<string>;
  /** Resolves when it has ended by itself. */
  readonly ended: Promise<string>;
}

const running = new Set<ChildProcess>();

/** For afterAll: leaves nobody behind, whatever a test did. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

export function startNode(script: string, ...words: readonly string[]): Child {
  return startProgram(process.execPath, [script, ...words]);
}

/** @param env variables beside those of this process */
export function startProgram(
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Child {
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  running.add(child);
  const lines: string[] = [];
  const heard = new Set<() => void>();
  const hear = (): void => heard.forEach((wake) => wake());
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    hear();
  });
  let complaints = '';
  child.stderr.on('data', (data: Buffer) => {
    complaints += data.toString();
  });
  let over = false;
  const ended = once(child, 'close').then(() => {
    over = true;
    running.delete(child);
    hear();
    return complaints;
  });
  return {
    lines,
    ended,
    said: (beginning) =>
      new Promise((resolve) => {
        const wake = (): void => {
          if (!over && !lines.some((line) => line.startsWith(beginning))) return;
          heard.delete(wake);
          resolve();
        };
        heard.add(wake);
        wake();
      }),
    kill() {
      child.kill('SIGKILL');
      return ended;
    },
  };
}
