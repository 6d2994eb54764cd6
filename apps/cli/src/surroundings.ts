/** What a command line is called in: its streams, environment, folder and the signal that stops it. */
import type { Writable } from 'node:stream';

export interface Stream extends Pick<Writable, 'write'> {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Surroundings {
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly env: { readonly [name: string]: string | undefined };
  readonly cwd: string;
  /** Asks the command to stop where it can be gone on with. */
  readonly signal: AbortSignal;
  /** Whether commands say what to type next; they do unless told otherwise. */
  readonly hints?: boolean;
}

/** Whether colour and animation may be used on a stream (https://no-color.org). */
export function isLively(stream: Stream, env: Surroundings['env']): boolean {
  return stream.isTTY === true && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
}
