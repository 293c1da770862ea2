import type { StatusMatrix } from '@holdfast/contract/cashless';
import { nothingSelected, type Selection } from './statuses-draft.ts';

/** A place in the table; -1: its heading (row −1: the team members', column −1: the services'). */
export interface Spot {
  readonly row: number;
  readonly column: number;
}

/** Where a key leads from here; undefined: the key is none of the grid's. */
export function gridTarget({ row, column }: Spot, key: string, size: { rows: number; columns: number }, ctrl: boolean): Spot | undefined {
  const lastRow = size.rows - 1;
  const lastColumn = size.columns - 1;
  const within = (value: number, last: number) => Math.min(Math.max(value, -1), last);
  switch (key) {
    case 'ArrowUp':
      return { row: within(row - 1, lastRow), column };
    case 'ArrowDown':
      return { row: within(row + 1, lastRow), column };
    case 'ArrowLeft':
      return { row, column: within(column - 1, lastColumn) };
    case 'ArrowRight':
      return { row, column: within(column + 1, lastColumn) };
    case 'PageUp':
      return { row: within(row - 10, lastRow), column };
    case 'PageDown':
      return { row: within(row + 10, lastRow), column };
    case 'Home':
      return { row: ctrl ? -1 : row, column: -1 };
    case 'End':
      return { row: ctrl ? lastRow : row, column: lastColumn };
    default:
      return undefined;
  }
}

/**
 * What is selected from one spot to another. A status belongs to a service or to a team member, never to a pair: selecting pairs selects both of
 * their sides; a heading only its own side; the corner everything.
 */
export function selectionAt(matrix: StatusMatrix, from: Spot, to: Spot, before: Selection = nothingSelected): Selection {
  const span = (one: number, other: number) => [Math.max(Math.min(one, other), 0), Math.max(one, other)] as const;
  const corner = to.row === -1 && to.column === -1;
  const [top, bottom] = corner ? [0, matrix.services.length - 1] : span(from.row, to.row);
  const [left, right] = corner ? [0, matrix.staff.length - 1] : span(from.column, to.column);
  const services = corner || to.row >= 0 ? matrix.services.slice(top, bottom + 1).map(({ id }) => id) : [];
  const staff = corner || to.column >= 0 ? matrix.staff.slice(left, right + 1).map(({ id }) => id) : [];
  return { services: new Set([...before.services, ...services]), staff: new Set([...before.staff, ...staff]) };
}

export function spotOf(target: EventTarget): Spot | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  return cell ? { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) } : undefined;
}
