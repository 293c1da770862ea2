import type { Arrivals, ConnectionTest } from '@holdfast/contract/cashless';
import { accountIdOf } from '@holdfast/providers/stripe/sandbox/start-sandbox';
import { createStripeProvider } from '@holdfast/providers/stripe/stripe';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { auditEverything } from '../desk/audit.ts';
import { signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { cashlessPage, type Page, type Refused, SALON } from './testing/cashless-page.ts';

let app: TestApp;
let page: Page;
beforeAll(async () => {
  app = await testApp({ salon: SALON });
  page = await cashlessPage(app);
});
afterAll(async () => {
  // whatever was tried: provider, attempts, ledger and the rest say the same of every cent
  const listed = app.sandbox
    .payments()
    .map((one) => ({ reference: one.client_reference_id ?? undefined, providerPaymentId: one.id, capturedMinor: BigInt(one.captured) }));
  const { disagreements } = await auditEverything(app.payments, listed);
  await app.close();
  expect(disagreements).toEqual([]);
});
afterEach(async () => {
  app.sandbox.faults.clear();
  app.sandbox.events.setMode('send');
  app.sandbox.answerRefunds('succeeded');
  await app.pass({ minutes: 45 });
});

const path = (connectionId = app.connectionId) => `connections/${connectionId}/payment-tests`;
const state = async (): Promise<ConnectionTest> => {
  const { test } = await page.connection(app.connectionId);
  if (!test) throw new Error('no test was made');
  return test;
};
const start = () => page.change('POST', path(), {});
const giveBack = async () => page.change('POST', `${path()}/${(await state()).id}/refunds`, {});
const look = async () => page.change('POST', `${path()}/${(await state()).id}/looks`, {});
/** The provider's name of the page. */
const sessionOf = async () => {
  const { id } = await state();
  const { rows } = await sql<{
    id: string;
  }>`select provider_payment_id id from payment_attempts where order_kind = 'connection_test' and order_id = ${id}`.execute(app.database.read);
  return rows.at(-1)?.id ?? '';
};
const pay = async () => {
  app.sandbox.pay(await sessionOf());
  await app.sandbox.events.settled();
  await app.afterwards();
};
const unplaced = async () => {
  const { rows } = await sql<{
    minor: bigint;
  }>`select -balance_minor minor from ledger_accounts where kind = 'unplaced' and currency = 'EUR'`.execute(app.database.read);
  return rows[0]?.minor ?? 0n;
};
const waiting = async () => {
  const { rows } = await sql<{
    kind: string;
  }>`select kind from attention where resolved_at is null and kind <> 'credentials_end' order by kind`.execute(app.database.read);
  return rows.map(({ kind }) => kind);
};

describe('a test payment', () => {
  test('costs the provider’s smallest amount, is noticed by its webhook, stands before a person’s eyes, and goes back', async () => {
    expect((await start()).status).toBe(200);
    expect(await state()).toMatchObject({ state: 'open', amountMinor: 50, currency: 'EUR', capturedAt: null, noticedBy: null, refund: null });
    expect((await state()).pageUrl).toMatch(/^http/);
    await pay();
    const paid = await state();
    expect(paid).toMatchObject({ state: 'captured', capturedMinor: 50, leftMinor: 50, noticedBy: 'webhook', pageUrl: null });
    expect(paid.webhooks.map(({ type }) => type)).toContain('checkout.session.completed');
    expect([await unplaced(), await waiting()]).toEqual([50n, ['test_payment']]);
    expect((await giveBack()).status).toBe(200);
    expect(await state()).toMatchObject({ refundedMinor: 50, leftMinor: 0, refund: { status: 'refunded' } });
    // nobody has to look at a refund that somebody here asked for
    expect([await unplaced(), await waiting()]).toEqual([0n, []]);
  });

  test('is made once, however often and by how many people the button is pressed', async () => {
    const colleague = await signInAs(app, 'owner');
    const before = app.sandbox.payments().length;
    const answers = await Promise.all([
      start(),
      start(),
      colleague.here<Refused>('POST', `cashless-payment/${path()}`, {}),
      colleague.here<Refused>('POST', `cashless-payment/${path()}`, {}),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(app.sandbox.payments()).toHaveLength(before + 1);
  });

  test('whose webhook never comes is noticed by asking', async () => {
    await start();
    app.sandbox.events.setMode('drop');
    await pay();
    expect((await state()).state).toBe('open');
    await look();
    expect(await state()).toMatchObject({ state: 'captured', noticedBy: 'asking', webhooks: [] });
    await giveBack();
    expect((await state()).leftMinor).toBe(0);
  });

  test('that nobody pays comes to nothing, and another one can be made', async () => {
    await start();
    const first = await state();
    await app.pass({ minutes: 31 });
    await app.pass({ minutes: 5 });
    expect((await state()).state).toBe('closed');
    await start();
    expect((await state()).id).not.toBe(first.id);
    expect(app.sandbox.payments().filter(({ status }) => status === 'open')).toHaveLength(1);
  });

  test('goes through its own connection, whatever the switches say', async () => {
    const made = await page.connected();
    await page.change('POST', path(made.id), {});
    const { test: own } = await page.connection(made.id);
    const { rows } = await sql<{ connection_id: string }>`select connection_id from payment_attempts where order_id = ${own?.id ?? ''}`.execute(
      app.database.read,
    );
    expect(rows).toEqual([{ connection_id: made.id }]);
  });

  test('that the provider does not answer for is there to be tried again', async () => {
    app.sandbox.faults.add({ match: 'create', kind: 'status500', times: 5 });
    expect((await start()).body.code).toBe('provider_unreachable');
    expect((await state()).state).toBe('opening');
    app.sandbox.faults.clear();
    await start();
    expect((await state()).state).toBe('open');
  });

  test('that the provider refuses has ended, and says why', async () => {
    const keys = page.freshKeys();
    const made = await page.connected(keys);
    const id = accountIdOf(keys.secretKey);
    app.sandbox.setAccount({ id, secretKey: 'sk_test_rolled', publishableKey: keys.publishableKey, webhookSecret: keys.signingSecret });
    expect((await page.change('POST', path(made.id), {})).body).toMatchObject({
      code: 'payment_unavailable',
      detail: { providerCode: 'bad_credentials' },
    });
    expect((await page.connection(made.id)).test).toMatchObject({ state: 'failed', trouble: expect.stringContaining('bad_credentials') });
    app.sandbox.setAccount({ id, secretKey: keys.secretKey, publishableKey: keys.publishableKey, webhookSecret: keys.signingSecret });
    await page.change('POST', path(made.id), {});
    expect((await page.connection(made.id)).test?.state).toBe('open');
  });

  test('whose refund is never answered for is carried on until it is in the books, and given back once', async () => {
    await start();
    await pay();
    app.sandbox.faults.add({ match: 'refund', kind: 'status500_after', times: 2 });
    expect((await giveBack()).status).toBe(200);
    expect((await state()).refund?.status).toBe('intended');
    await giveBack();
    app.sandbox.faults.clear();
    await app.pass({ minutes: 4 });
    await app.pass({ minutes: 4 });
    expect(await state()).toMatchObject({ refund: { status: 'refunded' }, leftMinor: 0 });
    const session = await sessionOf();
    expect(app.sandbox.payments().find(({ id }) => id === session)?.refunded).toBe(50);
  });

  test('is given back once, however many press the button at once: the provider is asked by one of them', async () => {
    await start();
    await pay();
    const before = (await sql`select 1 from payment_refunds`.execute(app.database.read)).rows.length;
    const answers = await Promise.all([giveBack(), giveBack(), giveBack(), giveBack()]);
    expect(answers.filter(({ status }) => status !== 200).map(({ body }) => body.code)).toEqual(
      answers.filter(({ status }) => status !== 200).map(() => 'nothing_to_pay'),
    );
    const { rows } = await sql`select 1 from payment_refunds`.execute(app.database.read);
    expect(rows).toHaveLength(before + 1);
    const { rows: asked } = await sql<{
      n: number;
    }>`select count(*)::int n from audit_log where action = 'payment_connection.test_given_back' and at = ${app.clock.now()}`.execute(
      app.database.read,
    );
    expect(asked).toEqual([{ n: 1 }]);
    expect((await state()).leftMinor).toBe(0);
  });

  test('whose refund the process died before is given back by another one', async () => {
    await start();
    await pay();
    const serve = await app.again({
      providerOf: () => () => ({
        ...createStripeProvider({ origin: app.sandbox.origin }),
        refundPayment: () => Promise.reject(new Error('dies here')),
      }),
    });
    const { id } = await state();
    const died = await serve.http.inject({
      method: 'POST',
      url: `/api/v1/admin/locations/${app.scope.locationId}/cashless-payment/${path()}/${id}/refunds`,
      headers: { cookie: page.owner.cookie, 'content-type': 'application/json' },
      payload: '{}',
    });
    expect(died.statusCode).toBe(500);
    expect((await state()).refund?.status).toBe('intended');
    await app.pass({ minutes: 4 });
    expect(await state()).toMatchObject({ refund: { status: 'refunded' }, leftMinor: 0 });
  });

  test('whose refund takes days is followed until it is decided', async () => {
    await start();
    await pay();
    app.sandbox.answerRefunds('pending');
    await giveBack();
    expect((await state()).refund?.status).toBe('pending');
    const { rows } = await sql<{ id: string }>`select provider_refund_id id from payment_refunds where status = 'pending'`.execute(app.database.read);
    app.sandbox.settleRefund(rows[0]?.id ?? '', true);
    await app.pass({ minutes: 2 });
    expect((await state()).refund?.status).toBe('refunded');
  });

  test('given back in the provider’s own dashboard is settled too', async () => {
    await start();
    await pay();
    app.sandbox.giveBack(await sessionOf());
    await app.sandbox.events.settled();
    await app.afterwards();
    expect(await state()).toMatchObject({ leftMinor: 0, refund: null });
    expect([await unplaced(), await waiting()]).toEqual([0n, []]);
    expect((await giveBack()).body.code).toBe('nothing_to_pay');
  });

  test('for which another amount came is nobody’s either: nothing is credited to anybody', async () => {
    await start();
    app.sandbox.askInstead(await sessionOf(), { amount: 70, currency: 'eur' });
    await pay();
    expect(await state()).toMatchObject({ capturedMinor: 70, leftMinor: 70 });
    expect([await unplaced(), await waiting()]).toEqual([70n, ['amount_mismatch']]);
    await giveBack();
    expect([await unplaced(), await waiting()]).toEqual([0n, []]);
  });

  test('paid when its time was long over is given back like any other', async () => {
    await start();
    const session = await sessionOf();
    app.sandbox.events.setMode('drop');
    app.sandbox.pay(session);
    await app.pass({ minutes: 45 });
    expect(await state()).toMatchObject({ state: 'captured', leftMinor: 50, noticedBy: 'asking' });
    await giveBack();
    expect((await state()).leftMinor).toBe(0);
  });

  test('is written down with who made it and who gave it back', async () => {
    const { rows } = await sql<{ action: string; name: string }>`
      select distinct action, user_name name from audit_log where action like 'payment_connection.test_%' order by action`.execute(app.database.read);
    expect(rows.map(({ action }) => action)).toEqual(['payment_connection.test_given_back', 'payment_connection.test_started']);
  });

  test('is nobody’s business without the right to change payment settings', async () => {
    const accountant = await signInAs(app, 'accountant');
    const { body } = await accountant.here<Refused>('POST', `cashless-payment/${path()}`, {});
    expect(body).toMatchObject({ code: 'right_missing', detail: { right: 'online_payment.edit' } });
    await start();
    const seen = (await accountant.here<{ connections: { id: string; test: ConnectionTest | null }[] }>('GET', 'cashless-payment')).body;
    expect(seen.connections.find(({ id }) => id === app.connectionId)?.test).toMatchObject({ state: 'open', pageUrl: null });
  });
});

describe('what has arrived', () => {
  const arrivals = async (after = ''): Promise<Arrivals> =>
    (await page.owner.here<Arrivals>('GET', `cashless-payment/connections/${app.connectionId}/webhooks${after}`)).body;

  test('stands there with its time, and with the payment it was about', async () => {
    const { token, page: session } = await page.booked();
    app.sandbox.pay(session);
    await app.sandbox.events.settled();
    await app.afterwards();
    const found = (await arrivals()).items.find(({ payment, type }) => type === 'checkout.session.completed' && payment?.orderKind === 'booking');
    expect(found).toMatchObject({ what: 'ours', at: app.clock.now().toISOString(), payment: { status: 'captured' } });
    expect(found?.payment?.appointmentId).toMatch(/^apt_/);
    expect(token).not.toBe('');
  });

  test('without a good proof is there as refused, at most one a minute', async () => {
    const knock = () =>
      app.http.inject({
        method: 'POST',
        url: `/api/v1/webhooks/${app.scope.chainId}/${app.connectionId}`,
        headers: { 'stripe-signature': 't=1,v1=00', 'content-type': 'application/json' },
        payload: '{"type":"<script>"}',
      });
    for (let count = 0; count < 5; count++) expect((await knock()).statusCode).toBe(400);
    const refused = (await arrivals()).items.filter(({ what }) => what === 'refused');
    expect(refused).toMatchObject([{ type: null, payment: null, why: expect.stringMatching(/signature|stale/) }]);
  });

  test('other sales of the merchant are not ours, and nothing of them is shown but that they came', async () => {
    await sql`
      insert into webhook_inbox (chain_id, connection_id, event_id, event_type, reference, raw, received_at, status, done_at)
      values (${app.scope.chainId}, ${app.connectionId}, 'evt_other', 'charge.refunded', 'order of another shop', '', ${app.clock.now()}, 'not_ours', ${app.clock.now()})`.execute(
      app.database.read,
    );
    const { items } = await arrivals();
    expect(items.find(({ what }) => what === 'not_ours')).toMatchObject({ type: 'charge.refunded', reference: null, payment: null });
    expect(JSON.stringify(items)).not.toContain('another shop');
  });

  test('is read page by page, fifty at a time, each once, the newest first', async () => {
    await sql`
      insert into webhook_inbox (chain_id, connection_id, event_id, event_type, raw, received_at, status, done_at)
      select ${app.scope.chainId}, ${app.connectionId}, 'evt_many_' || n, 'refund.created', '', ${app.clock.now()}::timestamptz - n / 3 * interval '1 minute', 'done', now()
        from generate_series(1, 130) n`.execute(app.database.read);
    const seen: string[] = [];
    const times: string[] = [];
    for (let next: string | null = '', pages = 0; next !== null && pages < 20; pages++) {
      const read: Arrivals = await arrivals(next === '' ? '' : `?after=${encodeURIComponent(next)}`);
      seen.push(...read.items.map(({ id }) => id));
      times.push(...read.items.map(({ at }) => at));
      next = read.next;
    }
    expect(seen.length).toBeGreaterThan(130);
    expect(new Set(seen).size).toBe(seen.length);
    expect(times).toEqual([...times].sort().reverse());
  });

  test.each(['nonsense', '2026-99-99T00:00:00Z x', "2026-03-02T09:00:00.000Z ' or 1=1", '💥'])(
    'a page after %s is no fault of the server',
    async (after) => {
      expect([200, 400]).toContain(
        (await page.owner.here('GET', `cashless-payment/connections/${app.connectionId}/webhooks?after=${encodeURIComponent(after)}`)).status,
      );
    },
  );

  test('on another chain’s or nobody’s connection is not there', async () => {
    expect((await page.owner.here('GET', 'cashless-payment/connections/con_nobody/webhooks')).status).toBe(404);
  });
});
