/**
 * The arrows of the house: who may import whom. Type imports count as imports.
 *
 *   kernel <- agents, recsys <- replay <- cli, studio
 *
 * and each outside library has one door, so that leaving it or faking it means one place to change.
 */

const builtins = { dependencyTypes: ['core'] };

/** Forbids imports from `from` to `to`; both are dependency-cruiser conditions. */
const forbid = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

/** Everything of ours except the named packages; a package missing from package.json shows as its bare name. */
const oursExcept = (...packages) => ({
  path: '^(packages|apps|bench)/|^@rashomon/',
  pathNot: packages.map((name) => `^(packages|@rashomon)/${name}(/|$)`),
});

/** Forbids the library outside the folders that are its door. */
const oneDoor = (library, door) =>
  forbid(
    `one-door-${library}`,
    `${library} is imported only in ${door}`,
    { path: '^(packages|apps|bench)/', pathNot: door },
    { path: `(^|node_modules/)${library}(/|$)` },
  );

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    forbid('no-cycles', 'split the shared part off into a file of its own', {}, { circular: true }),
    forbid(
      'resolvable',
      'the import leads nowhere: wrong path, or a package missing from package.json',
      {},
      { couldNotResolve: true },
    ),

    forbid(
      'kernel-imports-no-package',
      'the kernel speaks to ports; the other packages implement them',
      { path: '^packages/kernel/' },
      oursExcept('kernel'),
    ),
    forbid(
      'agents-import-only-kernel',
      'agents and recsys never meet: replay introduces them',
      { path: '^packages/agents/' },
      oursExcept('agents', 'kernel'),
    ),
    forbid(
      'recsys-imports-only-kernel',
      'agents and recsys never meet: replay introduces them',
      { path: '^packages/recsys/' },
      oursExcept('recsys', 'kernel'),
    ),
    forbid(
      'replay-imports-no-app',
      'replay composes a run and knows nothing of who asks for it',
      { path: '^packages/replay/' },
      oursExcept('replay', 'agents', 'recsys', 'kernel'),
    ),
    forbid(
      'apps-stand-alone',
      'what two apps share belongs in replay',
      { path: '^apps/([^/]+)/' },
      { path: '^(apps|bench)/', pathNot: '^apps/$1/' },
    ),

    forbid(
      'front-door',
      'another package is imported by its name, as its package.json exports it, never by a path into it',
      { path: '^(packages|apps)/([^/]+)/' },
      { path: '^(packages|apps)/', pathNot: ['^$1/$2/', '/src/index\\.ts$', '/src/testing/index\\.ts$'] },
    ),
    forbid(
      'by-name',
      'another package is imported by its name, not by a relative path',
      { path: '^(packages|apps)/([^/]+)/' },
      { path: '^(packages|apps)/', pathNot: '^$1/$2/', dependencyTypes: ['local'] },
    ),
    forbid(
      'index-is-for-outsiders',
      'inside a package import the file that holds the thing',
      { path: '^(packages|apps)/([^/]+)/src/' },
      { path: '^$1/$2/src/(index|testing/index)\\.ts$' },
    ),
    forbid(
      'testing-is-for-tests',
      'what ships does not lean on the test kit',
      { path: '^(packages|apps)/[^/]+/src/', pathNot: '/src/testing/' },
      { path: '/src/testing/' },
    ),
    forbid(
      'sources-import-no-tests',
      'tests import sources, never the other way',
      { path: '/src/' },
      { path: '/test/' },
    ),

    oneDoor('libsql', '^packages/kernel/src/adapters/'),
    oneDoor('immer', '^packages/kernel/(src/(state|interventions)|test)/'),
    oneDoor('rxjs', '^packages/(kernel/src/live|replay/src|replay/test|kernel/test)/'),
    oneDoor('minisearch', '^packages/recsys/src/'),
    oneDoor('csv-parse', '^packages/recsys/src/'),
    oneDoor('fast-check', '(/src/testing/|/test/|^test/)'),
    forbid(
      'pure-core',
      "the core has no I/O: Node's modules are imported in adapters/",
      {
        path: '^packages/(kernel|agents|recsys)/src/',
        pathNot: ['^packages/[^/]+/src/adapters/', '^packages/kernel/src/encoding/sha256\\.ts$'],
      },
      builtins,
    ),
    forbid(
      'only-sha256-in-sha256',
      "the core's one use of Node is sha256",
      { path: '^packages/kernel/src/encoding/sha256\\.ts$' },
      { ...builtins, pathNot: '^(node:)?crypto$' },
    ),
    forbid(
      'core-without-adapters',
      'the core is given its adapters as arguments; the list of all recommenders names the remote one too',
      {
        path: '^packages/(kernel|agents|recsys)/src/',
        pathNot: [
          '/src/adapters/',
          '/src/(testing/)?index\\.ts$',
          '^packages/recsys/src/recommenders/recommenders\\.ts$',
        ],
      },
      { path: '/src/adapters/' },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^((packages|apps)/[^/]+|bench)/(dist|coverage)/' },
    tsConfig: { fileName: 'tsconfig.test.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'types', 'node', 'import', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
