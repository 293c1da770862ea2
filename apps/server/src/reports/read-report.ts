import { toJsonAmount } from '@holdfast/contract/money';
import type { ReportName } from '@holdfast/contract/report-names';
import type { Report } from '@holdfast/contract/reports';
import type { Place } from '../access/who.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { itemsReport } from './report-items.ts';
import { noShowsReport } from './report-no-shows.ts';
import { outstandingReport } from './report-outstanding.ts';
import { providersReport } from './report-providers.ts';
import type { ReportKind, ReportRow, Told } from './report-rows.ts';
import { servicesReport, teamReport } from './report-visits.ts';
import { periodBefore, spanOfDays } from './span-of-day.ts';
import { factsOfLocation } from './store.ts';

export const reports: Readonly<Record<ReportName, ReportKind>> = {
  items: itemsReport,
  services: servicesReport,
  team: teamReport,
  outstanding: outstandingReport,
  providers: providersReport,
  no_shows: noShowsReport,
};

const MOST_ROWS = 1000;
const MOST_DAYS = 3660;

interface ToldTwice extends Told {
  readonly before: Told | undefined;
  readonly period: Report['before'];
  readonly own: string;
}

/** What a report says of a period, and of as many days before it; each of one moment. Refuses with `invalid_request`. */
export async function readReport(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  { scope, rights }: Place,
  name: ReportName,
  days: { from: string; to: string },
): Promise<ToldTwice> {
  if (days.to < days.from) throw new Problem('invalid_request', 400, 'The last day is before the first.');
  const length = (Date.parse(days.to) - Date.parse(days.from)) / 86_400_000;
  if (length > MOST_DAYS) throw new Problem('invalid_request', 400, 'A report is of ten years at most.');
  const kind = reports[name];
  const period = kind.standing ? null : periodBefore(days.from, days.to);
  const facts = await factsOfLocation(db.read, scope);
  const common = { scope, facts, now: now(), seesClients: rights.has('clients.see') };
  const read = (some: { from: string; to: string }, compared: boolean) =>
    kind.read(db.read, { ...common, days: some, span: spanOfDays(some.from, some.to, facts.timeZone), compared });
  const told = await read(days, false);
  return { ...told, before: period ? await read(period, true) : undefined, period, own: facts.currency };
}

/** The same as an answer. */
export function shownReport(name: ReportName, { from, to }: { from: string; to: string }, told: ToldTwice): Report {
  const { columns } = reports[name];
  const currencies = new Set([...told.rows, ...(told.before?.rows ?? []), ...(told.ties ?? [])].map(({ currency }) => currency));
  const inOrder = [...currencies].sort((a, b) => Number(b === told.own) - Number(a === told.own) || (a < b ? -1 : 1));
  const money = columns.findIndex(({ kind }) => kind === 'money');
  const amount = (row: ReportRow | undefined) => (row ? plain(row.values[money] ?? null) : null);
  let leftOut = 0;
  return {
    report: name,
    from,
    to,
    before: told.period,
    columns: [...columns],
    groups: inOrder.map((currency) => {
      const now = told.rows.filter((row) => row.currency === currency);
      const before = (told.before?.rows ?? []).filter((row) => row.currency === currency);
      // what came to nothing in this period is listed too, or the column of the period before would not add up
      const rows =
        name === 'no_shows' ? now : [...now, ...before.filter(({ key }) => !now.some((row) => row.key === key)).map((row) => emptied(columns, row))];
      const sorted = name === 'no_shows' ? rows : [...rows].sort((a, b) => Number(amount(b)) - Number(amount(a)) || (a.key < b.key ? -1 : 1));
      leftOut += Math.max(0, sorted.length - MOST_ROWS);
      return {
        currency,
        rows: sorted.slice(0, MOST_ROWS).map((row) => {
          const earlier = amount(before.find(({ key }) => key === row.key));
          return {
            key: row.key,
            name: row.name,
            values: row.values.map(plain),
            before: typeof earlier === 'number' ? earlier : told.before ? 0 : null,
            link: row.link,
          };
        }),
        totals: totalsOf(columns, rows),
        totalsBefore: told.before ? totalsOf(columns, before) : columns.map(() => null),
        ties: (told.ties ?? [])
          .filter((tie) => tie.currency === currency)
          .map(({ account, listedMinor, booksMinor }) => ({ account, listedMinor: toJsonAmount(listedMinor), booksMinor: toJsonAmount(booksMinor) })),
      };
    }),
    course: (told.course ?? []).map(({ day, currency, valueMinor }) => ({ day, currency, valueMinor: toJsonAmount(valueMinor) })),
    leftOut,
  };
}

function emptied(columns: ReportKind['columns'], row: ReportRow): ReportRow {
  return { ...row, values: columns.map(({ kind }) => (kind === 'money' ? 0n : kind === 'count' ? 0 : null)) };
}

function totalsOf(columns: ReportKind['columns'], rows: readonly ReportRow[]): (number | null)[] {
  return columns.map(({ kind }, index) => {
    if (kind !== 'money' && kind !== 'count') return null;
    return toJsonAmount(rows.reduce((sum, { values }) => sum + BigInt(values[index] ?? 0), 0n));
  });
}

function plain(value: ReportRow['values'][number]): number | string | null {
  return typeof value === 'bigint' ? toJsonAmount(value) : value;
}
