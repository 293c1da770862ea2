import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { beforeEach, expect, test } from 'vitest';
import { merchant, newTxid, sandboxForTest, signedIn, statePath, webhookAddress } from './sandbox-for-test.ts';

let made: Awaited<ReturnType<typeof sandboxForTest>>;
let salon: Awaited<ReturnType<typeof merchant>>;
beforeEach(async () => {
  made = await sandboxForTest();
  salon = await merchant(made.sandbox, 'salon');
});

const page = (path: string, options: RequestInit = {}) => fetch(`${made.sandbox.pagesOrigin}${path}`, { redirect: 'manual', ...options });
const post = (path: string, fields: Record<string, string>) => page(path, { method: 'POST', body: new URLSearchParams(fields) });
const appAt = (code: string, more: Record<string, string> = {}) => `/app?${new URLSearchParams({ code, ...more })}`;

async function charge(more: object = {}) {
  const txid = newTxid();
  const cob = await salon.good('PUT', `/v2/cob/${txid}`, salon.cobOf(more));
  return { txid, code: String(cob.pixCopiaECola) };
}

test('the bank’s app shows who gets how much, and paying there is told and shown', async () => {
  const { txid, code } = await charge({ valor: { original: '1234.50' }, solicitacaoPagador: 'Corte <b>&</b> barba' });
  const shown = await (await page(appAt(code, { lang: 'pt' }))).text();
  expect(shown).toMatch(/R\$\s?1[\s.]?234,50/);
  expect(shown).toContain('Teste salon');
  expect(shown).toContain('Corte &lt;b&gt;&amp;&lt;/b&gt; barba');
  expect(shown).toContain('hf_pay_1');
  const answer = await post('/app?lang=pt', { code, bank: 'pays' });
  expect(answer.status).toBe(303);
  const paid = await (await page(answer.headers.get('location') ?? '')).text();
  expect(paid).toContain('<h1 class="title">Pago</h1>');
  expect(await salon.good('GET', `/v2/cob/${txid}`)).toMatchObject({ status: 'CONCLUIDA', pix: [{ valor: '1234.50' }] });
  expect(await (await page(appAt(code))).text()).toContain('already been paid');
  await post('/app', { code, bank: 'pays' });
  expect(made.sandbox.payments()[0]?.capturedMinor).toBe(123_450n);
});

test.each([
  ['refuses', 'The bank has refused'],
  ['never', 'The connection broke off'],
  ['', 'The connection broke off'],
])('a bank that %s moves no money, says so, and the charge can still be paid', async (bank, words) => {
  const { txid, code } = await charge();
  const answer = await post('/app?lang=en', { code, bank });
  const again = await (await page(answer.headers.get('location') ?? '')).text();
  expect(again).toContain(words);
  expect(again).toContain('<button>Pay R$');
  expect(made.sandbox.payments()[0]?.state).toBe('open');
  expect(made.sandbox.pay(txid)).toBe('captured');
});

test('a code that cannot be paid says why', async () => {
  const removed = await charge();
  await salon.good('PATCH', `/v2/cob/${removed.txid}`, { status: 'REMOVIDA_PELO_USUARIO_RECEBEDOR' });
  const expired = await charge();
  const elsewhere = await sandboxForTest();
  const other = await merchant(elsewhere.sandbox, 'salon');
  const unknown = await other.good('POST', '/v2/cob', other.cobOf());
  made.clock.move({ minutes: 60 });
  for (const [code, words] of [
    [removed.code, 'has taken this charge back'],
    [expired.code, 'The time to pay this charge is over'],
    [unknown.pixCopiaECola, 'No charge of this sandbox'],
    ['00020126"><script>alert(1)</script>', 'not a whole Pix code'],
  ]) {
    const answer = await page(appAt(code));
    const text = await answer.text();
    expect(text).toContain(words);
    expect(text).not.toContain('<script>alert');
    expect((await post('/app', { code, bank: 'pays' })).headers.get('location')).not.toContain('result');
  }
});

test('pages speak three languages, keep the code when it is changed, and run nothing but their own', async () => {
  const { code } = await charge();
  for (const [lang, words] of [
    ['en', 'no real money'],
    ['uk', 'гроші'],
    ['pt', 'sem dinheiro real'],
  ] as const) {
    const answer = await page(appAt(code, { lang }));
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/);
    const text = await answer.text();
    expect(text).toContain(`<html lang="${lang}">`);
    expect(text).toContain(words);
    for (const [, href] of text.matchAll(/<a href="([^"]+)" lang=/g))
      expect(new URLSearchParams(href?.replaceAll('&amp;', '&')).get('?code') ?? code).toBe(code);
    expect(text.match(/<a href="[^"]*code=[^"]*" lang=/g)).toHaveLength(3);
  }
  expect((await page('/')).headers.get('location')).toBe('/app');
});

test('an account made by hand on /developers works with what is shown there, PEM and P12', async () => {
  const hook = await webhookAddress();
  expect((await post('/developers/accounts', { name: 'Salão Rosa', city: 'Recife' })).status).toBe(303);
  const shown = await (await page('/developers')).text();
  const card = shown.split('<section').find((one) => one.includes('Salão Rosa')) ?? '';
  const [, clientId = ''] = /<code>(Client_Id_[0-9a-f]+)<\/code>/.exec(card) ?? [];
  const [, clientSecret = ''] = /<code>(Client_Secret_[0-9a-f]+)<\/code>/.exec(card) ?? [];
  const [, pixKey = ''] = /<dt>Pix key<\/dt><dd><code>([^<]+)</.exec(card) ?? [];
  const at = `/developers/accounts/${clientId}`;
  const certificate = await (await page(`${at}/certificate.pem`)).text();
  const rosa = await signedIn(made.sandbox, { clientId, clientSecret, certificate, pixKey });
  await post(`${at}/webhook`, { url: hook.url });
  expect(await rosa.good('GET', `/v2/webhook/${pixKey}`)).toMatchObject({ webhookUrl: hook.url });
  await post(`${at}/habits`, { leavesOutCode: 'on', pixPerCall: '5' });
  expect((await rosa.good('POST', '/v2/cob', rosa.cobOf())).pixCopiaECola).toBeUndefined();
  expect(await (await page('/developers')).text()).toContain('name="leavesOutCode" checked');

  const withPassword = Buffer.from(await (await page(`${at}/certificate.p12`)).arrayBuffer());
  const without = Buffer.from(await (await page(`${at}/certificate.p12?password=none`)).arrayBuffer());
  createSecureContext({ pfx: without });
  expect(() => createSecureContext({ pfx: withPassword, passphrase: 'wrong' })).toThrow();
  const file = statePath();
  writeFileSync(file, withPassword);
  // openssl pkcs12 -in certificate.p12 -passin pass:pix-sandbox -nodes
  const inside = execFileSync('openssl', ['pkcs12', '-in', file, '-passin', 'pass:pix-sandbox', '-nodes'], { encoding: 'utf8' });
  for (const block of certificate.match(/-----BEGIN.+?-----END [A-Z ]+-----/gs) ?? ['nothing']) expect(inside).toContain(block);
});

test('what is wrong on /developers is refused and changes nothing', async () => {
  const at = `/developers/accounts/${salon.keys['clientId']}`;
  for (const [path, fields, status] of [
    ['/developers/accounts', { name: '', city: 'Recife' }, 400],
    ['/developers/accounts', { name: 'x'.repeat(26), city: 'Recife' }, 400],
    [`${at}/webhook`, { url: 'javascript:alert(1)' }, 400],
    [`${at}/habits`, { pixPerCall: '0' }, 400],
    ['/developers/accounts/nobody/webhook', { url: 'https://salon.example' }, 404],
  ] as const)
    expect([path, (await post(path, { ...fields })).status]).toEqual([path, status]);
  expect((await page('/developers/accounts/nobody/certificate.p12')).status).toBe(404);
  expect(await (await page('/developers/ca.pem')).text()).toBe(made.sandbox.ca);
});

test('names are shown as text, whatever they are', async () => {
  await post('/developers/accounts', { name: '<script>x</script>', city: '"><b>' });
  expect(await (await page('/developers')).text()).not.toMatch(/<script>x|<b>/);
});

test('the books are read as JSON, and time is made to pass', async () => {
  const { txid } = await charge();
  const books = (await (await page('/_sandbox/payments')).json()) as { payments: object[] };
  expect(books.payments).toMatchObject([{ id: txid, reference: 'hf_pay_1', state: 'open', amountMinor: '5000', capturedMinor: '0' }]);
  expect(await (await page('/_sandbox/tick', { method: 'POST' })).json()).toEqual({ done: true });
});
