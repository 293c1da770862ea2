import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callerOf, sandboxForTest, webhookAddress } from './sandbox-for-test.ts';
import { startSandbox } from './start-sandbox.ts';

const urls = { successUrl: 'https://salon.example/paid?from={merchantTrns}', failureUrl: 'https://salon.example/not-paid#top' };

/** A browser without JavaScript: follows no redirect, sends plain forms. */
function visitor(origin: string, language = 'en') {
  const headers = { 'accept-language': language };
  const answerOf = async (answer: Response) => ({
    status: answer.status,
    location: answer.headers.get('location'),
    html: await answer.text(),
    headers: answer.headers,
  });
  return {
    get: async (path: string) => answerOf(await fetch(new URL(path, origin), { redirect: 'manual', headers })),
    press: async (path: string, form: Record<string, string>) =>
      answerOf(await fetch(new URL(path, origin), { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(form) })),
  };
}
const page = (code: string) => `/web/checkout?ref=${code}`;

test('a client sees what and how much, pays, and is led to the source’s address with the numbers of transaction and order', async () => {
  const { sandbox, salon } = await sandboxForTest({ settings: urls });
  const code = await salon.open({ customer: { requestLang: 'en-GB' } });
  const client = visitor(sandbox.origin);
  const seen = await client.get(page(code));
  expect(seen.status).toBe(200);
  for (const text of ['€45.00', 'Haircut', 'no real money', '<html lang="en">', 'Back without paying', '1 h 0 min'])
    expect(seen.html).toContain(text);
  expect(seen.headers.get('content-security-policy')).toContain("default-src 'none'");
  const action = /<form method="post" action="([^"]+)"/.exec(seen.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const paid = await client.press(action, { choice: 'pays' });
  const [transaction] = await salon.transactions(`ordercode=${code}`);
  const query = `t=${String(transaction?.['TransactionId'])}&s=${code}&lang=en-GB&eventId=0&eci=1`;
  expect(paid).toMatchObject({ status: 303, location: `https://salon.example/paid?from=hf_pay_1&${query}` });
  expect((await client.get(page(code))).html).toContain('This payment is complete');
  expect((await client.press(action, { choice: 'pays' })).location).toBe(paid.location);
  expect(sandbox.payments()).toMatchObject([{ capturedMinor: 4500n }]);
});

test('a declined client reads why and can go back without paying, with the number of the order alone', async () => {
  const { sandbox, salon } = await sandboxForTest({ settings: urls });
  const code = await salon.open();
  const client = visitor(sandbox.origin);
  const back = /class="back" href="([^"]+)"/;
  expect(back.exec((await client.get(page(code))).html)?.[1]).toBe(
    `https://salon.example/not-paid?s=${code}&amp;lang=en-GB&amp;eventId=0&amp;eci=0#top`,
  );
  const declined = await client.press(page(code), { choice: 'declined' });
  const seen = await client.get(declined.location ?? '');
  expect(seen.html).toMatch(/role="alert">[^<]*Nothing was charged/);
  expect(back.exec(seen.html)?.[1]).toContain('eventId=10051');
  expect((await client.press(page(code), { choice: 'pays' })).location).toContain('/paid?');
});

test('without addresses of the source the page itself says how it ended', async () => {
  const { sandbox, salon } = await sandboxForTest();
  const code = await salon.open();
  const client = visitor(sandbox.origin);
  expect((await client.get(page(code))).html).not.toContain('Back without paying');
  expect((await client.press(page(code), { choice: 'later' })).location).toBe(`${page(code)}&lang=en`);
  expect((await client.get(page(code))).html).toContain('is being processed');
});

test('a page that has run out, was cancelled or is nobody’s says so, and pressing Pay on an old one charges nothing', async () => {
  const { sandbox, salon, clock } = await sandboxForTest({ settings: urls });
  const [old, cancelled] = [await salon.open(), await salon.open()];
  await salon.legacy('DELETE', `/api/orders/${cancelled}`);
  const client = visitor(sandbox.origin);
  clock.move({ minutes: 59, seconds: 30 });
  expect((await client.get(page(old))).html).toContain('less than a minute');
  clock.move({ seconds: 30 });
  expect((await client.press(page(old), { choice: 'pays' })).status).toBe(303);
  expect((await client.press(page(cancelled), { choice: 'pays' })).status).toBe(303);
  expect((await client.get(page(old))).html).toContain('This page has expired');
  expect((await client.get(page(cancelled))).html).toContain('This order was cancelled');
  expect(await client.get(page('9007199254740993'))).toMatchObject({ status: 404, html: expect.stringContaining('No such payment') });
  expect((await client.press(page(''), { choice: 'pays' })).status).toBe(404);
  expect(sandbox.payments().map(({ capturedMinor }) => capturedMinor)).toEqual([0n, 0n]);
});

test('the page speaks the order’s language, the browser’s, or the one that is chosen, and a text cannot become markup', async () => {
  const { sandbox, salon } = await sandboxForTest();
  const portuguese = await salon.open({ customer: { requestLang: 'pt-PT' }, customerTrns: '<script>alert(1)</script> & "co"', disableCash: true });
  const greek = await salon.open({ customer: { requestLang: 'el-GR' } });
  const client = visitor(sandbox.origin, 'uk-UA,uk;q=0.9');
  const seen = (await client.get(page(portuguese))).html;
  expect(seen).toContain('<html lang="pt">');
  expect(seen).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;co&quot;');
  expect(seen).not.toContain('Multibanco');
  expect(seen).toContain(`href="?ref=${portuguese}&amp;lang=uk"`);
  expect((await client.get(page(greek))).html).toContain('Рахунок Multibanco');
  expect((await client.get(`${page(portuguese)}&lang=en`)).html).toContain('<html lang="en">');
});

test('a merchant made by hand has keys that work, addresses, and outlives a restart', async () => {
  const statePath = join(mkdtempSync(join(tmpdir(), 'viva-developers-')), 'state.jsonl');
  const hook = await webhookAddress();
  const { sandbox, clock } = await sandboxForTest({ statePath });
  const client = visitor(sandbox.origin);
  await client.press('/developers/accounts', {});
  const codes = (html: string) => [...html.matchAll(/<code>([^<]*)<\/code>/g)].map(([, text]) => text ?? '');
  const [merchantId = '', apiKey = '', clientId = '', clientSecret = '', sourceCode = ''] = codes((await client.get('/developers')).html);
  const keys = { merchantId, apiKey, clientId, clientSecret, sourceCode };
  const salon = callerOf(sandbox.origin, keys);
  const code = await salon.open();
  const save = (form: Record<string, string>) => client.press(`/developers/accounts/${merchantId}`, form);
  expect((await save({ webhookUrl: 'javascript:alert(1)' })).status).toBe(400);
  expect((await save({ webhookUrl: hook.url, successUrl: 'https://salon.example/"><script>', allowRefunds: 'yes' })).status).toBe(303);
  const shown = (await client.get('/developers')).html;
  expect(shown).toContain('Not verified: GET did not answer JSON. It is used all the same.');
  expect(shown).not.toContain('"><script>');
  hook.answer.get = JSON.stringify((await salon.legacy('GET', '/api/messages/config/token')).body);
  await save({ webhookUrl: `${hook.url}/2`, successUrl: 'https://salon.example/paid' });
  expect((await client.get('/developers')).html).toContain('Verified.');
  expect((await client.press(page(code), { choice: 'pays' })).location).toContain('https://salon.example/paid?t=');
  await sandbox.tick();
  expect(hook.types()).toEqual([1796, 1799]);
  expect((await save({ webhookUrl: '' })).status).toBe(303);
  expect((await client.press('/developers/accounts/nobody', {})).status).toBe(404);
  await sandbox.close();

  const again = await startSandbox({ now: clock.now, tickEveryMs: 0, statePath });
  expect(codes((await visitor(again.origin).get('/developers')).html)[0]).toBe(merchantId);
  expect(await callerOf(again.origin, keys).stateOf(code)).toBe(3);
  const account = (await (await fetch(`${again.origin}/_sandbox/payments`)).json()) as { payments: object[] };
  expect(account.payments).toMatchObject([{ id: code, reference: 'hf_pay_1', state: 'captured', capturedMinor: '4500' }]);
  expect(await (await fetch(`${again.origin}/_sandbox/tick`, { method: 'POST' })).json()).toEqual({ waiting: 0 });
  await again.close();
});
