/**
 * What `npm start` shows: the main job from end to end on a store of its own, each step preceded by
 * the command that a user would type. Ends with the exit code of the first step that fails.
 */
import { type EventOf, RunLog, type Store } from '@rashomon/kernel';
import { findRun, openStore, recordPorts, why } from '@rashomon/replay';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import pc from 'picocolors';
import { EXIT } from './exit-codes.ts';
import { runCli } from './run-cli.ts';
import { stopSignal } from './stop-signal.ts';
import { isLively, type Stream, type Surroundings } from './surroundings.ts';

const STORE = 'rashomon-demo.db';
const FORK = 10;
/** Watches whose causes are tested in search of a telling one. */
const CANDIDATES = 12;

type Watch = EventOf<'FilmWatched'>;

const { stdout, env } = process;
const signal = stopSignal();
const { bold, cyan, dim } = pc.createColors(isLively(stdout, env));

process.exitCode = await demonstrate();
if (signal.aborted) process.exit(process.exitCode);

async function demonstrate(): Promise<number> {
  // An earlier demo's store, with what SQLite may have left beside it.
  for (const end of ['', '-wal', '-shm']) rmSync(resolve(`${STORE}${end}`), { force: true });
  const steps: readonly (readonly [said: string, words: () => Promise<readonly string[]>])[] = [
    [
      'Simulate 200 users of a film recommender for 20 rounds.',
      async () => ['run', '--agents', '200', '--rounds', '20', '--recommender', 'popular', '--name', 'base'],
    ],
    ['Execute the run again from its record, and compare every event.', async () => ['replay', 'base']],
    [
      `What if another recommender had been live from round ${FORK + 1} on?`,
      async () => ['branch', `base@${FORK}`, '--set', 'recommender=ials', '--name', 'ials'],
    ],
    [
      'What did that change? The same users met the same luck, so each is compared with itself.',
      async () => ['compare', 'base', 'ials'],
    ],
    ['Why did one of them watch something else? What is on record, and the test of each cause.', whyWords],
  ];
  for (const [said, words] of steps) {
    const code = await step(said, [...(await words()), '--store', STORE]);
    if (code !== EXIT.ok) return code;
  }
  stdout.write(`\n${bold('Look further')}\n`);
  for (const line of ['runs', 'show base@10 --agent 17', 'events ials --agent 17 --round 11..13', '--help']) {
    stdout.write(`  npm run -s rashomon -- ${line}${line === '--help' ? '' : ` --store ${STORE}`}\n`);
  }
  return EXIT.ok;
}

async function step(said: string, words: readonly string[]): Promise<number> {
  stdout.write(`\n${bold(said)}\n${cyan(`$ rashomon ${words.join(' ')}`)}\n\n`);
  const held: string[] = [];
  const surroundings: Surroundings = {
    stdout,
    stderr: sideStream(held),
    env,
    cwd: process.cwd(),
    signal,
    hints: false,
  };
  const code = await runCli(words, surroundings);
  if (code !== EXIT.ok) process.stderr.write(`${held.join('')}${dim(`exit code ${code}`)}\n`);
  return code;
}

/** Progress moves on a terminal; elsewhere it is kept back, and told only if the step fails. */
function sideStream(held: string[]): Stream {
  if (isLively(process.stderr, env)) return process.stderr;
  return {
    write(text: string): boolean {
      held.push(text);
      return true;
    },
  };
}

/**
 * A film watched in the branch and not at that time in its parent; if there is one near, one of a slate that would not
 * have been watched but for a friend.
 */
async function whyWords(): Promise<readonly string[]> {
  const store = openStore(STORE, { create: false });
  try {
    const before = new Set((await watchesOf(store, 'base')).map(keyOf));
    const others = (await watchesOf(store, 'ials')).filter((watch) => !before.has(keyOf(watch)));
    const told = others.filter(({ causes }) => causes.some(({ role }) => role === 'told-by'));
    const chosen = (await firstThatFlips(store, told.slice(0, CANDIDATES))) ?? told[0] ?? others[0];
    if (chosen === undefined)
      throw new Error('the branch and its parent are the same, expected some agent to watch something else');
    return ['why', 'ials', '--agent', String(chosen.agent), '--item', String(chosen.data.film), '--but-for'];
  } finally {
    await store.close();
  }
}

async function watchesOf(store: Store, name: string): Promise<Watch[]> {
  const { header } = await findRun(store, name);
  const log = await RunLog.open(store, header.id);
  const events = await log.collect({ types: ['FilmWatched'], rounds: [FORK + 1, 2 * FORK] });
  return events.flatMap((event) => (event.type === 'FilmWatched' ? [event] : []));
}

function keyOf({ agent, round, data }: Watch): string {
  return `${agent}/${round}/${data.film}`;
}

async function firstThatFlips(store: Store, watches: readonly Watch[]): Promise<Watch | undefined> {
  const { id } = (await findRun(store, 'ials')).header;
  const ports = await recordPorts(store, id);
  for (const watch of watches) {
    const { butFor, causes } = await why(store, id, { position: watch.position }, { ports, depth: 1, butFor: true });
    const isRanked = causes.some(({ event }) => event.type === 'SlateServed');
    if (isRanked && butFor?.some(({ role, flips }) => role === 'told-by' && flips) === true) return watch;
  }
  return undefined;
}
