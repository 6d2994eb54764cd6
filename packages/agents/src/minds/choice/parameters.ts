/**
 * The choice model's parameters: weights in utility (logit) units, with defaults. docs/choice-model.md says
 * where each enters; the run's configuration may set any of them under `mind`.
 */
import { z } from 'zod';

const weight = (value: number, about: string) => z.number().min(-20).max(20).default(value).describe(about);
const share = (value: number, about: string) => z.number().min(0).max(1).default(value).describe(about);

/** Fills in defaults; refuses unknown keys and values out of range, all at once. */
export const choiceParametersSchema = z.strictObject({
  // A page.
  tasteWeight: weight(1, 'page: liking for the film’s genres'),
  qualityWeight: weight(0.8, 'page: how well the film is liked apart from taste (per star)'),
  popularityWeight: weight(0.2, 'page, reaction: ln(1 + watches relative to the mean film)'),
  heardWeight: weight(2, 'page: what friends said of the film'),
  heardAwareness: weight(0.25, 'page: liking added to every mention, as being known attracts by itself'),
  heardDecay: share(0.85, 'share of a mention’s weight left after each round'),
  heardCap: z.number().min(0.001).max(20).default(2.5).describe('bound that the heard term approaches'),
  strangerCloseness: share(0.3, 'closeness of a sender that is no contact'),
  chatterTrust: weight(1.5, 'factor on what a chatter hears'),
  explanationTrust: weight(0.5, 'page: an explanation, as the closeness of a friend who says it'),
  satiationWeight: weight(0.9, 'page: against genres watched of late'),
  satiationCarry: share(0.75, 'share of a watch’s satiation left after each later watch'),
  satiationRecovery: share(0.93, 'share of a watch’s satiation left after each round'),
  explorerSatiation: weight(1.5, 'factor on satiation for an explorer'),
  explorerNovelty: weight(0.4, 'page: an explorer’s pull to genres not watched of late'),
  rankWeight: weight(0.35, 'page: against low places, times ln(rank)'),
  watchBase: weight(-0.4, 'page: any film'),
  criticPicky: weight(0.3, 'page: against any film, for a critic'),
  searchIntent: weight(0.8, 'page: any film of a search answer'),
  nextBase: weight(1, 'page: asking for the next page'),
  searchBase: weight(-1.6, 'page: searching'),
  explorerSearch: weight(0.8, 'page: searching, for an explorer'),
  leaveBase: weight(-0.2, 'page: leaving'),
  leaveContent: weight(1, 'page: leaving, per film watched in the visit'),
  leaveDissatisfied: weight(1.2, 'page: leaving, times 1 - 2 satisfaction'),
  fatigueFilm: weight(0.3, 'page: against any film, times fatigue'),
  fatigueNext: weight(0.6, 'page: against going on, times fatigue'),
  fatigueLeave: weight(0.7, 'page, place: leaving or staying away, times fatigue'),
  // What deeds do to moods and tastes.
  pageFatigue: z.number().min(0).max(5).default(0.12).describe('fatigue from a page read for nothing'),
  watchFatigue: z.number().min(0).max(5).default(0.4).describe('fatigue from a film'),
  restRetention: share(0.6, 'share of fatigue left after each round'),
  satisfactionRate: share(0.2, 'how far satisfaction moves toward a rating'),
  disappointment: share(0.1, 'share of satisfaction lost by leaving in discontent'),
  driftWatched: share(0.06, 'taste shift per genre from a film loved or hated'),
  driftHeard: share(0.05, 'taste shift per genre from a film a closest friend loved or hated'),
  tasteMax: z.number().min(0.1).max(10).default(2).describe('bound that a drifting liking approaches'),
  // The place.
  recommenderBase: weight(0.9, 'place: the recommender'),
  recommenderSatisfied: weight(1.5, 'place: the recommender, times 2 satisfaction - 1'),
  socialBase: weight(-0.3, 'place: friends'),
  inboxPull: weight(0.5, 'place: friends, times ln(1 + messages received)'),
  chatterPull: weight(0.5, 'place: friends, for a chatter'),
  posterPull: weight(0.3, 'place: friends, for a poster'),
  idleBase: weight(-0.4, 'place: staying away this round'),
  churn: share(0, 'about the chance to give up for good in a round of middling satisfaction; 0: nobody does'),
  churnDissatisfied: weight(3, 'place: giving up, times 1 - 2 satisfaction'),
  // The rating.
  ratingTaste: weight(0.95, 'reaction: liking for the film’s genres'),
  ratingQuality: weight(1.6, 'reaction: how well the film is liked apart from taste (per star)'),
  ratingHeard: weight(0.8, 'reaction: what friends said of the film'),
  criticStrictness: weight(0.8, 'reaction: against any film, for a critic'),
  ratingThreshold1: weight(-2.45, 'reaction: between 1 and 2 stars'),
  ratingThreshold2: weight(-1.15, 'reaction: between 2 and 3 stars'),
  ratingThreshold3: weight(0.43, 'reaction: between 3 and 4 stars'),
  ratingThreshold4: weight(2.28, 'reaction: between 4 and 5 stars'),
  // Company.
  silenceBase: weight(0.2, 'social: saying nothing'),
  postBase: weight(-1.2, 'social: posting'),
  posterPost: weight(1.6, 'social: posting, for a poster'),
  chatBase: weight(0, 'social: a chat with somebody'),
  chatterChat: weight(0.8, 'social: a chat, for a chatter'),
  closenessWeight: weight(2, 'social: a contact, times closeness'),
  replyPull: weight(0.8, 'social: a contact that has written'),
});

export type ChoiceParameters = Readonly<z.output<typeof choiceParametersSchema>>;
