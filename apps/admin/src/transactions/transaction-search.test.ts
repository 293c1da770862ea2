import { expect, test } from 'vitest';
import { countFilters, daysOfPeriod, periodOf, readTransactionSearch, transactionQuery } from './transaction-search.ts';

test.each([
  ['today', '2026-03-01', { from: '2026-03-01', to: '2026-03-01' }],
  ['yesterday', '2026-03-01', { from: '2026-02-28', to: '2026-02-28' }],
  ['week', '2026-03-01', { from: '2026-02-23', to: '2026-03-01' }],
  ['month', '2028-02-29', { from: '2028-02-01', to: '2028-02-29' }],
  ['month', '2026-12-31', { from: '2026-12-01', to: '2026-12-31' }],
  ['last_month', '2026-01-31', { from: '2025-12-01', to: '2025-12-31' }],
  ['any', '2026-03-01', {}],
] as const)('%s, looked at on %s', (period, today, days) => {
  expect(daysOfPeriod(period, today, 1)).toEqual(days);
});

test('an address shows this month unless it says something else, and days before any preset', () => {
  expect(transactionQuery({}, '2026-03-15', 1).toString()).toBe('from=2026-03-01&to=2026-03-31');
  expect(transactionQuery({ period: 'today', from: '2026-01-01' }, '2026-03-15', 1).toString()).toBe('from=2026-01-01');
  expect(periodOf({ period: 'any' })).toBe('any');
});

test('what no server would understand is left out of an address', () => {
  const read = readTransactionSearch({
    from: '2026-02-30',
    operation: 'theft',
    register: 'acc_1',
    amount: 4500,
    search: '  ',
    deleted: 'hidden',
    x: 1,
  });
  expect(read).toEqual({ register: 'acc_1', amount: '4500' });
  expect(countFilters({ ...read, period: 'any', entry: 'ent_1' })).toBe(2);
});
