import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { cashlessPage, type Page, SALON } from './testing/cashless-page.ts';

let app: TestApp;
let page: Page;
beforeAll(async () => {
  app = await testApp({ salon: SALON });
  page = await cashlessPage(app);
});
afterAll(() => app.close());

describe('the self-test of webhooks', () => {
  test('shows what has arrived and when, and what has not', async () => {
    const before = await page.connection(app.connectionId);
    // eight of paying and giving back, five of disputes
    expect(before.events.filter(({ asked }) => asked)).toHaveLength(13);
    const { page: sent } = await page.booked();
    app.sandbox.pay(sent);
    await app.sandbox.events.settled();
    const after = await page.connection(app.connectionId);
    expect(after.events.find(({ type }) => type === 'checkout.session.completed')?.arrivedAt).toBe(app.clock.now().toISOString());
    expect(after.events.find(({ type }) => type === 'refund.failed')?.arrivedAt).toBeNull();
  });

  test('a message with a wrong signature shows until a good one comes', async () => {
    const made = await page.connected();
    const answer = await app.http.inject({
      method: 'POST',
      url: new URL(made.webhookUrl ?? '').pathname,
      headers: { 'stripe-signature': 't=1,v1=00', 'content-type': 'application/json' },
      payload: '{}',
    });
    expect(answer.statusCode).toBe(400);
    expect((await page.connection(made.id)).refusedWebhook?.at).toBe(app.clock.now().toISOString());
  });
});

describe('the two methods', () => {
  test('are switched each by itself, each with a connection of its own', async () => {
    const made = await page.connected();
    const link = (await page.seen()).methods.find(({ method }) => method === 'visit_link');
    const { body } = await page.change('PUT', 'methods/visit_link', { version: link?.version, enabled: true, connectionId: made.id });
    expect(body.methods.map(({ method, enabled, connectionId }) => [method, enabled, connectionId])).toEqual([
      ['online_registration', true, app.connectionId],
      ['visit_link', true, made.id],
    ]);
    const now = body.methods.find(({ method }) => method === 'visit_link');
    const off = await page.change('PUT', 'methods/visit_link', { version: now?.version, enabled: false, connectionId: null });
    expect(off.body.methods[1]).toMatchObject({ enabled: false, connectionId: made.id });
    const stale = await page.change('PUT', 'methods/visit_link', { version: now?.version, enabled: true, connectionId: null });
    expect(stale.body.code).toBe('changed_meanwhile');
  });

  test('cannot be switched on without company details, and the page says so', async () => {
    await page.switchTo(false);
    await sql`delete from company_details where chain_id = ${app.scope.chainId}`.execute(app.database.read);
    expect((await page.seen()).methods[0]?.missing).toEqual(['company_details']);
    const { status, body } = await page.switchTo(true);
    expect([status, body.code, body.detail['missing']]).toEqual([409, 'step_not_allowed', 'company_details']);
    await sql`
      insert into company_details (chain_id, location_id, legal_name, registration_number, legal_address)
      values (${app.scope.chainId}, ${app.scope.locationId}, 'Salon Lda', '500000000', 'Lisbon')`.execute(app.database.read);
    expect((await page.switchTo(true)).status).toBe(200);
  });

  test('switched off with a payment under way: no new one begins, and that one is still settled', async () => {
    const { client, token, page: sent } = await page.booked();
    await page.switchTo(false);
    app.sandbox.pay(sent);
    await app.sandbox.events.settled();
    await app.afterwards();
    expect((await client.see(token)).body.status).toBe('confirmed');
    await page.switchTo(true);
  });
});
