import { foldText } from '@holdfast/contract/fold-text';
import type { ColumnField, ImportMapping } from '@holdfast/contract/reconciliation';

/** How providers and banks call their columns, in the languages of the places where they are. The first that fits counts; each is given once. */
const names: readonly (readonly [ColumnField, RegExp])[] = [
  ['reference', /reference|merchanttrns|merchant trns|order.?(id|number|ref)|metadata|призначення|номер замовлення|referencia|merchant ref/],
  ['payout', /payout|settlement.?(id|batch|ref)|transfer.?id|compensation|виплат|відшкодуван|liquidacao|lote/],
  ['payment', /^payment$|payment.?(intent|id)|invoice.?id|order.?code|charge|checkout|інвойс|платіж|id do pagamento|pagamento id|txid/],
  ['fee', /\bfee|commission|\bmdr\b|комісі|комисс|comissao|taxa|tarifa/],
  ['net', /\bnet\b|profit|to pay|до зарахуван|liquido|зараховано/],
  ['amount', /gross|amount|\bsum\b|\btotal\b|сума|сумма|valor|montante|bruto|credit|importe|betrag/],
  ['currency', /currency|\bccy\b|валют|moeda|divisa/],
  ['date', /date|created|time|дата|час|data|hora|datum/],
  ['kind', /\btype\b|category|\bkind\b|тип|операц|tipo|status/],
  ['id', /\bid\b|transaction|rrn|номер|codigo|\bno\b|identif/],
  ['note', /description|details|purpose|comment|опис|коментар|descricao|statement|merchant name/],
];

/** The row among the first ones that names columns: where most cells are names we know. 0: none. Counted from 1. */
export function findHeading(rows: readonly (readonly string[])[]): number {
  let best = { row: 0, score: 1 };
  for (const [index, cells] of rows.slice(0, 20).entries()) {
    const words = cells.filter((cell) => /\p{L}/u.test(cell) && cell.length < 60);
    const score = guessColumns(words).filter((field) => field !== null).length;
    if (score > best.score) best = { row: index + 1, score };
  }
  return best.row;
}

export function guessColumns(heading: readonly string[]): (ColumnField | null)[] {
  const columns: (ColumnField | null)[] = heading.map(() => null);
  const folded = heading.map((cell) => foldText(cell).replace(/[_-]+/g, ' ').trim());
  for (const [field, pattern] of names) {
    const index = folded.findIndex((cell, at) => columns[at] === null && pattern.test(cell));
    if (index >= 0) columns[index] = field;
  }
  return columns;
}

/** What a file most likely means, for a person to look at. */
export function guessMapping(rows: readonly (readonly string[])[]): ImportMapping {
  const headingRow = findHeading(rows);
  const heading = rows[headingRow - 1] ?? [];
  const columns = guessColumns(heading);
  const body = rows.slice(headingRow);
  const cellsOf = (...fields: readonly ColumnField[]) =>
    body.flatMap((cells) =>
      cells.filter((_, index) => fields.includes(columns[index] ?? 'note') && columns[index] !== 'note' && columns[index] !== null),
    );
  const fees = cellsOf('fee').filter((cell) => /[1-9]/.test(cell));
  return {
    columns,
    headingRow,
    decimal: guessDecimal(cellsOf('amount', 'net', 'fee')),
    dates: guessDates(cellsOf('date')),
    rowsAre: 'lines',
    onlyWith: '',
    feeSign: fees.length > 0 && fees.every((cell) => /^\s*[(−-]|-\s*$/.test(cell)) ? 'negative' : 'positive',
  };
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

/** What has to be among the columns. */
export function missingFields({ columns, rowsAre }: ImportMapping): ColumnField[] {
  const missing: ColumnField[] = [];
  if (!columns.includes('amount') && !(columns.includes('net') && rowsAre === 'lines') && !columns.includes('net')) missing.push('amount');
  if (!columns.includes('date')) missing.push('date');
  return missing;
}
