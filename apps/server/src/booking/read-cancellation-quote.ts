import type { CancellationQuote } from '@holdfast/contract/cancellation';
import { toJsonAmount } from '@holdfast/contract/money';
import type { AppointmentStatus } from '@holdfast/contract/steps';
import { isPrepaid } from './is-prepaid.ts';
import { paysFor, type VisitMoney } from './money-of-visit.ts';
import { type Cancellable, onlineUntil, shareOfEach, sharesOf } from './quote-cancellation.ts';
import type { PayWay } from './store.ts';
import type { StakedVisits } from './visits-of-memberships.ts';

const HOUR_MS = 3_600_000;

type Quoted = CancellationQuote['appointments'][number];

export type Visited = Cancellable & {
  readonly appointmentId: string;
  readonly paidMinor: bigint;
  readonly status: AppointmentStatus;
  readonly services: readonly { readonly pay: PayWay }[];
};

/** What pays for visits: money, and visits of memberships. */
export interface GivenFor {
  readonly money: readonly VisitMoney[];
  readonly staked: readonly StakedVisits[];
}

/** What cancelling these visits now would give back, by which payment, of which membership, and when that changes. */
export function cancellationQuote(visits: readonly Visited[], { money, staked }: GivenFor, currency: string, at: Date): CancellationQuote {
  const appointments = visits.map((visit) => ({
    ...quoteOne(visit, paysFor(money, visit.appointmentId), at),
    visits: quoteVisits(visit, staked, at),
  }));
  const sum = (amounts: readonly number[]) => amounts.reduce((total, one) => total + one, 0);
  const changes = appointments.flatMap(({ steps }) => (steps[0]?.until ? [Date.parse(steps[0].until)] : []));
  const until = changes.length === 0 ? undefined : Math.min(...changes);
  const then = (one: (typeof appointments)[number]) =>
    one.steps.find((step) => step.until === null || (until !== undefined && Date.parse(step.until) > until))?.backMinor ?? one.backMinor;
  const online = onlineUntil(visits.map((visit) => ({ ...visit, prepaid: isPrepaid(visit) })));
  return {
    currency,
    at: at.toISOString(),
    backMinor: sum(appointments.map(({ backMinor }) => backMinor)),
    until: until === undefined ? null : new Date(until).toISOString(),
    thenMinor: until === undefined ? null : sum(appointments.map(then)),
    visitsLost: sum(appointments.flatMap((one) => one.visits.filter(({ back }) => !back).map((part) => part.visits))),
    cancelUntil: online === undefined ? null : new Date(online).toISOString(),
    appointments,
  };
}

/** As the database decides when it is cancelled. What is only held always comes back. */
function quoteVisits({ appointmentId, startsAt, status }: Visited, staked: readonly StakedVisits[], at: Date): Quoted['visits'] {
  return staked
    .filter((one) => one.appointmentId === appointmentId)
    .map(({ membershipName, visits, lateHours, isLate }) => {
      const until = lateHours === null ? undefined : startsAt.getTime() - lateHours * HOUR_MS;
      const back = status === 'held' || until === undefined || (!isLate && at.getTime() <= until);
      return { membershipName, visits, back, until: back && until !== undefined && status !== 'held' ? new Date(until).toISOString() : null };
    });
}

function quoteOne(visit: Visited, paid: readonly VisitMoney[], at: Date): Omit<Quoted, 'visits'> {
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
