import { expect, test } from 'vitest';
import { orderOf, sandboxForTest, start } from './sandbox-for-test.ts';

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

test('a client sees what and how much, pays, and is led back with the number of the session', async () => {
  const { sandbox, session, stripe } = await sandboxForTest();
  const { id, url } = await session({ expires_at: start.getTime() / 1000 + 3600 });
  const client = visitor(sandbox.origin);
  const page = await client.get(url ?? '');
  expect(page.status).toBe(200);
  for (const text of [
    '€45.00',
    'Haircut',
    'no real money',
    '<html lang="en">',
    'href="http://127.0.0.1:9/back"',
    'Back without paying',
    '1 h 0 min',
  ]) {
    expect(page.html).toContain(text);
  }
  const action = /<form method="post" action="([^"]+)"/.exec(page.html)?.[1] ?? '';
  const paid = await client.press(action, { card: '4242424242424242' });
  expect(paid).toMatchObject({ status: 303, location: `http://127.0.0.1:9/thanks?session=${id}` });
  expect((await stripe.checkout.sessions.retrieve(id)).payment_status).toBe('paid');
  expect((await client.get(url ?? '')).html).toContain('This payment is complete');
});

test('pressing Pay twice, even at once, pays once and leads back twice', async () => {
  const { sandbox, session, stripe } = await sandboxForTest();
  const { id } = await session();
  const client = visitor(sandbox.origin);
  const presses = await Promise.all(Array.from({ length: 5 }, () => client.press(`/c/pay/${id}`, { card: '4242424242424242' })));
  expect(new Set(presses.map((one) => `${one.status} ${one.location}`))).toEqual(new Set([`303 http://127.0.0.1:9/thanks?session=${id}`]));
  expect(sandbox.payments()).toMatchObject([{ captured: 4500 }]);
  expect((await stripe.events.list({ type: 'charge.succeeded' })).data).toHaveLength(1);
});

test('a declined client stays on the page, reads why, and pays with another card', async () => {
  const { sandbox, session } = await sandboxForTest();
  const { id } = await session();
  const client = visitor(sandbox.origin);
  for (const [card, words] of [
    ['4000000000000002', 'The card was declined. Nothing was charged.'],
    ['4000 0000 0000 9995', 'not enough money on this card'],
    ['1234', 'does not know this card'],
  ] as const) {
    const back = await client.press(`/c/pay/${id}`, { card });
    expect(back.status).toBe(303);
    const page = await client.get(back.location ?? '');
    expect(page.html).toMatch(new RegExp(`role="alert">[^<]*${words}`));
    expect(sandbox.payments()[0]).toMatchObject({ status: 'open', captured: 0 });
  }
  expect((await client.press(`/c/pay/${id}`, { card: '5555555555554444' })).location).toContain('/thanks');
  expect(sandbox.payments()[0]).toMatchObject({ status: 'complete', captured: 4500 });
});

test('3-D Secure asks the bank: refused stays on the page, approved pays', async () => {
  const { sandbox, session } = await sandboxForTest();
  const { id } = await session();
  const client = visitor(sandbox.origin);
  const toBank = () => client.press(`/c/pay/${id}`, { card: '4000002500003155' });
  const bank = await client.get((await toBank()).location ?? '');
  for (const text of ['Do you confirm this payment?', '€45.00', '>Approve<', '>Refuse<']) expect(bank.html).toContain(text);
  expect(sandbox.payments()[0]).toMatchObject({ status: 'open', captured: 0 });
  const refused = await client.press(`/c/pay/${id}/bank`, { answer: 'refuse' });
  expect((await client.get(refused.location ?? '')).html).toContain('The bank did not confirm the payment');
  expect((await client.get(`/c/pay/${id}/bank`)).status).toBe(303);
  await toBank();
  expect((await client.press(`/c/pay/${id}/bank`, { answer: 'approve' })).location).toContain('/thanks');
  expect(sandbox.payments()[0]).toMatchObject({ captured: 4500 });
});

test('a delayed payment is only offered where it may be, and leads back unpaid', async () => {
  const { sandbox, session } = await sandboxForTest();
  const client = visitor(sandbox.origin);
  const [any, cards] = [await session(), await session({ allowed_payment_method_types: ['card'] })];
  expect((await client.get(cards.url ?? '')).html).not.toContain('value="delayed"');
  expect((await client.press(`/c/pay/${cards.id}`, { card: 'delayed' })).status).toBe(400);
  expect((await client.get(any.url ?? '')).html).toContain('value="delayed"');
  expect((await client.press(`/c/pay/${any.id}`, { card: 'delayed' })).location).toContain('/thanks');
  expect((await client.get(any.url ?? '')).html).toContain('is being processed');
  expect(sandbox.payments()).toMatchObject([
    { status: 'complete', payment_status: 'unpaid' },
    { status: 'open', captured: 0 },
  ]);
});

test('an expired page says so, and pressing Pay on an old one charges nothing', async () => {
  const { clock, sandbox, session } = await sandboxForTest();
  const { id, url } = await session({ expires_at: start.getTime() / 1000 + 1800 });
  const client = visitor(sandbox.origin);
  clock.move({ minutes: 29, seconds: 30 });
  expect((await client.get(url ?? '')).html).toContain('less than a minute');
  clock.move({ seconds: 30 });
  const pressed = await client.press(`/c/pay/${id}`, { card: '4242424242424242' });
  const page = await client.get(pressed.location ?? '');
  expect(page.html).toContain('This page has expired');
  expect(page.html).toContain('Nothing was charged');
  expect(sandbox.payments()).toMatchObject([{ status: 'expired', captured: 0 }]);
});

test('an address of nobody is a clear 404', async () => {
  const { sandbox } = await sandboxForTest();
  const client = visitor(sandbox.origin);
  expect(await client.get('/c/pay/cs_test_none')).toMatchObject({ status: 404, html: expect.stringContaining('No such payment') });
  expect((await client.press('/c/pay/cs_test_none', { card: '4242424242424242' })).status).toBe(404);
  expect((await client.get('/c/pay/cs_test_none/bank')).status).toBe(404);
});

test('the page speaks the language of the session, of the browser, or the one that is chosen', async () => {
  const { sandbox, session } = await sandboxForTest();
  const [automatic, portuguese, german] = [await session({ locale: 'auto' }), await session({ locale: 'pt-BR' }), await session({ locale: 'de' })];
  const client = visitor(sandbox.origin, 'uk-UA,uk;q=0.9,en;q=0.5');
  expect((await client.get(automatic.url ?? '')).html).toContain('Сплатити 45,00\u00a0€');
  expect((await client.get(portuguese.url ?? '')).html).toContain('Pagar €\u00a045,00');
  expect((await client.get(german.url ?? '')).html).toContain('<html lang="en">');
  expect((await client.get(`${portuguese.url}?lang=uk`)).html).toContain('<html lang="uk">');
});

test('yen are shown without decimals, and what a salon typed cannot become markup', async () => {
  const { sandbox, stripe, session } = await sandboxForTest();
  const yen = await stripe.checkout.sessions.create(orderOf(4500, 'jpy'));
  const client = visitor(sandbox.origin);
  expect((await client.get(yen.url ?? '')).html).toContain('Pay ¥4,500');
  const price_data = { currency: 'eur', unit_amount: 4500, product_data: { name: '<script>alert(1)</script> & "co"' } };
  const odd = await session({ line_items: [{ quantity: 1, price_data }], cancel_url: 'http://127.0.0.1:9/?a="><script>' });
  const page = await client.get(odd.url ?? '');
  expect(page.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;co&quot;');
  expect(page.html).not.toContain('"><script>');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
});
