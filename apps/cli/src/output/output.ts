/**
 * Where a command writes: data to stdout, everything else to stderr. A reader that goes away
 * (`| head`) ends the command quietly.
 */
import pc from 'picocolors';
import type { EventEmitter } from 'node:events';
import { isLively, type Stream, type Surroundings } from '../surroundings.ts';

export type Colours = ReturnType<typeof pc.createColors>;

/** Whoever read stdout has closed it. */
export class PipeClosed extends Error {
  override readonly name = 'PipeClosed';
  readonly code = 'PIPE_CLOSED';
}

export class Output {
  readonly #stdout: Stream;
  readonly #stderr: Stream;
  readonly #quiet: boolean;
  readonly #hints: boolean;
  #closed = false;
  #failure: Error | null = null;
  /** Colours for stdout, and for stderr: empty where a stream is no lively terminal. */
  readonly colours: Colours;
  readonly sideColours: Colours;
  readonly isAnimated: boolean;
  readonly isUnicode: boolean;
  readonly stderr: Stream;

  constructor({ stdout, stderr, env, hints = true }: Surroundings, quiet: boolean) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.stderr = stderr;
    this.#quiet = quiet;
    this.#hints = hints && !quiet;
    this.colours = pc.createColors(isLively(stdout, env));
    this.sideColours = pc.createColors(isLively(stderr, env));
    this.isAnimated = isLively(stderr, env) && !quiet;
    this.isUnicode = env['TERM'] !== 'dumb';
  }

  get quiet(): boolean {
    return this.#quiet;
  }

  /** Writes data, at the pace at which it is read. @throws PipeClosed */
  async data(text: string): Promise<void> {
    this.#check();
    const emitter = this.#stdout as Partial<EventEmitter>;
    if (this.#stdout.write(text) || emitter.once === undefined || emitter.off === undefined) return this.#check();
    await new Promise<void>((resolve) => {
      const done = (): void => {
        for (const name of ['drain', 'error', 'close']) emitter.off?.(name, done);
        resolve();
      };
      for (const name of ['drain', 'error', 'close']) emitter.once?.(name, done);
    });
    this.#check();
  }

  lines(lines: readonly string[]): Promise<void> {
    return this.data(lines.map((line) => `${line.trimEnd()}\n`).join(''));
  }

  /** One document. */
  json(document: unknown): Promise<void> {
    return this.data(`${JSON.stringify(document)}\n`);
  }

  /** How it goes; nothing when quiet. */
  say(line: string): void {
    if (!this.#quiet) this.#stderr.write(`${line}\n`);
  }

  /** What to type next. */
  hint(line: string): void {
    if (this.#hints) this.#stderr.write(`${line}\n`);
  }

  /** What must be heard. */
  complain(text: string): void {
    this.#stderr.write(`${text}\n`);
  }

  /** Heard when quiet, too: what is wrong with a result belongs to it. */
  warn(text: string): void {
    this.complain(`${this.sideColours.yellow('warning:')} ${text}`);
  }

  /** Takes note of an error of stdout; a closed pipe is not one to tell. */
  lost(error: Error & { readonly code?: unknown }): void {
    if (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED') this.#closed = true;
    else this.#failure = error;
  }

  #check(): void {
    if (this.#failure !== null) throw this.#failure;
    if (this.#closed) throw new PipeClosed('stdout was closed');
  }
}
