/**
 * House rules that no tool holds: how files are named, how long they grow, what they open with, and a few
 * bans that the linter cannot express. Each rule lists what breaks it, so an empty list is the house in order.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parseSync } from '@swc/core';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** What git holds or would hold; a file that is deleted but not yet committed is gone. */
const tracked = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(root, path)));

const texts = new Map<string, string>();
const textOf = (path: string): string => {
  const text = texts.get(path) ?? readFileSync(join(root, path), 'utf8');
  texts.set(path, text);
  return text;
};

const sources = tracked.filter((path) => /^((packages|apps)\/[^/]+|bench)\/src\/.*\.tsx?$/.test(path));
const tests = tracked.filter((path) => /^((packages|apps)\/[^/]+\/)?test\/.*\.tsx?$/.test(path));
/** Tables and machine-made files may be as long as they need. */
const written = sources.filter((path) => !/\.(data|generated)\.tsx?$/.test(path));
/** All that is written by hand in TypeScript or JavaScript; the assembly is another language. */
const byHand = tracked.filter(
  (path) => /\.(tsx?|mjs)$/.test(path) && !/\.generated\.tsx?$|^packages\/recsys\/assembly\//.test(path),
);
const core = sources.filter((path) => /^packages\/(kernel|agents|recsys)\/src\/(?!adapters\/)/.test(path));

type Node = { readonly type: string; readonly [field: string]: unknown };
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** Calls `visit` for every syntax node below `value`, with the node around it. */
function walk(value: unknown, visit: (node: Node, parent: Node | undefined) => void, parent?: Node): void {
  if (Array.isArray(value)) {
    for (const one of value) walk(one, visit, parent);
  } else if (typeof value === 'object' && value !== null) {
    const node = isNode(value) ? value : undefined;
    if (node !== undefined) visit(node, parent);
    for (const child of Object.values(value)) walk(child, visit, node ?? parent);
  }
}

/** The files in which some syntax node breaks the rule. */
function filesWith(files: readonly string[], breaks: (node: Node, parent: Node | undefined) => boolean): string[] {
  return files.filter((path) => {
    let broken = false;
    const tree = parseSync(textOf(path), { syntax: 'typescript', tsx: path.endsWith('x'), target: 'es2022' });
    walk(tree, (node, parent) => {
      broken ||= breaks(node, parent);
    });
    return broken;
  });
}

/** In a table, a text on a line of its own is as long as it needs to be. */
function longLinesIn(path: string): string[] {
  const isTable = /\.data\.tsx?$/.test(path);
  return textOf(path)
    .split('\n')
    .flatMap((line, index) => {
      const isDatum = isTable && /^\s*['"`]/.test(line);
      return Array.from(line).length > 120 && !isDatum ? [`${path}:${index + 1}`] : [];
    });
}

const lineCount = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

describe('the tidy test itself', () => {
  test('looks at sources and at tests', () => {
    expect(sources.length).toBeGreaterThan(0);
    expect(core.length).toBeGreaterThan(0);
    expect(byHand.length).toBeGreaterThan(sources.length);
    expect(tests.length).toBeGreaterThan(0);
  });

  test('sees what it bans', () => {
    const sample = parseSync('let a = 2; a **= 3; const m = Math; enum E {} export * from "./a.ts";', {
      syntax: 'typescript',
    });
    const seen: boolean[] = [];
    walk(sample, (node, parent) =>
      seen.push(isPower(node), isAliasOfMath(node, parent), isEnum(node), isExportAll(node)),
    );
    expect(seen.filter(Boolean)).toHaveLength(4);
  });
});

describe('names', () => {
  test('files are named in kebab case', () => {
    const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|data|generated|d))?\.tsx?$/;
    expect([...sources, ...tests].filter((path) => !kebab.test(basename(path)))).toEqual([]);
  });

  test('no folder or file is a drawer for everything', () => {
    const drawer = /(^|\/)(utils?|common|helpers?|misc|managers?|services?)(\/|\.tsx?$)/;
    expect([...sources, ...tests].filter((path) => drawer.test(path))).toEqual([]);
  });

  test('index.ts stands only at the door of a package and of its test kit', () => {
    const doors = /^((packages|apps)\/[^/]+|bench)\/src\/(testing\/)?index\.tsx?$/;
    expect(sources.filter((path) => /^index\.tsx?$/.test(basename(path)) && !doors.test(path))).toEqual([]);
  });
});

describe('files', () => {
  test('are at most 400 lines long', () => {
    const long = written.map((path) => ({ path, lines: lineCount(textOf(path)) })).filter(({ lines }) => lines > 400);
    expect(long).toEqual([]);
  });

  test('have lines of at most 120 characters', () => {
    expect(byHand.flatMap(longLinesIn)).toEqual([]);
  });

  test('open with a comment that says what the concept is', () => {
    const header = /^(#!.*\n)?(\/\*\*?|\/\/) *\S|^(#!.*\n)?\/\*\*?\n/;
    expect(sources.filter((path) => !header.test(textOf(path)))).toEqual([]);
  });

  test('export by name, one by one: no export *', () => {
    expect(filesWith(sources, isExportAll)).toEqual([]);
  });

  test('use string unions, no enums', () => {
    expect(filesWith(sources, isEnum)).toEqual([]);
  });
});

describe('errors', () => {
  const errors = sources.flatMap(errorsIn);

  test('are seen by this test', () => {
    expect(errors.length).toBeGreaterThan(20);
    const sample = `
      class Named extends Error { readonly code = 'A'; constructor() { super(''); this.name = 'Named'; } }
      class Field extends Error { override readonly name = 'Field'; readonly code = 'B'; }
      class Nameless extends Error { readonly code = 'B'; }
      class OfOther extends Error { readonly code: Codes; constructor() { super(''); this.name = 'Other'; } }
      class None {}`;
    expect(errorsOf(sample)).toEqual([
      { class: 'Named', name: 'Named', code: 'A' },
      { class: 'Field', name: 'Field', code: 'B' },
      { class: 'Nameless', name: undefined, code: 'B' },
      { class: 'OfOther', name: 'Other', code: undefined },
    ]);
  });

  test('say their names: as they are caught far from where they were thrown, "Error" tells nothing', () => {
    expect(errors.filter((each) => each.name !== each.class)).toEqual([]);
  });

  test('have codes of their own: no two classes share one', () => {
    const codes = errors.flatMap(({ code }) => code ?? []);
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });
});

describe('exact numbers in the core', () => {
  test('no ** operator: engines differ in its last bit; multiply, or use exp and ln of numbers/exact.ts', () => {
    expect(filesWith(core, isPower)).toEqual([]);
  });

  test('Math is always written out, so that the linter sees which of its functions is used', () => {
    expect(filesWith(core, isAliasOfMath)).toEqual([]);
  });
});

describe('tests', () => {
  test('none is singled out, skipped or left to do', () => {
    const marked = /\b(describe|test|it)(\.\w+)*\.(only|skip|todo|failing)\b|\b[fx](describe|it|test)\s*\(/;
    expect(tests.filter((path) => marked.test(textOf(path)))).toEqual([]);
  });
});

describe('the repository names no machine', () => {
  const prose = tracked.filter((path) => !/\.(png|jpe?g|gif|ico|woff2?|wasm|gz|zip|db|parquet)$/.test(path));

  test('no absolute path of a machine', () => {
    const machinePath = /(?<![\w.~@)}-])\/(home|root|work|Users)\/\w|\b[A-Z]:\\Users\\/;
    expect(prose.filter((path) => machinePath.test(textOf(path)))).toEqual([]);
  });

  test('no registry host, neither the public one nor the one set up here', () => {
    const here = /^https?:\/\/([^/:]+)/.exec(process.env['npm_config_registry'] ?? '')?.[1];
    const hosts = [/registry\.(npmjs|yarnpkg|npmmirror)\./, /\b_authToken\b/];
    if (here !== undefined && here.includes('.') && here !== '127.0.0.1') {
      hosts.push(new RegExp(here.replaceAll('.', '\\.')));
    }
    expect(prose.filter((path) => hosts.some((host) => host.test(textOf(path))))).toEqual([]);
  });

  test('the lockfile holds checksums and no addresses', () => {
    const lockfile = textOf('pnpm-lock.yaml').split('\n');
    expect(lockfile.filter((line) => line.includes('integrity:')).length).toBeGreaterThan(0);
    expect(lockfile.filter((line) => /tarball:|registry/.test(line))).toEqual([]);
  });
});

interface ErrorClass {
  readonly class: string;
  /** What its instances are called, where they set it. */
  readonly name: string | undefined;
  readonly code: string | undefined;
}

function errorsIn(path: string): readonly (ErrorClass & { readonly path: string })[] {
  return errorsOf(textOf(path)).map((error) => ({ ...error, path }));
}

function errorsOf(text: string): readonly ErrorClass[] {
  const found: ErrorClass[] = [];
  walk(parseSync(text, { syntax: 'typescript', target: 'es2022' }), (node) => {
    if (node.type !== 'ClassDeclaration' || !(wordOf(node['superClass']) ?? '').endsWith('Error')) return;
    const members = node['body'] as readonly Node[];
    const field = (named: string): string | undefined =>
      wordOf(members.find((member) => member.type === 'ClassProperty' && wordOf(member['key']) === named)?.['value']);
    let assigned: string | undefined;
    walk(members, ({ type, left, right }) => {
      if (type !== 'AssignmentExpression' || !isNode(left) || left.type !== 'MemberExpression') return;
      if (isNode(left['object']) && left['object'].type === 'ThisExpression' && wordOf(left['property']) === 'name')
        assigned = wordOf(right);
    });
    found.push({ class: wordOf(node['identifier']) ?? '', name: field('name') ?? assigned, code: field('code') });
  });
  return found;
}

/** The word of an identifier or of a text. */
function wordOf(node: unknown): string | undefined {
  return isNode(node) && /^(Identifier|StringLiteral)$/.test(node.type) ? String(node['value']) : undefined;
}

function isExportAll(node: Node): boolean {
  return node.type === 'ExportAllDeclaration' || node.type === 'ExportNamespaceSpecifier';
}

function isEnum(node: Node): boolean {
  return node.type === 'TsEnumDeclaration';
}

function isPower(node: Node): boolean {
  return node['operator'] === '**' || node['operator'] === '**=';
}

/** `Math` anywhere but in `Math.name`: `const m = Math`, `f(Math)`, `Math[name]`. */
function isAliasOfMath(node: Node, parent: Node | undefined): boolean {
  if (node.type !== 'Identifier' || node['value'] !== 'Math') return false;
  if (parent?.type !== 'MemberExpression') return true;
  const property = parent['property'];
  return parent['object'] !== node || !isNode(property) || property.type !== 'Identifier';
}
