import type { ImportField, ImportKind } from '@holdfast/contract/import-fields';
import type { DataMapping } from '@holdfast/contract/imports';
import { type ColumnNames, findHeading, guessColumns, guessDates, guessDecimal } from '../kit/guess-columns.ts';

/** How other programs call their columns, in the languages of the places where they are used; the first that fits counts. */
const person: ColumnNames<ImportField> = [
  ['phone', /phone|mobile|\btel|телефон|моб|telefone|telemovel|contacto/],
  ['email', /e.?mail|пошта|почта|correio/],
  ['surname', /surname|last.?name|family|прізвище|фамили|apelido|sobrenome/],
  ['name', /^name$|client|customer|full.?name|first.?name|^ім|^имя|клієнт|клиент|піб|фио|nome|cliente/],
  ['note', /note|comment|remark|комент|приміт|примеч|nota|observ/],
];
const names: Readonly<Record<ImportKind, ColumnNames<ImportField>>> = {
  clients: person,
  services: [
    ['category', /category|group|категор|група|группа|categoria|grupo/],
    ['price_max', /max|price to|до$|maximo/],
    ['price', /price|cost|amount|ціна|цена|вартість|стоимость|preco|valor/],
    ['duration', /duration|minutes|length|time|трив|длит|хвил|мин|duracao|tempo/],
    ['description', /descr|about|опис|descricao/],
    ['name', /name|service|title|послуга|назва|услуга|название|servico|nome/],
  ],
  appointments: [
    ['service', /service|послуг|услуг|servico|treatment|procedure/],
    ['staff', /staff|employee|master|specialist|stylist|team|майстер|мастер|співроб|сотруд|фахівець|profissional|colaborador|funcionario/],
    ['duration', /duration|minutes|length|трив|длит|duracao/],
    ['price', /price|cost|amount|ціна|цена|вартість|сума|preco|valor/],
    ['date', /date|day|start|begin|дата|день|початок|начало|data|dia|inicio/],
    ['time', /time|hour|час$|час |година|время|hora/],
    ...person,
  ],
};

/** What a file most likely means, for a person to look at. */
export function guessDataMapping(kind: ImportKind, rows: readonly (readonly string[])[]): DataMapping {
  const headingRow = findHeading(rows, names[kind]) || (guessColumns(rows[0] ?? [], names[kind]).some((field) => field !== null) ? 1 : 0);
  const columns = guessColumns(rows[headingRow - 1] ?? [], names[kind]);
  const cellsOf = (...fields: readonly ImportField[]) =>
    rows.slice(headingRow).flatMap((cells) =>
      cells.filter((_, index) => {
        const field = columns[index];
        return field !== null && field !== undefined && fields.includes(field);
      }),
    );
  return { columns, headingRow, decimal: guessDecimal(cellsOf('price', 'price_max')), dates: guessDates(cellsOf('date')) };
}

/** The cell of a field; several columns of one name are not asked for. */
export function cellOf(cells: readonly string[], { columns }: DataMapping, field: ImportField): string {
  return cells[columns.indexOf(field)]?.normalize('NFC').trim() ?? '';
}

/** Minutes as people write them: `90`, `1:30`, `1 h 30 min`, `1 год 30 хв`, `1,5 h`. Undefined: none of these. */
export function readMinutes(cell: string): number | undefined {
  const text = cell.trim().toLowerCase();
  const clock = /^(\d{1,2}):(\d{2})(?::00)?$/.exec(text);
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  const words =
    /^(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:h|hours?|hrs?|год\p{L}*|час\p{L}*|ч|horas?)\.?)?\s*(?:(\d{1,4})\s*(?:m|min\p{L}*|хв\p{L}*|мин\p{L}*)?\.?)?$/u.exec(
      text,
    );
  if (!words || (words[1] === undefined && words[2] === undefined)) return undefined;
  const minutes = Math.round(Number((words[1] ?? '0').replace(',', '.')) * 60) + Number(words[2] ?? 0);
  return Number.isSafeInteger(minutes) ? minutes : undefined;
}
