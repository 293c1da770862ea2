import { sql } from 'kysely';
import { tell } from '../kit/outbox.ts';
import type { CalendarViewer } from './calendar-viewer.ts';
import type { BookingContext } from './context.ts';
import { openForChange } from './open-for-change.ts';
import { noteStaffChange } from './store-staff-changes.ts';

/** The salon's own words about an appointment, in whatever status it is. Refuses with `changed_meanwhile`. */
export async function commentAppointment(
  ctx: BookingContext,
  viewer: CalendarViewer,
  appointmentId: string,
  { version, comment }: { version: number; comment: string },
): Promise<void> {
  const { scope, who } = { scope: viewer.place.scope, who: viewer.who };
  await ctx.db.transaction(async (tx) => {
    const at = ctx.now();
    await openForChange(tx, viewer, appointmentId, version, at);
    const { rows } = await sql<{ before: string }>`
      select comment "before" from appointments where chain_id = ${scope.chainId} and appointment_id = ${appointmentId}`.execute(tx);
    const before = rows[0]?.before ?? '';
    if (before === comment) return;
    await sql`
      update appointments set comment = ${comment}, changed_at = ${at} where chain_id = ${scope.chainId} and appointment_id = ${appointmentId}`.execute(
      tx,
    );
    await noteStaffChange(tx, scope, { appointmentId, who, at, what: 'commented', detail: { before: { comment: before }, after: { comment } } });
    await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: 'appointment.changed', subjectId: appointmentId, payload: { by: 'staff' }, at });
  });
}
