/** A film that comes into the catalogue in mid-run. */
import type { Draft } from 'immer';
import { type Film, filmField } from '../world/film.ts';
import type { ChangeKind } from './change-kind.ts';

export interface FilmAddition {
  readonly kind: 'film-add';
  readonly film: Film;
}

export const filmAddition: ChangeKind<FilmAddition> = {
  spelling: 'item.add',
  parse: (path, value) => (path.join('.') === 'item.add' ? { kind: 'film-add', film: value as unknown as Film } : null),
  schema: () => filmField,
  reach: () => ({ through: 'slates' }),
  foldSystem(system, { film }) {
    system.filmsAdded.push(film as Draft<Film>);
  },
};
