/**
 * Checks of films that come and go. An id is used once in a run, also when its film is gone: what was watched and
 * rated under it stays on record.
 */
import type { Json } from '@rashomon/kernel';
import { isSection } from '../config/keys.ts';
import { refused, soundChange } from './by-schema.ts';
import type { Checker } from './setting.ts';

/** Counts are kept by id: an id out of all proportion would take memory for all ids below it. */
const LARGEST_ID = 10_000_000;
const YEARS = [1800, 2200] as const;
const QUALITY = 5;

export const checkRemoval: Checker = (setting, check) => {
  const { films } = check;
  if (typeof setting.value !== 'number' || films.catalogue.film(setting.value) === undefined)
    return refused(check, setting, 'the id of a film of the catalogue');
  films.catalogue = films.catalogue.without(setting.value);
  return setting;
};

export const checkAddition: Checker = (setting, check) => {
  const { films } = check;
  const { key, value: given } = setting;
  const highest = [...films.used].reduce((most, id) => Math.max(most, id), -1);
  if (!isSection(given) || typeof given['title'] !== 'string' || given['title'].trim() === '')
    return refused(check, setting, 'an object such as {"title": "…", "year": 2024, "genres": ["Drama"]}');
  const value: Json = {
    id: highest + 1,
    title: '',
    year: 0,
    genres: [],
    people: [],
    description: '',
    quality: 0,
    ...given,
  };
  const film = soundChange('film-add', { key, value }, check)?.film;
  if (film === undefined) return null;
  const bound = Math.max(LARGEST_ID, highest + 1);
  const number = (whole: number): string => whole.toLocaleString('en-US');
  if (film.id > bound) check.fault(setting, `an id of at most ${number(bound)}`);
  if (films.used.has(film.id)) check.fault(setting, `an id that no film of this run ever had; ${film.id} is taken`);
  const [first, last] = YEARS;
  if (film.year !== 0 && (film.year < first || film.year > last))
    check.fault(setting, `a year from ${first} to ${last}, or 0 where it is unknown`);
  if (Math.abs(film.quality) > QUALITY) check.fault(setting, `a quality from -${QUALITY} to ${QUALITY}`);
  const { genres } = films.catalogue;
  const foreign = film.genres.filter((genre) => !genres.includes(genre));
  if (foreign.length > 0) check.fault(setting, `genres among ${genres.join(', ')}; ${foreign.join(', ')} is not`);
  if (films.used.has(film.id)) return null;
  films.used.add(film.id);
  films.catalogue = films.catalogue.with(film);
  return { key, value };
};
