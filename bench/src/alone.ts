/**
 * Measuring in a process of its own: nothing compiled, collected or cached by what was measured before, and a
 * peak of memory that is nobody else's.
 */
import { fork } from 'node:child_process';
import type { Measurement, Measurements, Sample } from './measurements.ts';
import { COMMAND_NODE_ARGUMENTS } from './places.ts';

/** Says to main.js that it is such a process. */
export const ALONE = '--alone';

const main = new URL('./main.js', import.meta.url);

/** @throws Error when the measurement failed; its own words are on stderr */
export function alone<M extends Measurement>(measurement: M, input: Parameters<Measurements[M]>[0]): Promise<Sample> {
  // Stdout is for the document alone.
  const child = fork(main, [ALONE, measurement, JSON.stringify(input ?? null)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning', ...COMMAND_NODE_ARGUMENTS],
  });
  return new Promise((resolve, reject) => {
    let sample: Sample | undefined;
    child.on('message', (message) => (sample = message as Sample));
    child.on('error', reject);
    child.on('close', (code) => {
      if (sample === undefined || code !== 0)
        reject(new Error(`measuring "${measurement}" alone ended with code ${code}, expected 0 and a sample`));
      else resolve(sample);
    });
  });
}

/** Measures several times, one process after the other. */
export async function repeatedAlone<M extends Measurement>(
  times: number,
  measurement: M,
  input: Parameters<Measurements[M]>[0],
): Promise<readonly Sample[]> {
  const samples: Sample[] = [];
  for (let i = 0; i < times; i++) samples.push(await alone(measurement, input));
  return samples;
}
