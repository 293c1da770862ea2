import { beforeEach, expect, test } from 'vitest';
import { webhookCall } from './answer-shapes.ts';
import { merchant, newTxid, sandboxForTest, start, webhookAddress } from './sandbox-for-test.ts';

let made: Awaited<ReturnType<typeof sandboxForTest>>;
let salon: Awaited<ReturnType<typeof merchant>>;
let hook: Awaited<ReturnType<typeof webhookAddress>>;
let at: string;
beforeEach(async () => {
  made = await sandboxForTest();
  hook = await webhookAddress();
  salon = await merchant(made.sandbox, 'salon');
  at = `/v2/webhook/${encodeURIComponent(salon.keys['pixKey'] ?? '')}`;
});

async function pay(): Promise<string> {
  const txid = newTxid();
  await salon.good('PUT', `/v2/cob/${txid}`, salon.cobOf());
  made.sandbox.pay(txid);
  return txid;
}
const told = () => hook.received.map(({ body }) => body.pix.map(({ txid }) => txid));

test('an address is registered for a key, read, replaced and taken away', async () => {
  expect((await salon.call('GET', at)).body.type).toContain('WebhookNaoEncontrado');
  await salon.good('PUT', at, { webhookUrl: hook.url });
  expect(await salon.good('GET', at)).toMatchObject({ webhookUrl: hook.url, chave: salon.keys['pixKey'], criacao: start.toISOString() });
  await salon.good('PUT', at, { webhookUrl: `${hook.url}/new` });
  expect((await salon.good('GET', '/v2/webhook')).webhooks).toMatchObject([{ webhookUrl: `${hook.url}/new` }]);
  expect((await salon.good('GET', `/v2/webhook?inicio=${new Date(start.getTime() + 1).toISOString()}`)).webhooks).toEqual([]);
  const typed = { authorization: await salon.signIn(), 'content-type': 'application/json' };
  expect((await salon.bare('DELETE', at, { headers: typed })).status).toBe(204);
  expect((await salon.call('DELETE', at)).status).toBe(404);
});

test('another merchant’s key, or what is no address, is refused', async () => {
  expect((await salon.call('PUT', '/v2/webhook/other%40example.com', { webhookUrl: hook.url })).body.type).toContain('WebhookOperacaoInvalida');
  for (const webhookUrl of ['salon.example', 'ftp://salon.example', 'javascript:alert(1)', '', 5])
    expect((await salon.call('PUT', at, { webhookUrl })).body.type).toContain('WebhookOperacaoInvalida');
  expect((await salon.call('GET', at)).status).toBe(404);
});

test('an address that wants no certificates is tried once, and taken only when it answers well', async () => {
  const headers = { authorization: await salon.signIn(), 'x-skip-mtls-checking': 'true' };
  const body = { webhookUrl: `${hook.url}?hmac=secret&ignorar=` };
  hook.answer.status = 403;
  expect((await salon.bare('PUT', at, { body, headers })).body.type).toContain('WebhookOperacaoInvalida');
  expect((await salon.bare('PUT', at, { body: { webhookUrl: 'http://127.0.0.1:9/' }, headers })).status).toBe(400);
  expect((await salon.call('GET', at)).status).toBe(404);
  hook.answer.status = 200;
  expect((await salon.bare('PUT', at, { body, headers })).status).toBe(200);
  expect(hook.received.at(-1)).toEqual({
    path: '/salon?hmac=secret&ignorar=',
    body: { evento: 'teste_webhook', data_criacao: start.toISOString() },
  });
});

test('a payment is told at the address with /pix behind it, as the standard says', async () => {
  await salon.good('PUT', at, { webhookUrl: hook.url });
  const txid = await pay();
  await made.sandbox.tick();
  expect(hook.received).toMatchObject([{ path: '/salon/pix', body: { pix: [{ txid, valor: '50.00', chave: salon.keys['pixKey'] }] } }]);
  webhookCall.parse(hook.received[0]?.body);
  expect(made.sandbox.webhooks.waiting()).toBe(0);
});

test('an address that ends in a parameter swallows the /pix', async () => {
  await salon.good('PUT', at, { webhookUrl: `${hook.url}?hmac=secret&ignorar=` });
  await pay();
  await made.sandbox.tick();
  expect(hook.received[0]?.path).toBe('/salon?hmac=secret&ignorar=/pix');
});

test('a key without an address is told nothing, also not later', async () => {
  await pay();
  await salon.good('PUT', at, { webhookUrl: hook.url });
  await made.sandbox.tick();
  expect(told()).toEqual([]);
});

test('it is told again until it is taken, at the newest address', async () => {
  await salon.good('PUT', at, { webhookUrl: hook.url });
  hook.answer.status = 503;
  const txid = await pay();
  await made.sandbox.tick();
  made.clock.move({ seconds: 9 });
  await made.sandbox.tick();
  expect(told()).toEqual([[txid]]);
  made.clock.move({ seconds: 1 });
  hook.answer.status = 204;
  await salon.good('PUT', at, { webhookUrl: `${hook.url}/new` });
  await made.sandbox.tick();
  expect(hook.received.map(({ path }) => path)).toEqual(['/salon/pix', '/salon/new/pix']);
  made.clock.move({ days: 1 });
  await made.sandbox.tick();
  expect(hook.received).toHaveLength(2);
});

test('after ten attempts it is given up', async () => {
  await salon.good('PUT', at, { webhookUrl: hook.url });
  hook.answer.status = 302;
  await pay();
  for (let tries = 0; tries < 12; tries++) {
    await made.sandbox.tick();
    made.clock.move({ days: 1 });
  }
  expect(hook.received).toHaveLength(10);
  expect(made.sandbox.webhooks.waiting()).toBe(0);
});

test('several Pix come in one call where the PSP groups them, and none is lost or doubled', async () => {
  made.sandbox.setHabits(salon.keys['clientId'] ?? '', { pixPerCall: 3 });
  await salon.good('PUT', at, { webhookUrl: hook.url });
  made.sandbox.webhooks.setMode('hold');
  const txids = [];
  for (let count = 0; count < 4; count++) txids.push(await pay());
  expect(made.sandbox.webhooks.waiting()).toBe(2);
  await made.sandbox.webhooks.release({ times: 2 });
  expect(told()).toEqual([txids.slice(0, 3), txids.slice(0, 3), txids.slice(3), txids.slice(3)]);
});

test('what is added to a call that is under way goes out after it', async () => {
  made.sandbox.setHabits(salon.keys['clientId'] ?? '', { pixPerCall: 10 });
  await salon.good('PUT', at, { webhookUrl: hook.url });
  const [first, second] = [newTxid(), newTxid()];
  for (const txid of [first, second]) await salon.good('PUT', `/v2/cob/${txid}`, salon.cobOf());
  made.sandbox.pay(first);
  made.sandbox.pay(second);
  await made.sandbox.tick();
  await made.sandbox.tick();
  expect(told().flat()).toEqual([first, second]);
});

test('webhooks of one merchant do not reach another', async () => {
  const elsewhere = await webhookAddress();
  await merchant(made.sandbox, 'other', elsewhere.url);
  await salon.good('PUT', at, { webhookUrl: hook.url });
  await pay();
  await made.sandbox.tick();
  expect([hook.received.length, elsewhere.received.length]).toEqual([1, 0]);
});
