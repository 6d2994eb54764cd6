/**
 * The recorded causes of an event as a tree.
 *
 * `follows` says what came before, which is seldom a reason. Such links are collapsed: an event that has no
 * other cause than what it follows itself (most PlaceChosen, PageTurned, FilmRated, PostMade, …) is passed over for
 * what lies behind it, and the chain of RoundOpened and RoundClosed, which always ends in the first event of the log,
 * is not walked but replaced by RunStarted. RunStarted is listed only under events that have no other cause, so that
 * every path ends there without it standing beside each reason.
 *
 * The causes of an event are listed once, where it stands nearest to the root: stories cross, and a tree that told each
 * again would grow without bound. Of messages and watches, which can be many, only those with the largest influence are
 * listed; `more` counts the rest.
 */
import type { Cause, EventOf, LogEvent, Ports } from '@rashomon/kernel';
import type { WhyCause } from '../reports.ts';
import type { Evidence } from './evidence.ts';
import { influencesOf } from './influence.ts';
import { sharesOfPast, type Shown } from './model-shares.ts';

export interface TreeOptions {
  /** Most levels of causes. */
  readonly depth: number;
  /** Most messages and watches listed under one event. */
  readonly width: number;
  readonly ports: Pick<Ports, 'recommender'>;
}

interface Link {
  readonly role: Cause['role'];
  readonly event: LogEvent;
  readonly influence: number | null;
}

interface Branch {
  readonly causes: readonly WhyCause[];
  readonly more: number;
}

/** A place in the tree that is being grown. */
interface Node extends Link {
  readonly shown: Shown | null;
  causes: readonly Node[];
  more: number;
}

/** Listed in this order; the first ones are never left out for want of width. */
const ORDER: readonly Cause['role'][] = [
  'shown-in',
  'ranked-by',
  'answered-by',
  'intervened-by',
  'told-by',
  'recalled',
  'trained-on',
  'follows',
];

export class CauseTree {
  readonly #evidence: Evidence;
  readonly #options: TreeOptions;

  constructor(evidence: Evidence, options: TreeOptions) {
    this.#evidence = evidence;
    this.#options = options;
  }

  /** @param shown null where no page is asked about */
  async under(event: LogEvent, shown: Shown | null): Promise<Branch> {
    const root: Node = { role: 'follows', event, influence: null, shown, causes: [], more: event.causes.length };
    const told = new Set<number>();
    let level: readonly Node[] = [root];
    for (let depth = 0; depth < this.#options.depth && level.length > 0; depth++) {
      const next: Node[] = [];
      for (const node of level) {
        if (told.has(node.event.position)) continue;
        told.add(node.event.position);
        next.push(...(await this.#grow(node)));
      }
      level = next;
    }
    return grownTo(root);
  }

  /** Lists the causes of a node under it. */
  async #grow(node: Node): Promise<readonly Node[]> {
    const { event, shown } = node;
    const { links, more } =
      event.type === 'RecommenderTrained'
        ? await this.#trainedOn(event, shown)
        : this.#narrow(await this.#linksOf(event));
    node.causes = links.map(({ role, event: cause, influence }): Node => ({
      role,
      event: cause,
      influence,
      // The film asked about leads over its page to the model and no further.
      shown: role === 'shown-in' || role === 'ranked-by' ? shown : null,
      causes: [],
      more: cause.causes.length,
    }));
    node.more = more;
    return node.causes;
  }

  /** The causes of an event with the trivial links collapsed, in the order of listing. */
  async #linksOf(event: LogEvent): Promise<Link[]> {
    const influences = await influencesOf(event, this.#evidence);
    const links: Link[] = [];
    let end: LogEvent | null = null;
    for (const [index, { role, position }] of event.causes.entries()) {
      const cause = await this.#evidence.event(position);
      const seen = role === 'follows' ? await this.#behind(cause) : cause;
      if (seen.type === 'RunStarted') end = seen;
      else if (!links.some((link) => link.event === seen && link.role === role))
        links.push({ role, event: seen, influence: influences[index] ?? null });
    }
    if (links.length === 0 && end !== null) return [{ role: 'follows', event: end, influence: null }];
    return links.sort(
      (a, b) =>
        ORDER.indexOf(a.role) - ORDER.indexOf(b.role) || Math.abs(b.influence ?? 0) - Math.abs(a.influence ?? 0),
    );
  }

  /** The first event worth naming on the way back along `follows`. */
  async #behind(event: LogEvent): Promise<LogEvent> {
    let at = event;
    for (;;) {
      if (at.type === 'RoundOpened' || at.type === 'RoundClosed') return this.#evidence.event(0);
      const [only, ...others] = at.causes;
      if (only === undefined || others.length > 0 || only.role !== 'follows' || at.type === 'InterventionApplied')
        return at;
      at = await this.#evidence.event(only.position);
    }
  }

  #narrow(links: readonly Link[]): { readonly links: readonly Link[]; readonly more: number } {
    const many = links
      .filter(({ role }) => role === 'told-by' || role === 'recalled')
      .sort((a, b) => Math.abs(b.influence ?? 0) - Math.abs(a.influence ?? 0));
    const left = new Set(many.slice(this.#options.width));
    return { links: links.filter((link) => !left.has(link)), more: left.size };
  }

  /** A model was trained on everything: named are the watches that speak for the film shown, the rest is counted. */
  async #trainedOn(
    trained: EventOf<'RecommenderTrained'>,
    shown: Shown | null,
  ): Promise<{ readonly links: readonly Link[]; readonly more: number }> {
    const recorded = await this.#linksOf(trained);
    const { interactions } = trained.data;
    const shares =
      shown === null
        ? []
        : await sharesOfPast(trained, shown, { evidence: this.#evidence, ports: this.#options.ports });
    if (shares.length === 0) return { links: recorded, more: interactions };
    const named = shares
      .slice(0, this.#options.width)
      .map(({ event, influence }): Link => ({ role: 'trained-on', event, influence }));
    return {
      links: [...recorded.filter(({ role }) => role !== 'trained-on'), ...named],
      more: Math.max(0, interactions - named.length),
    };
  }
}

function grownTo({ role, event, influence, causes, more }: Node): WhyCause {
  return { role, event, influence, causes: causes.map(grownTo), more };
}
