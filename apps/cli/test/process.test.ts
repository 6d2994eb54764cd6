/** The built command as a process: signals, pipes, and what npm start shows. Run after a build. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dist, said, start } from './call.ts';

const cwd = mkdtempSync(join(tmpdir(), 'rashomon-process-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

beforeAll(() => {
  if (!existsSync(dist('main.js'))) throw new Error('apps/cli/dist is missing: npm run build comes before these tests');
});

const LONG = ['--agents', '100', '--rounds', '40', '--seed', '3'];
const main = (...words: string[]) => start('main.js', words, { cwd });

describe('signals', () => {
  test('Ctrl-C in mid-run leaves a run that resumes to the digest of one that was never stopped', async () => {
    const whole = await main('run', ...LONG, '--json', '--quiet', '--store', 'whole.db').done;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const store = `${signal}.db`;
      const { child, done } = main('run', ...LONG, '--name', 'stopped', '--store', store);
      await said(child, /round 5\/40/);
      child.kill(signal);
      const { code, out, err } = await done;
      expect({ code, out }).toEqual({ code: 130, out: '' });
      expect(err).toMatch(new RegExp(`go on with: rashomon resume [0-9a-f]{12} --store ${store}`));
      const runs = await main('runs', '--json', '--store', store).done;
      expect(JSON.parse(runs.out)).toMatchObject({ runs: [{ name: 'stopped', status: 'interrupted' }] });
      expect((await main('verify', 'stopped', '--quiet', '--store', store).done).code).toBe(0);
      const resumed = await main('resume', 'stopped', '--json', '--quiet', '--store', store).done;
      expect({ code: resumed.code, digest: digestOf(resumed.out) }).toEqual({ code: 0, digest: digestOf(whole.out) });
    }
  });

  test('a second Ctrl-C ends at once; what was written is whole', async () => {
    const { child, done } = main(
      'run',
      '--agents',
      '3000',
      '--rounds',
      '50',
      '--name',
      'killed',
      '--store',
      'killed.db',
    );
    await said(child, /round 1\/50/);
    child.kill('SIGINT');
    child.kill('SIGTERM');
    expect((await done).code).toBe(130);
    expect((await main('verify', 'killed', '--store', 'killed.db').done).code).toBe(0);
  });

  test('Ctrl-C while looking just ends', async () => {
    const { child, done } = main('replay', 'stopped', '--store', 'SIGINT.db');
    await said(child, /round 2\/40/);
    child.kill('SIGINT');
    expect(await done).toMatchObject({ code: 130, out: '' });
  });
});

describe('pipes', () => {
  test('a reader that goes away ends the command quietly', async () => {
    const { child, done } = main('events', 'stopped', '--jsonl', '--store', 'SIGINT.db');
    child.stdout?.once('data', () => child.stdout?.destroy());
    const { code, err } = await done;
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  test('a long log comes through whole', async () => {
    const { out, code } = await main('events', 'stopped', '--jsonl', '--store', 'SIGINT.db').done;
    const last = JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as { readonly type: string };
    expect({ code, type: last.type }).toEqual({ code: 0, type: 'RunFinished' });
  });
});

describe('start-up', () => {
  /** The files that the command loaded, as V8 counts them. */
  async function loadedBy(...words: readonly string[]): Promise<readonly string[]> {
    const folder = mkdtempSync(join(cwd, 'loaded-'));
    const { code, err } = await start('main.js', words, { cwd, env: { NODE_V8_COVERAGE: folder } }).done;
    expect({ words, code, err }).toEqual({ words, code: 0, err: '' });
    return readdirSync(folder).flatMap((name) => {
      const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
        readonly result: readonly { readonly url: string }[];
      };
      return result.map(({ url }) => url);
    });
  }

  test('help and version load no engine', async () => {
    const ofEngine = (url: string): boolean => /\/packages\/\w+\/dist\//.test(url);
    expect((await loadedBy('runs', '--quiet', '--store', 'whole.db')).filter(ofEngine)).not.toEqual([]);
    for (const words of [['--help'], ['run', '--help'], ['--version']])
      expect((await loadedBy(...words)).filter(ofEngine)).toEqual([]);
  });
});

describe('errors', () => {
  test('the stack is for those who ask for it', async () => {
    const plain = await start('main.js', ['replay', 'nobody', '--store', 'whole.db'], { cwd }).done;
    expect({ code: plain.code, stack: /^\s+at /m.test(plain.err) }).toEqual({ code: 4, stack: false });
    for (const env of [{ DEBUG: '1' }, { RASHOMON_DEBUG: '1' }]) {
      const told = await start('main.js', ['replay', 'nobody', '--store', 'whole.db'], { cwd, env }).done;
      expect(told.err).toMatch(/^\s+at /m);
    }
  });
});

describe('the demo', () => {
  test('runs, replays, branches, compares and explains without a terminal, in place of an earlier one', async () => {
    writeFileSync(join(cwd, 'rashomon-demo.db'), 'an earlier demo');
    const { code, out, err } = await start('demo.js', [], { cwd, env: { CI: 'true' } }).done;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const story = [
      /\$ rashomon run /,
      /\$ rashomon replay base/,
      /replayed exactly/,
      /\$ rashomon branch base@10/,
      /\$ rashomon compare base ials/,
      /\$ rashomon why ials --agent \d+ --item \d+ --but-for/,
      /tested causes/,
      /Look further/,
    ];
    expect(out).toMatch(new RegExp(story.map(({ source }) => source).join(String.raw`[\s\S]*`)));
    expect(existsSync(join(cwd, 'rashomon-demo.db'))).toBe(true);
  });
});

function digestOf(out: string): string {
  return (JSON.parse(out) as { readonly digest: string }).digest;
}
