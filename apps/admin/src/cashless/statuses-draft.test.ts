import type { StatusMatrix } from '@holdfast/contract/cashless';
import { describe, expect, test } from 'vitest';
import { draftedMatrix, emptyDraft, isEmpty, pruned, withStatus } from './statuses-draft.ts';

const cell = { status: 'not_available', reason: 'method_off', prepayMinor: 4000 } as const;
const matrix: StatusMatrix = {
  version: '1',
  precedence: 'strict',
  currency: 'EUR',
  methodOn: false,
  minimumChargeMinor: 50,
  categories: [],
  staff: [
    { id: 'anna', name: 'Anna', position: '', status: 'available', online: true },
    { id: 'bea', name: 'Bea', position: '', status: 'not_available', online: true },
  ],
  services: [
    { id: 'cut', name: 'Cut', categoryId: 'all', status: 'available', online: true, cells: [cell, cell] },
    { id: 'cheap', name: 'Cheap', categoryId: 'all', status: 'required', online: true, cells: [{ ...cell, prepayMinor: 49 }, null] },
  ],
  warnings: [],
};

describe('the table before it is saved', () => {
  test('says what the statuses mean, also while paying online is still off', () => {
    const { cells } = draftedMatrix(matrix, emptyDraft);
    expect(cells[0]?.map((one) => one?.reason)).toEqual(['both_available', 'staff_not_available']);
    expect(cells[1]).toEqual([{ status: 'not_available', reason: 'below_provider_minimum', changed: false }, null]);
  });

  test('counts which pairs a change reaches, and only those that really change', () => {
    const { effect, cells } = draftedMatrix(matrix, withStatus(emptyDraft, 'services', ['cut', 'cheap'], 'required'));
    expect(effect).toEqual({ required: 1, available: 0, not_available: 0 });
    expect(cells[0]?.map((one) => one?.changed)).toEqual([true, false]);
  });

  test('the other precedence changes pairs too', () => {
    expect(draftedMatrix(matrix, { ...emptyDraft, precedence: 'enabling' }).effect.available).toBe(1);
  });
});

test('what was chosen and is so already is no change, nor is what was archived meanwhile', () => {
  const draft = {
    ...withStatus(withStatus(emptyDraft, 'services', ['cut', 'gone'], 'available'), 'staff', ['bea'], 'required'),
    precedence: 'strict',
  } as const;
  expect(pruned(matrix, draft)).toEqual({ services: {}, staff: { bea: 'required' } });
  expect(isEmpty(pruned(matrix, { ...draft, staff: {} }))).toBe(true);
});
