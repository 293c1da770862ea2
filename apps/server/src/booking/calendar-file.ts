import type { Booking } from '@holdfast/contract/booking';
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';

/**
 * The booking's appointments for a calendar (RFC 5545), in UTC; what was let go comes as cancelled, so that a calendar that has it takes it out. With `versions` of
 * appointments a calendar knows which of two files is the newer one: a visit that was moved replaces what was there.
 */
export function calendarFile(booking: Booking, pageUrl: string, versions: ReadonlyMap<string, number>): string {
  const calendar = ical({ name: booking.location.name, prodId: { company: 'Holdfast', product: 'Booking' }, method: ICalCalendarMethod.PUBLISH });
  for (const one of booking.appointments) {
    const gone = one.status === 'expired' || one.status === 'cancelled';
    calendar.createEvent({
      id: `${one.id}@holdfast`,
      sequence: versions.get(one.id) ?? 0,
      start: new Date(one.startsAt),
      end: new Date(one.endsAt),
      stamp: new Date(booking.now),
      summary: `${one.services.map((service) => service.name).join(', ')}${one.places > 1 ? ` × ${one.places}` : ''} · ${booking.location.name}`,
      location: booking.location.address,
      description: `${one.staffName}\n${booking.location.phone}`,
      url: pageUrl,
      status: gone ? ICalEventStatus.CANCELLED : one.status === 'held' ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
    });
  }
  return calendar.toString();
}
