/** One event per decision of an agent, with the grounds it was taken on. */
import { list, milliNumber, oneOf, record, text, uint } from '../encoding/field.ts';
import { defineDecision } from './decision.ts';

/** New values of some genres of a taste; empty when the taste stayed. */
const tasteShiftField = record({ genres: list(uint), values: list(milliNumber) });

export const decisionEvents = {
  PlaceChosen: defineDecision({
    code: 40,
    about:
      'An active agent decided where to spend the round; rest and what it heard had changed its fatigue and taste.',
    data: { place: oneOf('recommender', 'social', 'idle'), fatigue: milliNumber, taste: tasteShiftField },
  }),
  FilmWatched: defineDecision({
    code: 41,
    about: 'An agent watched a film of the page before it (rank from 1) and is busy until the given minute.',
    data: { film: uint, rank: uint, until: uint },
  }),
  PageTurned: defineDecision({
    code: 42,
    about: 'An agent passed over a page and asked for the next.',
    data: { page: uint, fatigue: milliNumber },
  }),
  SearchMade: defineDecision({
    code: 43,
    about: 'An agent searched instead of choosing from the page.',
    data: { query: text },
  }),
  VisitLeft: defineDecision({
    code: 44,
    about: 'An agent ended its visit.',
    data: {
      reason: oneOf('content', 'tired', 'dissatisfied', 'page limit', 'watch limit', 'nothing left'),
      satisfaction: milliNumber,
      fatigue: milliNumber,
    },
  }),
  FilmRated: defineDecision({
    code: 45,
    about: 'An agent rated the film it had watched (1 to 5), said what it felt, and was changed by it.',
    data: {
      film: uint,
      rating: uint,
      feeling: text,
      satisfaction: milliNumber,
      fatigue: milliNumber,
      taste: tasteShiftField,
    },
  }),
  ChatStarted: defineDecision({
    code: 46,
    about: 'An agent began a chat with one of its contacts.',
    data: { partner: uint, until: uint },
  }),
  PostMade: defineDecision({ code: 47, about: 'An agent decided to post to all its contacts.', data: { until: uint } }),
  StayedSilent: defineDecision({ code: 48, about: 'An agent looked in on its friends and said nothing.', data: {} }),
};
