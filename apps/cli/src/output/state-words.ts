/** The state of a run in words: the system as a whole, or one of its agents. */
import {
  type AgentState,
  countBits,
  type FilmCatalogue,
  type RunRecord,
  summarize,
  type World,
} from '@rashomon/kernel';
import { clock, count, figure, plural } from './numbers.ts';
import type { Colours } from './output.ts';
import { cut, tableLines } from './table.ts';

export interface StateView {
  readonly record: RunRecord;
  readonly round: number;
  readonly world: World;
  readonly catalogue: FilmCatalogue;
  readonly colours: Colours;
}

const FILMS_SHOWN = 10;
const TASTES_SHOWN = 5;
const CONTACTS_SHOWN = 8;

export function systemLines(view: StateView): string[] {
  const { record, round, world, catalogue, colours } = view;
  const { bold, dim } = colours;
  const { system, metrics } = world;
  const { model } = system;
  const busiest = system.watches
    .map((watches, film) => ({ film, watches }))
    .filter(({ watches }) => watches > 0)
    .sort((a, b) => b.watches - a.watches || a.film - b.film);
  const changes = system.interventions.map(
    ({ round: applied, key, value }) => `  round ${applied}: ${key} = ${cut(JSON.stringify(value), 80)}`,
  );
  const left = system.agentsLeft === 0 ? '' : ` (${count(system.agentsLeft)} left for good)`;
  return [
    `run ${bold(record.header.id)}${nameOf(record)} as of the close of round ${round} (${clock(system.clock)})`,
    `${plural(system.agents - system.agentsLeft, 'agent')}${left}, ${plural(catalogue.size, 'film')}, ` +
      `${plural(system.watchesTotal, 'watch', 'watches')}, ${plural(system.messages, 'message')}`,
    model === null
      ? 'no model yet'
      : `${model.recommender}: model ${model.number}, trained in round ${model.round} ` +
        `on ${plural(model.interactions, 'interaction')} ${dim(model.digest.slice(0, 12))}`,
    ...(changes.length === 0 ? [] : ['', bold('interventions'), ...changes]),
    '',
    bold('most watched'),
    ...tableLines(
      busiest
        .slice(0, FILMS_SHOWN)
        .map(({ film, watches }) => [
          '',
          count(watches),
          titleIn(catalogue, film),
          dim(`shown ${count(system.impressions[film] ?? 0)} times`),
        ]),
      'lr',
    ),
    '',
    bold('so far'),
    ...tableLines(
      Object.entries(summarize(metrics, catalogue)).map(([name, value]) => ['', name, figure(value)]),
      'llr',
    ),
  ];
}

/** The agent must be one of the run's. */
export function agentLines(view: StateView, id: number): string[] {
  const { record, round, world, colours } = view;
  const { bold } = colours;
  const agent = world.agents.get(id) as AgentState;
  const { persona } = agent;
  const kinds = Object.entries(persona.features).flatMap(([kind, isSo]) => (isSo ? [kind] : []));
  const known = [persona.gender, persona.status].filter((word) => word !== '').join(', ');
  return [
    `agent ${bold(String(id))} of run ${record.header.id}${nameOf(record)} ` +
      `as of the close of round ${round}${agent.left ? '; left for good' : ''}`,
    `${bold(persona.name)}, ${persona.age}, ${known}; ` +
      `${persona.traits.join(', ')}${kinds.length === 0 ? '' : `; ${kinds.join(', ')}`}`,
    `interests     ${persona.interests.join(', ')}`,
    `satisfaction  ${figure(agent.satisfaction)}`,
    `fatigue       ${figure(agent.fatigue)}`,
    `last active   ${agent.lastActive === 0 ? 'never' : `round ${agent.lastActive}`}`,
    `films shown   ${count(countBits(agent.shown))}`,
    ...section(colours, 'taste', tasteRows(view, agent), 'lr'),
    ...section(colours, `watched ${count(agent.watched.length)}`, watchedRows(view, agent), 'lr'),
    ...section(colours, `heard of ${plural(agent.heard.length, 'film')}`, heardRows(view, agent), 'lr'),
    ...section(colours, plural(agent.contacts.length, 'contact'), contactRows(view, agent), 'lr'),
  ];
}

function section(
  { bold, dim }: Colours,
  title: string,
  rows: readonly (readonly string[])[],
  alignment: string,
): string[] {
  return [
    '',
    bold(title),
    ...(rows.length === 0
      ? [dim('  nothing yet')]
      : tableLines(
          rows.map((row) => ['', ...row]),
          alignment,
        )),
  ];
}

function tasteRows({ catalogue }: StateView, { taste }: AgentState): string[][] {
  const ranked = taste
    .map((liking, genre) => ({ liking, name: catalogue.genres[genre] ?? `genre ${genre}` }))
    .sort((a, b) => b.liking - a.liking);
  const shown = ranked.length <= 2 * TASTES_SHOWN ? ranked : [...ranked.slice(0, TASTES_SHOWN), ...ranked.slice(-2)];
  return shown.map(({ liking, name }) => [liking.toFixed(2), name]);
}

function watchedRows({ catalogue, colours }: StateView, { watched }: AgentState): string[][] {
  const rows = watched
    .slice(-FILMS_SHOWN)
    .reverse()
    .map(({ film, round, rating, position }) => {
      const stars = rating === 0 ? 'unrated' : `${figure(rating)} of 5`;
      return [
        round === 0 ? 'before' : `round ${round}`,
        stars,
        titleIn(catalogue, film),
        colours.dim(`position ${position}`),
      ];
    });
  return withRest(rows, watched.length, 'earlier ones');
}

function heardRows({ catalogue, colours }: StateView, { heard }: AgentState): string[][] {
  const rows = heard
    .slice(-FILMS_SHOWN)
    .reverse()
    .map(({ film, from, round, liking, position }) => {
      const said = liking > 0.3 ? 'praised' : liking < -0.3 ? 'panned' : 'mentioned';
      return [
        `round ${round}`,
        said,
        titleIn(catalogue, film),
        `by agent ${from}`,
        colours.dim(`position ${position}`),
      ];
    });
  return withRest(rows, heard.length, 'earlier ones');
}

function contactRows({ world }: StateView, { contacts }: AgentState): string[][] {
  const closest = [...contacts].sort((a, b) => b.closeness - a.closeness || a.agent - b.agent).slice(0, CONTACTS_SHOWN);
  const rows = closest.map(({ agent, relation, closeness }) => [
    `agent ${agent}`,
    closeness.toFixed(2),
    world.agents.get(agent)?.persona.name ?? '',
    relation,
  ]);
  return withRest(rows, contacts.length, 'others');
}

function withRest(rows: string[][], all: number, rest: string): string[][] {
  return rows.length < all ? [...rows, [`and ${count(all - rows.length)} ${rest}`]] : rows;
}

function titleIn(catalogue: FilmCatalogue, film: number): string {
  const known = catalogue.film(film);
  if (known === undefined) return `film ${film} (removed)`;
  return known.year === 0 ? known.title : `${known.title} (${known.year})`;
}

function nameOf({ header }: RunRecord): string {
  return header.name === null ? '' : ` (${header.name})`;
}
