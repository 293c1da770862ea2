import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import { type AdminRoute, collectAdminRoutes } from './admin-routes.ts';
import { clientOf } from './call.ts';
import { fillChain } from './fill-chain.ts';
import { cloneChain } from './rows-of-chain.ts';
import { type StaffUser, signInAs } from './sign-in-as.ts';
import { type TestApp, testApp } from './test-app.ts';
import { wishFor } from './wishes.ts';

export const SECOND = 'loc_second';

/** What a made-up row needs besides, so that the database's own rules let it in. */
const made = {
  ledger_seals: { hash: Buffer.alloc(32, 7) },
  services: { duration_minutes: 60 },
  webhook_inbox: { status: 'done' },
  appointments: { booked_by: 'staff', status: 'confirmed', ends_at: '2026-03-02T11:00:00Z' },
  payment_attempts: { status: 'closed' },
  messages: { status: 'sent', subject_kind: 'appointment' },
  noted_payments: { captured_minor: 1, refunded_minor: 0 },
  refunds: { status: 'open' },
  account_holds: { purpose_kind: 'appointment', status: 'released', held_minor: 0, spent_minor: 0, ended_at: '2026-03-02T10:00:00Z' },
  account_top_ups: { kind: 'link' },
  account_top_up_reversals: { refund_id: 'ref_made_up' },
  account_payouts: { refund_id: 'ref_made_up' },
  analytics_purchases: { membership_id: 'mem_made_up' },
  api_keys: { role: 'owner' },
  webhook_deliveries: { status: 'delivered', ended_at: '2026-03-02T10:00:00Z' },
  membership_types: { visits: 1 },
  membership_visits: { status: 'returned' },
  payment_disputes: { state: 'closed' },
  events: {
    starts_at: '2026-03-09T10:00:00Z',
    ends_at: '2026-03-09T11:00:00Z',
    busy: '[2026-03-09T10:00:00Z,2026-03-09T11:00:00Z)',
    status: 'cancelled',
    cancelled: '{}',
  },
  waiting_entries: { kind: 'day', day: '2026-03-09', service_ids: '{cut}', status: 'withdrawn', promise: 'pay' },
  // far from what the database will count up to by itself
  waiting_log: { log_no: 900_001 },
  waiting_looks: { look_no: 900_001 },
  payment_refunds: { status: 'refunded', done_at: '2026-03-02T10:00:00Z' },
};

export interface TwoChains {
  readonly app: TestApp;
  readonly routes: readonly AdminRoute[];
  /** Chain B: everything chain A has, under ids of its own (`b_…`). */
  readonly b: { readonly chainId: string; readonly locationId: string };
  /** Tables for which no row could be made up, and why: with them nothing is shown. */
  readonly leftEmpty: ReadonlyMap<string, string>;
  /** The same program, its own salon being chain B. */
  readonly appOfB: TestApp;
  ownerOfA(): Promise<StaffUser>;
  ownerOfB(): Promise<StaffUser>;
}

/**
 * Two chains with a row in every table there is; A has a second location besides, at which its owner has no role. Tables and routes are taken from the
 * database and from the running program, so that new ones are in it by themselves.
 */
export async function twoChains(): Promise<TwoChains> {
  const { routes, eachRoute } = collectAdminRoutes();
  const app = await testApp({
    salon: { services: { cut: { price: 4000, minutes: 60, status: 'required' } }, staff: { anna: { status: 'available' } } },
    parts: { eachRoute },
  });
  const { chainId, locationId } = app.scope;
  const client = clientOf(app);
  const wish = await wishFor(app, { serviceIds: ['cut'], staffId: 'anna', startsAt: '2026-03-03T10:00:00.000Z' });
  const { token } = (await client.book(wish(1))).body;
  app.sandbox.pay(client.sessionOf((await client.startPayment(token)).body));
  await client.comeBack(token);
  await app.afterwards();
  const q = app.database.read;
  const first = await fillChain(q, { chainId, locationId, mark: 'a', made: { ...made, user_locations: { role: 'owner' } } });
  const other = await cloneChain(app.database, chainId, 'b');
  await sql`insert into users (chain_id, user_id, email, name, language, created_at) values (${chainId}, 'usr_second', 'second@example.com', 'Second', 'en', now())`.execute(
    q,
  );
  await sql`
    insert into ledger_accounts (chain_id, account_id, location_id, kind, owner_id, currency, created_at)
    values (${chainId}, 'a2_register', ${SECOND}, 'register', 'main', 'EUR', now()), (${chainId}, 'a2_owed', ${SECOND}, 'prepayments', '', 'EUR', now())`.execute(
    q,
  );
  await sql`insert into account_types (chain_id, type_id, name, currency, made_at) values (${chainId}, 'a2_account_types', 'Second', 'EUR', now())`.execute(
    q,
  );
  const second = await fillChain(q, {
    chainId,
    locationId: SECOND,
    mark: 'a2',
    made: {
      ...made,
      noted_payments: { ...made.noted_payments, attempt_id: 'a2_payment_attempts' },
      desk_payments: { appointment_id: 'a2_appointments' },
      payment_disputes: { ...made.payment_disputes, attempt_id: 'a2_payment_attempts' },
      payment_dispute_moves: { dispute_id: 'a2_payment_disputes', attempt_id: 'a2_payment_attempts' },
      membership_visits: { ...made.membership_visits, membership_id: 'a2_memberships', appointment_id: 'a2_appointments' },
      webhook_deliveries: { ...made.webhook_deliveries, endpoint_id: 'a2_webhook_endpoints' },
      account_type_locations: { type_id: 'a2_account_types' },
      waiting_log: { log_no: 900_002 },
      waiting_looks: { look_no: 900_002 },
      ledger_postings: { from_account_id: 'a2_owed', to_account_id: 'a2_register' },
      user_locations: { user_id: 'usr_second', role: 'owner' },
    },
  });
  const b = { chainId: other, locationId: `b_${locationId}` };
  const appOfB = { ...app, scope: mintScope(b.chainId, b.locationId) };
  return {
    app,
    routes,
    b,
    appOfB,
    leftEmpty: new Map([...first, ...second]),
    ownerOfA: () => signInAs(app, 'owner'),
    ownerOfB: () => signInAs(appOfB, 'owner'),
  };
}
