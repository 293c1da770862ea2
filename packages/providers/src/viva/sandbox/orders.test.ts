import { expect, test } from 'vitest';
import { callerOf, sandboxForTest } from './sandbox-for-test.ts';

test('an order has a code that a floating-point number cannot hold, and says what was asked', async () => {
  const { salon, keys } = await sandboxForTest();
  const code = await salon.open({ customer: { requestLang: 'pt-PT', email: 'ana@example.com' } });
  expect(code).toMatch(/^\d{16}$/);
  expect(BigInt(code)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
  expect(String(Number(code))).not.toBe(code);
  const { status, body } = await salon.legacy('GET', `/api/orders/${code}`);
  expect(status).toBe(200);
  expect(body).toMatchObject({
    OrderCode: code,
    StateId: '0',
    RequestAmount: '45.00',
    MerchantTrns: 'hf_pay_1',
    CustomerTrns: 'Haircut',
    RequestLang: 'pt-PT',
    SourceCode: keys['sourceCode'],
    // an hour later, Greek time, as Viva writes it
    ExpirationDate: '2026-11-21T13:00:00.25',
  });
});

test('a token lives for an hour by the sandbox’s clock, and no longer', async () => {
  const { salon, clock } = await sandboxForTest();
  const { status, body } = await salon.token({ grant_type: 'client_credentials', scope: 'urn:viva:payments:core:api:redirectcheckout' });
  expect([status, body['token_type'], body['expires_in']]).toEqual([200, 'Bearer', 3600]);
  const authorization = `Bearer ${String(body['access_token'])}`;
  clock.move({ minutes: 59, seconds: 59 });
  expect((await salon.call('POST', '/checkout/v2/orders', authorization, { amount: 30 })).status).toBe(200);
  clock.move({ seconds: 1 });
  expect(await salon.call('POST', '/checkout/v2/orders', authorization, { amount: 30 })).toMatchObject({ status: 401, raw: '' });
});

test('keys that are nobody’s get no token and no answer', async () => {
  const { salon, sandbox } = await sandboxForTest();
  const stranger = callerOf(sandbox.origin, await sandbox.inventKeys('nobody'));
  expect(await salon.token(undefined, 'wrong')).toEqual({ status: 400, body: { error: 'invalid_client' } });
  expect(await stranger.token()).toEqual({ status: 400, body: { error: 'invalid_client' } });
  expect(await salon.token({ grant_type: 'password' })).toEqual({ status: 400, body: { error: 'unsupported_grant_type' } });
  expect(await salon.token({ grant_type: 'client_credentials', scope: 'all' })).toEqual({ status: 400, body: { error: 'invalid_scope' } });
  expect((await stranger.legacy('GET', '/api/messages/config/token')).status).toBe(401);
  expect((await salon.call('GET', '/api/messages/config/token', 'Basic !')).status).toBe(401);
  expect((await salon.call('POST', '/checkout/v2/orders', 'Bearer x', { amount: 100 })).status).toBe(401);
  // a key of one API does not open the other
  expect((await salon.call('GET', '/api/messages/config/token', await salon.bearer())).status).toBe(401);
});

test.each([
  ['less than thirty cents', { amount: 29 }, 400],
  ['half a cent', { amount: 100.5 }, 400],
  ['an amount as text', { amount: '4500' }, 400],
  ['no amount', { amount: undefined }, 400],
  ['a currency Viva does not take', { currencyCode: 980 }, 403],
  ['another merchant’s source', { sourceCode: '0000' }, 400],
  ['a page for ever', { paymentTimeout: 432_001 }, 400],
  ['a slip of the pen', { merchantTrans: 'x' }, 400],
  ['what the sandbox cannot do', { preauth: true }, 400],
])('%s is refused, in the words of the newer API', async (_name, more, status) => {
  const { salon, keys, sandbox } = await sandboxForTest();
  const answer = await salon.checkout('POST', '/checkout/v2/orders', { amount: 4500, sourceCode: keys['sourceCode'], ...more });
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject({ status: String(status), message: expect.stringMatching(/./), eventId: expect.any(String) });
  expect(sandbox.payments()).toEqual([]);
});

test('a body that cannot be read is none, and a call that needs none may name a type all the same', async () => {
  const { salon, sandbox, keys } = await sandboxForTest();
  const headers = { authorization: await salon.bearer(), 'content-type': 'application/json' };
  for (const body of ['{"amount":', '', 'null', '45'])
    expect(await (await fetch(`${sandbox.origin}/checkout/v2/orders`, { method: 'POST', headers, body })).json()).toEqual({
      status: 400,
      message: 'RedirectCheckoutCreateOrderValidationFailed: Null options',
      eventId: '100700',
    });
  const code = await salon.open();
  const authorization = `Basic ${Buffer.from(`${keys['merchantId']}:${keys['apiKey']}`).toString('base64')}`;
  const cancel = await fetch(`${sandbox.origin}/api/orders/${code}`, { method: 'DELETE', headers: { ...headers, authorization } });
  expect([cancel.status, await salon.stateOf(code)]).toEqual([200, 2]);
});

test('the least, the longest and both spellings of the time-out are taken', async () => {
  const { salon, clock } = await sandboxForTest();
  const long = await salon.open({ amount: 30, paymentTimeout: 432_000, currencyCode: '826' });
  const { body } = await salon.checkout('POST', '/checkout/v2/orders', { amount: 30, paymentTimeOut: 60 });
  const usual = await salon.open({ paymentTimeout: 0 });
  clock.move({ seconds: 60 });
  expect(await salon.stateOf(String(body['orderCode']))).toBe(1);
  expect(await salon.stateOf(usual)).toBe(0);
  clock.move({ minutes: 29 });
  expect(await salon.stateOf(usual)).toBe(1);
  expect(await salon.stateOf(long)).toBe(0);
});

test('the same call twice makes two orders: nothing protects against that', async () => {
  const { salon, sandbox } = await sandboxForTest();
  expect(await salon.open()).not.toBe(await salon.open());
  expect(sandbox.payments().map(({ reference }) => reference)).toEqual(['hf_pay_1', 'hf_pay_1']);
});

test('an order runs out to the second, and nobody is told', async () => {
  const { salon, clock, sandbox } = await sandboxForTest();
  const code = await salon.open();
  clock.move({ minutes: 59, seconds: 59 });
  expect(await salon.stateOf(code)).toBe(0);
  clock.move({ seconds: 1 });
  expect(await salon.stateOf(code)).toBe(1);
  expect(sandbox.pay(code)).toBe('closed');
  expect(sandbox.payments()).toMatchObject([{ id: code, state: 'closed', capturedMinor: 0n }]);
  expect(sandbox.webhooks.waiting()).toBe(0);
});

test('a cancelled order cannot be paid; cancelling a paid one says yes and does nothing', async () => {
  const { salon, sandbox } = await sandboxForTest();
  const [open, paid] = [await salon.open(), await salon.open()];
  expect(await salon.legacy('DELETE', `/api/orders/${open}`)).toMatchObject({
    status: 200,
    body: { OrderCode: open, ErrorCode: '0', ErrorText: null, Success: true },
  });
  expect([await salon.stateOf(open), sandbox.pay(open)]).toEqual([2, 'closed']);
  expect(sandbox.pay(paid)).toBe('captured');
  expect((await salon.legacy('DELETE', `/api/orders/${paid}`)).body).toMatchObject({ Success: true });
  expect(await salon.stateOf(paid)).toBe(3);
  expect(sandbox.payments()).toMatchObject([{ state: 'closed' }, { state: 'captured', capturedMinor: 4500n }]);
});

test('an open order can be changed, another one not', async () => {
  const { salon, sandbox } = await sandboxForTest();
  const code = await salon.open();
  expect((await salon.legacy('PATCH', `/api/orders/${code}`, { amount: 5000, expirationDate: '2026-11-21T10:10:00Z' })).status).toBe(200);
  expect((await salon.legacy('GET', `/api/orders/${code}`)).body).toMatchObject({ RequestAmount: '50.00', ExpirationDate: '2026-11-21T12:10:00' });
  for (const wrong of [{ amount: 29 }, { expirationDate: 'soon' }, { price: 5 }])
    expect((await salon.legacy('PATCH', `/api/orders/${code}`, wrong)).body).toMatchObject({ ErrorCode: '400', Success: false });
  expect((await salon.legacy('PATCH', `/api/orders/${code}`, { isCancelled: true })).status).toBe(200);
  expect(await salon.stateOf(code)).toBe(2);
  expect((await salon.legacy('PATCH', `/api/orders/${code}`, { amount: 5000 })).body).toMatchObject({ ErrorCode: '409', Success: false });
  expect(sandbox.pay(code)).toBe('closed');
});

test('another merchant neither sees nor closes our order', async () => {
  const { salon, sandbox } = await sandboxForTest();
  const keys = await sandbox.inventKeys('other');
  sandbox.setAccount(keys);
  const other = callerOf(sandbox.origin, keys);
  const code = await salon.open();
  sandbox.pay(code);
  const [transaction] = await salon.transactions(`ordercode=${code}`);
  for (const [method, path] of [
    ['GET', `/api/orders/${code}`],
    ['DELETE', `/api/orders/${code}`],
    ['DELETE', `/api/transactions/${String(transaction?.['TransactionId'])}?amount=100`],
    ['GET', '/api/orders/9007199254740993'],
  ] as const)
    expect(await other.legacy(method, path)).toMatchObject({ status: 404, body: { ErrorCode: '404', Success: false } });
  expect(await other.transactions(`ordercode=${code}`)).toEqual([]);
  expect(await other.transactions('date=2026-11-21')).toEqual([]);
  expect((await other.checkout('GET', `/checkout/v2/transactions/${String(transaction?.['TransactionId'])}`)).status).toBe(404);
});
