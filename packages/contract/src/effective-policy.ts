// No zod here: the admin app shows by the same rule what a change will do before it is saved.
import type { OnlinePaymentPolicy, OnlinePaymentStatus, Precedence } from './online-payment.ts';

/**
 * What booking this service with this team member asks for, with the side that decided (A1).
 *
 * `strict`: "not available" wins over everything (the seed: it "has priority over other ones"), then "required", then "available".
 * `enabling`: the enabled side wins: required, then available, then not available.
 */
export function onlinePayment(service: OnlinePaymentStatus, staff: OnlinePaymentStatus, precedence: Precedence): OnlinePaymentPolicy {
  const order: readonly OnlinePaymentStatus[] =
    precedence === 'strict' ? ['not_available', 'required', 'available'] : ['required', 'available', 'not_available'];
  const status = order.find((one) => service === one || staff === one) ?? 'not_available';
  const side = service === staff ? 'both' : service === status ? 'service' : 'staff';
  return { status, reason: `${side}_${status}` };
}

/** Whether and with whom online registration can be paid at a location. */
export interface PayingOnline {
  readonly enabled: boolean;
  /** The provider's smallest charge in the location's currency, minor units. */
  readonly minimumChargeMinor: bigint;
}

/**
 * The policy as a client meets it: nothing can be asked for where paying online is off, where the price is zero, or where the provider cannot
 * charge so little. `prepayMinor` is the minimum price (A3), for that team member if they have a price of their own.
 */
export function effectivePolicy(
  paying: PayingOnline,
  {
    service,
    staff,
    precedence,
    prepayMinor,
  }: { service: OnlinePaymentStatus; staff: OnlinePaymentStatus; precedence: Precedence; prepayMinor: bigint },
): OnlinePaymentPolicy {
  const agreed = onlinePayment(service, staff, precedence);
  if (agreed.status === 'not_available') return agreed;
  if (!paying.enabled) return { status: 'not_available', reason: 'method_off' };
  if (prepayMinor === 0n) return { status: 'not_available', reason: 'price_is_zero' };
  if (prepayMinor < paying.minimumChargeMinor) return { status: 'not_available', reason: 'below_provider_minimum' };
  return agreed;
}
