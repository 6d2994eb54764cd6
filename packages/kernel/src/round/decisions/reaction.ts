/** How the film was. */
import type { ReactionAnswer } from '../../ports/mind.ts';
import { type Decision, NOTHING_SAID } from './decision.ts';

export const reactionDecision: Decision<'reaction', 'FilmRated'> = {
  record({ film }, { rating, feeling, satisfaction, fatigue, taste, grounds }) {
    return {
      type: 'FilmRated',
      data: { film, rating, feeling, satisfaction, fatigue, taste, grounds },
      said: NOTHING_SAID,
    };
  },

  forms: {
    FilmRated: {
      recall: ({ rating, feeling, satisfaction, fatigue, taste, grounds }, { because }) => ({
        // Sound: recorded from a rating.
        rating: rating as ReactionAnswer['rating'],
        feeling,
        satisfaction,
        fatigue,
        taste,
        grounds,
        because,
      }),
    },
  },
};
