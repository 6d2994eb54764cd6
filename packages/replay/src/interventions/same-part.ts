/** Whether a recommender or a mind is the same, with the same parameters, whether they are written out or not. */
import { type RunConfig, scheduleOf } from '@rashomon/kernel';
import { recommenders } from '@rashomon/recsys';
import type { z } from 'zod';
import { sameData } from '../compare/same-data.ts';
import { minds, ownParameters } from '../run/minds.ts';

type Section = 'recommender' | 'mind';

export function samePart(section: Section, before: RunConfig, after: RunConfig): boolean {
  const [a, b] = [before[section], after[section]];
  if (sameData(a, b)) return true;
  if (a.name !== b.name) return false;
  if (section === 'recommender' && !sameData(whenTrained(before), whenTrained(after))) return false;
  const schema = schemaOf(section, a.name);
  const [inForce, given] = [a, b].map((part) => schema?.safeParse(ownParameters(part)));
  return inForce?.success === true && given?.success === true && sameData(inForce.data, given.data);
}

function whenTrained({ recommender }: RunConfig): unknown {
  return { retrainEvery: 0, ...scheduleOf(recommender) };
}

function schemaOf(section: Section, name: string): z.ZodType | undefined {
  if (section === 'mind') return Object.hasOwn(minds, name) ? minds[name]?.parameters : undefined;
  return recommenders.find((known) => known.name === name)?.parameters;
}
