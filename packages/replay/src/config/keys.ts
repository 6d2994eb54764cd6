/**
 * Keys of a configuration: dotted paths to its values. What a recommender or mind is called is spelled by its section
 * alone: `recommender=ials` stands for `recommender.name`.
 */
import type { Json } from '@rashomon/kernel';

export type PartSection = 'recommender' | 'mind';

/** The sections that name a part and hold its parameters. */
export const PART_SECTIONS: readonly PartSection[] = ['recommender', 'mind'];

/** Whether a key names a part. Parameters given before it would be those of another. */
export function namesPart(key: string): key is PartSection {
  return PART_SECTIONS.some((section) => section === key);
}

/** A key as people spell it. */
export function spelledKey(key: string): string {
  return PART_SECTIONS.find((section) => key === `${section}.name`) ?? key;
}

/** Names before parameters, so that the order in which they were given does not matter. */
export function namesFirst<T extends { readonly key: string }>(settings: readonly T[]): T[] {
  return [...settings].sort((a, b) => Number(namesPart(b.key)) - Number(namesPart(a.key)));
}

/** An object; lists are values. */
export function isSection<V = Json>(value: unknown): value is { readonly [name: string]: V } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of a section, those of the sections in it included. A script is a value, and so is an empty section. */
export function flatKeys<V>(section: { readonly [name: string]: V }, under = ''): { key: string; value: V }[] {
  return Object.entries(section).flatMap(([name, value]) => {
    const key = under === '' ? name : `${under}.${name}`;
    const isWhole = key === 'mind.script' || !isSection<V>(value) || Object.keys(value).length === 0;
    return isWhole ? [{ key, value }] : flatKeys(value, key);
  });
}
