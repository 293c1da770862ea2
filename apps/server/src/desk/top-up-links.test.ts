import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkAccounts } from '../accounts/check-accounts.ts';
import { switchOnlinePayment } from '../payments/connect-provider.ts';
import { settlePayment } from '../payments/settle-payment.ts';
import { accountDesk, visitOf } from '../testing/accounts-of.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { auditEverything } from './audit.ts';

let app: TestApp;
let owner: StaffUser;
let desk: ReturnType<typeof accountDesk>;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_cut: { price: 5000, minutes: 60, status: 'available' } },
      staff: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`stf_${n}`, { status: 'available' as const }])),
    },
  });
  owner = await signInAs(app, 'owner');
  desk = accountDesk(app, owner);
  await app.database.transaction((tx) => switchOnlinePayment(tx, app.scope, { method: 'visit_link', enabled: true, connectionId: app.connectionId }));
});
afterAll(() => app.close());

/** A link as staff make it, and what a client does with it. */
async function linkOf(amountMinor: number, clientId?: string) {
  const account = `${clientId ?? (await desk.client('Ann Miller'))}~EUR`;
  const made = (await desk.link(account, amountMinor)).body;
  const { id, url } = made.topUps.find(({ state }) => state === 'waiting') ?? {};
  const path = new URL(url ?? '').pathname;
  const open = async (method: 'GET' | 'POST' = 'GET', from = '') =>
    app.http.inject({ method, url: `${path}${from}`, headers: { 'user-agent': 'Mozilla/5.0', 'content-type': 'application/x-www-form-urlencoded' } });
  const follow = async () => (await open('POST')).headers.location?.split('/').at(-1)?.split('?')[0] ?? '';
  const attempts = async () =>
    (
      await sql<{
        id: string;
        status: string;
      }>`select attempt_id id, status from payment_attempts where order_id = ${id} order by attempt_id`.execute(app.database.read)
    ).rows;
  const topUp = async () => (await desk.page(account)).topUps.find((one) => one.id === id);
  return { id: id ?? '', account, open, follow, attempts, topUp, balance: async () => (await desk.page(account)).account.balanceMinor };
}
const attentionOf = async (subject: string) =>
  (
    await sql<{
      kind: string;
      amount: bigint;
    }>`select kind, amount_minor amount from attention where subject_id = ${subject} and resolved_at is null`.execute(app.database.read)
  ).rows;
const agrees = async () => expect((await auditEverything(app.payments)).disagreements).toEqual([]);

test('a client fills their account by a link: looking at it changes nothing, paying it puts the money there', async () => {
  const link = await linkOf(4500);
  const page = await link.open();
  expect(page.statusCode).toBe(200);
  // whoever opens somebody else's link does not learn whose it is
  expect(page.body).not.toContain('Miller');
  expect(page.body).toContain('Salon Lda');
  expect(await link.attempts()).toEqual([]);
  app.sandbox.pay(await link.follow());
  await app.pass({ seconds: 1 });
  expect(await link.balance()).toBe(4500);
  expect(await link.topUp()).toMatchObject({ state: 'done', kind: 'link', url: null, mayReverse: true });
  expect((await link.open()).body).toContain('The money is on your account');
  expect((await desk.statement(link.account)).rows).toMatchObject([{ operation: 'top_up', amountMinor: 4500, topUpId: link.id }]);
  expect(await attentionOf(link.id)).toEqual([]);
  await agrees();
});

test('two tabs get the same page, and a token nobody signed leads nowhere', async () => {
  const link = await linkOf(1000);
  const [one, two] = await Promise.all([link.follow(), link.follow()]);
  expect(one).toBe(two);
  expect((await app.http.inject({ url: '/top-up/made.up' })).statusCode).toBe(404);
});

test('a cancelled link that is paid all the same: the money is on the account, and a person sees it', async () => {
  const link = await linkOf(2000);
  const session = await link.follow();
  app.sandbox.pay(session);
  // staff cancel before anybody has told us
  await sql`update account_top_ups set cancelled_at = ${app.clock.now()} where top_up_id = ${link.id}`.execute(app.database.read);
  await app.pass({ seconds: 1 });
  expect(await link.balance()).toBe(2000);
  expect(await attentionOf(link.id)).toEqual([{ kind: 'late_payment', amount: 2000n }]);
  await agrees();
});

test('paid twice: both are on the account, and a person sees the second', async () => {
  const link = await linkOf(3000);
  const first = await link.follow();
  // the first page's time is over for us, not for the provider
  await sql`update payment_attempts set superseded_at = ${app.clock.now()}, look_at = null, status = 'closed' where order_id = ${link.id}`.execute(
    app.database.read,
  );
  const second = await link.follow();
  expect(second).not.toBe(first);
  app.sandbox.pay(second);
  app.sandbox.pay(first);
  await app.pass({ seconds: 1 });
  expect(await link.balance()).toBe(6000);
  expect(await attentionOf(link.id)).toEqual([{ kind: 'late_payment', amount: 3000n }]);
  await agrees();
});

test('another amount is on the account, another currency is nobody’s yet, and neither fills it as asked', async () => {
  const less = await linkOf(3000);
  await less.follow();
  const settle = async (link: typeof less, capturedMinor: bigint, currency: string) => {
    const { rows } = await sql<{
      id: string;
      reference: string;
    }>`select attempt_id id, reference from payment_attempts where order_id = ${link.id}`.execute(app.database.read);
    const [attempt] = rows;
    const key = {
      chainId: app.scope.chainId,
      locationId: app.scope.locationId,
      attemptId: attempt?.id ?? '',
      order: { kind: 'account_top_up', id: link.id },
    };
    const fact = {
      reference: attempt?.reference,
      providerPaymentId: `pi_${link.id}`,
      state: 'captured' as const,
      capturedMinor,
      currency,
      refundedMinor: 0n,
    };
    await settlePayment(app.payments, key, { ...fact, reference: attempt?.reference ?? '' }, 'webhook');
  };
  await sql`update payment_attempts set provider_payment_id = null where order_id = ${less.id}`.execute(app.database.read);
  await settle(less, 2500n, 'EUR');
  expect(await less.balance()).toBe(2500);
  expect(await less.topUp()).toMatchObject({ state: 'waiting' });
  expect((await less.open()).body).toContain('being checked');
  const other = await linkOf(3000);
  await other.follow();
  await sql`update payment_attempts set provider_payment_id = null where order_id = ${other.id}`.execute(app.database.read);
  await settle(other, 3000n, 'USD');
  expect(await other.balance()).toBe(0);
  expect(await attentionOf(other.id)).toMatchObject([{ kind: 'currency_mismatch' }]);
});

test('a top-up that came through a provider goes back there: kept on the account meanwhile, gone when the provider confirms', async () => {
  const visit = await visitOf(app);
  const link = await linkOf(5000, visit.clientId);
  app.sandbox.pay(await link.follow());
  await app.pass({ seconds: 1 });
  expect((await desk.reverseTopUp(link.id, { registerId: await desk.register() })).body.code).toBe('step_not_allowed');
  await desk.pay(visit.id, link.account, 100);
  expect((await desk.reverseTopUp(link.id)).body).toMatchObject({
    code: 'not_enough_on_account',
    detail: { leftMinor: 4900, spentOn: [{ appointmentId: visit.id }] },
  });
  await desk.topUp(link.account, 100);
  expect((await desk.reverseTopUp(link.id)).status).toBe(200);
  await app.pass({ minutes: 5 });
  expect(await link.topUp()).toMatchObject({ state: 'reversed', mayReverse: false });
  expect((await desk.page(link.account)).account).toMatchObject({ balanceMinor: 0, heldMinor: 0 });
  expect((await desk.reverseTopUp(link.id)).body.code).toBe('step_not_allowed');
});

test('who is erased leaves no page that could still be paid, and nothing of what the provider said of them', async () => {
  const clientId = await desk.client('Ann Miller');
  const paid = await linkOf(1500, clientId);
  app.sandbox.pay(await paid.follow());
  await app.pass({ seconds: 5 });
  expect(await paid.balance()).toBe(1500);
  expect((await desk.reverseTopUp(paid.id)).status).toBe(200);
  await app.pass({ minutes: 5 });
  const open = await linkOf(2500, clientId);
  const page = await open.follow();
  const kept = async () =>
    (
      await sql<{ n: number }>`
        select count(*)::int n from webhook_inbox w join payment_attempts a on a.chain_id = w.chain_id and (a.reference = w.reference or a.provider_payment_id = w.provider_payment_id)
         where a.order_id in (${paid.id}, ${open.id}) and length(w.raw) > 0`.execute(app.database.read)
    ).rows[0]?.n;
  expect(await kept()).toBeGreaterThan(0);
  expect((await owner.call('POST', `clients/${clientId}/erasure`, { version: 1 })).status).toBe(200);
  expect(await kept()).toBe(0);
  await app.pass({ seconds: 5 });
  app.sandbox.pay(page);
  await app.pass({ seconds: 5 });
  expect((await open.attempts()).map(({ status }) => status)).toEqual(['closed']);
});

test('what is left of a partly spent top-up goes back through its provider, and the client can be erased', async () => {
  const visit = await visitOf(app);
  const link = await linkOf(6000);
  app.sandbox.pay(await link.follow());
  await app.pass({ seconds: 1 });
  await desk.pay(visit.id, link.account, 3000);
  const { payout } = await desk.page(link.account);
  expect(payout).toMatchObject({ restMinor: 3000, providers: [{ topUpId: link.id, amountMinor: 3000 }] });
  const wish = { way: 'provider', amountMinor: 3000, topUpId: link.id, because: 'moves away' };
  const give = (key = desk.key()) => owner.here<{ code: string }>('POST', `client-accounts/${link.account}/payouts`, { ...wish, key });
  app.sandbox.answerRefunds('pending');
  expect((await give()).status).toBe(200);
  expect((await desk.page(link.account)).account).toMatchObject({ balanceMinor: 3000, heldMinor: 3000, spendableMinor: 0 });
  expect((await give()).body.code).toBe('nothing_to_pay');
  const { rows } = await sql<{ id: string }>`select provider_refund_id id from payment_refunds where status = 'pending'`.execute(app.database.read);
  app.sandbox.settleRefund(rows[0]?.id ?? '', true);
  app.sandbox.answerRefunds('succeeded');
  await app.pass({ minutes: 60 });
  await app.pass({ minutes: 60 });
  expect(await link.topUp()).toMatchObject({ state: 'done', mayReverse: true, reversal: { amountMinor: 3000, because: 'moves away' } });
  expect((await desk.page(link.account)).account).toMatchObject({ balanceMinor: 0, heldMinor: 0 });
  // made-up facts above are nothing that the provider knows
  const { disagreements } = await auditEverything(app.payments);
  expect(disagreements.filter(({ between }) => between !== 'payments and provider')).toEqual([]);
  expect((await owner.call('POST', `clients/${link.account.split('~')[0]}/erasure`, { version: 1 })).status).toBe(200);
});

test('negative control: the audit sees a rest of which another amount went back than was written down, through the provider or out of a register', async () => {
  const account = `${await desk.client()}~EUR`;
  await desk.topUp(account, 700);
  const wish = { way: 'register', key: desk.key(), amountMinor: 700, registerId: await desk.register(), because: 'moves away' };
  expect((await owner.here('POST', `client-accounts/${account}/payouts`, wish)).status).toBe(200);
  expect(await checkAccounts(app.database.read)).toEqual([]);
  const rollback = new Error('nothing of it stays');
  await expect(
    app.database.transaction(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx);
      await sql`update account_payouts set amount_minor = amount_minor - 1`.execute(tx);
      const { rows } = await sql<{ id: string; at: string }>`
        select payout_id id, case when refund_id is null then 'register' else 'provider' end at from account_payouts order by 2`.execute(tx);
      expect(rows.map(({ at }) => at)).toEqual(['provider', 'register']);
      const faults = await checkAccounts(tx);
      expect(faults.find(({ about }) => about === rows[0]?.id)?.says).toMatch(
        /2999 EUR were to go back through the provider, which was asked for 3000/,
      );
      expect(faults.find(({ about }) => about === rows[1]?.id)?.says).toMatch(/account_payout of 699, ledger 700/);
      throw rollback;
    }),
  ).rejects.toBe(rollback);
});

test('the provider gives it back and its answer is lost: once, and the books show it once', async () => {
  const link = await linkOf(2500);
  app.sandbox.pay(await link.follow());
  await app.pass({ seconds: 1 });
  const fault = app.sandbox.faults.add({ match: 'refund', kind: 'drop_after' });
  app.clock.advance({ seconds: 1 });
  await desk.reverseTopUp(link.id);
  await fault.struck;
  for (let minutes = 0; minutes < 20; minutes += 5) await app.pass({ minutes: 5 });
  expect(await link.topUp()).toMatchObject({ state: 'reversed' });
  expect((await desk.page(link.account)).account).toMatchObject({ balanceMinor: 0, heldMinor: 0 });
  expect((await desk.statement(link.account)).rows.map(({ operation, amountMinor }) => [operation, amountMinor])).toEqual([
    ['refund', -2500],
    ['top_up', 2500],
  ]);
});

test('the provider says no: the money is on the account again, a person sees it, and it can be tried again', async () => {
  const failing = await linkOf(1600);
  app.sandbox.pay(await failing.follow());
  await app.pass({ seconds: 1 });
  app.sandbox.faults.add({ match: 'refund', kind: 'status500', times: 3 });
  await desk.reverseTopUp(failing.id);
  expect(await failing.topUp()).toMatchObject({ state: 'refund_under_way', mayReverse: false });
  expect((await desk.page(failing.account)).account).toMatchObject({ balanceMinor: 1600, heldMinor: 1600, spendableMinor: 0 });
  // what is held adds up to what is said to be held, and nobody but the provider ends it
  expect((await desk.page(failing.account)).holds).toMatchObject([{ for: 'refund', heldMinor: 1600, appointmentId: null, mayRelease: false }]);
  await sql`update payment_refunds set status = 'failed', look_at = null, done_at = ${app.clock.now()}, last_error = 'no' where status in ('intended', 'pending')`.execute(
    app.database.read,
  );
  app.sandbox.faults.clear();
  expect(await failing.topUp()).toMatchObject({ state: 'refund_failed', mayReverse: true });
  expect((await desk.page(failing.account)).account).toMatchObject({ balanceMinor: 1600, heldMinor: 0, spendableMinor: 1600 });
  expect(await attentionOf(failing.id)).toEqual([{ kind: 'refund_failed', amount: 1600n }]);
  app.clock.advance({ seconds: 1 });
  await desk.reverseTopUp(failing.id);
  await app.pass({ minutes: 5 });
  expect(await failing.topUp()).toMatchObject({ state: 'reversed' });
  expect(await attentionOf(failing.id)).toEqual([]);
});

test('refunded at the provider behind our back after it was spent: what is there leaves the account, the rest stands before a person', async () => {
  const visit = await visitOf(app);
  const link = await linkOf(5000, visit.clientId);
  const session = await link.follow();
  app.sandbox.pay(session);
  await app.pass({ seconds: 1 });
  await desk.pay(visit.id, link.account, 4000);
  const { rows } = await sql<{ id: string; pi: string; reference: string }>`
    select attempt_id id, provider_payment_id pi, reference from payment_attempts where order_id = ${link.id}`.execute(app.database.read);
  const [paid] = rows;
  const key = {
    chainId: app.scope.chainId,
    locationId: app.scope.locationId,
    attemptId: paid?.id ?? '',
    order: { kind: 'account_top_up', id: link.id },
  };
  const fact = {
    reference: paid?.reference ?? '',
    providerPaymentId: paid?.pi ?? '',
    state: 'captured' as const,
    capturedMinor: 5000n,
    currency: 'EUR',
    refundedMinor: 5000n,
  };
  await settlePayment(app.payments, key, fact, 'webhook');
  expect(await link.balance()).toBe(0);
  expect(await attentionOf(link.id)).toEqual(
    expect.arrayContaining([
      { kind: 'refund_beyond_balance', amount: 4000n },
      { kind: 'refunded_at_provider', amount: 5000n },
    ]),
  );
});
