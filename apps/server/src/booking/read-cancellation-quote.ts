import type { CancellationQuote } from '@holdfast/contract/cancellation';
import { toJsonAmount } from '@holdfast/contract/money';
import { paysFor, type VisitMoney } from './money-of-visit.ts';
import { type Cancellable, onlineUntil, shareOfEach, sharesOf } from './quote-cancellation.ts';

export type Visited = Cancellable & { readonly appointmentId: string; readonly paidMinor: bigint };

/** What cancelling these visits now would give back, by which payment, and when that changes. `money`: what pays for them. */
export function cancellationQuote(visits: readonly Visited[], money: readonly VisitMoney[], currency: string, at: Date): CancellationQuote {
  const appointments = visits.map((visit) => quoteOne(visit, paysFor(money, visit.appointmentId), at));
  const sum = (amounts: readonly number[]) => amounts.reduce((total, one) => total + one, 0);
  const changes = appointments.flatMap(({ steps }) => (steps[0]?.until ? [Date.parse(steps[0].until)] : []));
  const until = changes.length === 0 ? undefined : Math.min(...changes);
  const then = (one: (typeof appointments)[number]) =>
    one.steps.find((step) => step.until === null || (until !== undefined && Date.parse(step.until) > until))?.backMinor ?? one.backMinor;
  const online = onlineUntil(visits.map((visit) => ({ ...visit, prepaid: visit.paidMinor > 0n })));
  return {
    currency,
    at: at.toISOString(),
    backMinor: sum(appointments.map(({ backMinor }) => backMinor)),
    until: until === undefined ? null : new Date(until).toISOString(),
    thenMinor: until === undefined ? null : sum(appointments.map(then)),
    cancelUntil: online === undefined ? null : new Date(online).toISOString(),
    appointments,
  };
}

function quoteOne(visit: Visited, paid: readonly VisitMoney[], at: Date): CancellationQuote['appointments'][number] {
  const left = paid.map(({ leftMinor }) => leftMinor);
  const all = left.reduce((total, one) => total + one, 0n);
  const shares = sharesOf(visit, at);
  const [{ percent, of }] = shares;
  const parts = shareOfEach(left, percent);
  return {
    appointmentId: visit.appointmentId,
    paidMinor: toJsonAmount(all),
    backMinor: toJsonAmount((all * BigInt(percent)) / 100n),
    percent,
    ...(of === undefined ? {} : { of }),
    // nothing is paid: nothing changes
    steps: (all === 0n ? [{ percent, untilMs: undefined }] : shares).map((share) => ({
      until: share.untilMs === undefined ? null : new Date(share.untilMs).toISOString(),
      backMinor: toJsonAmount((all * BigInt(share.percent)) / 100n),
      percent: share.percent,
    })),
    payments: paid.map(({ kind, by, leftMinor }, index) => ({
      kind,
      by,
      leftMinor: toJsonAmount(leftMinor),
      backMinor: toJsonAmount(parts[index] ?? 0n),
    })),
  };
}
