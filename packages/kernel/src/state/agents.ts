/** The projection of all agents' states. */
import type { Draft } from 'immer';
import type { EventOf, LogEvent } from '../events/catalogue.ts';
import { foldChangeIntoAgents } from '../interventions/changes.ts';
import type { AgentState, Contact, Persona } from './agent-state.ts';
import { setBit } from './bits.ts';
import { deliver } from './inbox.ts';
import type { Projection } from './projection.ts';

/** By id, in order of joining. */
export type AgentStates = ReadonlyMap<number, AgentState>;

/** Satisfaction of somebody who has not yet seen anything. */
const NEUTRAL_SATISFACTION = 0.5;

type Agents = Draft<AgentStates>;

function actor(agents: Agents, event: LogEvent): Draft<AgentState> {
  const agent = event.agent === null ? undefined : agents.get(event.agent);
  if (agent === undefined)
    throw new RangeError(`position ${event.position}: ${event.type} of agent ${event.agent}, who never joined`);
  return agent;
}

function shiftTaste(agent: Draft<AgentState>, shift: EventOf<'FilmRated'>['data']['taste']): void {
  shift.genres.forEach((genre, index) => {
    agent.taste[genre] = shift.values[index] as number;
  });
}

function join(event: EventOf<'AgentJoined'>): Draft<AgentState> {
  const { persona, contacts, activity, taste, history } = event.data;
  const shown: number[] = [];
  for (const film of history.films) setBit(shown, film);
  return {
    id: event.agent as number,
    joinedAt: event.position,
    persona: persona as Draft<Persona>,
    contacts: contacts as Draft<readonly Contact[]>,
    activity,
    taste: [...taste],
    satisfaction: NEUTRAL_SATISFACTION,
    fatigue: 0,
    shown,
    sweep: 0,
    watched: history.films.map((film, index) => ({
      film,
      round: 0,
      rating: history.ratings[index] as number,
      position: event.position,
    })),
    heard: [],
    inbox: [],
    inboxRound: 0,
    lastActive: 0,
    busyUntil: 0,
    left: false,
  };
}

export const agentsProjection: Projection<AgentStates> = {
  name: 'agents',
  version: 1,
  initial: () => new Map(),
  handlers: {
    AgentJoined(agents, event) {
      agents.set(event.agent as number, join(event));
    },
    AgentLeft(agents, event) {
      actor(agents, event).left = true;
    },
    InterventionApplied(agents, { data, round, position }) {
      foldChangeIntoAgents(agents, data, { round, position });
    },
    PlaceChosen(agents, event) {
      const agent = actor(agents, event);
      agent.lastActive = event.round;
      agent.fatigue = event.data.fatigue;
      shiftTaste(agent, event.data.taste);
    },
    SlateServed(agents, event) {
      const agent = actor(agents, event);
      const { films, sweep } = event.data;
      if (sweep > agent.sweep) {
        agent.sweep = sweep;
        agent.shown = [];
        for (const { film } of agent.watched) setBit(agent.shown, film);
      }
      for (let i = 0; i < films.length; i++) setBit(agent.shown, films[i] as number);
    },
    PageTurned(agents, event) {
      actor(agents, event).fatigue = event.data.fatigue;
    },
    FilmWatched(agents, event) {
      const agent = actor(agents, event);
      const { film, until } = event.data;
      agent.watched.push({ film, round: event.round, rating: 0, position: event.position });
      agent.busyUntil = until;
      setBit(agent.shown, film);
    },
    FilmRated(agents, event) {
      const agent = actor(agents, event);
      const { film, rating, satisfaction, fatigue, taste } = event.data;
      const latest = agent.watched[agent.watched.length - 1];
      if (latest === undefined || latest.film !== film)
        throw new RangeError(
          `position ${event.position}: agent ${event.agent} rated film ${film} without having watched it last`,
        );
      agent.watched[agent.watched.length - 1] = { film, round: latest.round, rating, position: latest.position };
      agent.satisfaction = satisfaction;
      agent.fatigue = fatigue;
      shiftTaste(agent, taste);
    },
    VisitLeft(agents, event) {
      const agent = actor(agents, event);
      agent.satisfaction = event.data.satisfaction;
      agent.fatigue = event.data.fatigue;
    },
    ChatStarted(agents, event) {
      actor(agents, event).busyUntil = event.data.until;
    },
    PostMade(agents, event) {
      actor(agents, event).busyUntil = event.data.until;
    },
    MessageSent(agents, event) {
      deliver(agents, event.data, event.round, event.position);
    },
  },
};
