import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mintScope } from '../access/scope.ts';
import { newSealingKey } from '../kit/seal.ts';
import { connectProvider, switchOnlinePayment } from './connect-provider.ts';
import { installationMark } from './installation-mark.ts';
import { openConnectionById } from './read-credentials.ts';
import { readOnlineMethod } from './read-methods.ts';
import { attemptOfReference, paymentReference } from './references.ts';
import { type TestShop, testShop } from './testing/test-shop.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await testShop();
});
afterAll(() => shop.close());

const keys = { publishableKey: 'pk_test_1234567890abcd', secretKey: 'sk_test_veryverysecret9876', signingSecret: 'whsec_veryverysecret4321' };
const wish = { provider: 'stripe', label: 'Till', credentials: keys, sandbox: true, currency: 'EUR' };

describe('connecting a provider', () => {
  test('keeps its secrets sealed: the database shows four characters of each, and only this installation’s key opens the rest', async () => {
    const id = await shop.db.transaction((tx) => connectProvider(tx, shop.ctx, shop.scope, wish));
    const { rows } = await sql<{ row: string; credentials: Buffer; credential_hints: unknown }>`
      select c::text as row, credentials, credential_hints from provider_connections c where connection_id = ${id}`.execute(shop.db.read);
    expect(rows[0]?.credential_hints).toEqual({ publishableKey: 'abcd', secretKey: '9876', signingSecret: '4321' });
    const shown = `${rows[0]?.row} ${rows[0]?.credentials.toString('latin1')}`;
    for (const secret of Object.values(keys)) expect(shown).not.toContain(secret.slice(0, 12));
    expect((await openConnectionById(shop.ctx, shop.scope.chainId, id)).credentials).toEqual(keys);
    await expect(openConnectionById({ ...shop.ctx, sealingKey: newSealingKey() }, shop.scope.chainId, id)).rejects.toThrow();
  });

  test('a sealed secret that is copied to another connection does not open there', async () => {
    const id = await shop.db.transaction((tx) => connectProvider(tx, shop.ctx, shop.scope, wish));
    await sql`update provider_connections set credentials = (select credentials from provider_connections where connection_id = ${shop.connectionId})
       where connection_id = ${id}`.execute(shop.db.read);
    await expect(openConnectionById(shop.ctx, shop.scope.chainId, id)).rejects.toThrow();
  });

  test.each<[string, Record<string, string>]>([
    ['a key of the wrong kind', { ...keys, secretKey: 'pk_test_veryverysecret9876' }],
    ['a missing key', { publishableKey: keys.publishableKey, secretKey: keys.secretKey }],
    ['a key that nobody asked for', { ...keys, other: 'sk_test_veryverysecret9876' }],
  ])('%s is refused, and the refusal repeats no secret', async (_, credentials) => {
    const refusal = await shop.db
      .transaction((tx) => connectProvider(tx, shop.ctx, shop.scope, { ...wish, credentials }))
      .catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'invalid_request' });
    expect(JSON.stringify(refusal) + String(refusal)).not.toContain('veryverysecret');
  });

  test('gives it a clearing account and lets it pay out to the Card payment account', async () => {
    const id = await shop.db.transaction((tx) => connectProvider(tx, shop.ctx, shop.scope, wish));
    const { rows } = await sql`
      select r.kind, r.owner_id, c.currency from provider_connections p
        join ledger_accounts r on r.chain_id = p.chain_id and r.account_id = p.register_account_id
        join ledger_accounts c on c.chain_id = p.chain_id and c.kind = 'clearing' and c.owner_id = p.connection_id
       where p.connection_id = ${id}`.execute(shop.db.read);
    expect(rows).toEqual([{ kind: 'register', owner_id: 'card', currency: 'EUR' }]);
  });
});

describe('switching online payment on', () => {
  test('is refused while clients could not see whom they pay', async () => {
    const bare = mintScope('cha_shop', 'loc_bare');
    const wanted = shop.db.transaction((tx) => switchOnlinePayment(tx, bare, { enabled: true, connectionId: shop.connectionId }));
    await expect(wanted).rejects.toMatchObject({ code: 'step_not_allowed' });
  });

  test('is refused without a provider', async () => {
    const wanted = shop.db.transaction((tx) => switchOnlinePayment(tx, shop.scope, { enabled: true, connectionId: undefined }));
    await expect(wanted).rejects.toMatchObject({ code: 'step_not_allowed' });
  });

  test('and off again keeps the connection, and moves the version of the location’s rules', async () => {
    const version = async () =>
      (await sql<{ v: bigint }>`select rules_version v from locations where location_id = 'loc_shop'`.execute(shop.db.read)).rows[0]?.v ?? 0n;
    const before = await version();
    await shop.db.transaction((tx) => switchOnlinePayment(tx, shop.scope, { enabled: false, connectionId: undefined }));
    expect(await readOnlineMethod(shop.db.read, shop.scope, 'online_registration')).toMatchObject({ enabled: false });
    expect(await version()).toBeGreaterThan(before);
    await shop.db.transaction((tx) => switchOnlinePayment(tx, shop.scope, { enabled: true, connectionId: shop.connectionId }));
    expect(await readOnlineMethod(shop.db.read, shop.scope, 'online_registration')).toMatchObject({
      enabled: true,
      connectionId: shop.connectionId,
      providerName: 'stripe',
    });
  });
});

describe('the installation’s mark', () => {
  test('is made once, however many processes start at once', async () => {
    await sql`delete from installation where key = 'mark'`.execute(shop.db.read);
    const marks = await Promise.all(Array.from({ length: 16 }, () => installationMark(shop.db.read)));
    expect(new Set(marks).size).toBe(1);
    expect(marks[0]).toMatch(/^[0-9a-z]{8}$/);
  });

  test('tells our payments from everybody else’s', () => {
    const ours = paymentReference('k3m9x2ab', 'pay_1');
    expect(attemptOfReference('k3m9x2ab', ours)).toBe('pay_1');
    for (const other of [undefined, '', 'order-1', 'hf_k3m9x2ab_', paymentReference('zzzzzzzz', 'pay_1'), ` ${ours}`]) {
      expect(attemptOfReference('k3m9x2ab', other)).toBeUndefined();
    }
  });
});
