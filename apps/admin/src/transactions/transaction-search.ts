import { operations } from '@holdfast/contract/operations';
import { addDays, firstOfWeek, isDay } from '../calendar/calendar-days.ts';

export const periods = ['today', 'yesterday', 'week', 'month', 'last_month', 'any'] as const;
export type Period = (typeof periods)[number];

/** What is looked for, as it stands in the address. Without a period and days: this month. */
export interface TransactionSearch {
  readonly period?: Period;
  readonly from?: string;
  readonly to?: string;
  readonly register?: string;
  readonly item?: string;
  readonly operation?: string;
  readonly staff?: string;
  readonly client?: string;
  readonly direction?: string;
  readonly deleted?: string;
  readonly search?: string;
  /** Minor units, as text. */
  readonly amount?: string;
  /** The entry that is open. */
  readonly entry?: string;
}

const oneOf = (values: readonly string[]) => (text: string) => values.includes(text);
const short = (text: string) => text.length > 0 && text.length <= 60;
const checks: Readonly<Record<keyof TransactionSearch, (text: string) => boolean>> = {
  period: oneOf(periods),
  from: isDay,
  to: isDay,
  register: short,
  item: short,
  operation: oneOf(operations),
  staff: short,
  client: short,
  direction: oneOf(['in', 'out', 'within']),
  deleted: oneOf(['shown', 'only']),
  search: (text) => text.trim() !== '' && text.length <= 100,
  amount: (text) => /^\d{1,15}$/.test(text),
  entry: short,
};

/** Only what the server would understand: an old or mistyped address shows more instead of an error. */
export function readTransactionSearch(search: Record<string, unknown>): TransactionSearch {
  return Object.fromEntries(
    Object.entries(checks).flatMap(([name, fits]) => {
      const value = typeof search[name] === 'number' ? String(search[name]) : search[name];
      return typeof value === 'string' && fits(value) ? [[name, value]] : [];
    }),
  );
}

export function periodOf({ period, from, to }: TransactionSearch): Period | 'own' {
  return from !== undefined || to !== undefined ? 'own' : (period ?? 'month');
}

/** First and last day of a period, by the calendar of the place; left out: without end. */
export function daysOfPeriod(period: Period, today: string, weekStartsOn: number): { from?: string; to?: string } {
  const firstOfMonth = (day: string) => `${day.slice(0, 7)}-01`;
  switch (period) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) };
    case 'week': {
      const from = firstOfWeek(today, weekStartsOn);
      return { from, to: addDays(from, 6) };
    }
    case 'month':
      return { from: firstOfMonth(today), to: addDays(firstOfMonth(addDays(firstOfMonth(today), 31)), -1) };
    case 'last_month': {
      const last = addDays(firstOfMonth(today), -1);
      return { from: firstOfMonth(last), to: last };
    }
    case 'any':
      return {};
  }
}

/** The same for the server. */
export function transactionQuery(search: TransactionSearch, today: string, weekStartsOn: number): URLSearchParams {
  const { period: _period, from, to, entry: _entry, ...filters } = search;
  const period = periodOf(search);
  const days = period === 'own' ? { ...(from ? { from } : {}), ...(to ? { to } : {}) } : daysOfPeriod(period, today, weekStartsOn);
  return new URLSearchParams({ ...days, ...filters });
}

/** How many filters are set, besides the period. */
export function countFilters({ period: _period, from: _from, to: _to, entry: _entry, ...filters }: TransactionSearch): number {
  return Object.keys(filters).length;
}
