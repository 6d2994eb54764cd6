/** Titles as the sources spell them, "Matrix, The (1999)", and as people do. */
import type { FilmCatalogue } from '@rashomon/kernel';

/** A title apart from its year; year 0 where the source names none. */
export interface TitleAndYear {
  readonly title: string;
  readonly year: number;
}

/** Some titles of 100K end in (V) or (TV) after the year. */
const YEAR_AT_END = /^(.*?)\s*\((\d{4})(?:[-–]\d{0,4})?\)(?:\s*\(T?V\))?$/;

/** Articles that MovieLens moves behind a comma, of every language it has films in. */
const ARTICLE_AT_END =
  /^(.+?), (The|A|An|Le|La|Les|L'|Un|Une|El|Los|Las|Lo|Il|I|Gli|Der|Die|Das|Den|Det|De|Het|O|Os)(?= \(|$)/;

/** "Matrix, The (1999)" -> The Matrix, 1999; "City of Lost Children, The (Cité …) (1995)" keeps its other name. */
export function parseTitle(source: string): TitleAndYear {
  const trimmed = source.trim();
  const dated = YEAR_AT_END.exec(trimmed);
  const title = dated?.[1] || trimmed;
  return { title: articleFirst(title), year: dated?.[1] ? Number(dated[2]) : 0 };
}

function articleFirst(title: string): string {
  return title.replace(ARTICLE_AT_END, (_, name: string, article: string) =>
    article.endsWith("'") ? article + name : `${article} ${name}`,
  );
}

/** Films that share title and year. They are kept apart by id; a reader may still want to know. */
export interface SharedTitle extends TitleAndYear {
  readonly ids: readonly number[];
}

/** The (title, year) pairs that more than one film of the catalogue carries, by their first id. */
export function sharedTitles(catalogue: FilmCatalogue): readonly SharedTitle[] {
  const byName = new Map<string, { title: string; year: number; ids: number[] }>();
  for (const { id, title, year } of catalogue.films) {
    const name = `${year} ${title}`;
    const shared = byName.get(name);
    if (shared === undefined) byName.set(name, { title, year, ids: [id] });
    else shared.ids.push(id);
  }
  return [...byName.values()].filter(({ ids }) => ids.length > 1);
}
