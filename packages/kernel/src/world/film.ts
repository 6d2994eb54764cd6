/** A film and the catalogue of films a run is made over. */
import { ByteReader, ByteWriter } from '../encoding/bytes.ts';
import { list, milliNumber, record, text, uint, type ValueOf } from '../encoding/field.ts';
import { sha256 } from '../encoding/sha256.ts';

export const filmField = record({
  id: uint,
  title: text,
  /** 0 where unknown. */
  year: uint,
  genres: list(text),
  people: list(text),
  description: text,
  /** How well it is liked apart from taste: mean rating in the source, shrunk and centred (stars); 0 where unknown. */
  quality: milliNumber,
});

export type Film = ValueOf<typeof filmField>;

const filmsField = list(filmField);

/** An immutable set of films. Ids are the source's own and may have gaps; order is by id. */
export class FilmCatalogue {
  readonly films: readonly Film[];
  /** All genres, sorted by code unit: tastes are lists in this order. */
  readonly genres: readonly string[];
  readonly #byId = new Map<number, Film>();
  readonly #genresById = new Map<number, readonly number[]>();
  #digest: string | undefined;

  /**
   * @param genres the order of genres; by default all that occur, sorted. Given when a catalogue is
   * changed in mid-run, because tastes are lists in that order; genres not in it are left out of tastes.
   * @throws RangeError on two films with one id.
   */
  constructor(films: readonly Film[], genres?: readonly string[]) {
    this.films = [...films].sort((a, b) => a.id - b.id);
    this.genres = genres ?? [...new Set(films.flatMap((film) => film.genres))].sort();
    const indexOfGenre = new Map(this.genres.map((genre, index) => [genre, index]));
    for (const film of this.films) {
      if (this.#byId.has(film.id)) throw new RangeError(`two films have the id ${film.id}`);
      this.#byId.set(film.id, film);
      this.#genresById.set(
        film.id,
        film.genres.flatMap((genre) => indexOfGenre.get(genre) ?? []),
      );
    }
  }

  get size(): number {
    return this.films.length;
  }

  /** SHA-256 of the catalogue's canonical bytes: its name among the artefacts. */
  get digest(): string {
    this.#digest ??= sha256(this.toBytes());
    return this.#digest;
  }

  film(id: number): Film | undefined {
    return this.#byId.get(id);
  }

  /** The film's genres as indices into {@link genres}; empty for an unknown film. */
  genresOf(id: number): readonly number[] {
    return this.#genresById.get(id) ?? [];
  }

  with(film: Film): FilmCatalogue {
    return new FilmCatalogue([...this.films, film], this.genres);
  }

  without(id: number): FilmCatalogue {
    return new FilmCatalogue(
      this.films.filter((film) => film.id !== id),
      this.genres,
    );
  }

  toBytes(): Uint8Array {
    const writer = new ByteWriter(this.films.length * 128);
    list(text).write(writer, this.genres);
    filmsField.write(writer, this.films);
    return writer.copy();
  }

  /** @throws MalformedBytes when the bytes are not a catalogue's. */
  static fromBytes(bytes: Uint8Array): FilmCatalogue {
    const reader = new ByteReader(bytes);
    const genres = list(text).read(reader);
    return new FilmCatalogue(filmsField.read(reader), genres);
  }
}
