import type { SimulatedWay } from '@holdfast/contract/simulation';
import type { ProviderCapabilities } from '@holdfast/providers/payment-provider';
import type { MustBe, Seen } from './scenario.ts';

export const everyWay = ['required', 'available', 'link'] as const;
export const held = ['required'] as const;

/** How long the page of a way may be paid, minutes: a hold, or the hour of a link and of a prepayment that was chosen. */
const pageMinutes: Readonly<Record<SimulatedWay, number>> = { required: 15, available: 60, link: 60 };

/** Whether nobody can pay the page after its time: we close it, or the provider ends it by itself. */
function endsInTime({ closesPages, shortestPageMinutes }: ProviderCapabilities, way: SimulatedWay): boolean {
  return closesPages || shortestPageMinutes <= pageMinutes[way];
}

export const paid: MustBe = { outcome: 'paid', appointment: 'confirmed', holder: 'first', attention: [] };

export function unpaid({ way }: Pick<Seen, 'way'>): MustBe {
  return way === 'required'
    ? { outcome: 'let_go', appointment: 'expired', holder: null, attention: [] }
    : { outcome: 'kept_unpaid', appointment: 'waiting', holder: 'first', attention: [] };
}

/** Paid if the provider took the money, whenever that was and as long as the time was free; else as if nobody had paid. */
export function paidIfTaken(seen: Seen): MustBe {
  return seen.answers.includes('captured') ? paid : unpaid(seen);
}

export function notOffered(seen: Seen): MustBe {
  return { ...unpaid(seen), outcome: 'not_offered' };
}

export const once = () => [['captured']] as const;
export const lastPaidAt = (minute: number) => (seen: Omit<Seen, 'answers'>) => {
  if (minute < pageMinutes[seen.way]) return [['captured']] as const;
  if (endsInTime(seen.capabilities, seen.way)) return [['closed']] as const;
  // a page that cannot be closed: certainly open for a moment, and then as long as the provider likes
  return minute < 16 ? ([['captured']] as const) : ([['captured', 'closed']] as const);
};

/** Whatever the second client does in it, the time is theirs; the first one's money has no time to go to. */
export function timeWent(took: boolean): MustBe {
  return took
    ? { outcome: 'credit', appointment: 'expired', holder: 'second', attention: ['late_payment'] }
    : { outcome: 'let_go', appointment: 'expired', holder: 'second', attention: [] };
}
