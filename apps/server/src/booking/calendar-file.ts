import type { Booking } from '@holdfast/contract/booking';
import ical, { ICalEventStatus } from 'ical-generator';

/** The booking's appointments for a calendar (RFC 5545), in UTC; what was let go comes as cancelled, so that a calendar that has it takes it out. */
export function calendarFile(booking: Booking, pageUrl: string): string {
  const calendar = ical({ name: booking.location.name, prodId: { company: 'Holdfast', product: 'Booking' } });
  for (const one of booking.appointments) {
    const gone = one.status === 'expired' || one.status === 'cancelled';
    calendar.createEvent({
      id: `${one.id}@holdfast`,
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
