/** Progress of rounds: a bar on a terminal, elsewhere one plain line for each round. */
import type { RoundReport } from '@rashomon/replay';
import { count, dollars, duration } from './numbers.ts';
import type { Output } from './output.ts';

export interface Progress {
  round(done: RoundsDone): void;
  stop(): void;
}

/** What is told of a round; a replay knows less of it than a run. */
interface RoundsDone {
  readonly round: number;
  readonly rounds: number;
  /** Agents that acted in it, where known. */
  readonly active?: number;
  readonly events?: number;
  readonly use?: RoundReport['use'];
}

/** @param verb what is being done, e.g. `simulating` */
export async function progressOf(output: Output, verb: string): Promise<Progress> {
  const pace = new Pace();
  if (output.quiet) return { round: () => undefined, stop: () => undefined };
  if (!output.isAnimated) {
    return {
      round(done) {
        pace.add(done);
        output.say([`round ${done.round}/${done.rounds}`, ...pace.told(done)].join(', '));
      },
      stop: () => undefined,
    };
  }
  const { SingleBar } = (await import('cli-progress')).default;
  const format = `${verb} [{bar}] round {value}/{total}{told}`;
  // Sound: the library writes to any stream; its types ask for the one of the process.
  const stream = output.stderr as NodeJS.WritableStream;
  const bar = new SingleBar({
    format,
    stream,
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    gracefulExit: false,
  });
  let isStarted = false;
  return {
    round(done) {
      pace.add(done);
      const told = pace
        .told(done)
        .map((part) => `, ${part}`)
        .join('');
      if (!isStarted) bar.start(done.rounds, done.round, { told });
      else bar.update(done.round, { told });
      isStarted = true;
    },
    stop() {
      if (isStarted) bar.stop();
    },
  };
}

/** How fast it goes. */
class Pace {
  readonly #began = performance.now();
  #rounds = 0;
  #agentRounds = 0;

  add({ active }: RoundsDone): void {
    this.#rounds += 1;
    this.#agentRounds += active ?? 0;
  }

  told({ round, rounds, active, events, use }: RoundsDone): string[] {
    const seconds = Math.max(0.001, (performance.now() - this.#began) / 1000);
    const left = rounds - round;
    return [
      ...(events === undefined ? [] : [`${count(events)} events`]),
      ...(active === undefined ? [] : [`${count(this.#agentRounds / seconds)} agent-rounds/s`]),
      ...(left === 0 ? [] : [`ETA ${duration((seconds / this.#rounds) * left)}`]),
      ...(use === undefined || use.tokensIn + use.tokensOut === 0
        ? []
        : [`${count(use.tokensIn)} + ${count(use.tokensOut)} tokens`, dollars(use.price)]),
    ];
  }
}
