import type { Operation } from '@holdfast/contract/operations';
import { askTogether } from '../kit/ask-together.ts';
import type { ReportKind, ReportRow, Told } from './report-rows.ts';
import { MEMBERSHIPS, shareMembership } from './share-membership.ts';
import { spreadByCost } from './spread-by-cost.ts';
import { earnedByMemberships, type MembershipEarning } from './store-memberships.ts';
import { earnedByDay, namesNow, type VisitMoney, visitMoney } from './store-visits.ts';

const columns: ReportKind['columns'] = [
  { key: 'earned', kind: 'money' },
  { key: 'sales', kind: 'money' },
  { key: 'paid', kind: 'money' },
  { key: 'unpaid', kind: 'money' },
  { key: 'visits', kind: 'count' },
];

const income: Operation = 'income';

/**
 * Earned and sold by service: what a visit earned or was paid is shared out among its services by what they cost. What a membership has earned is of the
 * services that it was used for.
 */
export const servicesReport: ReportKind = {
  columns,
  read: (q, asked) =>
    readBy(q, asked, {
      lines: true,
      sharesOf: (visit) => {
        const costs = visit.lines.map(({ costMinor }) => costMinor);
        const [earned, paid] = [spreadByCost(visit.earnedMinor, costs), spreadByCost(visit.paidMinor, costs)];
        return visit.lines.map((line, index) => ({
          key: line.serviceId,
          name: line.name,
          earnedMinor: earned[index] ?? 0n,
          costMinor: line.costMinor,
          paidMinor: paid[index] ?? 0n,
        }));
      },
      keyOfCovered: ({ serviceId }) => serviceId,
    }),
};

/** The same by team member. */
export const teamReport: ReportKind = {
  columns,
  read: (q, asked) =>
    readBy(q, asked, {
      lines: false,
      sharesOf: ({ staffId, earnedMinor, costMinor, paidMinor }) => [{ key: staffId, name: '', earnedMinor, costMinor, paidMinor }],
      keyOfCovered: ({ staffId }) => staffId,
      filter: (key) => ({ staff: key }),
    }),
};

interface By {
  readonly lines: boolean;
  sharesOf(visit: VisitMoney): readonly Share[];
  /** Of a visit that a membership paid for. */
  keyOfCovered(visit: MembershipEarning['visits'][number]): string;
  filter?(key: string): object;
}

interface Share {
  readonly key: string;
  /** As it was booked; what it is called now is known better. */
  readonly name: string;
  readonly earnedMinor: bigint;
  readonly costMinor: bigint;
  readonly paidMinor: bigint;
}

async function readBy(
  q: Parameters<ReportKind['read']>[0],
  { scope, facts, days, span, now, compared }: Parameters<ReportKind['read']>[1],
  { lines, sharesOf, keyOfCovered, filter }: By,
): Promise<Told> {
  const sums = new Map<
    string,
    { currency: string; key: string; name: string; earned: bigint; sales: bigint; paid: bigint; unpaid: bigint; visits: number }
  >();
  const told = await askTogether(q, {
    visits: visitMoney(scope, span, now, { lines }),
    memberships: earnedByMemberships(scope, span),
    names: namesNow(scope),
    ...(compared ? {} : { course: earnedByDay(scope, span, facts.timeZone) }),
  });
  const names = new Map(told.names);
  const sumOf = (currency: string, key: string, name: string) => {
    const sum = sums.get(`${currency} ${key}`) ?? {
      currency,
      key,
      name: names.get(key) ?? name,
      earned: 0n,
      sales: 0n,
      paid: 0n,
      unpaid: 0n,
      visits: 0,
    };
    sums.set(`${currency} ${key}`, sum);
    return sum;
  };
  const listed = new Map<string, bigint>();
  for (const visit of told.visits) {
    listed.set(visit.currency, (listed.get(visit.currency) ?? 0n) + visit.earnedMinor);
    for (const share of sharesOf(visit)) {
      const sum = sumOf(visit.currency, share.key, share.name);
      sum.earned += share.earnedMinor;
      if (visit.tookPlace) {
        const paid = share.paidMinor < share.costMinor ? share.paidMinor : share.costMinor;
        sum.sales += share.costMinor;
        sum.paid += paid;
        sum.unpaid += share.costMinor - paid;
        sum.visits += visit.places;
      }
    }
  }
  for (const earning of told.memberships) {
    listed.set(earning.currency, (listed.get(earning.currency) ?? 0n) + earning.amountMinor);
    for (const { key, earnedMinor } of shareMembership(earning, keyOfCovered)) sumOf(earning.currency, key, '').earned += earnedMinor;
  }
  const course = told.course ?? [];
  const books = new Map<string, bigint>();
  for (const { currency, valueMinor } of course) books.set(currency, (books.get(currency) ?? 0n) + valueMinor);
  return {
    rows: [...sums.values()].map(
      (sum): ReportRow => ({
        currency: sum.currency,
        key: sum.key,
        name: sum.name,
        values: [sum.earned, sum.sales, sum.paid, sum.unpaid, sum.visits],
        link: { page: 'transactions', ...days, operation: income, ...(sum.key === MEMBERSHIPS ? { item: MEMBERSHIPS } : filter?.(sum.key)) },
      }),
    ),
    ties: [...new Set([...listed.keys(), ...books.keys()])].map((currency) => ({
      currency,
      account: 'income',
      listedMinor: listed.get(currency) ?? 0n,
      booksMinor: books.get(currency) ?? 0n,
    })),
    course,
  };
}
