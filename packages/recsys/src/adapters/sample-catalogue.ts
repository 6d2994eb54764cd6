/** The catalogue that comes with the package, so that a run needs no data of anybody else's. */
import { readFileSync } from 'node:fs';
import type { FilmCatalogue } from '@rashomon/kernel';
import { decodeText } from '../data/decode-text.ts';
import { parseFilms } from '../data/plain-csv.ts';

/** Same path from src/ and from dist/. */
const sampleFile = new URL('../../data/films.csv', import.meta.url);

let sample: FilmCatalogue | undefined;

/** The films of data/films.csv, read once. @throws InvalidData if somebody broke the file */
export function loadSampleCatalogue(): FilmCatalogue {
  sample ??= parseFilms('films.csv', decodeText(readFileSync(sampleFile)));
  return sample;
}
