import type { OwnTopUp } from '@holdfast/contract/deposits';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { ownerOf } from '../accounts/account-name.ts';
import { payTopUp } from '../accounts/pay-top-up.ts';
import { topUpOrder } from '../accounts/top-up-room.ts';
import { insertTopUp, topUpByKey } from '../accounts/top-up-rows.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import type { PageToPay } from '../payments/open-page.ts';
import { lookAtOrder } from '../payments/sweep-payments.ts';
import type { BookingContext } from './context.ts';
import { leastToTopUp, ownAccount } from './own-accounts.ts';

/** Fillings that may be begun from one booking's page within an hour: each is a call at the provider. */
const MOST_AN_HOUR = 10;

/**
 * Where a client goes and fills their own account, from a booking's page, and back to it. The same key again is the same one. Refuses with `phone_not_confirmed`,
 * `not_found`, `step_not_allowed` (this account is not filled online), `invalid_request` (too little to be charged), `too_many_requests`, and as {@link payTopUp}.
 */
export async function topUpByClient(ctx: BookingContext, scope: Scope, bookingId: string, wish: OwnTopUp): Promise<PageToPay> {
  const { clientId, currency, mayTopUp } = await ownAccount(ctx, scope, bookingId, wish.typeId);
  if (!mayTopUp) throw new Problem('step_not_allowed', 409, 'This account is not filled here any more.');
  const leastMinor = await leastToTopUp(ctx, scope);
  if (BigInt(wish.amountMinor) < leastMinor)
    throw new Problem('invalid_request', 422, 'This is too little to be charged online.', { leastOnlineMinor: Number(leastMinor) });
  const key = `own/${bookingId}/${wish.key}`;
  const before = await topUpByKey(ctx.db.read, scope, key);
  if (before) return payTopUp(ctx, scope, before.id);
  const id = ctx.newId('top');
  await ctx.db
    .transaction(async (tx) => {
      const at = ctx.now();
      await sql`select 1 from bookings where chain_id = ${scope.chainId} and booking_id = ${bookingId} for update`.execute(tx);
      const { rows } = await sql<{ n: number }>`
        select count(*)::int n from account_top_ups
         where chain_id = ${scope.chainId} and booking_id = ${bookingId} and made_at > ${new Date(at.getTime() - 3_600_000)}`.execute(tx);
      if ((rows[0]?.n ?? 0) >= MOST_AN_HOUR) throw new Problem('too_many_requests', 429, 'Too many payments were begun here.');
      const ownerId = ownerOf({ clientId, typeId: wish.typeId ?? '' });
      const by = { id: 'client', name: '' };
      await insertTopUp(tx, scope, {
        id,
        ownerId,
        kind: 'link',
        key,
        registerId: null,
        amountMinor: BigInt(wish.amountMinor),
        currency,
        by,
        at,
        bookingId,
      });
    })
    .catch(async (error: unknown) => {
      // the same click in another request was first
      if (!isSqlError(error) || error.constraint !== 'account_top_ups_once') throw error;
    });
  const made = await topUpByKey(ctx.db.read, scope, key);
  return payTopUp(ctx, scope, made?.id ?? id);
}

/** The client is back: asks the provider how what they have begun from here stands. */
export async function lookAtOwnTopUps(ctx: BookingContext, scope: Scope, bookingId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select top_up_id id from account_top_ups
     where chain_id = ${scope.chainId} and booking_id = ${bookingId} and done_at is null and cancelled_at is null order by made_at desc limit 3`.execute(
    ctx.db.read,
  );
  for (const { id } of rows) await lookAtOrder(ctx.payments, scope, topUpOrder(id));
}
