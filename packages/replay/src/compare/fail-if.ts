/**
 * `--fail-if EXPR`: a condition on a comparison, for scripts that guard a figure.
 *
 *   either   = both { "||" both }
 *   both     = negation { "&&" negation }
 *   negation = "!" negation | test
 *   test     = operand [ ( "<" | "<=" | ">" | ">=" | "==" | "!=" ) operand ]
 *   operand  = [ "-" ] number | name | "(" either ")"
 *   name = METRIC.( a | b | delta | low | high | n ) | divergedAgents | firstDivergence[.( round | agent | position )]
 *
 * `divergedAgents` is the number of agents that ever diverged; `firstDivergence` alone is true when there is one; its
 * members are in no relation to any number when there is none. A condition is a comparison or `firstDivergence`, never
 * a bare number.
 */
import type { CompareReport, MetricComparison } from '../reports.ts';
import { METRIC_NAMES } from './compare-metrics.ts';
import { InvalidExpression, type Token, tokensOf } from './fail-if-tokens.ts';

type Value<T> = (report: CompareReport) => T;
type Node =
  | { readonly kind: 'number'; readonly value: Value<number>; readonly at: Token }
  | { readonly kind: 'truth'; readonly value: Value<boolean>; readonly at: Token };

const COMPARISONS: { readonly [sign: string]: (left: number, right: number) => boolean } = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right && !Number.isNaN(left) && !Number.isNaN(right),
};
const MEMBERS = ['a', 'b', 'delta', 'low', 'high', 'n'] as const;
const PLACES = ['round', 'agent', 'position'] as const;

/** Whether the condition holds. @throws InvalidExpression also when the metric is not among those compared */
export function evaluateFailIf(expression: string, report: CompareReport): boolean {
  return parseFailIf(expression)(report);
}

/** Reads an expression once, so that a faulty one is refused before a comparison is made. @throws InvalidExpression */
export function parseFailIf(expression: string): (report: CompareReport) => boolean {
  return new Parser(expression).parse();
}

class Parser {
  readonly #expression: string;
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(expression: string) {
    this.#expression = expression;
    this.#tokens = tokensOf(expression);
  }

  parse(): Value<boolean> {
    const condition = this.#truth(this.#either());
    if (this.#token.kind !== 'end') throw this.#unexpected('&&, || or the end');
    return condition;
  }

  get #token(): Token {
    return this.#tokens[this.#index] as Token;
  }

  #either(): Node {
    return this.#joined(
      '||',
      () => this.#both(),
      (left, right) => (report) => left(report) || right(report),
    );
  }

  #both(): Node {
    return this.#joined(
      '&&',
      () => this.#negation(),
      (left, right) => (report) => left(report) && right(report),
    );
  }

  #joined(sign: string, part: () => Node, join: (left: Value<boolean>, right: Value<boolean>) => Value<boolean>): Node {
    let node = part();
    while (this.#accept(sign))
      node = { kind: 'truth', value: join(this.#truth(node), this.#truth(part())), at: node.at };
    return node;
  }

  #negation(): Node {
    const at = this.#token;
    if (!this.#accept('!')) return this.#test();
    const denied = this.#truth(this.#negation());
    return { kind: 'truth', value: (report) => !denied(report), at };
  }

  #test(): Node {
    const left = this.#operand();
    const compare = this.#token.kind === 'sign' ? COMPARISONS[this.#token.text] : undefined;
    if (compare === undefined) return left;
    const of = this.#number(left);
    this.#index += 1;
    const to = this.#number(this.#operand());
    return { kind: 'truth', value: (report) => compare(of(report), to(report)), at: left.at };
  }

  #operand(): Node {
    const at = this.#token;
    if (this.#accept('(')) {
      const inside = this.#either();
      if (!this.#accept(')')) throw this.#unexpected('")"');
      return inside;
    }
    const sign = this.#accept('-') ? -1 : 1;
    const { kind, text } = this.#token;
    if (kind === 'number') {
      this.#index += 1;
      return { kind: 'number', value: () => sign * Number(text), at };
    }
    if (kind !== 'name' || sign < 0)
      throw this.#unexpected(sign < 0 ? 'a number' : 'a metric, divergedAgents, firstDivergence, a number or "("');
    this.#index += 1;
    return this.#name(at);
  }

  #name(at: Token): Node {
    const [name, member, ...rest] = at.text.split('.') as [string, ...string[]];
    if (name === 'divergedAgents' && member === undefined)
      return { kind: 'number', value: ({ divergedAgents }) => divergedAgents.at(-1)?.ever ?? 0, at };
    if (name === 'firstDivergence') {
      if (member === undefined) return { kind: 'truth', value: ({ firstDivergence }) => firstDivergence !== null, at };
      const place = PLACES.find((known) => known === member);
      if (place === undefined || rest.length > 0)
        throw this.#refused(at, PLACES.map((known) => `firstDivergence.${known}`).join(', '));
      return { kind: 'number', value: ({ firstDivergence }) => firstDivergence?.[place] ?? NaN, at };
    }
    if (!METRIC_NAMES.includes(name))
      throw this.#refused(at, `divergedAgents, firstDivergence or one of the metrics ${METRIC_NAMES.join(', ')}`);
    const field = MEMBERS.find((known) => known === member);
    if (field === undefined || rest.length > 0)
      throw this.#refused(at, MEMBERS.map((known) => `${name}.${known}`).join(', '));
    return { kind: 'number', value: ({ metrics }) => this.#metric(metrics, name, at)[field], at };
  }

  #metric(metrics: readonly MetricComparison[], name: string, at: Token): MetricComparison {
    const found = metrics.find((metric) => metric.name === name);
    if (found === undefined)
      throw this.#refused(at, `one of the metrics compared: ${metrics.map((metric) => metric.name).join(', ')}`);
    return found;
  }

  #truth(node: Node): Value<boolean> {
    if (node.kind === 'truth') return node.value;
    throw this.#refused(node.at, 'a comparison such as watches.delta < -0.5');
  }

  #number(node: Node): Value<number> {
    if (node.kind === 'number') return node.value;
    throw this.#refused(node.at, 'a number on each side of a comparison');
  }

  #accept(sign: string): boolean {
    const found = this.#token.kind === 'sign' && this.#token.text === sign;
    if (found) this.#index += 1;
    return found;
  }

  #unexpected(expected: string): InvalidExpression {
    return this.#refused(this.#token, expected);
  }

  #refused(at: Token, expected: string): InvalidExpression {
    return new InvalidExpression(this.#expression, at, expected);
  }
}
