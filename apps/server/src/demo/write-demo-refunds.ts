import { sql } from 'kysely';
import { cancelByStaff } from '../booking/cancel-by-staff.ts';
import type { BookingContext } from '../booking/context.ts';
import { takeAtDesk } from '../desk/take-at-desk.ts';
import { registersOf } from '../finance/read-registers.ts';
import { approveRefund } from '../refunds/change-refund.ts';
import { proposeByStaff } from '../refunds/propose-by-staff.ts';
import { sendRefund } from '../refunds/send-refund.ts';
import type { DemoLocation } from './demo-location.ts';
import { demoLocations } from './seed-demo.ts';
import { accountantAt } from './write-demo-transactions.ts';

/** Of the visits still to come, the last ones first: how each was paid, and how far its refund has come. */
const stories = [
  { register: 'card', becomes: 'cancelled', because: 'The client has to travel for work' },
  { register: 'main', becomes: 'approved', because: 'A voucher was forgotten: half of it back' },
  { register: 'main', becomes: 'given_back', because: 'Our colleague is ill that week' },
] as const;

/** A few refunds, at each point of their way, by the product's own deeds. Once: what has become of them since stays. */
export async function writeDemoRefunds(ctx: BookingContext): Promise<void> {
  for (const location of demoLocations) {
    const { chainId, locationId } = accountantAt(location).place.scope;
    const { rows } = await sql`select 1 from refunds where chain_id = ${chainId} and location_id = ${locationId} limit 1`.execute(ctx.db.read);
    if (rows.length === 0) await writeFor(ctx, location);
  }
}

async function writeFor(ctx: BookingContext, location: DemoLocation): Promise<void> {
  const at = accountantAt(location);
  const { chainId, locationId } = at.place.scope;
  const registers = await registersOf(ctx.db.read, at.place.scope);
  const { rows: visits } = await sql<{ id: string; version: number; due: bigint }>`
    select appointment_id id, version, cost_minor due from appointments
     where chain_id = ${chainId} and location_id = ${locationId} and status = 'waiting' and paid_minor = 0 and cost_minor > 0
       and starts_at > ${new Date(ctx.now().getTime() + 4 * 86_400_000)} order by starts_at desc, appointment_id limit ${stories.length}`.execute(
    ctx.db.read,
  );
  for (const [n, { id: appointmentId, version, due }] of visits.entries()) {
    const story = stories[n];
    const registerId = registers.find(({ name }) => name === story?.register)?.id;
    if (!story || !registerId) continue;
    const key = (what: string) => `demo_${location.key}_refund_${what}_${n}`;
    await takeAtDesk(ctx, at, appointmentId, { key: key('paid'), registerId, amountMinor: Number(due), version });
    if (story.becomes === 'approved') {
      const source = await paidWith(ctx, chainId, appointmentId);
      await proposeByStaff(ctx, at, { key: key('half'), appointmentId, source, amountMinor: Math.round(Number(due) / 2), because: story.because });
    } else {
      const viewer = { ...at, onlyStaffId: undefined, clients: true, contacts: true };
      await cancelByStaff(ctx, viewer, appointmentId, {
        version: await versionOf(ctx, chainId, appointmentId),
        because: story.because,
        refund: 'all',
      });
    }
    if (story.becomes === 'cancelled') continue;
    await approveRefund(ctx, at, ...(await refundOf(ctx, chainId, appointmentId)));
    if (story.becomes !== 'given_back') continue;
    const [refundId, { version: approved }] = await refundOf(ctx, chainId, appointmentId);
    await sendRefund(ctx, at, refundId, { version: approved, key: key('handed_over'), way: 'register', registerId });
  }
}

async function paidWith(ctx: BookingContext, chainId: string, appointmentId: string): Promise<{ kind: 'desk'; id: string; lineNo: number }> {
  const { rows } = await sql<{ id: string }>`
    select desk_payment_id id from desk_payments where chain_id = ${chainId} and appointment_id = ${appointmentId}`.execute(ctx.db.read);
  return { kind: 'desk', id: rows[0]?.id ?? '', lineNo: 0 };
}

async function versionOf(ctx: BookingContext, chainId: string, appointmentId: string): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    select version from appointments where chain_id = ${chainId} and appointment_id = ${appointmentId}`.execute(ctx.db.read);
  return rows[0]?.version ?? 0;
}

async function refundOf(ctx: BookingContext, chainId: string, appointmentId: string): Promise<[string, { version: number }]> {
  const { rows } = await sql<{ id: string; version: number }>`
    select refund_id id, version from refunds where chain_id = ${chainId} and appointment_id = ${appointmentId}`.execute(ctx.db.read);
  return [rows[0]?.id ?? '', { version: rows[0]?.version ?? 0 }];
}
