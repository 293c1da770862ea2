import { foldText } from '@holdfast/contract/fold-text';

/** How columns are called: the first that fits counts; each is given once. */
export type ColumnNames<Field extends string> = readonly (readonly [Field, RegExp])[];

/** The row among the first ones that names columns: where most cells are names we know. 0: none. Counted from 1. */
export function findHeading<Field extends string>(rows: readonly (readonly string[])[], names: ColumnNames<Field>): number {
  let best = { row: 0, score: 1 };
  for (const [index, cells] of rows.slice(0, 20).entries()) {
    const words = cells.filter((cell) => /\p{L}/u.test(cell) && cell.length < 60);
    const score = guessColumns(words, names).filter((field) => field !== null).length;
    if (score > best.score) best = { row: index + 1, score };
  }
  return best.row;
}

export function guessColumns<Field extends string>(heading: readonly string[], names: ColumnNames<Field>): (Field | null)[] {
  const columns: (Field | null)[] = heading.map(() => null);
  const folded = heading.map((cell) => foldText(cell).replace(/[_-]+/g, ' ').trim());
  for (const [field, pattern] of names) {
    const index = folded.findIndex((cell, at) => columns[at] === null && pattern.test(cell));
    if (index >= 0) columns[index] = field;
  }
  return columns;
}

export function guessDecimal(cells: readonly string[]): '.' | ',' {
  const votes = cells.reduce((sum, cell) => {
    const last = /([.,])(\d+)\D*$/.exec(cell);
    if (!last) return sum;
    // three digits after the only separator may be thousands: no vote
    if (last[2]?.length === 3 && !/[.,].*[.,]/.test(cell)) return sum;
    return sum + (last[1] === ',' ? 1 : -1);
  }, 0);
  return votes > 0 ? ',' : '.';
}

export function guessDates(cells: readonly string[]): 'ymd' | 'dmy' | 'mdy' {
  const parts = cells.map((cell) => /^\s*(\d{1,4})\D(\d{1,2})\D/.exec(cell)).filter((one) => one !== null);
  if (parts.some(([, one = '']) => one.length === 4)) return 'ymd';
  if (parts.some(([, one]) => Number(one) > 12)) return 'dmy';
  return parts.some(([, , two]) => Number(two) > 12) ? 'mdy' : 'dmy';
}
