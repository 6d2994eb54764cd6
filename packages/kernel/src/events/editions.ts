/**
 * Editions of the catalogue: in which versions a run's events are written.
 *
 * A run is pinned to the edition that was the latest when it started. Whatever versions come later, it is encoded,
 * replayed, resumed and branched in its edition, to the same bytes; readers see every event in its present version.
 * Whoever raises the version of an event type adds an edition; those that are there never change.
 */
import { eventCatalogue, type EventType } from './catalogue.ts';

export interface Edition {
  readonly number: number;
  /** Versions of the types that are past version 1; all others are at 1. */
  readonly versions: { readonly [type: string]: number };
  /** Whether causes carry weights. */
  readonly weighsCauses: boolean;
}

/** Thrown for an edition that this engine does not know. */
export class UnknownEdition extends Error {
  readonly code = 'UNKNOWN_EDITION';

  constructor(number: number) {
    super(`edition ${number} of the event catalogue: this engine knows 1 to ${EDITIONS.length}; a newer one is needed`);
    this.name = 'UnknownEdition';
  }
}

/** In order of their numbers, from 1. Append only. */
export const EDITIONS: readonly Edition[] = [
  // Runs of the versions 0.1 and 0.2, which did not name it.
  { number: 1, versions: {}, weighsCauses: false },
  {
    number: 2,
    versions: {
      RunStarted: 2,
      AgentLeft: 2,
      PlaceChosen: 2,
      FilmWatched: 2,
      PageTurned: 2,
      SearchMade: 2,
      VisitLeft: 2,
      FilmRated: 2,
      ChatStarted: 2,
      PostMade: 2,
      StayedSilent: 2,
    },
    weighsCauses: true,
  },
];

/** The edition of new runs: every type in its present version. */
export const LATEST_EDITION = EDITIONS.at(-1) as Edition;

/** @throws UnknownEdition */
export function editionOf(number: number): Edition {
  const edition = EDITIONS[number - 1];
  if (edition === undefined) throw new UnknownEdition(number);
  return edition;
}

/** Types whose present version the latest edition does not name: a change without an edition. */
export function typesOutOfEdition(): readonly EventType[] {
  const types = Object.keys(eventCatalogue) as EventType[];
  return types.filter((type) => eventCatalogue[type].version !== (LATEST_EDITION.versions[type] ?? 1));
}
