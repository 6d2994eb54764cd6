/**
 * Seeds the random tests with TEST_SEED where it is set, a number or the hash of a commit: CI tries other cases with
 * each commit, and the same ones when it is asked again.
 */
const { TEST_SEED: given } = process.env;
if (given !== undefined && given !== '') {
  const { configureGlobal } = await import('fast-check');
  configureGlobal({ seed: Number.parseInt(given.slice(0, 7), /^[0-9]+$/.test(given) ? 10 : 16) });
}
