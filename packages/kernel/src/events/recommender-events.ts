/** Events about what the system did: training, slates, search results. */
import { float32, json, list, record, text, uint } from '../encoding/field.ts';
import { defineEvent } from './definition.ts';

export const recommenderEvents = {
  RecommenderTrained: defineEvent({
    code: 30,
    version: 1,
    about: 'A new model went live; it knows the first `interactions` watches and ratings of the run.',
    data: { model: uint, recommender: text, parameters: json, digest: text, interactions: uint },
  }),
  SlateServed: defineEvent({
    code: 31,
    version: 1,
    about:
      'A page of films was shown, best first; ' +
      '`sweep` counts how often the catalogue was exhausted and unwatched films came back.',
    data: { page: uint, model: uint, films: list(uint), scores: list(float32), sweep: uint },
  }),
  SearchAnswered: defineEvent({
    code: 32,
    version: 1,
    about: 'The search engine answered a query with films, best first.',
    data: { query: text, films: list(uint) },
  }),
  SlateExplained: defineEvent({
    code: 33,
    version: 1,
    about:
      'The agent was told why each film of the page before stands there: ' +
      'a sentence each, with the past films and the contacts it speaks of.',
    data: { explanations: list(record({ text, films: list(uint), friends: list(uint) })) },
  }),
  RecommenderAnswered: defineEvent({
    code: 34,
    version: 1,
    about:
      'A recommender outside the process answered a request (named by its digest), or failed to; ' +
      '`answer` is JSON with one of `answer` and `fault`.',
    data: { request: text, answer: text },
  }),
};
