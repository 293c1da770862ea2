import type { OwnPart } from '@holdfast/contract/deposits';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import { closePagesFor } from '../payments/close-pages.ts';
import { supersedePayments } from '../payments/supersede-payments.ts';
import { divideDue } from './account-part.ts';
import { PAGE_MINUTES, stillDueMinor } from './appointment-rules.ts';
import type { BookingContext } from './context.ts';
import { freshRules } from './fresh-rules.ts';
import { ownAccount } from './own-accounts.ts';
import { spendDeposits } from './spend-deposits.ts';
import { appointmentsOf, lockBooking } from './store.ts';

/**
 * So much of what a booking still asks for is kept on its client's account, and spent when nothing is left to be paid online; a page that asks for more is closed.
 * The same key again has no other effect. Refuses with `phone_not_confirmed`, `not_found`, `payment_in_progress`, `nothing_to_pay`, `not_enough_on_account`, and as
 * {@link divideDue} does.
 */
export async function payPart(ctx: BookingContext, scope: Scope, bookingId: string, wish: OwnPart): Promise<void> {
  const { clientId, currency } = await ownAccount(ctx, scope, bookingId, wish.typeId);
  const { paying } = await freshRules(ctx, scope);
  const order = { kind: 'booking', id: bookingId };
  const key = `own/${bookingId}/${wish.key}`;
  await ctx.db
    .transaction(async (tx) => {
      await lockBooking(tx, scope.chainId, bookingId);
      const at = ctx.now();
      const { rows: before } = await sql`
        select 1 from account_holds where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and starts_with(key, ${`${key}/`}) limit 1`.execute(
        tx,
      );
      if (before.length > 0) return;
      const appointments = await appointmentsOf(tx, scope.chainId, bookingId);
      const due = appointments
        .map((one) => ({ id: one.appointmentId, due: Number(stillDueMinor(one, at)), until: one.holdExpiresAt }))
        .filter((one) => one.due > 0);
      if (due.length === 0) throw new Problem('nothing_to_pay', 409, 'Nothing has to be paid now.');
      if ((await supersedePayments(tx, scope, order, at)) === 'processing')
        throw new Problem('payment_in_progress', 409, 'A payment for this booking is being checked.');
      const deadlines = due.flatMap(({ until }) => (until ? [until.getTime()] : []));
      const { part } = divideDue(
        due,
        { typeId: wish.typeId, amountMinor: wish.amountMinor },
        {
          newId: ctx.newId,
          currency,
          at,
          payableUntil: new Date(Math.min(...deadlines, at.getTime() + PAGE_MINUTES * 60_000)),
          leastOnlineMinor: paying.minimumChargeMinor,
        },
      );
      const named = part && { ...part, holds: part.holds.map((hold, line) => ({ ...hold, id: hold.id, key: `${key}/${line}` })) };
      await sql`select hold_part_on_account(${scope.chainId}, ${scope.locationId}, ${clientId}, ${JSON.stringify(named)}::jsonb, ${at})`.execute(tx);
    })
    .catch((error: unknown) => {
      if (!isSqlError(error) || error.code !== 'HF018') throw error;
      throw new Problem('not_enough_on_account', 409, 'There is not that much on the account.', { spendableMinor: Number(error.detail) });
    });
  await closePagesFor(ctx.payments, scope, order);
  await spendDeposits(ctx, scope, bookingId);
}
