/**
 * How fast films are indexed and found, in CPU time: the sample, and ten thousand films that are made up of its words.
 */
import { type Film, FilmCatalogue, LuckOf, NOBODY, type SearchEngine } from '@rashomon/kernel';
import { hybridSearch, loadSampleCatalogue, textSearch } from '@rashomon/recsys';
import type { Quantity } from '../figures.ts';
import { type Sample, spentBy } from '../sample.ts';

const ENGINES = [textSearch, hybridSearch] as const;
const MADE_UP = 10_000;
const QUERIES = 500;
const RESULTS = 10;
const SEED = 3;

const catalogues = [
  { told: 'the 558 films of the sample', make: loadSampleCatalogue },
  { told: '10,000 made-up films', make: madeUpFilms },
] as const;

/** The figures and their units. */
export const searchQuantities: readonly Quantity[] = catalogues.flatMap(({ told }) =>
  ENGINES.flatMap(({ name }): readonly Quantity[] => [
    { name: indexName(name, told), unit: 'ms CPU', better: 'lower' },
    { name: queriesName(name, told), unit: 'queries/s CPU', better: 'higher' },
  ]),
);

function indexName(engine: string, told: string): string {
  return `search: index of ${told}, ${engine}`;
}

function queriesName(engine: string, told: string): string {
  return `search: in ${told}, ${engine}`;
}

/** Takes about ten seconds. */
export async function measureSearch(): Promise<Sample> {
  const figures: { [name: string]: number } = {};
  for (const { told, make } of catalogues) {
    const catalogue = make();
    for (const engine of ENGINES) {
      const { index, queriesASecond } = await speedOf(engine, catalogue);
      figures[indexName(engine.name, told)] = index;
      figures[queriesName(engine.name, told)] = queriesASecond;
    }
  }
  return figures;
}

/** Numbers one more film: an index of the same films is kept. */
let indexed = 0;

async function speedOf(
  engine: SearchEngine,
  films: FilmCatalogue,
): Promise<{ readonly index: number; readonly queriesASecond: number }> {
  const catalogue = films.with({ ...(films.films[0] as Film), id: 1_000_000 + indexed++ });
  let search = engine.index(catalogue);
  // An index may be made when it is first needed, and the list of known words when a word is unknown.
  const index = await spentBy(() => {
    search = engine.index(catalogue);
    search.find('a fnuny film', RESULTS);
  });
  // No query comes twice: answers are kept.
  const queries = Array.from({ length: QUERIES }, (_, number) => queryOf(catalogue, number));
  const found = await spentBy(() => {
    for (const query of queries) search.find(query, RESULTS);
  });
  return { index: 1000 * index.cpu, queriesASecond: QUERIES / found.cpu };
}

/** By turns a title, a person, a wish, words of a description, and a title that lacks a letter. */
function queryOf({ films }: FilmCatalogue, number: number): string {
  const { title, people, description } = films[
    new LuckOf(SEED, NOBODY, number).for('query').below(films.length, 0)
  ] as Film;
  const words = description.split(' ');
  const kinds = [
    title,
    `films by ${people[0]} ${number}`,
    `something funny with ${words[2]} ${number}`,
    words.slice(3, 7).join(' '),
    `${title.slice(0, 2)}${title.slice(3)}`,
  ];
  return kinds[number % kinds.length] as string;
}

/** Words of three films of the sample each, so that words are as frequent as in texts. */
function madeUpFilms(): FilmCatalogue {
  const { films } = loadSampleCatalogue();
  const made = Array.from({ length: MADE_UP }, (_, id): Film => {
    const luck = new LuckOf(SEED, NOBODY, id);
    const [a, b, c] = [0, 1, 2].map((draw) => films[luck.for('taste').below(films.length, draw)] as Film) as [
      Film,
      Film,
      Film,
    ];
    const title = `${a.title.split(' ')[0]} ${b.title.split(' ').at(-1)} ${id}`;
    const beginning = b.description.split(' ').slice(0, 8).join(' ');
    const end = c.description.split(' ').slice(-8).join(' ');
    const description = `${beginning} ${end}`;
    return { ...a, id, title, description };
  });
  return new FilmCatalogue(made);
}
