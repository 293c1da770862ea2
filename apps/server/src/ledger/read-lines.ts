import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const CHUNK = 4 * 1024 * 1024;

/** The lines of a file, each with its end of line (the last one may lack it), in memory one piece at a time. A line is overwritten when the next is asked for. */
export function* readLines(path: string): Generator<Buffer> {
  const file = openSync(path, 'r');
  try {
    let kept = Buffer.allocUnsafe(Math.min(CHUNK, fstatSync(file).size + 1));
    let [from, until] = [0, 0];
    for (;;) {
      const end = kept.subarray(from, until).indexOf(10);
      if (end >= 0) {
        yield kept.subarray(from, from + end + 1);
        from += end + 1;
        continue;
      }
      // what is left of a line goes to the front; one that fills everything gets twice the room
      const room = from === 0 && until === kept.length ? Buffer.allocUnsafe(kept.length * 2) : kept;
      kept.copy(room, 0, from, until);
      [kept, until, from] = [room, until - from, 0];
      const read = readSync(file, kept, until, kept.length - until, null);
      until += read;
      if (read === 0) break;
    }
    if (until > from) yield kept.subarray(from, until);
  } finally {
    closeSync(file);
  }
}
