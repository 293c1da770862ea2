import type { LocationPage } from '@holdfast/contract/location-page';
import { anyStaff, mostServices, type PickedAppointment } from './booking-draft.ts';
import { staffForAll } from './offers.ts';

/**
 * `?service=a,b&staff=x&time=2026-11-24T10:00:00Z` on a booking address. Whatever is unknown here is left out rather than refused: links in
 * old posts outlive services and people.
 */
export function preselection(query: string, page: LocationPage): PickedAppointment | null {
  const asked = new URLSearchParams(query);
  const wanted = asked.getAll('service').flatMap((value) => value.split(','));
  const serviceIds = [...new Set(wanted)].filter((id) => page.services.some((service) => service.id === id)).slice(0, mostServices);
  const staff = asked.get('staff');
  // a team member's own link: what they do is still to be chosen
  if (wanted.length === 0 && page.staff.some(({ id }) => id === staff)) return { serviceIds: [], staff, startsAt: null };
  if (serviceIds.length === 0 || staffForAll(page, serviceIds).length === 0) return null;
  const knownStaff = staffForAll(page, serviceIds).some((person) => person.id === staff) || (staff === anyStaff && page.location.anyStaff);
  const time = asked.get('time');
  const startsAt = knownStaff && time && !Number.isNaN(Date.parse(time)) ? new Date(time).toISOString() : null;
  return { serviceIds, staff: knownStaff ? staff : null, startsAt };
}
