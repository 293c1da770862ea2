import type { OwnAccounts } from '@holdfast/contract/deposits';
import { toJsonAmount } from '@holdfast/contract/money';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { stateOfTopUpLink } from '../accounts/read-top-up-link.ts';
import { topUpById } from '../accounts/top-up-rows.ts';
import { takesAccounts, type UsableAccount, usableAccounts } from '../accounts/usable-accounts.ts';
import { Problem } from '../kit/problem.ts';
import { readOnlineMethod } from '../payments/read-methods.ts';
import { shownToClient } from './ask-balance.ts';
import type { BookingContext } from './context.ts';
import { freshRules } from './fresh-rules.ts';

/** The least that can be put on an account online: it is charged as links are, by their provider. */
export async function leastToTopUp(ctx: BookingContext, scope: Scope): Promise<bigint> {
  const { chainId } = scope;
  const method = await readOnlineMethod(ctx.db.read, scope, 'visit_link');
  if (!method.enabled) return 0n;
  const { connectionId, providerName: provider, sandbox } = method;
  const { catalog } = await freshRules(ctx, scope);
  return ctx.payments.providerOf({ chainId, connectionId, provider, sandbox }).minimumChargeMinor(catalog.location.currency);
}

/** Whose booking it is, once its telephone was confirmed; as with memberships, whoever books with another's number sees nothing of theirs. */
export async function confirmedClientOf({ db }: Pick<BookingContext, 'db'>, { chainId }: Scope, bookingId: string): Promise<string | undefined> {
  const { rows } = await sql<{ clientId: string }>`
    select coalesce(c.merged_into, c.client_id) "clientId" from bookings b join clients c on c.chain_id = b.chain_id and c.client_id = b.client_id
     where b.chain_id = ${chainId} and b.booking_id = ${bookingId} and b.phone_confirmed_at is not null`.execute(db.read);
  return rows[0]?.clientId;
}

/** What the booking's client has with the salon: what is on something, and what they may fill. Changes nothing. */
export async function readOwnAccounts(ctx: BookingContext, scope: Scope, bookingId: string): Promise<OwnAccounts> {
  const clientId = await confirmedClientOf(ctx, scope, bookingId);
  const leastOnlineMinor = toJsonAmount(await leastToTopUp(ctx, scope));
  if (!clientId) return { accounts: [], leastOnlineMinor, lastTopUp: null };
  const offered = await takesAccounts(ctx.db.read, scope);
  const { enabled } = await readOnlineMethod(ctx.db.read, scope, 'visit_link');
  const accounts = await usableAccounts(ctx.db.read, scope, clientId);
  return {
    accounts: accounts
      .filter(({ freeMinor }) => offered || freeMinor > 0n)
      .map((one) => ({ ...shownToClient(one), mayTopUp: enabled && one.mayTopUp && offered })),
    leastOnlineMinor,
    lastTopUp: await lastTopUpFrom(ctx, scope, bookingId),
  };
}

const A_DAY_MS = 86_400_000;

async function lastTopUpFrom({ db, now }: BookingContext, scope: Scope, bookingId: string): Promise<OwnAccounts['lastTopUp']> {
  const { rows } = await sql<{ id: string }>`
    select top_up_id id from account_top_ups
     where chain_id = ${scope.chainId} and booking_id = ${bookingId} and made_at > ${new Date(now().getTime() - A_DAY_MS)} order by made_at desc limit 1`.execute(
    db.read,
  );
  const topUp = rows[0] && (await topUpById(db.read, scope, rows[0].id));
  if (!topUp) return null;
  const state = await stateOfTopUpLink(db.read, scope, topUp);
  // what was given back or called off is no news any more
  if (state === 'returned' || state === 'cancelled') return null;
  return { amountMinor: toJsonAmount(topUp.amountMinor), currency: topUp.currency, state: state === 'paid' || state === 'checking' ? state : 'open' };
}

/** One of them. Refuses with `phone_not_confirmed` and `not_found`. */
export async function ownAccount(
  ctx: BookingContext,
  scope: Scope,
  bookingId: string,
  typeId: string | null,
): Promise<UsableAccount & { readonly clientId: string }> {
  const clientId = await confirmedClientOf(ctx, scope, bookingId);
  if (!clientId) throw new Problem('phone_not_confirmed', 409, 'The phone has to be confirmed first.', {});
  const account = (await usableAccounts(ctx.db.read, scope, clientId)).find((one) => one.typeId === typeId);
  if (!account) throw new Problem('not_found', 404, 'There is no such account.');
  return { ...account, clientId };
}
