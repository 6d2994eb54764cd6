/** A film that leaves the catalogue in mid-run. */
import { uint } from '../encoding/field.ts';
import type { ChangeKind } from './change-kind.ts';

export interface FilmRemoval {
  readonly kind: 'film-remove';
  readonly film: number;
}

export const filmRemoval: ChangeKind<FilmRemoval> = {
  spelling: 'item.remove',
  parse: (path, value) => (path.join('.') === 'item.remove' ? { kind: 'film-remove', film: value as number } : null),
  schema: () => uint,
  reach: () => ({ through: 'slates' }),
  foldSystem(system, { film }) {
    system.filmsRemoved.push(film);
  },
};
