/** What to do with a page. */
import type { EventData } from '../../events/catalogue.ts';
import type { PageAnswer, PageQuestion } from '../../ports/mind.ts';
import { InvalidAnswer } from '../invalid-answer.ts';
import { type Decision, NOTHING_SAID } from './decision.ts';

/** Minutes for which an agent is busy after watching a film (RecAgent: 2 h). */
const MINUTES_PER_FILM = 120;

/** Reasons to leave that a mind may have; visits also end by themselves, with nothing to decide. */
type DecidedReason = Extract<PageAnswer, { readonly do: 'leave' }>['reason'];
const DECIDED: { readonly [R in EventData<'VisitLeft'>['reason']]: R extends DecidedReason ? true : false } = {
  content: true,
  tired: true,
  dissatisfied: true,
  'page limit': false,
  'watch limit': false,
  'nothing left': false,
};

export const pageDecision: Decision<'page', 'FilmWatched' | 'PageTurned' | 'SearchMade' | 'VisitLeft'> = {
  record(question, answer) {
    const { grounds } = answer;
    const { pages, fatigue } = question.progress;
    switch (answer.do) {
      case 'watch':
        return { type: 'FilmWatched', data: watched(question, answer), said: NOTHING_SAID };
      case 'leave': {
        const { reason, satisfaction } = answer;
        return { type: 'VisitLeft', data: { reason, satisfaction, fatigue, grounds }, said: NOTHING_SAID };
      }
      case 'next':
        return { type: 'PageTurned', data: { page: pages + 1, fatigue: answer.fatigue, grounds }, said: NOTHING_SAID };
      case 'search':
        if (question.mayContinue)
          return { type: 'SearchMade', data: { query: answer.query, grounds }, said: NOTHING_SAID };
        // Without another page to come, a search only turns the page.
        return { type: 'PageTurned', data: { page: pages + 1, fatigue, grounds }, said: NOTHING_SAID };
    }
  },

  forms: {
    FilmWatched: { recall: ({ film, grounds }, { because }) => ({ do: 'watch', film, grounds, because }) },
    PageTurned: { recall: ({ fatigue, grounds }, { because }) => ({ do: 'next', fatigue, grounds, because }) },
    SearchMade: { recall: ({ query, grounds }, { because }) => ({ do: 'search', query, grounds, because }) },
    VisitLeft: {
      isDecided: ({ reason }) => DECIDED[reason],
      recall: ({ reason, satisfaction, grounds }, { because }) => ({
        do: 'leave',
        // Sound: only leaves that were decided are recalled.
        reason: reason as DecidedReason,
        satisfaction,
        grounds,
        because,
      }),
    },
  },
};

function watched(
  { agent, world, progress, films }: PageQuestion,
  { film, grounds }: PageAnswer & { readonly do: 'watch' },
): EventData<'FilmWatched'> {
  const rank = films.indexOf(film) + 1;
  if (rank === 0)
    throw new InvalidAnswer(
      `agent ${agent.id} in round ${world.round} watched film ${film}, which is not on its page ${films.join(', ')}`,
    );
  return { film, rank, until: world.clock + MINUTES_PER_FILM * (progress.watched.length + 1), grounds };
}
