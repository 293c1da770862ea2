import type { PaymentStarted } from '@holdfast/contract/booking';
import type { CashlessPayment, PaymentConnection, WebhookAddresses, WebhookSetUpAnswer } from '@holdfast/contract/cashless';
import { type PixSandbox, startSandbox } from '@holdfast/providers/pix/sandbox/start-sandbox';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MovableClock } from '../kit/clock.ts';
import { call, clientOf } from '../testing/call.ts';
import { signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';
import { cashlessPage, type Page, type Refused } from './testing/cashless-page.ts';

/** A salon in reais with Stripe, that connects PIX as well: by certificate, with webhooks set up by a call. */
let app: TestApp;
let page: Page;
let pix: PixSandbox;
const pixClock = new MovableClock({ start: new Date('2026-03-02T09:00:00Z') });
beforeAll(async () => {
  pix = await startSandbox({ now: () => pixClock.now(), tickEveryMs: 0 });
  let stripe = '';
  app = await testApp({
    salon: { currency: 'BRL', services: { cut: { price: 5000, minutes: 60, status: 'required' } }, staff: { anna: { status: 'available' } } },
    parts: {
      sandboxEndpoint: (name) =>
        name === 'pix' ? { origin: pix.origin, pagesOrigin: pix.pagesOrigin, ca: pix.ca } : { origin: stripe, pagesOrigin: stripe },
    },
  });
  stripe = app.sandbox.origin;
  page = await cashlessPage(app);
});
afterAll(async () => {
  await app.close();
  await pix.close();
});

async function keysOf(name: string): Promise<Record<string, string>> {
  const keys = await pix.inventKeys(name);
  pix.setAccount(keys);
  return { ...keys };
}
async function wishOf(keys: Record<string, string>, more: object = {}) {
  const { newConnectionId: connectionId } = await page.seen();
  return { connectionId, provider: 'pix', label: 'PIX', credentials: keys, ...more };
}
async function connected(keys: Record<string, string>, more: object = {}): Promise<PaymentConnection> {
  const wish = await wishOf(keys, more);
  const { status, body } = await page.change('POST', 'connections', wish);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return page.connection(wish.connectionId);
}
const setUp = async (connection: PaymentConnection, replace = false) => {
  const { version } = await page.connection(connection.id);
  return page.owner.here<WebhookSetUpAnswer & Refused>('POST', `cashless-payment/connections/${connection.id}/webhook`, { version, replace });
};
const addressOf = async (id: string) =>
  (await page.owner.here<WebhookAddresses>('GET', `cashless-payment/webhook-addresses/${id}`)).body.addresses['pix'];

describe('the form of a provider with certificates', () => {
  test('says of each field what it is: a line, lines, a file, a choice, and what may stay empty', async () => {
    const fields = (await page.seen()).providers.find(({ name }) => name === 'pix')?.fields ?? [];
    const kinds = Object.fromEntries(fields.map(({ name, kind, optional }) => [name, `${kind}${optional ? '?' : ''}`]));
    expect(kinds).toMatchObject({
      baseUrl: 'line',
      certificate: 'lines?',
      certificateFile: 'file?',
      certificatePassword: 'line?',
      tokenBody: 'choice',
    });
    expect(fields.find(({ name }) => name === 'tokenBody')?.choices.map(({ value }) => value)).toEqual(['form', 'json']);
  });

  test('every provider says how it is connected, in each language', async () => {
    for (const { name, steps, webhookSetup } of (await page.seen()).providers) {
      if (webhookSetup !== 'none') expect(steps.length, name).toBeGreaterThan(1);
      for (const step of steps) expect(Object.values(step).every((text) => text.length > 10)).toBe(true);
    }
  });

  test('settings are shown as they are, keys by four characters, certificates only as saved; what was left empty is said to be', async () => {
    const keys = await keysOf('shown');
    const { hints } = await connected(keys);
    const seen = Object.fromEntries(hints.map(({ name, saved, lastFour, value }) => [name, { saved, lastFour, value }]));
    expect(seen['baseUrl']?.value).toBe(keys['baseUrl']);
    expect(seen['tokenBody']?.value).toBe(keys['tokenBody']);
    expect(seen['clientSecret']).toEqual({ saved: true, lastFour: keys['clientSecret']?.slice(-4), value: null });
    const certificates = [seen['certificate'], seen['certificateFile']];
    expect(certificates.some((one) => one?.saved)).toBe(true);
    for (const one of certificates) expect([one?.lastFour, one?.value]).toEqual(['', null]);
    expect(hints.some(({ saved }) => !saved)).toBe(true);
  });

  test('a setting is changed alone: what is not typed stays, secrets too', async () => {
    const made = await connected(await keysOf('one setting'));
    const { status, body } = await page.change('PUT', `connections/${made.id}/credentials`, {
      version: made.version,
      credentials: { receiverName: 'Salao Novo', feePercent: '0.99' },
    });
    expect(status).toBe(200);
    const value = (name: string) => body.connections.find(({ id }) => id === made.id)?.hints.find((one) => one.name === name)?.value;
    expect([value('receiverName'), value('feePercent')]).toEqual(['Salao Novo', '0.99']);
    expect((await page.owner.here('POST', `cashless-payment/connections/${made.id}/tests`)).status).toBe(200);
  });

  test('a file that is no certificate is refused at its field or in the provider’s words, and nothing is kept', async () => {
    const count = (await page.seen()).connections.length;
    const keys = { ...(await keysOf('no certificate')), certificate: '', certificatePassword: '' };
    for (const certificateFile of ['%%%', btoa('not a certificate'), 'A'.repeat(44_000)]) {
      const { body } = await page.change('POST', 'connections', await wishOf({ ...keys, certificateFile }));
      expect(['invalid_request', 'credentials_refused']).toContain(body.code);
    }
    expect((await page.seen()).connections).toHaveLength(count);
  });
});

describe('webhooks that are set up by a call', () => {
  test('while connecting: the provider is told the address that the connection is going to have', async () => {
    const keys = await keysOf('at once');
    const made = await connected(keys, { webhook: 'set_up' });
    expect(made.webhookUrl).toBe(await addressOf(made.id));
    const again = await setUp(made);
    expect(again.body.outcome).toBe('set');
  });

  test('another program’s address is shown, and replaced only when somebody says so', async () => {
    const keys = await keysOf('taken');
    pix.setAccount(keys, 'https://shop.example/pix');
    const refused = await page.change('POST', 'connections', await wishOf(keys, { webhook: 'set_up' }));
    expect(refused.body).toMatchObject({ code: 'still_used', detail: { why: 'other_webhook', otherUrl: 'https://shop.example/pix' } });
    const made = await connected(keys);
    expect((await setUp(made)).body).toMatchObject({ outcome: 'taken', otherUrl: 'https://shop.example/pix' });
    expect((await setUp(made, true)).body.outcome).toBe('set');
    expect((await setUp(made)).body.outcome).toBe('set');
  });

  test('Stripe’s signing secret comes with it: it is kept, never shown, and events are good from then on', async () => {
    const keys = page.freshKeys();
    const { newConnectionId } = await page.seen();
    const { signingSecret: _, ...typed } = keys;
    const wish = { connectionId: newConnectionId, provider: 'stripe', label: 'By call', credentials: typed };
    expect((await page.change('POST', 'connections', wish)).body).toMatchObject({ code: 'invalid_request', detail: { fields: ['signingSecret'] } });
    expect((await page.change('POST', 'connections', { ...wish, webhook: 'set_up' })).status).toBe(200);
    const made = await page.connection(newConnectionId);
    const before = made.hints.find(({ name }) => name === 'signingSecret')?.lastFour;
    expect(before).toMatch(/^\w{4}$/);
    const { body } = await setUp(made);
    const after = body.page.connections.find(({ id }) => id === made.id);
    expect([body.outcome, after?.version]).toEqual(['set', made.version + 1]);
    expect(after?.hints.find(({ name }) => name === 'signingSecret')?.lastFour).not.toBe(before);
  });

  test('whoever saw an older state is told', async () => {
    const made = await connected(await keysOf('stale'));
    const stale = await page.owner.here<Refused>('POST', `cashless-payment/connections/${made.id}/webhook`, {
      version: made.version - 1,
      replace: false,
    });
    expect([stale.status, stale.body.code]).toEqual([409, 'changed_meanwhile']);
  });

  test('is written down, without what it brought', async () => {
    const { rows } = await sql<{ after: { credentials?: readonly string[] } }>`
      select after from audit_log where action = 'payment_connection.webhook_set_up'`.execute(app.database.read);
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.some(({ after }) => after.credentials?.includes('signingSecret'))).toBe(true);
    expect(JSON.stringify(rows)).not.toContain('whsec_');
  });

  test('an address whose only proof is itself is shown to nobody who may not change it', async () => {
    const made = await connected(await keysOf('secret address'));
    expect(made.webhookUrl?.split('/')).toHaveLength(9);
    const accountant = await signInAs(app, 'accountant');
    const { body } = await accountant.here<CashlessPayment>('GET', 'cashless-payment');
    expect(body.connections.find(({ id }) => id === made.id)?.webhookUrl).toBeNull();
    expect(JSON.stringify(body)).not.toContain(made.webhookUrl?.split('/').at(-1));
    expect((await accountant.here('GET', `cashless-payment/webhook-addresses/${made.id}`)).status).toBe(403);
  });
});

describe('one location, two providers', () => {
  test('Stripe for online registration and PIX for links: each switch pays through its own', async () => {
    const made = await connected(await keysOf('links'));
    const link = (await page.seen()).methods.find(({ method }) => method === 'visit_link');
    await page.change('PUT', 'methods/visit_link', { version: link?.version, enabled: true, connectionId: made.id });
    const client = clientOf(app);
    const wish = await wishFor(app, { staffId: 'anna', serviceIds: ['cut'], startsAt: '2026-03-10T10:00:00.000Z' });
    const { body: booking } = await client.book(wish(700));
    expect((await client.startPayment(booking.token)).status).toBe(200);
    await app.pass({ minutes: 17 });
    const other = await wishFor(app, { staffId: 'anna', serviceIds: ['cut'], startsAt: '2026-03-11T10:00:00.000Z' });
    const { body: second } = await client.book(other(701));
    await client.startPayment(second.token);
    await app.pass({ minutes: 1 });
    const paid = (await client.see(second.token)).body.appointments[0]?.id ?? '';
    app.sandbox.pay(app.sandbox.payments().find(({ status }) => status === 'open')?.id ?? '');
    await app.sandbox.events.settled();
    await app.afterwards();
    await sql`update appointments set set_cost_minor = 9000 where appointment_id = ${paid}`.execute(app.database.read);
    await sql`update appointment_services set cost_minor = 9000 where appointment_id = ${paid}`.execute(app.database.read);
    const token = new URL(app.booking.links.urlOf(app.scope.chainId, paid)).pathname.split('/').at(-1) ?? '';
    const started = await call<PaymentStarted & { code: string }>(app, 'POST', `/api/v1/payment-links/${token}/payments`);
    expect(started.body).toMatchObject({ amountMinor: 4000 });
    const { rows } = await sql<{ kind: string; connection: string }>`
      select distinct order_kind kind, connection_id connection from payment_attempts where order_kind in ('booking', 'visit') order by 1`.execute(
      app.database.read,
    );
    expect(rows).toEqual([
      { kind: 'booking', connection: app.connectionId },
      { kind: 'visit', connection: made.id },
    ]);
  });
});

describe('a certificate that ends', () => {
  const ends = async (connection: PaymentConnection) => {
    const { rows } = await sql<{ resolution: string | null }>`
      select resolution from attention where kind = 'credentials_end' and subject_id = ${connection.id} order by opened_at`.execute(
      app.database.read,
    );
    return rows.map(({ resolution }) => resolution);
  };

  test('is before a person’s eyes thirty days before, once, until there is another one', async () => {
    const keys = await keysOf('ends');
    const made = await connected(keys);
    const endsAt = new Date(made.endsAt ?? '');
    expect(endsAt.getTime()).toBeGreaterThan(app.clock.now().getTime());
    const minutesUntil = (moment: number) => Math.floor((moment - app.clock.now().getTime()) / 60_000);
    await app.pass({ minutes: minutesUntil(endsAt.getTime() - 30 * 86_400_000) - 1 });
    expect(await ends(made)).toEqual([]);
    await app.pass({ minutes: 2 });
    expect(await ends(made)).toEqual([null]);
    await app.pass({ minutes: 24 * 60 });
    expect(await ends(made)).toEqual([null]);
    const owner = await signInAs(app, 'owner');
    const { version } = (await owner.here<CashlessPayment>('GET', 'cashless-payment')).body.connections.find(({ id }) => id === made.id) ?? {
      version: 0,
    };
    const replaced = await owner.here('PUT', `cashless-payment/connections/${made.id}/credentials`, {
      version,
      credentials: { receiverName: 'Outro' },
    });
    expect(replaced.status).toBe(200);
    expect(await ends(made)).toEqual(['replaced']);
  });
});
