import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { issueCertificate } from './issue-certificate.ts';
import { callWith, cobOf, merchant, newTxid, sandboxForTest, signedIn, start, statePath, webhookAddress } from './sandbox-for-test.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded' };

test('a call without a certificate of this PSP does not get through', async () => {
  const { sandbox } = await sandboxForTest();
  const { keys } = await merchant(sandbox, 'salon');
  const foreign = await issueCertificate({ name: keys['clientId'] ?? '', for: 'client', from: start, until: new Date('2060-01-01') });
  const another = await (await sandboxForTest()).sandbox.inventKeys('salon');
  expect(another['clientId']).toBe(keys['clientId']);
  for (const certificate of [undefined, foreign.certificate + foreign.key, another['certificate']]) {
    await expect(callWith(sandbox, certificate)('GET', '/v2/webhook')).rejects.toThrow();
    await expect(callWith(sandbox, certificate)('POST', '/oauth/token', { body: {} })).rejects.toThrow();
  }
});

test('a certificate of another merchant opens nothing, neither with the secret nor with a token', async () => {
  const { sandbox } = await sandboxForTest();
  const salon = await merchant(sandbox, 'salon');
  const other = await merchant(sandbox, 'other');
  const { clientId: client_id, clientSecret: client_secret } = salon.keys;
  const body = { grant_type: 'client_credentials', client_id, client_secret };
  expect(await other.bare('POST', '/oauth/token', { body })).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
  const stolen = { authorization: await salon.signIn() };
  expect(await other.bare('GET', '/v2/webhook', { headers: stolen })).toMatchObject({
    status: 403,
    body: { type: 'https://pix.bcb.gov.br/api/v2/error/AcessoNegado' },
  });
});

test('a certificate made up for nobody opens nothing until there is an account', async () => {
  const { sandbox } = await sandboxForTest();
  const keys = await sandbox.inventKeys('nobody');
  const { clientId: client_id, clientSecret: client_secret } = keys;
  const ask = () =>
    callWith(sandbox, keys['certificate'])('POST', '/oauth/token', { body: { grant_type: 'client_credentials', client_id, client_secret } });
  expect((await ask()).status).toBe(401);
  sandbox.setAccount(keys);
  expect((await ask()).status).toBe(200);
});

test('a token is given to the secret in the header or in the body, as a form or as JSON', async () => {
  const { sandbox } = await sandboxForTest();
  const { bare, keys } = await merchant(sandbox, 'salon');
  const { clientId: client_id = '', clientSecret: client_secret = '' } = keys;
  const authorization = `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`;
  const both = { grant_type: 'client_credentials', client_id, client_secret };
  const asked = await Promise.all([
    bare('POST', '/oauth/token', { body: both }),
    bare('POST', '/oauth/token', { body: new URLSearchParams(both).toString(), headers: form }),
    bare('POST', '/oauth/token', { body: { grant_type: 'client_credentials' }, headers: { authorization } }),
    bare('POST', '/oauth/token', { body: 'grant_type=client_credentials&scope=cob.read%20pix.read', headers: { ...form, authorization } }),
  ]);
  expect(asked.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(asked.at(-1)?.body.scope).toBe('cob.read pix.read');
});

test.each([
  ['another secret', { client_secret: 'wrong' }, 401, 'invalid_client'],
  ['nobody’s id', { client_id: 'wrong' }, 401, 'invalid_client'],
  ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type'],
  ['no grant', { grant_type: undefined }, 400, 'invalid_request'],
  ['a scope there is not', { scope: 'cob.read everything' }, 400, 'invalid_scope'],
])('%s brings no token', async (_what, more, status, error) => {
  const { sandbox } = await sandboxForTest();
  const { bare, keys } = await merchant(sandbox, 'salon');
  const { clientId: client_id, clientSecret: client_secret } = keys;
  const body = { grant_type: 'client_credentials', client_id, client_secret, ...more };
  expect(await bare('POST', '/oauth/token', { body })).toMatchObject({ status, body: { error } });
});

test('a token opens what its scopes say, for an hour, and nothing else', async () => {
  const { clock, sandbox } = await sandboxForTest();
  const { bare, keys } = await merchant(sandbox, 'salon');
  const { clientId: client_id, clientSecret: client_secret } = keys;
  const { body } = await bare('POST', '/oauth/token', {
    body: { grant_type: 'client_credentials', client_id, client_secret, scope: 'webhook.read' },
  });
  const headers = { authorization: `Bearer ${body.access_token}` };
  expect((await bare('GET', '/v2/webhook', { headers })).status).toBe(200);
  const [asked, webhook] = ['/v2/cob', `/v2/webhook/${keys['pixKey']}`];
  expect((await bare('POST', asked, { body: cobOf(keys), headers })).body.type).toContain('AcessoNegado');
  expect((await bare('PUT', webhook, { body: {}, headers })).body.type).toContain('AcessoNegado');
  expect((await bare('GET', '/v2/webhook')).status).toBe(401);
  expect((await bare('GET', '/v2/webhook', { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
  clock.move({ seconds: 3599 });
  expect((await bare('GET', '/v2/webhook', { headers })).status).toBe(200);
  clock.move({ seconds: 1 });
  expect((await bare('GET', '/v2/webhook', { headers })).status).toBe(401);
});

test('after a restart the authority, the certificates, the accounts, their charges and addresses are the same', async () => {
  const path = statePath();
  const hook = await webhookAddress();
  const first = await sandboxForTest({ statePath: path });
  const salon = await merchant(first.sandbox, 'salon', hook.url);
  const txid = newTxid();
  const cob = await salon.good('PUT', `/v2/cob/${txid}`, salon.cobOf());
  first.sandbox.webhooks.setMode('hold');
  first.sandbox.pay(txid);
  const { ca } = first.sandbox;
  await first.sandbox.close();

  const { sandbox } = await sandboxForTest({ statePath: path });
  expect(sandbox.ca).toBe(ca);
  const { baseUrl: _base, tokenUrl: _token, ...keys } = await sandbox.inventKeys('salon');
  expect(salon.keys).toMatchObject(keys);
  const again = await signedIn(sandbox, salon.keys);
  expect(await again.good('GET', `/v2/cob/${txid}`)).toMatchObject({ ...cob, status: 'CONCLUIDA', revisao: 1 });
  await sandbox.tick();
  expect(hook.received).toMatchObject([{ body: { pix: [{ txid }] } }]);
});

test('other names are other merchants, whose certificates end in years', async () => {
  const { sandbox } = await sandboxForTest();
  const [one, same, two] = await Promise.all(['a', 'a', 'b'].map((name) => sandbox.inventKeys(name)));
  expect(one).toEqual(same);
  for (const field of ['clientId', 'clientSecret', 'certificate', 'pixKey']) expect(one?.[field]).not.toBe(two?.[field]);
  const { validFrom, validTo, subject } = new X509Certificate(one?.['certificate'] ?? '');
  expect(subject).toContain(one?.['clientId']);
  expect([new Date(validFrom) < start, new Date(validTo) > new Date(start.getTime() + 700 * 86_400_000)]).toEqual([true, true]);
  expect(one?.['pixKey']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('OpenSSL finds nothing wrong with any certificate', async () => {
  const { sandbox } = await sandboxForTest();
  const { certificate = '' } = await sandbox.inventKeys('salon');
  const [ca, client] = [statePath(), statePath()];
  writeFileSync(ca, sandbox.ca ?? '');
  writeFileSync(client, certificate);
  // openssl verify -x509_strict -purpose sslclient -CAfile ca.pem client.pem
  expect(execFileSync('openssl', ['verify', '-x509_strict', '-purpose', 'sslclient', '-CAfile', ca, client], { encoding: 'utf8' })).toContain('OK');
});
