/**
 * A mind of one's own, in one file and without a dependency: a collector of old films. It always goes to the
 * recommender, watches the oldest film of the first pages, and is silent.
 *
 * Try it: rashomon run --plugin collector.mjs --mind collector
 */

const unmoved = { genres: [], values: [] };

/** Films of this year and before are old. */
const OLD = 1960;

function decide(question) {
  const { kind, progress, world } = question;
  const { fatigue, satisfaction } = progress;
  const yearOf = (film) => world.catalogue.film(film)?.year ?? 9999;
  switch (kind) {
    case 'place':
      return { place: 'recommender', fatigue: 0, taste: unmoved, why: 'there may be an old film' };
    case 'page': {
      const oldest = [...question.films]
        .filter((film) => !progress.watched.includes(film))
        .sort((a, b) => yearOf(a) - yearOf(b) || a - b)[0];
      if (oldest !== undefined && yearOf(oldest) <= OLD)
        return { do: 'watch', film: oldest, why: `of ${yearOf(oldest)}` };
      if (question.mayContinue) return { do: 'next', fatigue, why: 'nothing old enough' };
      return { do: 'leave', reason: 'dissatisfied', satisfaction, why: 'nothing old at all' };
    }
    case 'reaction':
      return {
        rating: yearOf(question.film) <= OLD - 20 ? 5 : 4,
        feeling: 'A find.',
        satisfaction,
        fatigue,
        taste: unmoved,
      };
    case 'social':
      return { do: 'silence' };
  }
}

/** What Rashomon looks for: exported objects with a name and `decide`. */
export const collector = { name: 'collector', about: 'watches old films only', decide };
