import type { AccountHold, AccountPage, AccountsOfClient, ClientAccounts, TopUp } from '@holdfast/contract/accounts';
import { toJsonAmount } from '@holdfast/contract/money';
import { sql } from 'kysely';
import { mayTouchRegister, withinLastDays } from '../access/limits-of-place.ts';
import { mintScope } from '../access/scope.ts';
import type { Place } from '../access/who.ts';
import { accountIdOf } from '../accounts/account-name.ts';
import { accountRowsOfClient, accountTotals, type ListAsked, listAccountRows } from '../accounts/account-rows.ts';
import { freeMinor } from '../accounts/account-rules.ts';
import { typesToOpen } from '../accounts/account-types.ts';
import { type AccountRow, findAccount, shownAccount } from '../accounts/find-account.ts';
import { type HoldRow, liveHoldsOn, type RefundHold, refundHoldsOn } from '../accounts/hold-rows.ts';
import { type TopUpRow, topUpsOf } from '../accounts/top-up-rows.ts';
import { isReversible, topUpState } from '../accounts/top-up-rules.ts';
import type { BookingContext } from '../booking/context.ts';
import { searchPatterns } from '../clients/search-pattern.ts';
import { type Register, registersOf } from '../finance/read-registers.ts';
import { Problem } from '../kit/problem.ts';
import { channelsToClient } from '../messages/channels-to-client.ts';
import { readOnlineMethod } from '../payments/read-methods.ts';
import { readSecondLook } from '../refunds/second-look.ts';
import { countedMinor, restOf } from './give-back-rest.ts';
import { shownSecondLook } from './shown-second-look.ts';
import { timeZoneOf } from './store.ts';
import type { AtDesk } from './take-for-visit.ts';

const sees = ({ rights }: Place) => ({ seesClients: rights.has('clients.see') });

/** A client's accounts as one location sees them. Refuses with `not_found`. */
export async function readAccountsOfClient(ctx: BookingContext, place: Place, clientId: string): Promise<AccountsOfClient> {
  const q = ctx.db.read;
  const { scope } = place;
  const rows = await accountRowsOfClient(q, scope, clientId);
  const [first] = rows;
  if (!first) throw new Problem('not_found', 404, 'There is no such client.');
  const method = await readOnlineMethod(q, scope, 'visit_link');
  return {
    clientId,
    clientName: sees(place).seesClients ? first.clientName : null,
    accounts: rows.map((row) => shownAccount(row, sees(place))),
    mayOpen: place.rights.has('accounts.top_up') && !first.erased ? [...(await typesToOpen(q, scope, clientId))] : [],
    registers: (await registersOf(q, scope))
      .filter(({ id }) => place.rights.has('accounts.top_up') && mayTouchRegister(place, id))
      .map(({ id, name, kind, currency }) => ({ id, name, kind, currency })),
    link: {
      state: method.enabled ? 'ready' : 'off',
      mayBeSentBy: place.rights.has('accounts.top_up') ? await channelsToClient(q, scope, clientId) : [],
    },
  };
}

/** Accounts of the chain. */
export async function listAccounts(
  ctx: BookingContext,
  place: Place,
  { after, search, ...asked }: Omit<ListAsked, 'after'> & { search: string; after: string | undefined },
): Promise<ClientAccounts> {
  const { scope } = place;
  // who does not see clients does not find them by name either
  const patterns = sees(place).seesClients ? searchPatterns(search) : [];
  const rows = await listAccountRows(ctx.db.read, scope, { ...asked, limit: asked.limit + 1, after: pageAfter(after) }, patterns);
  const page = rows.slice(0, asked.limit);
  const last = page.at(-1);
  return {
    accounts: page.map((row) => shownAccount(row, sees(place))),
    next: rows.length > asked.limit && last ? `${last.balanceMinor}.${accountIdOf(last)}` : null,
    totals: (await accountTotals(ctx.db.read, scope.chainId)).map(({ currency, ...sums }) => ({
      currency,
      owedMinor: toJsonAmount(sums.owedMinor),
      owingMinor: toJsonAmount(sums.owingMinor),
      heldMinor: toJsonAmount(sums.heldMinor),
    })),
  };
}

function pageAfter(after: string | undefined): ListAsked['after'] {
  if (after === undefined) return undefined;
  const [, balance, owner, currency] = /^(-?\d{1,18})\.(.{1,130})~([A-Z]{3})$/.exec(after) ?? [];
  if (!balance || !owner || !currency) throw new Problem('invalid_request', 422, 'There is no such page.');
  return { balanceMinor: BigInt(balance), ownerId: owner.replace('~', '/'), currency };
}

/** One account with what was put on it and what is held. */
export async function readAccountPage(ctx: BookingContext, desk: AtDesk, accountId: string): Promise<AccountPage> {
  const q = ctx.db.read;
  const { place } = desk;
  const { scope } = place;
  const account = await findAccount(q, scope, accountId);
  const registers = await registersOf(q, scope);
  const names = await registerNames(ctx, scope.chainId, account);
  const timeZone = await timeZoneOf(q, scope);
  const at = ctx.now();
  const topUps = await topUpsOf(q, scope.chainId, account);
  return {
    account: shownAccount(account, sees(place)),
    topUps: topUps.map((one) => topUpRow(ctx, place, one, { registers, names, timeZone, at })),
    holds: [
      ...(await liveHoldsOn(q, scope.chainId, account)).map((one) => shownHold(place, one)),
      ...(await refundHoldsOn(q, scope.chainId, account)).map((one) => shownRefundHold(place, account, one)),
    ],
    payout: await readPayout(ctx, desk, account, { registers, topUps, at }),
  };
}

/** How what is left of it could go back, and why not. */
async function readPayout(
  ctx: BookingContext,
  { who, place }: AtDesk,
  account: AccountRow,
  { registers, topUps, at }: { registers: readonly Register[]; topUps: readonly TopUpRow[]; at: Date },
): Promise<AccountPage['payout']> {
  const { scope, rights, refundLimitMinor } = place;
  const q = ctx.db.read;
  const asked = shownSecondLook(await readSecondLook(q, scope, { kind: 'account', id: accountIdOf(account) }, at), who);
  const over = refundLimitMinor !== undefined && (await countedMinor(q, scope.chainId, account, at)) > refundLimitMinor;
  return {
    restMinor: toJsonAmount(freeMinor(account)),
    whyNot: !rights.has('refunds.make') ? 'right_missing' : over ? 'over_limit' : asked?.byYou ? 'second_person' : null,
    registers: registers
      .filter(({ id, currency }) => currency === account.currency && mayTouchRegister(place, id))
      .map(({ id, name }) => ({ id, name })),
    providers: topUps
      .filter((one) => one.locationId === scope.locationId && restOf(account, one) > 0n)
      .map((one) => ({ topUpId: one.id, doneAt: (one.doneAt ?? one.madeAt).toISOString(), amountMinor: toJsonAmount(restOf(account, one)) })),
    asked,
  };
}

export function shownHold(place: Place, one: HoldRow): AccountHold {
  return {
    id: one.holdId,
    accountId: accountIdOf(one),
    clientName: sees(place).seesClients ? one.clientName : null,
    typeName: one.typeName,
    for: 'visit',
    appointmentId: one.purposeId,
    locationId: one.locationId,
    heldMinor: toJsonAmount(one.heldMinor),
    currency: one.currency,
    since: one.madeAt.toISOString(),
    by: one.userName,
    mayRelease: one.locationId === place.scope.locationId && place.rights.has('accounts.pay'),
  };
}

/** Nobody lets it go: the provider ends it. */
function shownRefundHold(place: Place, account: AccountRow, one: RefundHold): AccountHold {
  return {
    id: one.refundId,
    accountId: accountIdOf(account),
    clientName: sees(place).seesClients ? account.clientName : null,
    typeName: account.typeName,
    for: 'refund',
    appointmentId: one.appointmentId,
    locationId: one.locationId,
    heldMinor: toJsonAmount(one.heldMinor),
    currency: account.currency,
    since: one.madeAt.toISOString(),
    by: one.madeBy,
    mayRelease: false,
  };
}

/** Registers of every location at which something was put on the account, by their ledger accounts. */
async function registerNames(
  ctx: BookingContext,
  chainId: string,
  account: AccountRow,
): Promise<ReadonlyMap<string, { name: string; kind: Register['kind'] }>> {
  const places = await sql<{ locationId: string }>`
    select distinct location_id "locationId" from account_top_ups
     where chain_id = ${chainId} and owner_id = ${account.ownerId} and currency = ${account.currency}`.execute(ctx.db.read);
  const names = new Map<string, { name: string; kind: Register['kind'] }>();
  for (const { locationId } of places.rows)
    for (const { id, name, kind } of await registersOf(ctx.db.read, mintScope(chainId, locationId))) names.set(id, { name, kind });
  return names;
}

function topUpRow(
  ctx: BookingContext,
  place: Place,
  one: TopUpRow,
  {
    registers,
    names,
    timeZone,
    at,
  }: { registers: readonly Register[]; names: ReadonlyMap<string, { name: string; kind: Register['kind'] }>; timeZone: string; at: Date },
): TopUp {
  const { scope, rights } = place;
  const state = topUpState(one);
  const here = one.locationId === scope.locationId;
  const mayHandBack = one.registerId === null || registers.some(({ id, currency }) => currency === one.currency && mayTouchRegister(place, id));
  const named = (id: string) => ({ id, name: names.get(id)?.name ?? '' });
  return {
    id: one.id,
    accountId: accountIdOf(one),
    kind: one.registerId === null ? 'link' : names.get(one.registerId)?.kind === 'cashless' ? 'card' : 'cash',
    state,
    amountMinor: toJsonAmount(one.amountMinor),
    currency: one.currency,
    locationId: one.locationId,
    madeAt: one.madeAt.toISOString(),
    doneAt: one.doneAt?.toISOString() ?? null,
    by: one.userName,
    register: one.registerId === null ? null : named(one.registerId),
    url: state === 'waiting' ? ctx.topUpLinks.urlOf(scope.chainId, one.id) : null,
    mayReverse: here && isReversible(one) && mayHandBack && withinLastDays(place, 'transactions.delete', one.doneAt ?? one.madeAt, at, timeZone),
    mayCancel: here && state === 'waiting' && rights.has('accounts.top_up'),
    reversal: one.reversal && {
      at: new Date(one.reversal.askedAt).toISOString(),
      by: one.reversal.userName,
      because: one.reversal.because,
      registerName: one.reversal.registerId === null ? null : named(one.reversal.registerId).name,
      amountMinor: one.reversal.amountMinor,
    },
  };
}
