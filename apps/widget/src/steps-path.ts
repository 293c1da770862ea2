import { type BookingDraft, currentAppointment, isComplete } from './booking-draft.ts';

export const steps = ['services', 'staff', 'time', 'details', 'payment'] as const;
export type Step = (typeof steps)[number];

/** The furthest step at or before the wanted one that makes sense with what is chosen so far: an address bar can ask for anything. */
export function reachableStep(wanted: Step, draft: BookingDraft, contactIsGood: boolean): Step {
  const here = currentAppointment(draft);
  const others = draft.appointments.some(isComplete);
  if (wanted === 'services') return 'services';
  if (wanted === 'details' || wanted === 'payment') {
    if (others) return wanted === 'payment' && !contactIsGood ? 'details' : wanted;
  }
  if (here.serviceIds.length === 0) return 'services';
  if (wanted === 'staff' || here.staff === null) return 'staff';
  return 'time';
}

export function stepOfHash(hash: string): Step | null {
  return steps.find((step) => `#${step}` === hash) ?? null;
}

/** Where somebody goes on who comes back, or comes by a link that has chosen something already. */
export function furthestStep(draft: BookingDraft): Step {
  const here = currentAppointment(draft);
  if (here.serviceIds.length === 0) return 'services';
  if (here.staff === null) return 'staff';
  return here.startsAt === null ? 'time' : 'details';
}
