/** The few assertions that the store contract needs, so that it runs under any test runner. */
import { StoreError, type StoreErrorCode } from '../ports/store-error.ts';

/** A store does not do what its port promises. */
class ContractBroken extends Error {
  override readonly name = 'ContractBroken';
  readonly code = 'CONTRACT_BROKEN';
}

/** Compares by value; byte arrays by their bytes. */
export function expectSame(actual: unknown, expected: unknown, what: string): void {
  const [is, should] = [spell(actual), spell(expected)];
  if (is !== should) throw new ContractBroken(`${what}: is ${excerpt(is)}, expected ${excerpt(should)}`);
}

export function expectTrue(holds: boolean, what: string): void {
  if (!holds) throw new ContractBroken(what);
}

export async function expectRefusal(action: Promise<unknown>, code: StoreErrorCode, what: string): Promise<void> {
  const outcome = await action.then(
    () => 'was done',
    (error: unknown) => error,
  );
  if (outcome instanceof StoreError && outcome.code === code) return;
  throw new ContractBroken(`${what}: expected StoreError ${code}`, { cause: outcome });
}

/** Keys in order, so that two equal objects have one spelling. */
function spell(value: unknown): string {
  if (value instanceof Uint8Array) return `bytes(${value.join(' ')})`;
  if (Array.isArray(value)) return `[${value.map(spell).join(', ')}]`;
  if (typeof value !== 'object' || value === null)
    return Object.is(value, -0) ? '-0' : (JSON.stringify(value) ?? String(value));
  const members = value as { readonly [name: string]: unknown };
  const names = Object.keys(members).sort();
  return `{${names.map((name) => `${name}: ${spell(members[name])}`).join(', ')}}`;
}

function excerpt(spelled: string): string {
  return spelled.length <= 600 ? spelled : `${spelled.slice(0, 600)} … (${spelled.length} characters)`;
}
