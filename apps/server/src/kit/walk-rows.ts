import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { type FileLook, NoTable, refuseBinary } from './look-at-file.ts';

export interface FileRow {
  /** Of the file, from 1. */
  readonly no: number;
  readonly cells: readonly string[];
  /** How much of the file has been read by then, about. */
  readonly bytes: number;
}

const LONGEST_ROW = 256 * 1024;

/** The rows of a file from its pieces, one after another: however long it is, a piece and a few rows are in memory. Throws {@link NoTable}. */
export async function* walkRows(pieces: AsyncIterable<Uint8Array>, { encoding, separator }: FileLook): AsyncGenerator<FileRow> {
  let bytes = 0;
  async function* text() {
    const decoder = new TextDecoder(encoding, { fatal: encoding !== 'windows-1251' && encoding !== 'windows-1252' });
    let line = 1;
    const decoded = (piece: Uint8Array | undefined) => {
      let some: string;
      try {
        some = piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
      } catch {
        throw new NoTable('here it is not written as it begins', line);
      }
      refuseBinary(some, line);
      line += some.split('\n').length - 1;
      return some;
    };
    for await (const piece of pieces) {
      bytes += piece.length;
      const some = decoded(piece);
      if (some !== '') yield some;
    }
    const rest = decoded(undefined);
    if (rest !== '') yield rest;
  }
  const source = Readable.from(text(), { objectMode: true, highWaterMark: 1 });
  const parser = parse({
    delimiter: separator,
    relax_column_count: true,
    // inches and nicknames: Anna "Ann" Smith
    relax_quotes: true,
    bom: true,
    info: true,
    max_record_size: LONGEST_ROW,
    skip_empty_lines: false,
  });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    let no = 0;
    for await (const { record } of parser as AsyncIterable<{ record: string[] }>) yield { no: ++no, cells: record, bytes };
  } catch (error) {
    if (error instanceof NoTable) throw error;
    if (!(error instanceof CsvError)) throw error;
    const { code, lines } = error as CsvError & { lines?: number };
    throw new NoTable(reasons[code] ?? 'a row cannot be taken apart', lines ?? null);
  } finally {
    source.destroy();
    parser.destroy();
  }
}

const reasons: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
  CSV_MAX_RECORD_SIZE: 'a row is longer than any table’s',
};
