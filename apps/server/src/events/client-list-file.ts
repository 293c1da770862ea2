import type { CalendarViewer } from '../booking/calendar-viewer.ts';
import type { BookingContext } from '../booking/context.ts';
import { readEventPage } from './read-events.ts';

const HEADING = [
  'name',
  'phone',
  'email',
  'places',
  'status',
  'prepayment',
  'cost_minor',
  'paid_minor',
  'currency',
  'held_until',
  'comment',
] as const;

/** Who comes to an event, as a table. Refuses with `not_found`. */
export async function clientListFile(ctx: BookingContext, viewer: CalendarViewer, eventId: string) {
  const { clients, currency } = await readEventPage(ctx, viewer, eventId);
  const lines = clients.map((one) => [
    one.name,
    one.phone,
    one.email,
    one.places,
    one.status,
    one.prepayment,
    one.costMinor,
    one.paidMinor,
    currency,
    one.holdExpiresAt,
    one.comment,
  ]);
  return { heading: [...HEADING], lines };
}
