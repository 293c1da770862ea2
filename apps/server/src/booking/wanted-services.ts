import type { AppointmentWish } from '@holdfast/contract/calendar';
import { effectivePolicy } from '@holdfast/contract/effective-policy';
import { toJsonAmount } from '@holdfast/contract/money';
import type { OnlinePaymentPolicy } from '@holdfast/contract/online-payment';
import type { ServiceTax } from '@holdfast/contract/taxes';
import { Problem } from '../kit/problem.ts';
import { MINUTE_MS } from '../schedule/local-day.ts';
import type { BookingRules } from './booking-rules.ts';
import type { PayWay } from './store.ts';

/** One service of an appointment, as it is written down. `setCostMinor` null: its minimum price. */
export interface ServiceLine {
  readonly serviceId: string;
  readonly name: string;
  readonly durationMinutes: number;
  readonly priceMinMinor: number;
  readonly priceMaxMinor: number;
  readonly setCostMinor: number | null;
  /** In the price, as agreed when it was booked. */
  readonly tax: ServiceTax | null;
  readonly policy: OnlinePaymentPolicy;
  readonly pay: PayWay;
}

export function costOf(line: Pick<ServiceLine, 'setCostMinor' | 'priceMinMinor'>): number {
  return line.setCostMinor ?? line.priceMinMinor;
}

export interface WantedServices {
  readonly lines: readonly ServiceLine[];
  /** Whether somebody without the right to change prices could have wished this. */
  readonly pricesChanged: boolean;
  readonly minutes: number;
  readonly beforeMs: number | undefined;
  readonly afterMs: number | undefined;
}

/**
 * What staff want done by one team member. A service that was there already keeps what was agreed (its price, length and terms), a new one comes from the
 * catalogue and is not asked for online. Refuses (`time_not_offered`, `does_not_do_it`) what that team member does not do.
 */
export function wantedServices(
  { catalog, paying }: BookingRules,
  staffId: string,
  wanted: AppointmentWish['services'],
  agreed: readonly ServiceLine[] = [],
): WantedServices {
  const left = [...agreed];
  let pricesChanged = false;
  const lines = wanted.map(({ serviceId, costMinor }): ServiceLine => {
    const index = left.findIndex((one) => one.serviceId === serviceId);
    const line = index >= 0 ? (left.splice(index, 1)[0] as ServiceLine) : fresh(serviceId);
    const setCostMinor = costMinor === null || costMinor === line.priceMinMinor ? null : costMinor;
    pricesChanged ||= costOf({ ...line, setCostMinor }) !== costOf(line);
    return { ...line, setCostMinor };
  });
  const total = lines.reduce((sum, line) => sum + costOf(line), 0);
  if (!Number.isSafeInteger(total))
    throw new Problem('invalid_request', 422, 'This is more than can be counted exactly.', { fields: [{ field: 'services' }] });
  const offerOf = (line: ServiceLine | undefined) => line && catalog.offers.get(staffId)?.get(line.serviceId);
  const [first, last] = [offerOf(lines[0]), offerOf(lines.at(-1))];
  return {
    lines,
    pricesChanged,
    minutes: lines.reduce((sum, line) => sum + line.durationMinutes, 0),
    beforeMs: first && first.bufferBeforeMinutes * MINUTE_MS,
    afterMs: last && last.bufferAfterMinutes * MINUTE_MS,
  };

  function fresh(serviceId: string): ServiceLine {
    if (catalog.services.get(serviceId)?.kind === 'event') {
      throw new Problem('time_not_offered', 422, 'Places of it are booked at one of its events.', { reason: 'event', serviceId });
    }
    const offer = catalog.offers.get(staffId)?.get(serviceId);
    const [service, member] = [catalog.services.get(serviceId), catalog.staff.get(staffId)];
    if (!offer || !service || !member || service.archived) {
      throw new Problem('time_not_offered', 422, 'This team member does not do this.', { reason: 'does_not_do_it', serviceId });
    }
    return {
      serviceId,
      name: service.name,
      durationMinutes: offer.durationMinutes,
      priceMinMinor: toJsonAmount(offer.priceMinMinor),
      priceMaxMinor: toJsonAmount(offer.priceMaxMinor),
      setCostMinor: null,
      tax: service.tax ?? null,
      policy: effectivePolicy(paying, {
        service: service.onlinePayment,
        staff: member.onlinePayment,
        precedence: catalog.location.precedence,
        prepayMinor: offer.priceMinMinor,
      }),
      pay: 'later',
    };
  }
}

/**
 * What is asked for online after staff changed the services. A hold asks for what its services cost now; anything else never asks for more than it did:
 * whatever the visit costs on top is paid by link or at the desk.
 */
export function dueAfterChange(status: string, dueMinor: bigint, lines: readonly ServiceLine[]): bigint {
  const asked = lines.reduce((sum, line) => sum + (line.pay === 'required' || line.pay === 'ticked' ? BigInt(costOf(line)) : 0n), 0n);
  return status === 'held' || asked < dueMinor ? asked : dueMinor;
}
