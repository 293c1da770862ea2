import { useEffect, useState } from 'preact/hooks';
import { askWhatFits, type LocationAddress } from './api.ts';
import { type BookingDraft, currentAppointment } from './booking-draft.ts';

/** Where the time is chosen first: whether somebody (or this person) could do this service then. Until it is known, everything may be. */
export function useFitting(at: LocationAddress, draft: BookingDraft): (serviceId: string, staffId?: string) => boolean {
  const { serviceIds, startsAt } = currentAppointment(draft);
  const wanted = draft.way.timeFirst && startsAt;
  const key = `${wanted}|${serviceIds.join()}`;
  const [known, setKnown] = useState<{ key: string; staff: { id: string; services: string[] }[] }>();
  useEffect(() => {
    if (!wanted) return;
    const leave = new AbortController();
    void askWhatFits(at, wanted, serviceIds, leave.signal).then((answer) => answer.ok && setKnown({ key, staff: answer.value.staff }));
    return () => leave.abort();
  }, [key]);
  return (serviceId, staffId) =>
    known?.key !== key || known.staff.some(({ id, services }) => (staffId === undefined || id === staffId) && services.includes(serviceId));
}
