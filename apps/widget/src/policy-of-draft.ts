import { type CancellationPolicy, strictestOf } from '@holdfast/contract/cancellation-rules';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { BookingDraft } from './booking-draft.ts';

/** What cancelling means for what is chosen: the strictest of the services that have a policy of their own, and of the location's. */
export function policyOfDraft({ location, services }: LocationPage, draft: BookingDraft): CancellationPolicy {
  if (draft.event) return draft.event.cancellation ?? location.cancellation;
  const chosen = services.filter(({ id }) => draft.appointments.some(({ serviceIds }) => serviceIds.includes(id)));
  const own = chosen.flatMap(({ name, cancellation }) => (cancellation ? [{ name, policy: cancellation }] : []));
  return strictestOf([...(own.length > 0 && own.length === chosen.length ? [] : [{ policy: location.cancellation }]), ...own]);
}
