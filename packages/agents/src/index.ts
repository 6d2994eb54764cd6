/** The agents: personas, populations, the social graph, and minds. */
export { type ScriptedOutsideOptions, scriptedOutsideMind } from './adapters/scripted-outside-mind.ts';
export { choiceMind } from './minds/choice/choice-mind.ts';
export { type ChoiceParameters, choiceParametersSchema } from './minds/choice/parameters.ts';
export { InvalidScript, parseScript, type Script, scriptSchema } from './minds/scripted/script.ts';
export { scriptedMind, UnplayableScript } from './minds/scripted/scripted-mind.ts';
export type { PromptMind } from './minds/prompt-mind.ts';
export { type ActivityLaw, activityLaw, type ActivityOptions } from './population/activity.ts';
export { type DatasetPopulationOptions, populationFromDataset } from './population/dataset-population.ts';
export { AGENTS_MAX, generatePopulation, type PopulationOptions } from './population/generate.ts';
export { genresOfInterest } from './population/interest-taste.ts';
export { InvalidPopulationData } from './population/population-fault.ts';
export { type Relation, RELATIONS } from './population/relation.ts';
export { drawSocialGraph, type Members, type SocialOptions } from './population/social-graph.ts';
