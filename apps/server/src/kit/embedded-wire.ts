import { Duplex } from 'node:stream';
import type { Worker } from 'node:worker_threads';
import type { FromWorker, ToWorker } from './embedded-worker.ts';

const [SYNC, QUERY, TERMINATE] = [...Buffer.from('SQX')];

/** A "socket" whose other end is the embedded database's worker: `pg` speaks PostgreSQL's protocol over it as to any server. */
export class WorkerWire extends Duplex {
  readonly #worker: Worker;
  #unsent: Buffer[] = [];
  constructor(worker: Worker) {
    super();
    this.#worker = worker;
    worker.on('message', (word: FromWorker) => {
      if (word.kind === 'bytes') for (const piece of word.pieces) this.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    });
  }
  override _read(): void {}
  override _write(piece: Buffer, _encoding: string, done: () => void): void {
    this.#send([piece]);
    done();
  }
  override _writev(pieces: { chunk: Buffer }[], done: () => void): void {
    this.#send(pieces.map(({ chunk }) => chunk));
    done();
  }

  /** Only whole conversations are handed over: the engine answers "ready" to whatever it is given, even to half of one. */
  #send(pieces: Buffer[]): void {
    this.#unsent.push(...pieces);
    const bytes = Buffer.concat(this.#unsent);
    if (!expectsAnAnswer(bytes)) return;
    this.#unsent = [];
    const own = new Uint8Array(bytes);
    this.#worker.postMessage({ kind: 'bytes', bytes: own } satisfies ToWorker, [own.buffer]);
  }

  // What pg asks of a socket.
  connect(): this {
    process.nextTick(() => this.emit('connect'));
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    this.#worker.ref();
    return this;
  }
  unref(): this {
    this.#worker.unref();
    return this;
  }
}

/** Every message is a letter and a length (big-endian, counting itself); only the first one, the greeting, has no letter. */
function expectsAnAnswer(bytes: Buffer): boolean {
  if (bytes[0] === 0) return true;
  let last = 0;
  for (let at = 0; at < bytes.length; ) {
    if (at + 5 > bytes.length) return false;
    last = bytes[at] ?? 0;
    at += 1 + bytes.readUInt32BE(at + 1);
    if (at > bytes.length) return false;
  }
  return last === SYNC || last === QUERY || last === TERMINATE;
}
