import { Readable } from 'node:stream';

/** What a table program needs to know that a file is UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';

/** A file of comma-separated values, written while it is read: however long it gets, only one page of it is in memory. */
export function csvStream(heading: readonly string[], pages: AsyncIterable<readonly (readonly unknown[])[]>): Readable {
  async function* lines() {
    yield `${BYTE_ORDER_MARK}${csvLine(heading)}`;
    for await (const page of pages) yield page.map(csvLine).join('');
  }
  return Readable.from(lines());
}

export function csvLine(cells: readonly unknown[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/**
 * One cell, always in quotes. What begins like a formula gets an apostrophe before it: a table program would run it, and `=HYPERLINK(…)` typed by a client
 * into a comment would be a link of ours.
 */
export function csvCell(value: unknown): string {
  const text =
    value === null || value === undefined
      ? ''
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value as string | number | bigint | boolean);
  const harmless = typeof value !== 'number' && typeof value !== 'bigint' && /^\s*[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
