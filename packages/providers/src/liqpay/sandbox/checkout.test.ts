import { describe, expect, test } from 'vitest';
import { sandboxForTest, signed } from './sandbox-for-test.ts';

describe('the client’s browser brings the form', () => {
  test('and is led to a page; from then on there is a payment', async () => {
    const { sandbox, come, statusOf } = await sandboxForTest();
    expect(await statusOf()).toMatchObject({ result: 'error', err_code: 'payment_not_found' });
    expect(sandbox.payments()).toEqual([]);
    expect(await come()).toMatch(/^\/checkout\/[\w-]{24}$/);
    expect(await statusOf()).toMatchObject({ result: 'ok', status: 'prepared', order_id: 'hf_pay_1', amount: 450.01, currency: 'UAH' });
    expect(sandbox.payments()).toEqual([
      {
        id: 'hf_pay_1',
        reference: 'hf_pay_1',
        state: 'open',
        currency: 'UAH',
        amountMinor: 450_01n,
        capturedMinor: 0n,
        refundedMinor: 0n,
        priceShown: '450.01',
      },
    ]);
  });

  test('also in the address, as some libraries do', async () => {
    const { sandbox, order, privateKey } = await sandboxForTest();
    const answer = await fetch(`${sandbox.origin}/api/3/checkout?${signed(order(), privateKey)}`, { redirect: 'manual' });
    expect(answer.status).toBe(303);
  });

  test('again, before anybody paid, and finds the same page', async () => {
    const { come, sandbox } = await sandboxForTest();
    expect(await come()).toBe(await come());
    expect(sandbox.payments()).toHaveLength(1);
  });

  test('of both generations', async () => {
    const { order, post, privateKey, publicKey } = await sandboxForTest();
    expect((await post(signed(order({ version: 3 }), privateKey, 'sha1'))).status).toBe(303);
    expect((await post(signed(order({ version: 7, order_id: 'b' }), privateKey, 'sha3-256'))).status).toBe(303);
    for (const wrong of [
      signed(order({ version: 7 }), privateKey, 'sha1'),
      signed(order({ version: 3 }), privateKey),
      signed(order(), 'another key'),
    ]) {
      const answer = await post(wrong);
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('invalid_signature')]);
    }
    const nobodys = await post(signed(order({ public_key: `${publicKey}0` }), privateKey));
    expect(await nobodys.text()).toContain('public_key_not_found');
  });
});

describe('a used order_id', () => {
  test.each(['paid', 'declined', 'under review'])('is refused once it was %s', async (how) => {
    const { sandbox, come, order, post, privateKey } = await sandboxForTest();
    await come();
    sandbox.pay('hf_pay_1', { declined: how === 'declined', processing: how === 'under review' });
    const answer = await post(signed(order(), privateKey));
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('order_id_duplicate')]);
    expect(sandbox.pay('hf_pay_1')).toBe('closed');
  });

  test('is refused for another amount, also before it was paid; another shop may use it', async () => {
    const { sandbox, come, order, post, privateKey } = await sandboxForTest();
    await come();
    expect(await (await post(signed(order({ amount: 1 }), privateKey))).text()).toContain('order_id_duplicate');
    const other = await sandbox.inventKeys('other');
    sandbox.setAccount(other);
    expect((await post(signed(order({ public_key: other['publicKey'] }), other['privateKey'] ?? ''))).status).toBe(303);
  });
});

describe('the time to pay', () => {
  test('is over at expired_date in UTC, and not a second before', async () => {
    const { clock, sandbox, come, statusOf } = await sandboxForTest();
    const address = await come({ expired_date: '2026-11-21 11:00:00' });
    clock.move(3599);
    expect(sandbox.payments()[0]?.state).toBe('open');
    expect(await (await fetch(`${sandbox.origin}${address}`)).text()).toContain('data-left="1"');
    clock.move(1);
    expect(sandbox.payments()[0]?.state).toBe('closed');
    expect(sandbox.pay('hf_pay_1')).toBe('closed');
    expect(await statusOf()).toMatchObject({ result: 'ok', status: 'failure', err_code: 'expired_prepared' });
    expect(await (await fetch(`${sandbox.origin}${address}`)).text()).toContain('This page has expired');
  });

  test('that is over already makes no payment', async () => {
    const { sandbox, order, post, privateKey } = await sandboxForTest();
    for (const expired_date of ['2026-11-21 10:00:00', '2020-01-01 00:00:00']) {
      expect(await (await post(signed(order({ expired_date }), privateKey))).text()).toContain('expired_prepared');
    }
    expect(sandbox.payments()).toEqual([]);
  });
});

test.each([
  ['no order_id', { order_id: '' }, 'order_id_empty'],
  ['an order_id too long', { order_id: 'x'.repeat(256) }, 'order_id_empty'],
  ['no description', { description: undefined }, 'err_missing'],
  ['an amount of nothing', { amount: 0 }, 'wrong_amount_currency'],
  ['less than nothing', { amount: -1 }, 'wrong_amount_currency'],
  ['a third of a kopiyka', { amount: 1.003 }, 'wrong_amount_currency'],
  ['a currency it does not take', { currency: 'BRL' }, 'err_currency_is_not_allowed'],
  ['a date of another form', { expired_date: '2026-11-21T11:00:00Z' }, 'err_wrong'],
  ['a day that is none', { expired_date: '2026-13-41 11:00:00' }, 'err_wrong'],
  ['a language it does not speak', { language: 'pt' }, 'err_wrong'],
  ['an address that is none', { server_url: 'salon' }, 'err_wrong'],
  ['an address too long', { server_url: `https://salon.example/${'x'.repeat(500)}` }, 'err_wrong'],
  ['a way of paying that is none', { paytypes: 'card,gold' }, 'err_wrong'],
  ['another version', { version: 4 }, 'err_wrong'],
  ['a parameter nobody knows', { colour: 'red' }, 'err_wrong'],
  ['a parameter the sandbox does not act on', { verifycode: 'Y' }, 'sandbox_not_supported'],
  ['an action the sandbox does not act on', { action: 'hold' }, 'sandbox_not_supported'],
])('%s is refused by its name', async (_what, change, code) => {
  const { sandbox, order, post, privateKey } = await sandboxForTest();
  const answer = await post(signed(order(change), privateKey));
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(code)]);
  expect(sandbox.payments()).toEqual([]);
});

test('what is no signed data is refused', async () => {
  const { post } = await sandboxForTest();
  for (const [body, code] of [
    ['', 'err_missing'],
    ['data=eyJ9', 'err_missing'],
    ['data=%%%&signature=x', 'err_wrong'],
    ['data=bm8=&signature=x', 'err_wrong'],
    ['data=W10%3D&signature=x', 'err_wrong'],
    ['data=e30%3D&signature=x', 'err_missing'],
    ['data=/w%3D%3D&signature=x', 'err_wrong'],
  ] as const) {
    const answer = await post(body);
    expect([body, answer.status, await answer.text()]).toEqual([body, 400, expect.stringContaining(code)]);
  }
});

test('an amount may come as a text too, and is exact either way', async () => {
  const { sandbox, order, post, privateKey } = await sandboxForTest();
  await post(signed(order({ amount: '10.10' }), privateKey));
  await post(signed(order({ amount: 999_999_999.99, order_id: 'b' }), privateKey));
  expect(sandbox.payments().map(({ amountMinor }) => amountMinor)).toEqual([10_10n, 999_999_999_99n]);
});
