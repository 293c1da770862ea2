import { sql } from 'kysely';
import { mintScope, type Scope } from '../access/scope.ts';
import { endHold, liveHoldsFor } from '../accounts/hold-rows.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { lockAccounts } from '../ledger/lock-accounts.ts';
import { livePayment } from '../payments/read-order.ts';
import { PAGE_MINUTES, stillDueMinor } from './appointment-rules.ts';
import { spendHeld } from './spend-held.ts';
import { type AppointmentRow, appointmentsOf, lockBooking, noteChange } from './store.ts';

/** Spends what a client keeps on their account for the prepayments of a booking, if nothing is left to be paid online: what is paid together is paid together. */
export async function spendDeposits({ db, ...deps }: Pick<Deps, 'db' | 'newId' | 'now'>, scope: Scope, bookingId: string): Promise<void> {
  await db.transaction(async (tx) => {
    await lockBooking(tx, scope.chainId, bookingId);
    await spendWhatPays(tx, deps, scope, await appointmentsOf(tx, scope.chainId, bookingId), deps.now());
  });
}

async function spendWhatPays(
  tx: Tx,
  deps: Pick<Deps, 'newId' | 'now'>,
  scope: Scope,
  appointments: readonly AppointmentRow[],
  at: Date,
): Promise<void> {
  if (appointments.some((one) => stillDueMinor(one, at) > 0n)) return;
  const ids = appointments.filter(({ heldForPrepaymentMinor }) => heldForPrepaymentMinor > 0n).map(({ appointmentId }) => appointmentId);
  if (ids.length === 0) return;
  const held = await spendHeld(tx, deps, scope, ids, at);
  if (held.accountIds.length > 0) await lockAccounts(tx, scope.chainId, held.accountIds);
  await held.post();
}

interface Waiting {
  readonly chainId: string;
  readonly locationId: string;
  readonly bookingId: string;
}

/**
 * Looks at what clients keep on their accounts for prepayments, when its time has come: spends what pays all that is left (the process died after the claim, the
 * salon asks for less by now), and lets go what nobody is paying the rest of. Answers how many bookings it has looked at.
 */
export async function followDeposits({ db, ...deps }: Pick<Deps, 'db' | 'newId' | 'now'>, { limit }: { limit: number }): Promise<number> {
  const at = deps.now();
  const { rows } = await sql<Waiting>`
    select distinct a.chain_id "chainId", a.location_id "locationId", a.booking_id "bookingId" from (
      select chain_id, purpose_id from account_holds where status = 'live' and look_at <= ${at} order by look_at limit ${limit}) h
      join appointments a on a.chain_id = h.chain_id and a.appointment_id = h.purpose_id order by 1, 3`.execute(db.read);
  for (const { chainId, locationId, bookingId } of rows) {
    const scope = mintScope(chainId, locationId);
    await db.transaction(async (tx) => {
      await lockBooking(tx, chainId, bookingId);
      await spendWhatPays(tx, deps, scope, await appointmentsOf(tx, chainId, bookingId), at);
      const live = await livePayment(tx, chainId, { kind: 'booking', id: bookingId });
      for (const one of await appointmentsOf(tx, chainId, bookingId)) if (one.heldForPrepaymentMinor > 0n) await letGo(tx, scope, one, live, at);
    });
  }
  return rows.length;
}

/** What is kept with a time goes with it; else it is kept as long as the rest may be paid by the page that the client was sent to. */
async function letGo(
  tx: Tx,
  { chainId }: Scope,
  { appointmentId, status, freesAt, heldForPrepaymentMinor }: AppointmentRow,
  live: Awaited<ReturnType<typeof livePayment>>,
  at: Date,
): Promise<void> {
  const holds = (await liveHoldsFor(tx, chainId, { kind: 'appointment', id: appointmentId })).filter(({ toward }) => toward === 'prepayment');
  const pageEnds = Math.max(...holds.map(({ madeAt }) => madeAt.getTime())) + PAGE_MINUTES * 60_000;
  const until = status === 'held' && freesAt ? freesAt.getTime() : Math.max(pageEnds, live ? new Date(live.payableUntil).getTime() : 0);
  if (until > at.getTime() || status === 'held' || live?.status === 'processing') {
    const lookAt = new Date(Math.max(until, at.getTime() + 60_000));
    await sql`
      update account_holds set look_at = ${lookAt}
       where chain_id = ${chainId} and hold_id = any(${holds.map(({ holdId }) => holdId)}::text[])`.execute(tx);
    return;
  }
  for (const { holdId } of holds) await endHold(tx, chainId, { holdId, spentMinor: 0n, because: 'run_out', at });
  await noteChange(tx, chainId, appointmentId, at, 'account_hold_released', 'clock', { amountMinor: Number(heldForPrepaymentMinor) });
}
