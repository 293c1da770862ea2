import type { AccountPage, AccountStatement, AccountsOfClient } from '@holdfast/contract/accounts';
import type { PaymentStarted } from '@holdfast/contract/booking';
import type { Checkout } from '@holdfast/contract/checkout';
import { sql } from 'kysely';
import { mintScope, type Scope } from '../access/scope.ts';
import { openLocationBooks } from '../ledger/open-location-books.ts';
import { call, clientOf } from './call.ts';
import type { StaffUser } from './sign-in-as.ts';
import type { TestApp } from './test-app.ts';
import { wishFor } from './wishes.ts';

/** A refusal or an answer: tests look at whichever they expect. */
export type Said<T> = T & { readonly code?: string; readonly detail?: Readonly<Record<string, unknown>> };

/** Another location of the chain, of the same currency, with its registers; a user works there as well. */
export async function secondLocation(app: TestApp, user: StaffUser, { role = 'owner', currency = 'EUR', id = 'loc_second' } = {}): Promise<Scope> {
  const { chainId, locationId } = app.scope;
  const scope = mintScope(chainId, id);
  await app.database.transaction(async (tx) => {
    await sql`
      insert into locations (chain_id, location_id, slug, name, country, currency, time_zone, default_language, languages, step_minutes, lead_minutes, horizon_days,
                             holds_per_phone, holds_per_address_per_hour, holds_share_percent, terms, created_at)
      select chain_id, ${id}, ${id.replace('_', '-')}, 'Second', country, ${currency}, time_zone, default_language, languages, step_minutes, lead_minutes, horizon_days,
             holds_per_phone, holds_per_address_per_hour, holds_share_percent, terms, created_at from locations where chain_id = ${chainId} and location_id = ${locationId}`.execute(
      tx,
    );
    await sql`insert into user_locations (chain_id, user_id, location_id, role) values (${chainId}, ${user.userId}, ${id}, ${role})`.execute(tx);
    await openLocationBooks(tx, app.payments, scope, currency);
  });
  return scope;
}

/** A desk that works with client accounts as its screens do. */
export function accountDesk(app: TestApp, user: StaffUser) {
  let keys = 0;
  // no two things happen at the same moment: what a statement says is in an order
  const key = () => {
    app.clock.advance({ seconds: 1 });
    return `key_of_an_account_${user.userId}_${keys++}`;
  };
  const { chainId } = app.scope;
  const at = (scope: Scope) => `locations/${scope.locationId}`;
  const desk = {
    key,
    async client(name = 'Ann'): Promise<string> {
      const id = app.salon.newId('cli');
      await sql`
        insert into clients (chain_id, client_id, name, phone, language, created_at) values (${chainId}, ${id}, ${name}, null, 'en', ${app.clock.now()})`.execute(
        app.database.read,
      );
      return id;
    },
    accounts: (clientId: string, scope = app.scope) => user.call<Said<AccountsOfClient>>('GET', `${at(scope)}/clients/${clientId}/accounts`),
    async page(accountId: string, scope = app.scope) {
      return (await user.call<Said<AccountPage>>('GET', `${at(scope)}/client-accounts/${accountId}`)).body;
    },
    async register(name: 'main' | 'card' = 'main', scope = app.scope) {
      const { rows } = await sql<{ id: string }>`
        select account_id id from ledger_accounts where chain_id = ${chainId} and location_id = ${scope.locationId} and kind = 'register' and owner_id = ${name}`.execute(
        app.database.read,
      );
      return rows[0]?.id ?? '';
    },
    async topUp(accountId: string, amountMinor: number, more: { scope?: Scope; key?: string; register?: 'main' | 'card' } = {}) {
      const scope = more.scope ?? app.scope;
      const wish = { key: more.key ?? key(), registerId: await desk.register(more.register, scope), amountMinor };
      return user.call<Said<AccountPage>>('POST', `${at(scope)}/client-accounts/${accountId}/top-ups`, wish);
    },
    link: (accountId: string, amountMinor: number, wished = key()) =>
      user.here<Said<AccountPage>>('POST', `client-accounts/${accountId}/top-up-links`, { key: wished, amountMinor }),
    reverseTopUp: (topUpId: string, more: object = {}, scope = app.scope) =>
      user.call<Said<AccountPage>>('POST', `${at(scope)}/top-ups/${topUpId}/reversal`, { because: 'a mistake', ...more }),
    async statement(accountId: string, query = '') {
      return (await user.here<AccountStatement>('GET', `client-accounts/${accountId}/statement${query}`)).body;
    },
    async checkout(visit: string, scope = app.scope) {
      return (await user.call<Checkout>('GET', `${at(scope)}/appointments/${visit}/checkout`)).body;
    },
    async pay(
      visit: string,
      accountId: string,
      amountMinor: number,
      more: { scope?: Scope; key?: string; version?: number; how?: 'payments' | 'holds' } = {},
    ) {
      const scope = more.scope ?? app.scope;
      const version = more.version ?? (await desk.checkout(visit, scope)).version;
      const wish = { key: more.key ?? key(), accountId, amountMinor, version };
      return user.call<Said<Checkout>>('POST', `${at(scope)}/appointments/${visit}/account-${more.how ?? 'payments'}`, wish);
    },
    hold: (visit: string, accountId: string, amountMinor: number, more: object = {}) =>
      desk.pay(visit, accountId, amountMinor, { ...more, how: 'holds' }),
    release: (holdId: string) => user.here<Said<Checkout>>('POST', `account-holds/${holdId}/release`, { because: 'the client pays in cash' }),
    reversePayment: (paymentId: string, scope = app.scope) =>
      user.call<Said<Checkout>>('POST', `${at(scope)}/account-payments/${paymentId}/reversal`, { because: 'a mistake' }),
    async cash(visit: string, amountMinor: number) {
      const { version } = await desk.checkout(visit);
      return user.here<Said<Checkout>>('POST', `appointments/${visit}/desk-payments`, {
        key: key(),
        registerId: await desk.register(),
        amountMinor,
        version,
      });
    },
    followLink(visit: string) {
      const token = app.booking.links.urlOf(chainId, visit).split('/').at(-1);
      return call<PaymentStarted & { code?: string }>(app, 'POST', `/api/v1/payment-links/${token}/payments`);
    },
  };
  return desk;
}

const booked = new WeakMap<TestApp, number>();
/** A visit as a client books it, one after the other: nobody else has its time. */
export async function visitOf(
  app: TestApp,
  { serviceIds = ['srv_cut'], people = 40 } = {},
): Promise<{ id: string; clientId: string; token: string }> {
  const n = booked.get(app) ?? 0;
  booked.set(app, n + 1);
  const day = Math.floor(app.clock.now().getTime() / 86_400_000) * 86_400_000 + 86_400_000 + 12 * 3_600_000;
  const startsAt = new Date(day + Math.floor(n / people) * 2 * 3_600_000).toISOString();
  const wish = await wishFor(app, { serviceIds, staffId: `stf_${n % people}`, startsAt, pay: [] });
  const { body } = await clientOf(app).book(wish(n));
  const id = body.appointments[0]?.id ?? '';
  const { rows } = await sql<{ clientId: string }>`select client_id "clientId" from appointments where appointment_id = ${id}`.execute(
    app.database.read,
  );
  return { id, clientId: rows[0]?.clientId ?? '', token: body.token };
}
