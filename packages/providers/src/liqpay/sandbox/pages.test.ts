import { expect, test } from 'vitest';
import { sandboxForTest } from './sandbox-for-test.ts';

const press = (address: string, choice: string) => fetch(address, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ choice }) });

test('the page says what is paid and how much, in three languages, and no script or style but its own may run', async () => {
  const { sandbox, come } = await sandboxForTest();
  const address = `${sandbox.origin}${await come({ description: 'Стрижка <script>alert(1)</script> 💇', language: 'uk' })}`;
  const page = await fetch(address);
  const text = await page.text();
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
  expect(text).toContain('lang="uk"');
  expect(text).toContain('Пісочниця LiqPay: гроші не справжні');
  expect(text).toContain('&lt;script&gt;alert(1)');
  expect(text).not.toContain('<script>alert');
  for (const [language, words] of [
    ['en', 'Card that pays'],
    ['pt', 'Cartão que paga'],
  ] as const)
    expect(await (await fetch(`${address}?lang=${language}`)).text()).toContain(words);
  expect((await fetch(`${sandbox.origin}/checkout/nobody`)).status).toBe(404);
});

test.each([
  ['pays', 'success', 'Paid'],
  ['declines', 'failure', 'Not paid'],
  ['later', 'wait_secure', 'Being processed'],
])('a card that %s leads back, and pays once however often it is pressed', async (choice, status, says) => {
  const { sandbox, come, statusOf } = await sandboxForTest();
  const address = `${sandbox.origin}${await come({ language: 'en' })}`;
  const back = await press(address, choice);
  expect([back.status, back.headers.get('location')]).toEqual([303, 'http://127.0.0.1:9/return?booking=1']);
  expect(await statusOf()).toMatchObject({ status });
  const again = await press(address, 'pays');
  expect(again.headers.get('location')).toMatch(/^\/checkout\//);
  expect(await statusOf()).toMatchObject({ status });
  expect(await (await fetch(address)).text()).toContain(says);
});

test('a choice nobody offered is said back, and back without paying leads to result_url', async () => {
  const { sandbox, come, statusOf } = await sandboxForTest();
  const address = `${sandbox.origin}${await come()}`;
  const odd = await press(address, 'gold');
  expect(odd.headers.get('location')).toContain('problem=unknown');
  expect(await (await fetch(new URL(odd.headers.get('location') ?? '', address))).text()).toContain('role="alert"');
  expect(await (await fetch(address)).text()).toContain('href="http://127.0.0.1:9/return?booking=1"');
  expect(await statusOf()).toMatchObject({ status: 'prepared' });
});

test('over HTTP one can make time pass and read the books', async () => {
  const { sandbox, come } = await sandboxForTest();
  await come();
  expect((await fetch(`${sandbox.origin}/_sandbox/tick`, { method: 'POST' })).status).toBe(200);
  expect(await (await fetch(`${sandbox.origin}/_sandbox/payments`)).json()).toMatchObject([{ id: 'hf_pay_1', amountMinor: '45001', state: 'open' }]);
});
