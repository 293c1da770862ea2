import { parse } from 'csv-parse/sync';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251' | 'windows-1252';
export const separators = [',', ';', '\t', '|'] as const;

/** How a file is written, as far as its beginning shows. */
export interface FileLook {
  readonly encoding: Encoding;
  readonly separator: (typeof separators)[number];
}

/** No table at all, and from which line on that shows. */
export class NoTable extends Error {
  readonly line: number | null;
  constructor(says: string, line: number | null) {
    super(says);
    this.name = 'NoTable';
    this.line = line;
  }
}

/** What the beginning of a file tells about how it is written. Throws {@link NoTable}. */
export function lookAtFile(start: Uint8Array): FileLook {
  const encoding = encodingOf(start);
  const text = new TextDecoder(encoding).decode(start, { stream: true });
  refuseBinary(text);
  return { encoding, separator: separatorOf(text) };
}

/** Text of a table holds no control characters but tabs and ends of lines. */
export function refuseBinary(text: string, firstLine = 1): void {
  const found = /[^\P{Cc}\t\n\v\f\r\u0080-\u009f]/u.exec(text);
  if (found) throw new NoTable('the file is no text', firstLine + text.slice(0, found.index).split('\n').length - 1);
}

function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const zeros = { even: 0, odd: 0 };
  const sample = bytes.subarray(0, 4_000);
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2 === 0 ? 'even' : 'odd']++;
  if (zeros.odd > sample.length / 8 && zeros.even < zeros.odd / 4) return 'utf-16le';
  if (zeros.even > sample.length / 8 && zeros.odd < zeros.even / 4) return 'utf-16be';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return 'utf-8';
  } catch {
    // in Windows-1251 nearly every high byte is a Cyrillic letter beside another one; in Windows-1252 accents stand alone among plain letters
    const cyrillic =
      new TextDecoder('windows-1251')
        .decode(bytes)
        .match(/[а-яёіїєґА-ЯЁІЇЄҐ]{3,}/gu)
        ?.join('').length ?? 0;
    const high = bytes.reduce((count, byte) => count + (byte > 0x7f ? 1 : 0), 0);
    return cyrillic * 2 > high ? 'windows-1251' : 'windows-1252';
  }
}

/** The separator with which most of the first rows have the same number of cells, more than one. */
function separatorOf(text: string): FileLook['separator'] {
  const start = text.split('\n').slice(0, 40).join('\n');
  let best: { separator: FileLook['separator']; score: number } = { separator: ',', score: 0 };
  for (const separator of separators) {
    let rows: string[][];
    try {
      rows = parse(start, { delimiter: separator, relax_column_count: true, relax_quotes: true, bom: true, skip_empty_lines: true, to: 30 });
    } catch {
      continue;
    }
    const widths = Map.groupBy(
      rows.filter(({ length }) => length > 1),
      ({ length }) => length,
    );
    for (const [width, same] of widths) {
      const score = same.length * Math.min(width, 6);
      if (score > best.score) best = { separator, score };
    }
  }
  if (best.score === 0 && /\S/.test(start) && !start.includes('\n')) throw new NoTable('there is only one line, and no columns', 1);
  if (best.score === 0) throw new NoTable('no separator makes columns of it', 1);
  return best.separator;
}
