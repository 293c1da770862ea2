import type { ApiKeys, NewApiKey } from '@holdfast/contract/api-keys';
import { builtInRoles, type Right } from '@holdfast/contract/rights';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { newApiKeySecret, prefixOf, readBearer } from './api-key.ts';
import { createKeyPace } from './key-pace.ts';

let app: TestApp;
let owner: StaffUser;
beforeEach(async () => {
  app = await testApp({
    salon: { services: { cut: { price: 4000, minutes: 60, status: 'available' } }, staff: { anna: { status: 'available' } } },
    listen: false,
  });
  owner = await signInAs(app, 'owner');
});
afterEach(() => app.close());

const wish = (more: object = {}) => ({ name: 'Website', role: 'reception', rights: [], locations: ['loc_test'], expiresAt: null, ...more });

async function ask(secret: string, method: 'GET' | 'POST', path: string, body?: object, headers: object = {}) {
  const answer = await app.http.inject({
    method,
    url: `/api/v1/admin/${path}`,
    headers: { authorization: `Bearer ${secret}`, ...headers },
    ...(body ? { payload: body } : {}),
  });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>(), headers: answer.headers };
}

test('a key is shown once, works with the rights it was given, and what it does is written down as its doing', async () => {
  const made = (await owner.call<NewApiKey>('POST', 'api-keys', wish())).body;
  expect(made.secret).toMatch(/^hf_[0-9A-Za-z]{40}_chn_test$/);
  expect([made.key.prefix, made.key.state]).toEqual([made.secret.slice(0, 9), 'working']);
  expect(JSON.stringify((await owner.call('GET', 'api-keys')).body)).not.toContain(made.secret);
  const client = { name: 'Ana', phone: '+351912345678', email: '', language: 'en', note: '' };
  expect((await ask(made.secret, 'POST', 'clients', client)).status).toBe(201);
  expect(await ask(made.secret, 'GET', 'users')).toMatchObject({ status: 403, body: { code: 'right_missing', detail: { right: 'users.edit' } } });
  const { rows } = await sql<{
    name: string;
    who: string;
  }>`select user_name name, user_id who from audit_log where action = 'client.created'`.execute(app.database.read);
  expect(rows).toEqual([{ name: 'API key: Website', who: owner.userId }]);
  const [seen] = (await owner.call<ApiKeys>('GET', 'api-keys')).body.keys;
  expect(seen).toMatchObject({ usedAt: '2026-03-02T09:00:00.000Z', usedFrom: '127.0.0.1' });
});

test('neither the secret nor a hash that could be guessed from it is kept anywhere', async () => {
  const { secret } = (await owner.call<NewApiKey>('POST', 'api-keys', wish())).body;
  await ask(secret, 'GET', 'clients');
  for (const table of ['api_keys', 'audit_log', 'outbox']) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(table)} t`.execute(app.database.read);
    expect(rows.map(({ row }) => row).join(), table).not.toContain(secret.slice(3, 43));
  }
  const { rows } = await sql<{ plain: boolean }>`select secret_hash = sha256(convert_to(${secret}, 'UTF8')) plain from api_keys`.execute(
    app.database.read,
  );
  expect(rows).toEqual([{ plain: false }]);
});

test('a revoked key opens nothing from that moment on, and neither does one that has run out', async () => {
  const first = (await owner.call<NewApiKey>('POST', 'api-keys', wish())).body;
  expect((await ask(first.secret, 'GET', 'clients')).status).toBe(200);
  expect((await owner.call('POST', `api-keys/${first.key.id}/revocation`)).body).toMatchObject({ state: 'revoked' });
  expect(await ask(first.secret, 'GET', 'clients')).toMatchObject({ status: 401, body: { code: 'not_signed_in' } });
  const second = (await owner.call<NewApiKey>('POST', 'api-keys', wish({ expiresAt: '2026-03-02T10:00:00.000Z' }))).body;
  app.clock.advance({ minutes: 59 });
  expect((await ask(second.secret, 'GET', 'clients')).status).toBe(200);
  app.clock.advance({ minutes: 1 });
  expect((await ask(second.secret, 'GET', 'clients')).status).toBe(401);
  expect((await owner.call('POST', 'api-keys', wish({ expiresAt: '2026-03-02T10:00:00.000Z' }))).status).toBe(400);
});

test('a key with a role follows the role; nobody makes one that may do more than they', async () => {
  await sql`
    insert into roles (chain_id, role_id, name, rights, registers, created_at)
    values ('chn_test', 'rol_keys', 'Keys', ${['integrations.edit', 'clients.see', 'checkout.take']}, ${['acc_1']}, now())`.execute(
    app.database.read,
  );
  const keeper = await signInAs(app, 'rol_keys');
  const chosen = (rights: readonly Right[]) => wish({ role: null, rights });
  expect((await keeper.call('POST', 'api-keys', chosen(['clients.see', 'clients.edit']))).body).toMatchObject({ code: 'right_missing' });
  expect((await keeper.call('POST', 'api-keys', wish())).body).toMatchObject({ code: 'right_missing' });
  // a right that they have at one register only
  expect((await keeper.call('POST', 'api-keys', chosen(['checkout.take']))).body).toMatchObject({ code: 'right_missing' });
  const { secret } = (await keeper.call<NewApiKey>('POST', 'api-keys', wish({ role: 'rol_keys' }))).body;
  expect((await ask(secret, 'GET', 'clients')).status).toBe(200);
  await sql`update roles set rights = '{integrations.edit}' where role_id = 'rol_keys'`.execute(app.database.read);
  expect((await ask(secret, 'GET', 'clients')).body).toMatchObject({ code: 'right_missing', detail: { right: 'clients.see' } });
});

test('a key makes no keys and no webhooks, and has no account of its own', async () => {
  const { secret } = (await owner.call<NewApiKey>('POST', 'api-keys', wish({ role: null, rights: builtInRoles.owner }))).body;
  const endpoint = { url: 'https://example.com/', about: '', types: ['client.created'], locationId: null };
  for (const [method, path, body] of [
    ['POST', 'api-keys', wish()],
    ['POST', 'webhook-endpoints', endpoint],
    ['GET', 'account', undefined],
    ['GET', 'session', undefined],
  ] as const)
    expect([path, (await ask(secret, method, path, body)).body['code']]).toEqual([path, 'not_by_key']);
  expect((await ask(secret, 'GET', 'users')).status).toBe(200);
});

test('a key counts before a cookie, needs no page of ours, and one that is none is nobody', async () => {
  const { secret } = (await owner.call<NewApiKey>('POST', 'api-keys', wish())).body;
  const wrong = `${secret.slice(0, 10)}${secret[10] === 'x' ? 'y' : 'x'}${secret.slice(11)}`;
  expect((await ask(wrong, 'GET', 'clients', undefined, { cookie: owner.cookie })).status).toBe(401);
  expect((await ask('hf_short', 'GET', 'clients', undefined, { cookie: owner.cookie })).status).toBe(401);
  const client = { name: 'Rui', phone: '', email: '', language: 'en', note: '' };
  expect((await ask(secret, 'POST', 'clients', client, { origin: 'https://elsewhere.example' })).status).toBe(201);
  expect(readBearer(`Bearer ${secret}\u0000`)).toBeUndefined();
});

test('a key that asks too fast has to wait, and is told how long', async () => {
  const pace = createKeyPace();
  const at = new Date('2026-03-02T09:00:00Z');
  const answers = Array.from({ length: 121 }, () => pace('key_a', at));
  expect([answers[119], answers[120], pace('key_b', at)]).toEqual([0, 1, 0]);
  expect([pace('key_a', new Date(at.getTime() + 100)), pace('key_a', new Date(at.getTime() + 100))]).toEqual([0, 1]);
  const { secret } = (await owner.call<NewApiKey>('POST', 'api-keys', wish())).body;
  const all = await Promise.all(Array.from({ length: 125 }, () => ask(secret, 'GET', 'clients')));
  const refused = all.filter(({ status }) => status === 429);
  expect([refused.length, refused[0]?.headers['retry-after']]).toEqual([5, '1']);
});

test('two keys are never alike, and each begins as its owner is shown', () => {
  const keys = Array.from({ length: 50 }, () => newApiKeySecret('chn_test'));
  expect(new Set(keys.map(({ secret }) => secret)).size).toBe(50);
  expect(keys.every((one) => one.secret.startsWith(prefixOf(one)) && readBearer(`bearer ${one.secret}`)?.chainId === 'chn_test')).toBe(true);
});
