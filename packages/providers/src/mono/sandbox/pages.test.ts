import { expect, test } from 'vitest';
import { sandboxForTest, statePath } from './sandbox-for-test.ts';

/** A browser without JavaScript: follows no redirect, sends plain forms. */
function visitor(origin: string, language = 'en') {
  const headers = { 'accept-language': language };
  const seen = async (answer: Response) => ({
    status: answer.status,
    location: answer.headers.get('location'),
    html: await answer.text(),
    policy: answer.headers.get('content-security-policy'),
  });
  return {
    get: async (path: string) => seen(await fetch(new URL(path, origin), { redirect: 'manual', headers })),
    press: async (path: string, choice: string) =>
      seen(await fetch(new URL(path, origin), { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams({ choice }) })),
  };
}

test('a client sees what and how much, pays, and is led back', async () => {
  const { sandbox, open } = await sandboxForTest();
  const id = await open();
  const client = visitor(sandbox.origin);
  const page = await client.get(`/pay/${id}`);
  expect(page.policy).toContain("default-src 'none'");
  for (const text of ['MonoBank sandbox: no real money', 'Pay ₴450.00', 'Стрижка', 'Card that is declined', 'Back without paying', '1 h 0 min'])
    expect(page.html).toContain(text);
  const action = /<form method="post" action="([^"]+)"/.exec(page.html)?.[1] ?? '';
  expect(await client.press(action, 'pays')).toMatchObject({ status: 303, location: 'http://127.0.0.1:9/return?booking=1' });
  expect(sandbox.payments()[0]).toMatchObject({ state: 'captured', capturedMinor: 450_00n });
  expect((await client.get(`/pay/${id}`)).html).toContain('This payment is complete');
});

test('pressing Pay five times at once pays once', async () => {
  const { sandbox, open, statusOf } = await sandboxForTest();
  const id = await open();
  const client = visitor(sandbox.origin);
  const presses = await Promise.all(Array.from({ length: 5 }, () => client.press(`/pay/${id}`, 'pays')));
  expect(presses.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303]);
  expect(await statusOf(id)).toMatchObject({ status: 'success', finalAmount: 450_00 });
});

test('a refused card leads back too, and the page then says that nothing was charged', async () => {
  const { sandbox, open } = await sandboxForTest();
  const id = await open();
  const client = visitor(sandbox.origin);
  expect((await client.press(`/pay/${id}`, 'declines')).location).toBe('http://127.0.0.1:9/return?booking=1');
  expect((await client.get(`/pay/${id}`)).html).toContain('Nothing was charged');
  expect(sandbox.payments()[0]).toMatchObject({ state: 'failed' });
});

test('a card that nobody offered moves nothing, and says so', async () => {
  const { sandbox, open } = await sandboxForTest();
  const id = await open();
  const client = visitor(sandbox.origin);
  const { location } = await client.press(`/pay/${id}`, 'gold');
  expect((await client.get(location ?? '')).html).toMatch(/role="alert">The sandbox does not know this card/);
  expect(sandbox.payments()[0]).toMatchObject({ state: 'open' });
});

test('an old page takes no money, a card that waits says so, and an unknown page is nobody’s', async () => {
  const { sandbox, open, clock } = await sandboxForTest();
  const [id, waiting] = [await open({ redirectUrl: undefined }), await open()];
  const client = visitor(sandbox.origin);
  await client.press(`/pay/${waiting}`, 'later');
  expect((await client.get(`/pay/${waiting}`)).html).toContain('being processed');
  clock.move(3600);
  expect((await client.press(`/pay/${id}`, 'pays')).location).toBe(`/pay/${id}?lang=en`);
  expect((await client.get(`/pay/${id}`)).html).toContain('This page has expired');
  expect(sandbox.payments()[0]).toMatchObject({ state: 'closed', capturedMinor: 0n });
  expect((await client.get('/pay/nobody')).status).toBe(404);
  expect((await client.press('/pay/nobody', 'pays')).status).toBe(404);
});

test('it speaks the browser’s language or the chosen one, and what is typed into it stays text', async () => {
  const { sandbox, open } = await sandboxForTest();
  const name = '<script>alert(1)</script> "Größe" 🧔';
  const id = await open({ amount: 12_345_67, merchantPaymInfo: { basketOrder: [{ name, qty: 2, sum: 5, code: 'a' }] } });
  const page = await visitor(sandbox.origin, 'uk-UA,uk;q=0.9').get(`/pay/${id}`);
  expect(page.html).toContain('<html lang="uk">');
  expect(page.html).toContain('Сплатити 12\u00a0345,67\u00a0₴');
  expect(page.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &quot;Größe&quot; 🧔');
  expect(page.html).not.toContain('<script>alert');
  expect((await visitor(sandbox.origin, 'uk').get(`/pay/${id}?lang=pt`)).html).toContain('Voltar sem pagar');
});

test('an account made by hand shows a token that works, and outlives a restart', async () => {
  const path = statePath();
  const { sandbox, call } = await sandboxForTest({ statePath: path });
  const client = visitor(sandbox.origin);
  expect((await client.press('/developers/accounts', '')).status).toBe(303);
  const { html } = await client.get('/developers');
  const token = /X-Token<br><code>([^<]+)</.exec(html)?.[1] ?? '';
  expect(token).toMatch(/^u[\w-]{43}$/);
  expect((await call('GET', 'details', undefined, token)).status).toBe(200);
  await sandbox.close();
  const again = await sandboxForTest({ statePath: path });
  expect((await visitor(again.sandbox.origin).get('/developers')).html).toContain(token);
});

test('a program sees its payments, and makes time pass', async () => {
  const { sandbox, open, clock } = await sandboxForTest();
  await open();
  clock.move(3600);
  expect(await (await fetch(`${sandbox.origin}/_sandbox/tick`, { method: 'POST' })).json()).toEqual({});
  expect(await (await fetch(`${sandbox.origin}/_sandbox/payments`)).json()).toMatchObject([
    { state: 'closed', amountMinor: '45000', priceShown: '450.00' },
  ]);
});
