import type { EventCancellation } from '@holdfast/contract/events';
import { sql } from 'kysely';
import { rightMissing } from '../access/guard.ts';
import { noteAudit } from '../access/note-audit.ts';
import type { CalendarViewer } from '../booking/calendar-viewer.ts';
import type { BookingContext } from '../booking/context.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { concerned, refuseStale, seenRow } from './change-event.ts';
import { emptyEvents } from './empty-events.ts';
import { closeEvents } from './store.ts';

/**
 * The salon cancels an event, or those of its series. It is closed first, in its own transaction, so that nobody comes in; then booking by booking. Where somebody has
 * paid, with money or by a membership, `appointments.cancel_paid` is needed. Refuses with `changed_meanwhile`, `step_not_allowed` (over, or cancelled), `right_missing`, `not_found`.
 */
export async function cancelEvent(ctx: BookingContext, viewer: CalendarViewer, eventId: string, wish: EventCancellation): Promise<void> {
  const { scope, rights } = viewer.place;
  const seen = await seenRow(ctx, viewer, eventId);
  refuseStale(seen, wish.version);
  if (seen.endsAt <= ctx.now()) throw new Problem('step_not_allowed', 409, 'This event is over.', { reason: 'over' });
  const events = await concerned(ctx, viewer, seen, wish.which);
  const ids = events.map((one) => one.eventId);
  const by = { id: viewer.who.userId, name: viewer.who.name };
  await ctx.db.transaction(async (tx) => {
    const at = ctx.now();
    // what was paid for is not looked at before the lock: a payment may come in between
    const locked = await sql<{ eventId: string; revision: number; paid: boolean }>`
      select e.event_id "eventId", e.revision,
             exists (select 1 from appointments a where a.chain_id = e.chain_id and a.event_id = e.event_id and a.status in ('held', 'waiting', 'confirmed') and (a.paid_minor > 0 or exists (
               select 1 from appointment_services l where l.chain_id = a.chain_id and l.appointment_id = a.appointment_id and l.pay = 'membership'))) paid
        from events e where e.chain_id = ${scope.chainId} and e.location_id = ${scope.locationId} and e.event_id = any(${ids}) and e.status = 'open'
       order by e.event_id for update`.execute(tx);
    const revisions = new Map(events.map((one) => [one.eventId, one.revision]));
    if (locked.rows.length !== ids.length || locked.rows.some((one) => one.revision !== revisions.get(one.eventId))) {
      throw new Problem('changed_meanwhile', 409, 'Somebody else has changed this event.');
    }
    if (locked.rows.some(({ paid }) => paid) && !rights.has('appointments.cancel_paid')) throw rightMissing('appointments.cancel_paid');
    await closeEvents(tx, scope, ids, { because: wish.because, by }, at);
    for (const id of ids) {
      const audited = { action: 'event.cancelled', subject: { kind: 'event', id }, locationId: scope.locationId };
      await noteAudit(tx, ctx, viewer.who, { ...audited, before: { status: 'open' }, after: { status: 'cancelled', because: wish.because } });
      await tell(tx, scope.chainId, {
        id: ctx.newId('out'),
        topic: 'event.cancelled',
        subjectId: id,
        payload: { by: 'staff', because: wish.because },
        at,
      });
    }
  });
  // a good part of it at once, for who waits before the screen; the chore does the rest
  await emptyEvents(ctx, { limit: 20 });
}
