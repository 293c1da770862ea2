import type { MembershipUse } from '@holdfast/contract/membership-use';
import { type BookingDraft, isComplete, phoneAsked } from './booking-draft.ts';

type Priced = { readonly services: readonly { readonly id: string; readonly membership: MembershipUse }[] };

/** What is chosen says of memberships as a whole: one service for members makes them needed, one that takes them makes them a question. */
export function membershipUseOf({ services }: Priced, { event, appointments }: BookingDraft): MembershipUse {
  const chosen = appointments.flatMap(({ serviceIds }) => serviceIds);
  const uses = event ? [event.membership] : services.flatMap(({ id, membership }) => (chosen.includes(id) ? [membership] : []));
  if (uses.includes('members')) return 'members';
  return uses.includes('either') ? 'either' : 'payment';
}

/** Names a choice and the phone that was confirmed for it: what was said of another one does not count. */
export function coverKey(draft: BookingDraft): string {
  const lines = draft.appointments.filter(isComplete).map(({ serviceIds, startsAt }) => [serviceIds, startsAt]);
  return JSON.stringify([draft.event ? [draft.event.eventId, draft.event.places, draft.event.startsAt] : lines, phoneAsked(draft)?.proof]);
}

/** Whether a membership is to cover this service of this appointment; places at an event are appointment 0. */
export function isCovered(draft: BookingDraft, index: number, serviceId: string): boolean {
  const { cover, paid } = draft;
  if (cover?.key !== coverKey(draft) || paid.includes(`${index}/${serviceId}`)) return false;
  return cover.services.some((one) => one.line === index && one.serviceId === serviceId && one.membership);
}

/** What was asked is answered, and nothing that is for members only is left without a membership. */
export function coverIsGood({ services }: Priced, draft: BookingDraft): boolean {
  const { cover, event } = draft;
  const use = (serviceId: string) => (event ? event.membership : services.find(({ id }) => id === serviceId)?.membership);
  return cover?.key === coverKey(draft) && cover.services.every((one) => one.membership || use(one.serviceId) !== 'members');
}
