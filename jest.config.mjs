/**
 * Tests run from the sources, as ES modules: packages resolve through the `source` condition of their
 * `exports`, so a test needs no build. swc strips types without checking them; `npm run types` checks.
 */
export default {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  testMatch: [
    '<rootDir>/packages/*/test/**/*.test.ts',
    '<rootDir>/apps/*/test/**/*.test.ts',
    '<rootDir>/test/**/*.test.ts',
  ],
  modulePathIgnorePatterns: ['/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { swcrc: false, jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'es6' } },
    ],
  },
  setupFiles: ['<rootDir>/scripts/seed-tests.mjs'],
  reporters: ['default', '<rootDir>/scripts/count-tests.mjs'],
  injectGlobals: false,
  maxWorkers: 2,
  // Nothing is timed in tests; this only ends what hangs, on a machine as slow as may be.
  testTimeout: 120_000,
};
