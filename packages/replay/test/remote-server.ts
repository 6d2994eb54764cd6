/** Recommenders behind HTTP, in the process of the test: an honest one, and what may be made of its answers. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What was posted. */
interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: TrainBody & RecommendBody;
}

interface TrainBody {
  readonly protocol: string;
  readonly round: number;
  readonly previous: string | null;
  readonly first: number;
  readonly rows: readonly (readonly [agent: number, film: number, rating: number, round: number])[];
  readonly films?: readonly { readonly [member: string]: unknown }[];
}

interface RecommendBody {
  readonly model: string;
  readonly agent: number;
  readonly count: number;
  readonly excluded: readonly number[];
  readonly explain: boolean;
}

export interface Said {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or the text as it is. */
  readonly body: unknown;
}

/** Answers by itself, or with what the honest recommender would say. */
export type Manner = (asked: Asked, honest: () => Said, response: ServerResponse) => Said | Promise<Said> | 'silence';

export interface RemoteServer {
  readonly url: string;
  readonly asked: Asked[];
  manner: Manner;
  /** As after a restart. */
  forget(): void;
  stop(): Promise<void>;
}

interface Lessons {
  readonly films: readonly number[];
  readonly rows: TrainBody['rows'];
}

const honestly: Manner = (_, honest) => honest();

/** Ranks by watches, and says that the agent's own films are the reason. The same lessons have the same name. */
export async function startRemote(manner: Manner = honestly): Promise<RemoteServer> {
  const models = new Map<string, Lessons>();
  const server: Server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      const asked: Asked = {
        path: request.url ?? '',
        headers: request.headers,
        body: JSON.parse(text) as Asked['body'],
      };
      remote.asked.push(asked);
      void reply(response, asked, models, remote.manner);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const remote: RemoteServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    manner,
    forget: () => models.clear(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return remote;
}

async function reply(
  response: ServerResponse,
  asked: Asked,
  models: Map<string, Lessons>,
  manner: Manner,
): Promise<void> {
  const said = await manner(
    asked,
    () => ({ body: asked.path === '/train' ? train(asked.body, models) : recommend(asked.body, models) }),
    response,
  );
  if (said === 'silence') return;
  response.writeHead(said.status ?? 200, { 'content-type': 'application/json', ...said.headers });
  response.end(typeof said.body === 'string' ? said.body : JSON.stringify(said.body));
}

function train({ previous, films, rows }: TrainBody, models: Map<string, Lessons>): unknown {
  const before =
    previous === null ? { films: (films ?? []).map(({ id }) => id as number), rows: [] } : models.get(previous);
  if (before === undefined) return { unknown: true };
  const lessons = { films: before.films, rows: [...before.rows, ...rows] };
  const model = createHash('sha256').update(JSON.stringify(lessons)).digest('hex').slice(0, 16);
  models.set(model, lessons);
  return { model, explains: true, note: 'members that are not known are left aside' };
}

function recommend(
  { model, agent, count, excluded, explain }: RecommendBody,
  models: ReadonlyMap<string, Lessons>,
): unknown {
  const lessons = models.get(model);
  if (lessons === undefined) return { unknown: true };
  const watches = new Map(lessons.films.map((film) => [film, 0]));
  for (const [, film] of lessons.rows) if (watches.has(film)) watches.set(film, (watches.get(film) ?? 0) + 1);
  const barred = new Set(excluded);
  const best = [...watches]
    .filter(([film]) => !barred.has(film))
    .sort(([a, m], [b, n]) => n - m || a - b)
    .slice(0, count);
  const own = [
    ...new Set(lessons.rows.flatMap(([who, film]) => (who === agent && watches.has(film) ? [film] : []))),
  ].slice(0, 3);
  const because = best.map(() => own.map((film, place) => ({ film, weight: 1 / (1 + place) })));
  return { films: best.map(([film]) => film), scores: best.map(([, many]) => many), ...(explain ? { because } : {}) };
}
