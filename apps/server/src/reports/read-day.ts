import { toJsonAmount } from '@holdfast/contract/money';
import type { DayClosing, DayFigures } from '@holdfast/contract/reports';
import { appointmentStatuses } from '@holdfast/contract/steps';
import type { Place } from '../access/who.ts';
import { askTogether } from '../kit/ask-together.ts';
import type { Deps } from '../kit/deps.ts';
import { FIGURES_BY } from './money-figures.ts';
import { moneyOf, moneyQuestions } from './read-money.ts';
import { closedBy, sameMoney } from './same-money.ts';
import { dayOf, spanOfDay } from './span-of-day.ts';
import { factsOfLocation, type VisitsOfDay, visitsBetween } from './store.ts';
import { type Closing, closingOfDay, lastClosing } from './store-closings.ts';

/** Everything about a day: what the books say, its visits, and whether it is closed. */
export async function readDay({ db, now }: Pick<Deps, 'db' | 'now'>, { scope, rights, role }: Place, day: string): Promise<DayFigures> {
  const { timeZone, currency } = await factsOfLocation(db.read, scope);
  const { from, until } = spanOfDay(day, timeZone);
  const today = dayOf(now(), timeZone);
  const told = await askTogether(db.read, {
    ...moneyQuestions(scope, from, until),
    visits: visitsBetween(scope, from, until),
    lastClosing: lastClosing(scope),
    closing: closingOfDay(scope, day),
  });
  const money = moneyOf(currency, told);
  const [last] = told.lastClosing;
  const [closing] = told.closing;
  const standing = closing?.reopenedAt === null ? closing : undefined;
  const by = standing && closedBy(standing).find((one) => sameMoney(standing.figures, moneyOf(currency, told, one)));
  const closed = last !== undefined && day <= last.day;
  return {
    day,
    today,
    from: from.toISOString(),
    until: until.toISOString(),
    timeZone,
    currency,
    money: [...money],
    visits: visitFigures(told.visits),
    closedThrough: last?.day ?? null,
    closing: closing ? shownClosing(closing) : null,
    differs: standing !== undefined && by === undefined,
    countedOtherwise: by !== undefined && by !== FIGURES_BY,
    mayClose: closed ? 'closed' : day > today ? 'not_yet' : rights.has('days.close') ? 'yes' : 'right_missing',
    mayReopen: role === 'owner' && last?.day === day,
  };
}

function visitFigures(visits: readonly VisitsOfDay[]): DayFigures['visits'] {
  const of = (...statuses: readonly string[]) => visits.filter(({ status }) => statuses.includes(status));
  const cost = (some: readonly VisitsOfDay[]) => some.reduce((total, { costMinor }) => total + costMinor, 0n);
  const arrived = of('arrived');
  const arrivals = BigInt(arrived[0]?.n ?? 0);
  return {
    byStatus: Object.fromEntries(appointmentStatuses.map((status) => [status, of(status)[0]?.n ?? 0])) as DayFigures['visits']['byStatus'],
    bookedMinor: toJsonAmount(cost(of('waiting', 'confirmed', 'arrived'))),
    arrivedMinor: toJsonAmount(cost(arrived)),
    averageMinor: arrivals === 0n ? null : toJsonAmount((cost(arrived) * 2n + arrivals) / (2n * arrivals)),
  };
}

function shownClosing(one: Closing): DayClosing {
  return {
    id: one.id,
    day: one.day,
    closedAt: one.closedAt.toISOString(),
    by: one.userName,
    note: one.note,
    counts: one.counts,
    reopened: one.reopenedAt ? { at: one.reopenedAt.toISOString(), by: one.reopenedByName ?? '', because: one.reopenedBecause ?? '' } : null,
  };
}
