import type { CatalogWarning, PayingHere } from '@holdfast/contract/catalog';
import type { OnlinePaymentPolicy, OnlinePaymentStatus } from '@holdfast/contract/online-payment';

/** One pair with what is decided for it: on a service's card named after the team member, on theirs after the service. */
export interface NamedPolicy {
  readonly name: string;
  readonly policy: OnlinePaymentPolicy;
}

/**
 * What can never work as it is set, told when it is saved and not when a client pays (A3). `pairs`: those who do it and are not archived. None of
 * it is an error: a salon may set its statuses first and connect a provider afterwards.
 */
export function onlinePaymentWarnings(
  card: { readonly onlinePayment: OnlinePaymentStatus; readonly onlineBooking: boolean },
  here: PayingHere,
  pairs: readonly NamedPolicy[],
): CatalogWarning[] {
  const warnings: CatalogWarning[] = [];
  if (card.onlineBooking && pairs.length === 0) warnings.push({ code: 'nobody_does_it' });
  if (card.onlinePayment === 'not_available') return warnings;
  if (!here.companyDetails) warnings.push({ code: 'company_details_missing' });
  if (!here.methodOn) warnings.push({ code: 'method_off' });
  const because = (...reasons: readonly OnlinePaymentPolicy['reason'][]) =>
    pairs.filter(({ policy }) => policy.status === 'not_available' && reasons.includes(policy.reason)).map(({ name }) => name);
  const tooLittle = because('below_provider_minimum');
  if (tooLittle.length > 0 && here.minimumChargeMinor !== null)
    warnings.push({ code: 'below_provider_minimum', minimumMinor: here.minimumChargeMinor, names: tooLittle });
  const free = because('price_is_zero');
  if (free.length > 0) warnings.push({ code: 'price_is_zero', names: free });
  const refused = because('service_not_available', 'staff_not_available');
  // with some of them it may be meant so; with all of them the status can never have an effect
  if (refused.length > 0 && refused.length === pairs.length) warnings.push({ code: 'other_side_not_available', names: refused });
  return warnings;
}
