/** Artefacts of the embedded store: hashed again whenever they are read. */
import { sha256 } from '../../encoding/sha256.ts';
import type { Artefacts } from '../../ports/artefacts.ts';
import { checkArtefact } from '../store-refusals.ts';
import { corrupt } from './sqlite-errors.ts';
import type { SqliteFile } from './sqlite-file.ts';

const INSERT = 'INSERT INTO artefacts (digest, bytes) VALUES (?, ?) ON CONFLICT (digest) DO NOTHING';

export class SqliteArtefacts implements Artefacts {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  async put(digest: string, bytes: Uint8Array): Promise<void> {
    checkArtefact(digest, bytes);
    this.#file.run(INSERT, digest, bytes);
  }

  async get(digest: string): Promise<Uint8Array | undefined> {
    const row = this.#file.get('SELECT bytes FROM artefacts WHERE digest = ?', digest);
    if (row === undefined) return undefined;
    const bytes = row[0];
    if (bytes instanceof Uint8Array && sha256(bytes) === digest) return bytes;
    throw corrupt(this.#file.path, `artefact ${digest} is damaged; expected bytes with this SHA-256`);
  }
}
