import type { WishedAppointment, WishedEvent } from '@holdfast/contract/booking';
import type { LocationPage, StaffOffer } from '@holdfast/contract/location-page';

export const ANY_STAFF = 'any';
/** Of one booking. */
export const MOST_PLACES = 50;
const ID = /^[A-Za-z0-9_-]{3,60}$|^$/;

/** What has been chosen so far, as it stands in the address. Whatever is unknown here is left out: links in old posts outlive services and people. */
export interface Choices {
  readonly serviceIds: readonly string[];
  readonly staff: string | null;
  readonly day: string | null;
  readonly startsAt: string | null;
  /** A group event by its id; empty: one is still to be chosen; null: this is about an appointment. */
  readonly event: string | null;
  readonly places: number | null;
  /** Goes along from page to page. */
  readonly language: string | null;
  readonly link: string | null;
  /** What was typed and confirmed for a time that had gone: see keep-details.ts. */
  readonly kept: string | null;
}

export function choicesOf(search: string, page: LocationPage): Choices {
  const asked = new URLSearchParams(search);
  const wanted = asked.getAll('service').flatMap((value) => value.split(','));
  const known = [...new Set(wanted)].filter((id) => page.services.some((service) => service.id === id)).slice(0, 8);
  const serviceIds = staffFor(page, known).length > 0 ? known : [];
  const able = staffFor(page, serviceIds);
  const said = asked.get('staff');
  const staff = said === ANY_STAFF && page.location.anyStaff ? said : (able.find(({ id }) => id === said)?.id ?? null);
  const nobodyAsks = !page.widget.asksStaff && page.location.anyStaff ? ANY_STAFF : null;
  const day = /^\d{4}-\d\d-\d\d$/.test(asked.get('day') ?? '') ? asked.get('day') : null;
  const time = asked.get('time');
  const event = serviceIds.length === 0 && page.events ? asked.get('event') : null;
  const places = Number(asked.get('places'));
  return {
    serviceIds,
    // a team member's own link: what they do is still to be chosen
    staff: serviceIds.length > 0 ? (staff ?? nobodyAsks) : event === null && staff !== ANY_STAFF ? staff : null,
    day,
    startsAt: time && !Number.isNaN(Date.parse(time)) ? new Date(time).toISOString() : null,
    event: event === null || ID.test(event) ? event : '',
    places: event && Number.isInteger(places) && places >= 1 && places <= MOST_PLACES ? places : null,
    language: asked.get('language'),
    link: asked.get('link'),
    kept: asked.get('kept'),
  };
}

/** The address of the same page with these choices. */
export function queryOf({ serviceIds, staff, day, startsAt, event, places, language, link, kept }: Choices): string {
  const query = new URLSearchParams();
  for (const id of serviceIds) query.append('service', id);
  if (event !== null) query.set('event', event);
  const others = { staff, day, time: startsAt, places: places && String(places), language, link, kept };
  for (const [name, value] of Object.entries(others)) if (value) query.set(name, value);
  return `?${query}`;
}

/** Who does all of these: back to back means one pair of hands. */
export function staffFor(page: LocationPage, serviceIds: readonly string[]): readonly StaffOffer[] {
  return page.staff.filter((person) => serviceIds.every((id) => person.services.some((done) => done.serviceId === id)));
}

/** What has been chosen, as the deeds want to hear it. */
export function wishesOf({ serviceIds, staff, startsAt, event, places }: Choices): { appointments: WishedAppointment[]; event?: WishedEvent } {
  if (event) return { appointments: [], event: { eventId: event, places: places ?? 1 } };
  return { appointments: [{ serviceIds: [...serviceIds], staffId: staff === ANY_STAFF ? null : staff, startsAt: startsAt ?? '' }] };
}

/** What a form was made for, in one line. */
export function chosen({ serviceIds, staff, startsAt, event, places }: Choices): string {
  return event ? [event, places].join(' ') : [serviceIds.join(','), staff, startsAt].join(' ');
}
