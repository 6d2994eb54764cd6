/** The projection a recommender is trained on: every watch, with its rating, in log order. */
import type { Interactions } from '../ports/recommender.ts';
import type { Projection } from './projection.ts';

export const interactionsProjection: Projection<Interactions> = {
  name: 'interactions',
  version: 1,
  initial: () => ({ agents: [], films: [], ratings: [], rounds: [], positions: [] }),
  handlers: {
    AgentJoined(all, event) {
      event.data.history.films.forEach((film, index) => {
        all.agents.push(event.agent as number);
        all.films.push(film);
        all.ratings.push(event.data.history.ratings[index] as number);
        all.rounds.push(0);
        all.positions.push(event.position);
      });
    },
    FilmWatched(all, event) {
      all.agents.push(event.agent as number);
      all.films.push(event.data.film);
      all.ratings.push(0);
      all.rounds.push(event.round);
      all.positions.push(event.position);
    },
    FilmRated(all, event) {
      // A rating follows its watch at once: the agent's latest entry is the last of the list.
      all.ratings[all.ratings.length - 1] = event.data.rating;
    },
  },
};
