import type { ColumnField, ImportMapping } from '@holdfast/contract/reconciliation';
import { type ColumnNames, findHeading, guessColumns, guessDates, guessDecimal } from '../kit/guess-columns.ts';

/** How providers and banks call their columns, in the languages of the places where they are. The first that fits counts; each is given once. */
const names: ColumnNames<ColumnField> = [
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

export function columnsOf(heading: readonly string[]): (ColumnField | null)[] {
  return guessColumns(heading, names);
}

/** What a file most likely means, for a person to look at. */
export function guessMapping(rows: readonly (readonly string[])[]): ImportMapping {
  const headingRow = findHeading(rows, names);
  const heading = rows[headingRow - 1] ?? [];
  const columns = columnsOf(heading);
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

/** What has to be among the columns. */
export function missingFields({ columns, rowsAre }: ImportMapping): ColumnField[] {
  const missing: ColumnField[] = [];
  if (!columns.includes('amount') && !(columns.includes('net') && rowsAre === 'lines') && !columns.includes('net')) missing.push('amount');
  if (!columns.includes('date')) missing.push('date');
  return missing;
}
