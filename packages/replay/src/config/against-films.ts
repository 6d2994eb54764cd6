/** What of a configuration depends on the films and on other keys: checked when the films are known. */
import type { FilmCatalogue } from '@rashomon/kernel';
import { passes } from '@rashomon/recsys';
import { type ConfigFault, oneOfKnown } from './faults.ts';
import type { Config } from './schema.ts';

export function faultsAgainstFilms(
  { slate, recommender }: Pick<Config, 'slate' | 'recommender'>,
  catalogue: FilmCatalogue,
  sourceOf: (key: string) => string,
): ConfigFault[] {
  const faults: ConfigFault[] = [];
  const add = (key: string, value: unknown, expected: string): void =>
    void faults.push({ key, value, expected, source: sourceOf(key) });
  if (slate.size > catalogue.size)
    add('slate.size', slate.size, `at most the ${catalogue.size} films of the catalogue`);
  if (slate.random > slate.size) add('slate.random', slate.random, `at most slate.size, ${slate.size}`);
  for (const key of ['genres', 'withoutGenres'] as const) {
    for (const genre of slate[key])
      if (!catalogue.genres.includes(genre)) add(`slate.${key}`, genre, oneOfKnown(genre, catalogue.genres));
  }
  const { yearMin, yearMax, trainEvery, retrainEvery } = { ...slate, ...recommender };
  if (yearMax > 0 && yearMin > yearMax) add('slate.yearMin', yearMin, `at most slate.yearMax, ${yearMax}`);
  if (retrainEvery % trainEvery !== 0)
    add('recommender.retrainEvery', retrainEvery, `a multiple of recommender.trainEvery, ${trainEvery}`);
  if (faults.length > 0) return faults;
  const left = catalogue.films.filter((film) => passes(film, slate)).length;
  if (left < slate.size)
    add('slate', `${left} films left by its genres and years`, `at least slate.size, ${slate.size}`);
  return faults;
}
