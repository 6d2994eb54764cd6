/** The projection of all agents' states. */
import type { Draft } from 'immer';
import type { EventOf, LogEvent } from '../events/catalogue.ts';
import type { Json } from '../encoding/canonical-json.ts';
import { type AgentState, type Contact, MENTIONS_KEPT, type Persona } from './agent-state.ts';
import { setBit } from './bits.ts';
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

interface Delivery {
  readonly from: number;
  readonly to: readonly number[];
  readonly channel: 'chat' | 'post';
  readonly text: string;
  readonly films: readonly number[];
  readonly liking: readonly number[];
}

/** Puts a message into its receivers' inboxes, to be read in the round after `round`. */
function deliver(agents: Agents, message: Delivery, round: number, position: number): void {
  for (const receiver of message.to) {
    const agent = agents.get(receiver);
    if (agent === undefined || agent.left) continue;
    if (agent.inboxRound !== round) {
      agent.inbox = [];
      agent.inboxRound = round;
    }
    agent.inbox.push({
      from: message.from,
      channel: message.channel,
      text: message.text,
      films: message.films as number[],
      position,
    });
    for (let i = 0; i < message.films.length; i++) {
      if (agent.heard.length >= MENTIONS_KEPT) agent.heard.shift();
      agent.heard.push({
        film: message.films[i] as number,
        from: message.from,
        round,
        liking: message.liking[i] as number,
        position,
      });
    }
  }
}

function intervene(agents: Agents, event: EventOf<'InterventionApplied'>): void {
  const { key, value } = event.data;
  if (key === 'message.inject') {
    // Read at once: it counts as sent in the round before.
    deliver(agents, value as unknown as Delivery, event.round - 1, event.position);
  } else if (key === 'message.suppress') {
    const { position, to } = value as { readonly position: number; readonly to: readonly number[] };
    for (const receiver of to) {
      const agent = agents.get(receiver);
      if (agent === undefined) continue;
      agent.inbox = agent.inbox.filter((message) => message.position !== position);
      agent.heard = agent.heard.filter((mention) => mention.position !== position);
    }
  } else if (key.startsWith('agent.')) {
    editAgent(actor(agents, event), key.split('.').slice(2), value);
  }
}

/** Sets a member of an agent's state, e.g. persona.interests, contacts or taste. */
function editAgent(agent: Draft<AgentState>, path: readonly string[], value: Json): void {
  let holder = agent as unknown as { [member: string]: unknown };
  for (const member of path.slice(0, -1)) {
    // A persona is shared with the event that brought it: what is edited is a copy.
    holder[member] = { ...(holder[member] as object) };
    holder = holder[member] as { [member: string]: unknown };
  }
  holder[path[path.length - 1] as string] = structuredClone(value);
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
    InterventionApplied: intervene,
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
