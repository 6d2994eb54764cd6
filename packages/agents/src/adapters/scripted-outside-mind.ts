/**
 * A scripted mind that behaves like one outside the process: it gets a request as JSON, takes its time, answers in
 * text and is read strictly. For trying the recording of outside answers without a language model.
 */
import { asked, type Dialogue, type Json, type OutsideMind, type OutsideReply, type Question } from '@rashomon/kernel';
import { readReply } from '../minds/scripted/answer.ts';
import { replyTo } from '../minds/scripted/reply.ts';
import { requestOf, type ScriptedRequest } from '../minds/scripted/request.ts';
import { parseScript } from '../minds/scripted/script.ts';

export interface ScriptedOutsideOptions {
  /** How long each answer takes; 0 answers in the next microtask. Default 0. */
  readonly delayMs?: number;
}

/** A token is about four characters of English. */
const CHARACTERS_PER_TOKEN = 4;
/** Millionths of a dollar for a token read and a token written. */
const PRICE_IN = 1;
const PRICE_OUT = 4;

/**
 * @param script parsed JSON of the form of scripts
 * @throws InvalidScript with all faults
 */
export function scriptedOutsideMind(script: unknown, { delayMs = 0 }: ScriptedOutsideOptions = {}): OutsideMind {
  const rules = parseScript(script);
  return {
    name: 'scripted-outside',
    *decide(question: Question): Dialogue {
      // Sound: a request is made of numbers, words, flags and lists of numbers.
      const content = requestOf(question) as unknown as Json;
      return yield* asked(content, (text) => readReply(question, parsed(text)));
    },
    async ask(request: Json): Promise<OutsideReply> {
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      // Sound: only requests made above are asked.
      const text = JSON.stringify(replyTo(rules, request as unknown as ScriptedRequest));
      const tokensIn = Math.ceil(JSON.stringify(request).length / CHARACTERS_PER_TOKEN);
      const tokensOut = Math.ceil(text.length / CHARACTERS_PER_TOKEN);
      return { text, tokensIn, tokensOut, price: tokensIn * PRICE_IN + tokensOut * PRICE_OUT };
    },
  };
}

/** The JSON value of a text; undefined, which no reply is, for any other text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
