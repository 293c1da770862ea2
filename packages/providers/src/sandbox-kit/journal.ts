import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';

type Rows<Kinds> = { [K in keyof Kinds]: Map<string, Kinds[K]> };
type Change<Kinds> = { [K in keyof Kinds]: readonly [kind: K, id: string, row: Kinds[K] | null] }[keyof Kinds];

/** What a deed sees and changes; nothing of it exists for anybody else until the whole deed is on disk. */
export interface Draft<Kinds> {
  get<K extends keyof Kinds>(kind: K, id: string): Kinds[K] | undefined;
  /** In the order in which the rows first appeared. */
  list<K extends keyof Kinds>(kind: K): Kinds[K][];
  put<K extends keyof Kinds>(kind: K, id: string, row: Kinds[K]): void;
  drop<K extends keyof Kinds>(kind: K, id: string): void;
}

/**
 * A sandbox's memory: rows by kind and id, kept in a file of JSON lines when a path is given. One deed is one line, synced to disk before
 * `write` returns, so what a caller was told survives `kill -9`; a line torn by a crash was never acknowledged and is cut off at the next
 * start. Rows are values: replace them, never change them in place.
 */
export class Journal<Kinds extends object> {
  readonly #rows: Rows<Kinds>;
  readonly #kinds: readonly (keyof Kinds)[];
  #file: number | undefined;

  constructor(kinds: readonly (keyof Kinds)[], path?: string) {
    this.#kinds = kinds;
    this.#rows = Object.fromEntries(kinds.map((kind) => [kind, new Map()])) as Rows<Kinds>;
    if (path !== undefined) this.#file = this.#open(path);
  }

  get<K extends keyof Kinds>(kind: K, id: string): Kinds[K] | undefined {
    return this.#rows[kind].get(id);
  }

  list<K extends keyof Kinds>(kind: K): Kinds[K][] {
    return [...this.#rows[kind].values()];
  }

  entries<K extends keyof Kinds>(kind: K): IterableIterator<[string, Kinds[K]]> {
    return this.#rows[kind].entries();
  }

  /** Runs one deed. If it throws, nothing has happened. */
  write<T>(deed: (tx: Draft<Kinds>) => T): T {
    const changes = new Map<string, Change<Kinds>>();
    const pending = <K extends keyof Kinds>(kind: K, id: string) => changes.get(`${String(kind)} ${id}`)?.[2] as Kinds[K] | null | undefined;
    const tx: Draft<Kinds> = {
      get: (kind, id) => {
        const row = pending(kind, id);
        return row === undefined ? this.get(kind, id) : (row ?? undefined);
      },
      list: (kind) => {
        const merged = new Map(this.#rows[kind]);
        for (const [changedKind, id, row] of changes.values()) {
          if (changedKind !== kind) continue;
          if (row === null) merged.delete(id);
          else merged.set(id, row as never);
        }
        return [...merged.values()];
      },
      put: (kind, id, row) => void changes.set(`${String(kind)} ${id}`, [kind, id, row]),
      drop: (kind, id) => void changes.set(`${String(kind)} ${id}`, [kind, id, null]),
    };
    const result = deed(tx);
    const list = [...changes.values()];
    if (list.length > 0) {
      if (this.#file !== undefined) append(this.#file, `${JSON.stringify(list)}\n`);
      this.#apply(list);
    }
    return result;
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #apply(changes: readonly Change<Kinds>[]): void {
    for (const [kind, id, row] of changes) {
      // A kind that this version no longer keeps is left behind.
      if (!this.#kinds.includes(kind)) continue;
      if (row === null) this.#rows[kind].delete(id);
      else this.#rows[kind].set(id, row as never);
    }
  }

  /** Reads what is there, then goes on in a fresh file that holds only the last value of each row. */
  #open(path: string): number {
    if (existsSync(path)) {
      const text = readFileSync(path, 'utf8');
      for (const line of text.slice(0, text.lastIndexOf('\n') + 1).split('\n')) {
        if (line !== '') this.#apply(JSON.parse(line) as Change<Kinds>[]);
      }
    }
    const file = openSync(`${path}.new`, 'w', 0o600);
    ftruncateSync(file);
    const all = this.#kinds.flatMap((kind) => [...this.#rows[kind]].map(([id, row]) => JSON.stringify([kind, id, row])));
    append(file, all.length === 0 ? '' : `[${all.join(',')}]\n`);
    renameSync(`${path}.new`, path);
    return file;
  }
}

function append(file: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
  fsyncSync(file);
}
