/** Exit codes: what scripts learn of how a command ended. The one table from error codes to them. */

export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  invalid: 3,
  notFound: 4,
  diverged: 5,
  store: 6,
  unavailable: 7,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** By the literal `code` of the error; any other error is a failure (1). */
const EXIT_OF_ERROR: { readonly [code: string]: ExitCode } = {
  USAGE: EXIT.usage,
  UNKNOWN_METRIC: EXIT.usage,
  INVALID_EXPRESSION: EXIT.usage,

  INVALID_CONFIG: EXIT.invalid,
  INVALID_DATA: EXIT.invalid,
  INVALID_PARAMETERS: EXIT.invalid,
  INVALID_PLUGIN: EXIT.invalid,
  PART_MISSING: EXIT.invalid,
  INVALID_POPULATION_DATA: EXIT.invalid,
  INVALID_SCRIPT: EXIT.invalid,
  UNPLAYABLE_SCRIPT: EXIT.invalid,

  RUN_NOT_NAMED: EXIT.notFound,
  RUN_NOT_FOUND: EXIT.notFound,
  ROUND_NOT_FOUND: EXIT.notFound,
  EVENT_NOT_FOUND: EXIT.notFound,
  AGENT_NOT_FOUND: EXIT.notFound,

  DIVERGED: EXIT.diverged,
  MODEL_DIVERGED: EXIT.diverged,
  UNRECORDED_REQUEST: EXIT.diverged,

  STORE_CORRUPT: EXIT.store,
  STORE_UNREACHABLE: EXIT.store,
  STORE_FULL: EXIT.store,
  DAMAGED_BLOCK: EXIT.store,
  MALFORMED_BYTES: EXIT.store,
  UNKNOWN_EVENT: EXIT.store,
  UNKNOWN_STORE: EXIT.store,
  UNSOUND_CONDITIONS: EXIT.store,

  REMOTE_UNAVAILABLE: EXIT.unavailable,

  INTERRUPTED: EXIT.interrupted,
};

/** Errors that are no surprise though they mean failure: their message says all there is to say. */
const EXPECTED: ReadonlySet<string> = new Set([
  'RUN_BUSY',
  'WRONG_REVISION',
  'RUN_EXISTS',
  'NOTHING_TO_RESUME',
  'NOTHING_TO_REPLAY',
  'NO_CONDITIONS',
  'EXPORT_BLOCKED',
  'ALREADY_THERE',
]);

/** The literal `code` of an error, if it has one. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as Error & { readonly code?: unknown };
  return typeof code === 'string' ? code : undefined;
}

export function exitCodeOf(error: unknown): ExitCode {
  return EXIT_OF_ERROR[codeOf(error) ?? ''] ?? EXIT.failed;
}

/** Whether the message alone tells people what happened; of other errors the stack may matter. */
export function isExpected(error: unknown): boolean {
  const code = codeOf(error);
  if (code === undefined) return false;
  return code in EXIT_OF_ERROR || EXPECTED.has(code) || isSystemError(error);
}

/** Errors of the operating system: EACCES, ENOSPC and the like. */
function isSystemError(error: unknown): boolean {
  return typeof (error as { readonly syscall?: unknown }).syscall === 'string';
}
