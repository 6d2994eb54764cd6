/**
 * Posts messages to a recommender behind HTTP: with a time limit, a bound on what is read, and some tries more.
 * What goes wrong comes back as a few words without host, header or anything that the server said.
 */
import type { Message, Reading } from './remote-protocol.ts';

export interface RemoteServer {
  /** Without a slash at its end. */
  readonly url: string;
  /** For one try, from the connection to the last byte. */
  readonly timeoutSeconds: { readonly [P in Message['path']]: number };
  /** Tries after the first. */
  readonly retries: number;
  /** Ends all waiting: whoever gives it knows why. */
  readonly signal?: AbortSignal | undefined;
}

/** The one way in for the token: no parameter, file or message has it. */
const TOKEN_VARIABLE = 'RASHOMON_REMOTE_TOKEN';

/** Between tries: once, twice, three times this. */
const PAUSE_MS = 200;

/** One try: what was said, or what went wrong and whether another try may mend it. */
type Try = { readonly said: unknown } | { readonly fault: string; readonly isFinal?: true };

/**
 * Asks until an answer can be used.
 * @param read what an answer must be; its fault counts like one of the network
 * @throws the reason of the server's signal
 */
export async function post<T extends object>(
  server: RemoteServer,
  message: Message,
  read: (said: unknown) => Reading<T>,
): Promise<Reading<T>> {
  for (let tries = 1; ; tries++) {
    const tried = await attempt(server, message);
    const reading = 'said' in tried ? withoutToken(read(tried.said)) : tried;
    if ('answer' in reading || tries > server.retries || 'isFinal' in reading)
      return 'answer' in reading ? reading : { fault: reading.fault };
    await pause(tries * PAUSE_MS, server.signal);
  }
}

/**
 * Whether anybody listens at an address: the HTTP status, or why there is none. Nothing is sent, not even the token.
 */
export async function knock(
  url: string,
  timeoutSeconds: number,
): Promise<{ readonly status: number } | { readonly fault: string }> {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(timeoutSeconds * 1000) });
    await response.body?.cancel();
    return { status: response.status };
  } catch (error) {
    return { fault: connectionFault(error) };
  }
}

async function attempt({ url, timeoutSeconds, signal }: RemoteServer, message: Message): Promise<Try> {
  const seconds = timeoutSeconds[message.path];
  signal?.throwIfAborted();
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, seconds * 1000);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const request = {
      method: 'POST',
      headers: headers(),
      body: message.body,
      signal: controller.signal,
      redirect: 'manual',
    } as const;
    return await answered(await fetch(`${url}${message.path}`, request), message);
  } catch (error) {
    signal?.throwIfAborted();
    return { fault: isLate ? `no answer within ${seconds} s` : connectionFault(error) };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
    // Whatever is still coming is not waited for.
    stop();
  }
}

function headers(): Record<string, string> {
  const token = tokenHere();
  const always = { 'content-type': 'application/json', accept: 'application/json' };
  return token === undefined ? always : { ...always, authorization: `Bearer ${token}` };
}

/** Read at each request, so that it is kept nowhere. */
function tokenHere(): string | undefined {
  const token = process.env[TOKEN_VARIABLE];
  return token === '' ? undefined : token;
}

const HTTP_OK = 200;
const FORGOTTEN: ReadonlySet<number> = new Set([404, 410]);
/** Of the faults that a client is to blame for, those that pass. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);

async function answered(response: Response, { bytesMax, namesModel }: Message): Promise<Try> {
  const { status } = response;
  if (namesModel && FORGOTTEN.has(status)) return { said: { unknown: true } };
  if (status >= 300 && status < 400) return { fault: `HTTP ${status}: redirects are not followed`, isFinal: true };
  if (status !== HTTP_OK)
    return { fault: `HTTP ${status}`, ...(status < 500 && !PASSING.has(status) ? { isFinal: true } : {}) };
  const text = await textOf(response, bytesMax);
  if (text === null) return { fault: `an answer of more than ${bytesMax} bytes` };
  try {
    return { said: JSON.parse(text) };
  } catch {
    return { fault: 'an answer that is no JSON' };
  }
}

/** The body, unpacked; null where it is larger. */
async function textOf({ body }: Response, bytesMax: number): Promise<string | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body ?? []) {
    size += part.length;
    if (size > bytesMax) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The system's name for it: its message would name addresses. */
function connectionFault(error: unknown): string {
  const { cause, name } = error as { readonly cause?: { readonly code?: unknown }; readonly name?: unknown };
  if (name === 'TimeoutError') return 'no answer in time';
  return typeof cause?.code === 'string' ? `no connection (${cause.code})` : 'no connection';
}

/** A server that sends the token back would have it written into the log. */
function withoutToken<T extends object>(reading: Reading<T>): Reading<T> {
  const token = tokenHere();
  if (token === undefined || 'fault' in reading) return reading;
  const isTold = Object.values(reading.answer).some((member) => typeof member === 'string' && member.includes(token));
  return isTold ? { fault: 'an answer that repeats the bearer token' } : reading;
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const wake = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', wake);
      if (signal?.aborted === true) reject(signal.reason as Error);
      else resolve();
    };
    const timer = setTimeout(wake, milliseconds);
    signal?.addEventListener('abort', wake, { once: true });
  });
}
