import { Writable } from 'node:stream';
import type { CashlessPayment, WebhookAddresses } from '@holdfast/contract/cashless';
import { accountIdOf } from '@holdfast/providers/stripe/sandbox/start-sandbox';
import { sql } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signInAs } from '../testing/sign-in-as.ts';
import { KEYS, type TestApp, testApp } from '../testing/test-app.ts';
import { cashlessPage, type Page, type Refused, SALON, SECRET } from './testing/cashless-page.ts';

let app: TestApp;
let page: Page;
const logged: string[] = [];
const log = pino({ level: 'trace' }, new Writable({ write: (chunk, _encoding, done) => done(logged.push(String(chunk)) ? null : undefined) }));
beforeAll(async () => {
  app = await testApp({ salon: SALON, parts: { log } });
  page = await cashlessPage(app);
});
afterAll(() => app.close());

describe('connecting a provider', () => {
  test('its form is what its adapter asks for, with where to find each value', async () => {
    const stripe = (await page.seen()).providers.find(({ name }) => name === 'stripe');
    expect(stripe?.fields.map(({ name, title, secret }) => [name, title, secret])).toEqual([
      ['publishableKey', 'Publishable key', false],
      ['secretKey', 'Secret key', true],
      ['signingSecret', 'Signing secret', true],
    ]);
    expect(new RegExp(stripe?.fields[1]?.pattern ?? '^$').test('sk_live_1')).toBe(true);
    expect(stripe?.fields[1]?.where.en).toContain('Developers → API keys');
    expect(stripe?.webhookEvents).toContain('checkout.session.completed');
  });

  test('good keys are tested and kept; afterwards only four characters of each are ever shown', async () => {
    const made = await page.connected();
    expect(made).toMatchObject({ label: 'Second till', sandbox: true, testedAt: app.clock.now().toISOString(), usedBy: [], paymentsUnderWay: 0 });
    expect(made.hints.map(({ title, lastFour }) => [title, lastFour])).toEqual([
      ['Publishable key', 'abcd'],
      ['Secret key', '9876'],
      ['Signing secret', '4321'],
    ]);
    expect(made.account).toContain('acct_');
  });

  test('its webhook address can be pasted at the provider before anything is kept', async () => {
    const before = await page.seen();
    const { body } = await page.connect(page.freshKeys(), { connectionId: before.newConnectionId });
    const made = body.connections.find(({ id }) => id === before.newConnectionId);
    const { body: told } = await page.owner.here<WebhookAddresses>('GET', `cashless-payment/webhook-addresses/${before.newConnectionId}`);
    expect(made?.webhookUrl).toBe(told.addresses['stripe']);
    expect(made?.webhookUrl).toBe(`http://salon.test/api/v1/webhooks/${app.scope.chainId}/${made?.id}`);
  });

  test('so can the address clients come back to, of a provider that has one for all payments', async () => {
    const { newConnectionId } = await page.seen();
    const { body } = await page.owner.here<WebhookAddresses>('GET', `cashless-payment/webhook-addresses/${newConnectionId}`);
    expect(body.returns['stripe']).toBeNull();
    expect(body.returns['viva']).toBe(`http://salon.test/pay/return/${app.scope.chainId}/${newConnectionId}`);
  });

  test('blanks and line breaks around a pasted key do no harm', async () => {
    const keys = page.freshKeys();
    expect((await page.connect({ ...keys, secretKey: `  ${keys.secretKey}\n` })).status).toBe(200);
  });

  test('pressing the button twice makes one connection', async () => {
    const wish = { connectionId: (await page.seen()).newConnectionId };
    const keys = page.freshKeys();
    const both = await Promise.all([page.connect(keys, wish), page.connect(keys, wish)]);
    expect(both.map(({ status, body }) => `${status} ${body.code}`).sort()).toEqual(['200 undefined', '409 already_there']);
    expect((await page.seen()).connections.filter(({ id }) => id === wish.connectionId)).toHaveLength(1);
  });

  test('keys that are nobody’s are refused with the provider’s words, and nothing is kept', async () => {
    const count = (await page.seen()).connections.length;
    const { status, body } = await page.connect(page.freshKeys(false));
    expect([status, body.code, body.detail['providerCode']]).toEqual([409, 'credentials_refused', 'bad_credentials']);
    expect(body.detail['words']).toMatch(/Invalid API Key/);
    expect((await page.seen()).connections).toHaveLength(count);
  });

  test('a live secret key with a test publishable key is told before a client meets it', async () => {
    const { body } = await page.connect({ ...page.freshKeys(), secretKey: 'sk_live_something' });
    expect([body.code, body.detail['providerCode']]).toEqual(['credentials_refused', 'keys_of_different_modes']);
  });

  test.each(['status500', 'drop_after'] as const)(
    'when the provider is not itself (%s) nobody knows whether the keys are good, and nothing is kept',
    async (kind) => {
      const count = (await page.seen()).connections.length;
      const keys = page.freshKeys();
      app.sandbox.faults.add({ match: 'any', kind, times: 5 });
      const { status, body } = await page.connect(keys);
      app.sandbox.faults.clear();
      expect([status, body.code]).toEqual([503, 'provider_unreachable']);
      expect((await page.seen()).connections).toHaveLength(count);
      expect((await page.connect(keys)).status).toBe(200);
    },
  );

  test.each<[string, object, string]>([
    ['a publishable key in the secret field', { secretKey: 'pk_test_oops_veryverysecret' }, 'secretKey'],
    ['nothing in a field', { signingSecret: '' }, 'signingSecret'],
    ['markup', { signingSecret: '<script>alert(1)</script>' }, 'signingSecret'],
    ['ten thousand letters', { secretKey: `sk_test_${'x'.repeat(4900)}` }, 'secretKey'],
  ])('%s is refused with the name of the field', async (_, wrong, field) => {
    const { status, body } = await page.connect({ ...page.freshKeys(), ...wrong });
    expect([status, body.code, body.detail['fields']]).toEqual([400, 'invalid_request', [field]]);
  });

  test('keys can be tested without being kept', async () => {
    const count = (await page.seen()).connections.length;
    const good = await page.owner.here<{ account: string }>('POST', 'cashless-payment/connection-tests', {
      provider: 'stripe',
      credentials: page.freshKeys(),
    });
    expect(good.body.account).toContain('acct_');
    const bad = await page.owner.here<Refused>('POST', 'cashless-payment/connection-tests', {
      provider: 'stripe',
      credentials: page.freshKeys(false),
    });
    expect(bad.body.code).toBe('credentials_refused');
    expect((await page.seen()).connections).toHaveLength(count);
  });

  test('a register of somebody else cannot be paid into', async () => {
    const { body } = await page.connect(page.freshKeys(), { registerId: 'acc_nowhere' });
    expect(body.code).toBe('not_found');
  });

  test('a provider that does not exist is not there', async () => {
    expect((await page.connect(page.freshKeys(), { provider: 'constructor' })).body.code).toBe('not_found');
  });
});

describe('a connection that is there', () => {
  test('is tested again at any moment; a good answer is noted, a bad one is told', async () => {
    const keys = page.freshKeys();
    const made = await page.connected(keys);
    app.clock.advance({ minutes: 5 });
    const test1 = await page.owner.here('POST', `cashless-payment/connections/${made.id}/tests`);
    expect(test1.status).toBe(200);
    expect((await page.connection(made.id)).testedAt).toBe(app.clock.now().toISOString());
    app.sandbox.setAccount({
      id: accountIdOf(keys.secretKey),
      secretKey: 'sk_test_rolled',
      publishableKey: 'pk_test_rolled',
      webhookSecret: 'whsec_x',
    });
    const test2 = await page.owner.here<Refused>('POST', `cashless-payment/connections/${made.id}/tests`);
    expect(test2.body.code).toBe('credentials_refused');
  });

  test('gets another name and another register; who saw an older state is told', async () => {
    const made = await page.connected();
    const main = (await page.seen()).registers.find(({ name }) => name === 'main');
    const { body } = await page.change('PATCH', `connections/${made.id}`, { version: made.version, label: '=cmd()|🌿', registerId: main?.id });
    expect(body.connections.find(({ id }) => id === made.id)).toMatchObject({ label: '=cmd()|🌿', registerId: main?.id });
    const stale = await page.change('PATCH', `connections/${made.id}`, { version: made.version, label: 'Mine' });
    expect([stale.status, stale.body.code]).toEqual([409, 'changed_meanwhile']);
  });

  test('takes rolled keys of the same account, also with payments under way', async () => {
    await page.withPayment(async ({ connection, keys }) => {
      const rolled = { publishableKey: 'pk_test_rolled_1', secretKey: `sk_test_${SECRET}_rolled_1`, signingSecret: `whsec_${SECRET}_rolled_1` };
      app.sandbox.setAccount({
        id: accountIdOf(keys.secretKey),
        secretKey: rolled.secretKey,
        publishableKey: rolled.publishableKey,
        webhookSecret: rolled.signingSecret,
      });
      const { status, body } = await page.change('PUT', `connections/${connection.id}/credentials`, {
        version: connection.version,
        credentials: rolled,
      });
      expect([status, body.connections.find(({ id }) => id === connection.id)?.paymentsUnderWay]).toEqual([200, 1]);
    });
  });

  test('refuses keys of another account once payments were made on its own: nobody could ask about them any more', async () => {
    await page.withPayment(async ({ connection }) => {
      const { status, body } = await page.change('PUT', `connections/${connection.id}/credentials`, {
        version: connection.version,
        credentials: page.freshKeys(),
      });
      expect([status, body.code, body.detail['why']]).toEqual([409, 'still_used', 'other_account']);
    });
  });

  test('without any payment takes keys of another account', async () => {
    const made = await page.connected();
    expect((await page.change('PUT', `connections/${made.id}/credentials`, { version: made.version, credentials: page.freshKeys() })).status).toBe(
      200,
    );
  });

  test('bad keys replace nothing', async () => {
    const made = await page.connected();
    const { body } = await page.change('PUT', `connections/${made.id}/credentials`, { version: made.version, credentials: page.freshKeys(false) });
    expect(body.code).toBe('credentials_refused');
    expect((await page.owner.here('POST', `cashless-payment/connections/${made.id}/tests`)).status).toBe(200);
  });

  test('is not put away while a method pays through it or a payment is under way; afterwards what still arrives is received and settled', async () => {
    await page.withPayment(async ({ connection, client, token, page: sent }) => {
      const away = async () => {
        const now = (await page.seen()).connections.find(({ id }) => id === connection.id);
        return page.change('POST', `connections/${connection.id}/archival`, { version: now?.version ?? 0 });
      };
      expect((await away()).body).toMatchObject({ code: 'still_used', detail: { why: 'method' } });
      await page.switchTo(true, app.connectionId);
      expect((await away()).body).toMatchObject({ code: 'still_used', detail: { why: 'payments', underWay: 1 } });
      app.sandbox.events.hold();
      app.sandbox.pay(sent);
      await client.comeBack(token);
      const gone = await away();
      expect(gone.body.connections.find(({ id }) => id === connection.id)?.archivedAt).toBe(app.clock.now().toISOString());
      await app.sandbox.events.release();
      app.sandbox.events.setMode('send');
      await app.afterwards();
      const then = (await page.seen()).connections.find(({ id }) => id === connection.id);
      expect(then?.events.find(({ type }) => type === 'checkout.session.completed')?.arrivedAt).not.toBeNull();
      expect((await client.see(token)).body.status).toBe('confirmed');
      expect(
        (await page.owner.here<Refused>('PUT', 'cashless-payment/methods/visit_link', { version: 0, enabled: false, connectionId: connection.id }))
          .body.code,
      ).toBe('not_found');
    });
  });
});

describe('who may', () => {
  test('somebody who may only see sees, and changes nothing', async () => {
    const accountant = await signInAs(app, 'accountant');
    expect((await accountant.here('GET', 'cashless-payment')).status).toBe(200);
    const { body } = await accountant.here<Refused>('POST', `cashless-payment/connections/${app.connectionId}/tests`);
    expect(body).toMatchObject({ code: 'right_missing', detail: { right: 'online_payment.edit' } });
  });

  test('a connection of another location or chain is not there', async () => {
    const made = await page.connected();
    await sql`insert into chains (chain_id, slug, name, created_at) values ('chn_far', 'far', 'Far', now()) on conflict do nothing`.execute(
      app.database.read,
    );
    await sql`
      insert into locations (chain_id, location_id, slug, name, country, currency, time_zone, default_language, languages, created_at)
      values (${app.scope.chainId}, 'loc_near', 'near', 'Near', 'PT', 'EUR', 'Europe/Lisbon', 'en', '{en}', now())`.execute(app.database.read);
    await sql`update provider_connections set location_id = 'loc_near' where connection_id = ${made.id}`.execute(app.database.read);
    const answers = [
      await page.owner.here<Refused>('POST', `cashless-payment/connections/${made.id}/tests`),
      await page.change('PATCH', `connections/${made.id}`, { version: 1, label: 'Mine' }),
      await page.change('PUT', `connections/${made.id}/credentials`, { version: 1, credentials: page.freshKeys() }),
      await page.change('POST', `connections/${made.id}/archival`, { version: 1 }),
      await page.change('PUT', 'methods/visit_link', { version: (await page.seen()).methods[1]?.version, enabled: true, connectionId: made.id }),
    ];
    expect(answers.map(({ status, body }) => `${status} ${body.code}`)).toEqual(Array(5).fill('404 not_found'));
  });

  test('every change is in the audit log, and no secret is: nor in any answer, nor in the server’s own log', async () => {
    const { rows } = await sql<{ action: string; text: string }>`select action, a::text as text from audit_log a order by at, audit_id`.execute(
      app.database.read,
    );
    const actions = new Set(rows.map(({ action }) => action));
    for (const action of [
      'payment_connection.made',
      'payment_connection.changed',
      'payment_connection.credentials_replaced',
      'payment_connection.archived',
      'payment_method.switched',
    ])
      expect(actions).toContain(action);
    expect(logged.length).toBeGreaterThan(100);
    const everything = [...rows.map(({ text }) => text), ...logged, JSON.stringify(await page.seen())].join('\n');
    expect(everything).not.toContain(SECRET);
    expect(everything).not.toContain(KEYS.signingSecret);
  });
});

describe('where sandboxes are refused', () => {
  test('a provider is the provider itself, and a sandbox’s connection from another time is shown as not usable', async () => {
    const serve = await app.again({ sandboxEndpoint: () => undefined });
    const answer = await serve.http.inject({
      method: 'GET',
      url: `/api/v1/admin/locations/${app.scope.locationId}/cashless-payment`,
      headers: { cookie: page.owner.cookie },
    });
    const body = answer.json<CashlessPayment>();
    for (const { sandboxPage } of body.providers) expect(sandboxPage).toBeNull();
    expect(body.connections[0]).toMatchObject({ usable: false, webhooksReachUs: false });
    const test1 = await serve.http.inject({
      method: 'POST',
      url: `/api/v1/admin/locations/${app.scope.locationId}/cashless-payment/connections/${app.connectionId}/tests`,
      headers: { cookie: page.owner.cookie },
    });
    expect(test1.json<Refused>().code).toBe('payment_unavailable');
  });
});
