/** Numbers as people read them: grouped, with no more digits than mean something. No locale: scripts compare output. */

/** A whole number in groups of three digits. */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Whole numbers as they are, others with about four significant digits. */
export function figure(value: number): string {
  if (Number.isInteger(value)) return count(value);
  const digits = Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 10 ? 2 : Math.abs(value) >= 1 ? 3 : 4;
  return value.toFixed(digits);
}

/** Several figures with as many digits after the point as the one that needs most. */
export function figures(...values: readonly number[]): string[] {
  if (values.every((value) => Number.isInteger(value))) return values.map(count);
  const digits = Math.max(
    ...values.filter((value) => !Number.isInteger(value)).map((value) => figure(value).split('.')[1]?.length ?? 0),
  );
  return values.map((value) => value.toFixed(digits));
}

/** With its sign, a plus included. */
export function signed(value: number, text: string = figure(value)): string {
  return `${value > 0 ? '+' : ''}${text}`;
}

export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : String(Math.round(seconds))} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${Math.round(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** From millionths of a dollar. */
export function dollars(millionths: number): string {
  return `$${(millionths / 1_000_000).toFixed(millionths < 10_000 ? 4 : 2)}`;
}

/** The simulated clock: minutes since the first midnight. */
export function clock(minutes: number): string {
  const hour = Math.floor(minutes / 60) % 24;
  return `day ${Math.floor(minutes / 1440) + 1}, ${twoDigits(hour)}:${twoDigits(minutes % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
