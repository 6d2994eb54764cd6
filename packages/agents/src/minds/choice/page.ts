/** What to do with a page: a multinomial logit over its films, the next page, a search, and leaving. */
import {
  ACTION,
  behaves,
  type Cause,
  type Explanation,
  ln,
  type Mention,
  milli,
  type PageAnswer,
  type PageQuestion,
} from '@rashomon/kernel';
import { PAGE_FILMS_MAX, type Workbench } from './asking.ts';
import { NO_CAUSES } from './causes.ts';
import { filmTable, likingOf } from './film-traits.ts';
import { heardTerm } from './hearsay.ts';
import { hasWatched, recallWatches } from './past-watches.ts';
import { evidenceOf } from './persuasion.ts';
import { meanWatches, popularityOf } from './popularity.ts';
import { chooseQuery, type Query } from './search-query.ts';
import { TERM_AT } from './weighing.ts';

/** ln(rank) of the first ranks. */
const LN_RANK: readonly number[] = Array.from({ length: PAGE_FILMS_MAX + 1 }, (_, rank) => (rank === 0 ? 0 : ln(rank)));

export function decidePage(question: PageQuestion, bench: Workbench): PageAnswer {
  const { weighing } = bench;
  weighing.begin();
  const pull = weighHearsay(question, bench);
  weighFilms(question, bench);
  const films = weighing.size;
  weighActions(question, bench, pull);
  const best = weighing.best();
  const chosen = weighing.optionAt(best);
  if (best < films)
    return { grounds: weighing.grounds(), because: causesOfWatching(question, bench, best), do: 'watch', film: chosen };
  switch (chosen) {
    case ACTION.nextPage:
      return {
        grounds: weighing.grounds(),
        because: NO_CAUSES,
        do: 'next',
        fatigue: milli(question.progress.fatigue + bench.parameters.pageFatigue),
      };
    case ACTION.search:
      return { grounds: weighing.grounds(), do: 'search', ...searching(question, bench, best) };
    default:
      return { grounds: weighing.grounds(), because: NO_CAUSES, do: 'leave', ...leaving(question, bench, films, best) };
  }
}

/**
 * Sums what was heard of each film of the page into the workbench.
 * @returns the heard term of a search: the strongest praise of a film that is neither on the page nor watched
 */
function weighHearsay({ agent, films, world }: PageQuestion, bench: Workbench): number {
  const { heard } = agent;
  const { parameters } = bench;
  const size = Math.min(films.length, PAGE_FILMS_MAX);
  for (let i = 0; i < size; i++) bench.heard[i] = 0;
  if (heard.length === 0) return 0;
  const listener = bench.listener.listen(agent, world.round, parameters.heardAwareness);
  // One bit per film of the page, several films to a bit: most mentions are of none of them, which this tells at once.
  let bits = 0;
  for (let i = 0; i < films.length; i++) bits |= 1 << (films[i] as number);
  let strongest = 0;
  let film = -1;
  for (let i = 0; i < heard.length; i++) {
    const mention = heard[i] as Mention;
    const weight = listener.weightOf(mention);
    const at = (bits >>> mention.film) & 1 ? placeOn(films, mention.film) : -1;
    if (at >= 0 && at < size) bench.heard[at] = (bench.heard[at] as number) + weight;
    else if (at < 0 && weight > strongest) {
      strongest = weight;
      film = mention.film;
    }
  }
  if (strongest === 0 || hasWatched(agent, film)) return 0;
  return heardTerm(strongest, parameters.heardWeight, parameters.heardCap);
}

function weighFilms(question: PageQuestion, bench: Workbench): void {
  const { agent, films, luck, progress, source, explained: reasons, world } = question;
  const { satiation, weighing } = bench;
  const p = bench.parameters;
  const { critic, explorer } = agent.persona.features;
  const table = filmTable(world.catalogue);
  satiation.recall(agent, world, progress, p);
  const base = p.watchBase - (critic ? p.criticPicky : 0) + (source === 'search' ? p.searchIntent : 0);
  const satiationWeight = p.satiationWeight * (explorer ? p.explorerSatiation : 1);
  const novelty = explorer ? p.explorerNovelty : 0;
  const fatigue = -p.fatigueFilm * progress.fatigue;
  const crowd = meanWatches(world);
  const draws = luck.for('film');
  const apart = behaves(world.behaviour, 'explanationsApart');
  for (let i = 0; i < films.length && i < PAGE_FILMS_MAX; i++) {
    const film = films[i] as number;
    // A slate holds only films new to the agent; a search may find old ones.
    if (placeOn(progress.watched, film) >= 0 || (source === 'search' && hasWatched(agent, film))) continue;
    const traits = table.of(film);
    const sated = satiation.of(traits);
    const explained =
      reasons === undefined ? 0 : p.explanationTrust * evidenceOf(reasons.explanations[i] as Explanation, agent);
    const heard = (bench.heard[i] as number) + (apart ? 0 : explained);
    const option = weighing.option(film, base, draws.gumbel(film));
    weighing.set(
      option,
      TERM_AT.taste,
      p.tasteWeight * likingOf(traits, progress.taste) + p.qualityWeight * traits.quality,
    );
    weighing.set(option, TERM_AT.popularity, p.popularityWeight * popularityOf(world.watchesOf(film), crowd));
    weighing.set(option, TERM_AT.heard, heardTerm(heard, p.heardWeight, p.heardCap));
    if (apart) weighing.set(option, TERM_AT.explained, heardTerm(explained, p.heardWeight, p.heardCap));
    weighing.set(option, TERM_AT.novelty, novelty * Math.max(0, 1 - sated) - satiationWeight * sated);
    weighing.set(option, TERM_AT.rank, -p.rankWeight * (LN_RANK[i + 1] as number));
    weighing.set(option, TERM_AT.fatigue, fatigue);
  }
}

function weighActions({ agent, luck, mayContinue, progress }: PageQuestion, bench: Workbench, pull: number): void {
  const { weighing } = bench;
  const p = bench.parameters;
  if (mayContinue) {
    const next = weighing.option(ACTION.nextPage, p.nextBase, luck.for('next page').gumbel(progress.step));
    weighing.set(next, TERM_AT.fatigue, -p.fatigueNext * progress.fatigue);
    const searchBase = p.searchBase + (agent.persona.features.explorer ? p.explorerSearch : 0);
    const search = weighing.option(ACTION.search, searchBase, luck.for('search').gumbel(progress.step));
    weighing.set(search, TERM_AT.heard, pull);
    weighing.set(search, TERM_AT.fatigue, -p.fatigueNext * progress.fatigue);
  }
  const leaveBase =
    p.leaveBase + p.leaveContent * progress.watched.length + p.leaveDissatisfied * (1 - 2 * progress.satisfaction);
  const leave = weighing.option(ACTION.leave, leaveBase, luck.for('leave').gumbel(progress.step));
  weighing.set(leave, TERM_AT.fatigue, p.fatigueLeave * progress.fatigue);
}

/** What to search for; what was said of a film has the share of the pull it made. */
function searching(question: PageQuestion, bench: Workbench, option: number): Query {
  const { query, because } = chooseQuery(question, bench);
  const weight = milli(bench.weighing.shareOf(option, TERM_AT.heard));
  return { query, because: because.map((cause) => (cause.role === 'told-by' ? { ...cause, weight } : cause)) };
}

/** Why the agent left: whichever of being content, tired or dissatisfied weighed most. */
function leaving(
  { progress }: PageQuestion,
  bench: Workbench,
  films: number,
  leave: number,
): { reason: 'content' | 'tired' | 'dissatisfied'; satisfaction: number } {
  const { weighing } = bench;
  const p = bench.parameters;
  const content = p.leaveContent * progress.watched.length;
  const tired = weighing.termOf(leave, TERM_AT.fatigue);
  // Discontent lies in the mood and in a page whose best film promised little.
  let best = -Infinity;
  for (let film = 0; film < films; film++) best = Math.max(best, weighing.expectationOf(film));
  const dissatisfied = p.leaveDissatisfied * (1 - 2 * progress.satisfaction) + Math.max(0, Math.min(2, -best));
  const { satisfaction } = progress;
  if (content > 0 && content >= tired && content >= dissatisfied) return { reason: 'content', satisfaction };
  if (tired >= dissatisfied && tired > 0) return { reason: 'tired', satisfaction };
  if (dissatisfied <= 0) return { reason: 'content', satisfaction };
  return { reason: 'dissatisfied', satisfaction: milli(satisfaction * (1 - p.disappointment)) };
}

/** The mentions and the explanation that spoke for the film chosen, and the latest watches of its genres. */
function causesOfWatching(question: PageQuestion, bench: Workbench, option: number): readonly Cause[] {
  const causes: Cause[] = [];
  const { agent, films, explained, world } = question;
  const { recalled, told, weighing } = bench;
  const film = weighing.optionAt(option);
  const apart = behaves(world.behaviour, 'explanationsApart');
  const mentions = offerMentions(question, bench, film);
  const evidence =
    explained === undefined ? 0 : evidenceOf(explained.explanations[placeOn(films, film)] as Explanation, agent);
  const trusted = bench.parameters.explanationTrust * evidence;
  if (explained !== undefined && evidence > 0 && !apart) told.offer(explained.position, trusted);
  told.addWeighedTo(causes, weighing.shareOf(option, TERM_AT.heard), mentions + (apart ? 0 : Math.max(0, trusted)));
  if (explained !== undefined && evidence > 0 && apart) {
    const weight = milli(weighing.shareOf(option, TERM_AT.explained));
    causes.push({ role: 'told-by', position: explained.position, weight });
  }
  recalled.begin();
  recallWatches(agent, filmTable(world.catalogue), film, recalled);
  recalled.addWeighedTo(causes, weighing.shareOf(option, TERM_AT.novelty));
  return causes.length === 0 ? NO_CAUSES : causes;
}

/** Offers what was said for the film to the workbench, and gives what all of it weighs. */
function offerMentions(
  { agent, world }: PageQuestion,
  { listener, parameters, told }: Workbench,
  film: number,
): number {
  const { heard } = agent;
  listener.listen(agent, world.round, parameters.heardAwareness);
  told.begin();
  let sum = 0;
  for (let i = 0; i < heard.length; i++) {
    const mention = heard[i] as Mention;
    if (mention.film !== film) continue;
    const weight = listener.weightOf(mention);
    if (weight <= 0) continue;
    told.offer(mention.position, weight);
    sum += weight;
  }
  return sum;
}

/** indexOf, which a short loop beats on short lists. */
function placeOn(films: readonly number[], film: number): number {
  for (let i = 0; i < films.length; i++) if (films[i] === film) return i;
  return -1;
}
