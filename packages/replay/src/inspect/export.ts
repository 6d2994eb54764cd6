/**
 * Export: the events of a run as files for other programs. What is written goes to a name of its own
 * first and is renamed when it is whole, so that nothing half-written ever bears the name asked for.
 */
import { eventCatalogue, type EventType, type LogEvent, RunLog, type Store } from '@rashomon/kernel';
import { existsSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export type ExportFormat = 'jsonl' | 'csv';

export interface ExportOptions {
  readonly format: ExportFormat;
  /** A file for jsonl, a folder for csv. */
  readonly path: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (events: number, total: number) => void;
}

export interface ExportReport {
  readonly schema: 'rashomon.export/1';
  readonly run: string;
  readonly format: ExportFormat;
  readonly path: string;
  readonly files: readonly string[];
  readonly events: number;
  readonly digest: string;
}

/** Something is in the way of what is to be written. */
export class ExportBlocked extends Error {
  override readonly name = 'ExportBlocked';
  readonly code = 'EXPORT_BLOCKED';
}

/**
 * Writes all events of a run, its ancestors' included, in order. An earlier export of that name is
 * replaced; anything else of that name is left alone.
 * @throws ExportBlocked; StoreError; errors of the file system
 */
export async function exportRun(store: Store, id: string, options: ExportOptions): Promise<ExportReport> {
  const { format, path, signal, onProgress } = options;
  const log = await RunLog.open(store, id);
  await checkTarget(format, path);
  const draft = `${path}.${process.pid}.part`;
  try {
    const sink = format === 'jsonl' ? await jsonlSink(draft) : await csvSink(draft);
    let events = 0;
    try {
      for await (const page of log.pages()) {
        signal?.throwIfAborted();
        await sink.write(page);
        events += page.length;
        onProgress?.(events, log.length);
      }
    } finally {
      await sink.close();
    }
    if (format === 'csv') await rm(path, { recursive: true, force: true });
    await rename(draft, path);
    const files = sink.files.map((file) => (format === 'csv' ? join(path, file) : path));
    return { schema: 'rashomon.export/1', run: id, format, path, files, events, digest: log.record.progress.digest };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function checkTarget(format: ExportFormat, path: string): Promise<void> {
  if (!existsSync(dirname(path))) throw new ExportBlocked(`${path}: there is no folder ${dirname(path)}`);
  if (!existsSync(path)) return;
  const isFolder = (await stat(path)).isDirectory();
  if (format === 'jsonl' && isFolder) throw new ExportBlocked(`${path}: is a folder; expected the name of a file`);
  if (format === 'jsonl') return;
  if (!isFolder) throw new ExportBlocked(`${path}: is a file; expected the name of a folder`);
  const known = new Set(Object.keys(eventCatalogue).map((type) => `${type}.csv`));
  const foreign = (await readdir(path)).filter((name) => !known.has(name));
  if (foreign.length > 0)
    throw new ExportBlocked(
      `${path}: holds other files (${foreign.slice(0, 3).join(', ')}); ` +
        'expected a new or empty folder, or an earlier export',
    );
}

interface Sink {
  readonly files: readonly string[];
  write(events: readonly LogEvent[]): Promise<void>;
  close(): Promise<void>;
}

/** One JSON object a line, as `events --jsonl` prints them. */
async function jsonlSink(path: string): Promise<Sink> {
  const file = await open(path, 'wx');
  return {
    files: [path],
    write: (events) => file.appendFile(events.map((event) => `${JSON.stringify(event)}\n`).join('')),
    close: () => finish(file),
  };
}

/** One file for each type of event that occurs: the envelope's columns, then one for each field of the data. */
async function csvSink(folder: string): Promise<Sink> {
  await mkdir(folder);
  const opened = new Map<EventType, FileHandle>();
  const files: string[] = [];
  const fileOf = async (type: EventType): Promise<FileHandle> => {
    const known = opened.get(type);
    if (known !== undefined) return known;
    const file = await open(join(folder, `${type}.csv`), 'wx');
    opened.set(type, file);
    files.push(`${type}.csv`);
    await file.appendFile(rowOf([...ENVELOPE, ...fieldsOf(type)]));
    return file;
  };
  return {
    files,
    async write(events) {
      const rows = new Map<EventType, string[]>();
      for (const event of events) {
        const list = rows.get(event.type) ?? [];
        list.push(eventRow(event));
        rows.set(event.type, list);
      }
      for (const [type, list] of rows) await (await fileOf(type)).appendFile(list.join(''));
    },
    async close() {
      for (const file of opened.values()) await finish(file);
    },
  };
}

const ENVELOPE = ['position', 'round', 'agent', 'version', 'causes'] as const;

function fieldsOf(type: EventType): readonly string[] {
  return Object.keys(eventCatalogue[type].data.shape);
}

function eventRow(event: LogEvent): string {
  const causes = event.causes.map(({ role, position }) => `${role}:${position}`).join(' ');
  const data = event.data as { readonly [field: string]: unknown };
  return rowOf([
    event.position,
    event.round,
    event.agent,
    event.version,
    causes,
    ...fieldsOf(event.type).map((field) => data[field]),
  ]);
}

/** RFC 4180; lists and objects as JSON, nothing for null. */
function rowOf(values: readonly unknown[]): string {
  const cells = values.map((value) => {
    if (value === null || value === undefined) return '';
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${cells.join(',')}\r\n`;
}

async function finish(file: FileHandle): Promise<void> {
  await file.sync();
  await file.close();
}
