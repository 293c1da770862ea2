import type { StatusMatrix } from '@holdfast/contract/cashless';
import { expect, test } from 'vitest';
import { gridTarget, selectionAt } from './grid-selection.ts';

const named = (ids: string) => ids.split('').map((id) => ({ id }));
const matrix = { services: named('abc'), staff: named('xyz') } as unknown as StatusMatrix;
const ids = (from: [number, number], to: [number, number]) => {
  const { services, staff } = selectionAt(matrix, { row: from[0], column: from[1] }, { row: to[0], column: to[1] });
  return `${[...services].join('')} ${[...staff].join('')}`;
};

test('a pair selects its service and its team member, a range all of them', () => {
  expect(ids([1, 1], [1, 1])).toBe('b y');
  expect(ids([2, 2], [1, 0])).toBe('bc xyz');
});

test('a heading selects its own side only, the corner everything', () => {
  expect(ids([1, -1], [1, -1])).toBe('b ');
  expect(ids([-1, 2], [-1, 2])).toBe(' z');
  expect(ids([0, -1], [2, -1])).toBe('abc ');
  expect(ids([-1, -1], [-1, -1])).toBe('abc xyz');
});

test('what was selected before can be added to', () => {
  const before = { services: new Set(['a']), staff: new Set<string>() };
  expect([...selectionAt(matrix, { row: 2, column: -1 }, { row: 2, column: -1 }, before).services]).toEqual(['a', 'c']);
});

test('arrows stop at the headings and at the last cell', () => {
  const size = { rows: 3, columns: 3 };
  expect(gridTarget({ row: -1, column: -1 }, 'ArrowUp', size, false)).toEqual({ row: -1, column: -1 });
  expect(gridTarget({ row: 2, column: 2 }, 'ArrowRight', size, false)).toEqual({ row: 2, column: 2 });
  expect(gridTarget({ row: 0, column: 0 }, 'End', size, true)).toEqual({ row: 2, column: 2 });
  expect(gridTarget({ row: 2, column: 1 }, 'Home', size, true)).toEqual({ row: -1, column: -1 });
  expect(gridTarget({ row: 0, column: 0 }, 'x', size, false)).toBeUndefined();
});
