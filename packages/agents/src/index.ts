/** The agents: personas, populations, the social graph, and minds. */
export { choiceMind, type PromptMind } from './minds/choice/choice-mind.ts';
export { type ChoiceParameters, choiceParametersSchema } from './minds/choice/parameters.ts';
export { type ActivityLaw, activityLaw, type ActivityOptions } from './population/activity.ts';
export { type DatasetPopulationOptions, populationFromDataset } from './population/dataset-population.ts';
export { AGENTS_MAX, generatePopulation, type PopulationOptions } from './population/generate.ts';
export { genresOfInterest } from './population/interest-taste.ts';
export { InvalidPopulationData } from './population/population-fault.ts';
export { type Relation, RELATIONS } from './population/relation.ts';
export { drawSocialGraph, type Members, type SocialOptions } from './population/social-graph.ts';
