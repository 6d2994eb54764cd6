/** Where to spend the round. */
import { type Decision, NOTHING_SAID } from './decision.ts';

export const placeDecision: Decision<'place', 'PlaceChosen' | 'AgentLeft'> = {
  record(_, { place, fatigue, taste, grounds }) {
    // Nobody asks any more how tired somebody is who has left for good.
    if (place === 'quit') return { type: 'AgentLeft', data: { grounds }, said: NOTHING_SAID };
    return { type: 'PlaceChosen', data: { place, fatigue, taste, grounds }, said: NOTHING_SAID };
  },

  forms: {
    PlaceChosen: {
      recall: ({ place, fatigue, taste, grounds }, { because }) => ({ place, fatigue, taste, grounds, because }),
    },
    AgentLeft: {
      recall: ({ grounds }, { question, because }) => ({
        place: 'quit',
        fatigue: question.progress.fatigue,
        taste: { genres: [], values: [] },
        grounds,
        because,
      }),
    },
  },
};
