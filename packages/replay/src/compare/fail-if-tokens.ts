/** The words of a `--fail-if` expression, and the error for one that cannot be read. */

export interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  /** Offset of its first character, from 0. */
  readonly at: number;
}

/** An expression is not in the grammar, or names what the comparison has not. */
export class InvalidExpression extends Error {
  readonly code = 'INVALID_EXPRESSION';
  readonly expression: string;
  /** Offset of the first character that does not fit, from 0. */
  readonly position: number;
  readonly expected: string;

  constructor(expression: string, { at, text }: { readonly at: number; readonly text: string }, expected: string) {
    super(
      `"${expression}", character ${at + 1}: ${text === '' ? 'it ends here' : `found "${text}"`}, expected ${expected}`,
    );
    this.name = 'InvalidExpression';
    this.expression = expression;
    this.position = at;
    this.expected = expected;
  }
}

const NUMBER = /(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/;
const NAME = /(?<name>[A-Za-z][\w.]*)/;
const SIGN = /(?<sign>\|\||&&|<=|>=|==|!=|[<>!()-])/;
const PATTERN = new RegExp(String.raw`\s*(?:${NUMBER.source}|${NAME.source}|${SIGN.source})`, 'y');

/** @throws InvalidExpression at a character that begins no word */
export function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(PATTERN);
  const end = expression.trimEnd().length;
  while (pattern.lastIndex < end) {
    const from = pattern.lastIndex;
    const groups = pattern.exec(expression)?.groups;
    if (groups === undefined) {
      const at = from + expression.slice(from).search(/\S/);
      throw new InvalidExpression(
        expression,
        { at, text: expression[at] as string },
        'a name, a number, a comparison (< <= > >= == !=), !, &&, || or a parenthesis',
      );
    }
    const [kind, text] = Object.entries(groups).find(([, found]) => found !== undefined) as [Token['kind'], string];
    tokens.push({ kind, text, at: pattern.lastIndex - text.length });
  }
  return [...tokens, { kind: 'end', text: '', at: end }];
}
