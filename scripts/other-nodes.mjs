/**
 * Law L1 across engines: plays the golden runs of packages/replay under several versions of Node and
 * compares the digests. `node scripts/other-nodes.mjs [version …]`, by default this one, 22 and 24;
 * prints a line for each and exits with 1 when one differs. Plays what is built: `npm run nodes` builds.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const GOLDEN = new URL('../packages/replay/test/golden/', import.meta.url);
const readGolden = (name) => JSON.parse(readFileSync(new URL(name, GOLDEN), 'utf8'));

/** Plays the golden runs in this process; a line for each that is not as it was. */
async function differences() {
  const { branch, openStore, resolveConfig, simulate } = await import('../packages/replay/dist/index.js');
  const golden = readGolden('digests.json').runs;
  const lines = [];
  for (const { name, settings, branch: fork } of readGolden('runs.json')) {
    const store = openStore('memory:');
    let report = await simulate(store, resolveConfig([{ source: 'golden', settings }]));
    if (fork !== undefined) report = await branch(store, report.run, fork.round, fork.changes, { rounds: fork.rounds });
    const { events, digest } = report;
    const expected = golden[name] ?? {};
    if (digest !== expected.digest)
      lines.push(`${name}: ${events} events, digest ${digest}; expected ${expected.events}, ${expected.digest}`);
    await store.close();
  }
  return lines;
}

function playUnder(version) {
  const script = fileURLToPath(import.meta.url);
  const [command, words] =
    version === 'this' ? [process.execPath, []] : ['npx', ['--yes', `--package=node@${version}`, '--', 'node']];
  const { status, stdout, stderr } = spawnSync(command, [...words, script, '--play'], { encoding: 'utf8' });
  console.log(stdout === '' ? `node ${version}: did not run\n${stderr.trim()}` : stdout.trim());
  return status === 0;
}

const versions = process.argv.slice(2);
if (versions[0] === '--play') {
  const lines = await differences();
  const { node, v8 } = process.versions;
  const outcome =
    lines.length === 0 ? `${readGolden('runs.json').length} runs, the same digests` : `${lines.length} runs differ`;
  console.log(`node ${node} (v8 ${v8}): ${outcome}`);
  for (const line of lines) console.log(`  ${line}`);
  process.exitCode = lines.length === 0 ? 0 : 1;
} else {
  const equal = (versions.length === 0 ? ['this', '22', '24'] : versions).map(playUnder);
  process.exitCode = equal.every(Boolean) ? 0 : 1;
}
