import { type AppointmentStatus, mayStep, type StaffStep } from '@holdfast/contract/steps';
import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import type { CalendarViewer } from './calendar-viewer.ts';
import type { BookingContext } from './context.ts';
import { openForChange } from './open-for-change.ts';
import { withdrawRefunds } from './open-refund.ts';
import { proposeRefund } from './propose-refund.ts';
import { noteStaffChange, statusBefore } from './store-staff-changes.ts';

/** What each step makes of an appointment, and what is told of it. An undo leads back to where the step was taken from. */
const steps = {
  confirm: { to: 'confirmed', what: 'confirmed', topic: 'appointment.confirmed' },
  arrive: { to: 'arrived', what: 'arrived', topic: 'appointment.arrived' },
  markNoShow: { to: 'no_show', what: 'no_show', topic: 'appointment.no_show' },
  undoArrive: { undoes: 'arrived', what: 'arrival_undone', topic: 'appointment.changed' },
  undoNoShow: { undoes: 'no_show', what: 'no_show_undone', topic: 'appointment.changed' },
} as const satisfies Record<StaffStep, { what: string; topic: string } & ({ to: AppointmentStatus } | { undoes: string })>;

/**
 * Staff say how it stands with a client: confirmed, here, did not come, and each of it undone. Confirming a hold gives up the prepayment it waits for (it
 * can still be paid). Refuses with `changed_meanwhile`, `step_not_allowed`, `hold_run_out`.
 */
export async function takeStep(
  ctx: BookingContext,
  viewer: CalendarViewer,
  appointmentId: string,
  { version, step }: { version: number; step: StaffStep },
): Promise<void> {
  const { scope } = viewer.place;
  await ctx.db.transaction(async (tx) => {
    const at = ctx.now();
    const { row } = await openForChange(tx, viewer, appointmentId, version, at);
    if (!mayStep(step, row.status)) {
      throw new Problem('step_not_allowed', 409, 'This step cannot be taken from here.', { step, status: row.status });
    }
    const { what, topic, ...way } = steps[step];
    const status = 'to' in way ? way.to : backTo(await statusBefore(tx, scope, appointmentId, way.undoes), row.paidMinor);
    await setStatus(tx, scope.chainId, appointmentId, status, at);
    const waived = row.status === 'held' ? { prepaymentWaived: true } : {};
    const detail = { before: { status: row.status }, after: { status }, ...waived };
    await noteStaffChange(tx, scope, { appointmentId, who: viewer.who, at, what, detail });
    await tell(tx, scope.chainId, { id: ctx.newId('out'), topic, subjectId: appointmentId, payload: { by: 'staff' }, at });
    if (step === 'markNoShow') await proposeRefund(tx, ctx, scope, { visit: row, reason: 'no_show', caseId: appointmentId, countsFrom: at }, at);
    if (step === 'undoNoShow') await withdrawRefunds(tx, scope, appointmentId, 'no_show', viewer.who.name, at);
  });
}

/** Whoever has paid since is confirmed by it, as they would have been before the step. */
function backTo(before: string | undefined, paidMinor: bigint): AppointmentStatus {
  return before === 'waiting' && paidMinor === 0n ? 'waiting' : 'confirmed';
}

/** A hold that is confirmed is no longer on loan, and no longer asks for its prepayment first. */
async function setStatus(tx: Tx, chainId: string, appointmentId: string, status: AppointmentStatus, at: Date): Promise<void> {
  await sql`
    update appointments set status = ${status}, changed_at = ${at}, required = required and status <> 'held',
           hold_expires_at = case when status = 'held' then null else hold_expires_at end, frees_at = case when status = 'held' then null else frees_at end
     where chain_id = ${chainId} and appointment_id = ${appointmentId}`.execute(tx);
  await sql`
    update occupancy set frees_at = null
     where chain_id = ${chainId} and source_kind = 'appointment' and source_id = ${appointmentId} and frees_at is not null`.execute(tx);
}
