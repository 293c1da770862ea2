import { expect, test } from 'vitest';
import { createAnswer, detailsAnswer, errorAnswer, statusAnswer } from './answer-shapes.ts';
import { order, sandboxForTest } from './sandbox-for-test.ts';

test('an invoice has a page, is found by its id, and counts what it was asked for', async () => {
  const { post, statusOf, sandbox } = await sandboxForTest();
  const made = await post('invoice/create', { ...order, withAppUrl: true });
  expect(made.status).toBe(200);
  const { invoiceId, pageUrl, appUrl } = createAnswer.parse(made.json);
  expect(pageUrl).toBe(`${sandbox.origin}/pay/${invoiceId}`);
  expect(appUrl).toBe(`monobank://pay/${invoiceId}`);
  expect(statusAnswer.parse(await statusOf(invoiceId))).toEqual({
    invoiceId,
    status: 'created',
    amount: 450_00,
    ccy: 980,
    finalAmount: 0,
    createdDate: '2026-11-21T10:00:00Z',
    modifiedDate: '2026-11-21T10:00:00Z',
    reference: 'hf_pay_1',
    destination: 'Стрижка',
  });
  expect(sandbox.payments()).toEqual([
    {
      id: invoiceId,
      reference: 'hf_pay_1',
      state: 'open',
      currency: 'UAH',
      amountMinor: 450_00n,
      capturedMinor: 0n,
      refundedMinor: 0n,
      priceShown: '450.00',
    },
  ]);
});

test('only the amount is needed: then it is hryvnias, for a day', async () => {
  const { post, statusOf, clock } = await sandboxForTest();
  const { invoiceId } = createAnswer.parse((await post('invoice/create', { amount: 1 })).json);
  expect(await statusOf(invoiceId)).toMatchObject({ amount: 1, ccy: 980, status: 'created' });
  clock.move(24 * 3600 - 1);
  expect(await statusOf(invoiceId)).toMatchObject({ status: 'created' });
  clock.move(1);
  expect(await statusOf(invoiceId)).toMatchObject({ status: 'expired' });
});

test('the same order twice is two invoices: the bank knows no repetition', async () => {
  const { open, sandbox } = await sandboxForTest();
  expect(await open()).not.toBe(await open());
  expect(sandbox.payments().map(({ reference }) => reference)).toEqual(['hf_pay_1', 'hf_pay_1']);
});

test('more than thirty days are cut to thirty without a word', async () => {
  const { open, statusOf, clock } = await sandboxForTest();
  const id = await open({ validity: 365 * 24 * 3600 });
  clock.move(30 * 24 * 3600 - 1);
  expect(await statusOf(id)).toMatchObject({ status: 'created' });
  clock.move(1);
  expect(await statusOf(id)).toMatchObject({ status: 'expired' });
});

test.each([
  [{}, 'BAD_REQUEST', "empty 'amount'"],
  [{ amount: 0 }, 'BAD_REQUEST', "invalid 'amount'"],
  [{ amount: -1 }, 'BAD_REQUEST', "invalid 'amount'"],
  [{ amount: 10.5 }, 'BAD_REQUEST', "invalid 'amount'"],
  [{ amount: '4200' }, 'BAD_REQUEST', "invalid 'amount'"],
  ['{"amount":9007199254740993}', 'BAD_REQUEST', "invalid 'amount'"],
  [{ amount: 1, ccy: 392 }, 'BAD_REQUEST', "invalid 'ccy'"],
  [{ amount: 1, ccy: 'UAH' }, 'BAD_REQUEST', "invalid 'ccy'"],
  [{ amount: 1, validity: 0 }, 'BAD_REQUEST', "invalid 'validity'"],
  [{ amount: 1, redirectUrl: 'javascript:alert(1)' }, 'BAD_REQUEST', "invalid 'redirectUrl'"],
  [{ amount: 1, webHookUrl: 'nowhere' }, 'BAD_REQUEST', "invalid 'webHookUrl'"],
  [{ amount: 1, reference: 'x' }, 'BAD_REQUEST', "unknown field 'reference'"],
  [{ amount: 1, saveCardData: {} }, 'BAD_REQUEST', "the sandbox does not act on 'saveCardData'"],
  [{ amount: 1, merchantPaymInfo: { destination: 'x'.repeat(281) } }, 'INVALID_MERCHANT_PAYM_INFO', "invalid 'merchantPaymInfo.destination'"],
  [
    { amount: 1, merchantPaymInfo: { basketOrder: [{ name: 'a', qty: 1, sum: 1 }] } },
    'INVALID_MERCHANT_PAYM_INFO',
    "empty 'merchantPaymInfo.basketOrder.0.code'",
  ],
  [{ amount: 1, merchantPaymInfo: { customerEmails: ['a@b', 'a@b'] } }, 'INVALID_MERCHANT_PAYM_INFO', "invalid 'merchantPaymInfo.customerEmails'"],
  [{ amount: 1, merchantPaymInfo: { metadata: { a: 1 } } }, 'INVALID_MERCHANT_PAYM_INFO', "invalid 'merchantPaymInfo.metadata.a'"],
  ['{"amount":', 'BAD_REQUEST', 'invalid request body'],
  ['[]', 'BAD_REQUEST', "invalid ''"],
])('what cannot be an invoice is refused and makes none: %j', async (body, errCode, errText) => {
  const { post, sandbox } = await sandboxForTest();
  expect(await post('invoice/create', body)).toEqual({ status: 400, json: { errCode, errText } });
  expect(sandbox.payments()).toEqual([]);
});

test('who calls is told by the token, and nobody sees another one’s invoices', async () => {
  const { call, open, sandbox } = await sandboxForTest();
  const { token: other = '' } = await sandbox.inventKeys('other');
  const id = await open();
  expect(detailsAnswer.parse((await call('GET', 'details')).json).merchantName).toMatch(/^Test salon/);
  expect(await call('GET', 'details', undefined, null)).toMatchObject({ status: 400, json: { errCode: 'BAD_REQUEST', errText: "empty 'X-Token'" } });
  expect(await call('GET', 'details', undefined, other)).toMatchObject({ status: 403, json: { errCode: 'FORBIDDEN' } });
  sandbox.setAccount({ token: other });
  const notFound = { status: 404, json: { errCode: 'NOT_FOUND', errText: "invalid 'invoiceId'" } };
  expect(await call('GET', `invoice/status?invoiceId=${id}`, undefined, other)).toEqual(notFound);
  expect(await call('POST', 'invoice/remove', { invoiceId: id }, other)).toEqual(notFound);
  sandbox.pay(id);
  expect(await call('POST', 'invoice/cancel', { invoiceId: id }, other)).toEqual(notFound);
  expect(sandbox.payments()[0]).toMatchObject({ capturedMinor: 450_00n, refundedMinor: 0n });
});

test('wrong methods and addresses are answered in the bank’s words', async () => {
  const { call } = await sandboxForTest();
  for (const [method, path, status, errCode] of [
    ['GET', 'invoice/create', 405, 'METHOD_NOT_ALLOWED'],
    ['POST', 'invoice/status?invoiceId=x', 405, 'METHOD_NOT_ALLOWED'],
    ['GET', 'invoice/nothing', 404, 'NOT_FOUND'],
    ['GET', 'invoice/status', 400, 'BAD_REQUEST'],
    ['GET', 'invoice/status?invoiceId=', 400, 'BAD_REQUEST'],
    ['GET', 'invoice/status?invoiceId=__proto__', 404, 'NOT_FOUND'],
  ] as const) {
    const answer = await call(method, path, method === 'POST' ? {} : undefined);
    expect([path, answer.status, errorAnswer.parse(answer.json).errCode]).toEqual([path, status, errCode]);
  }
});

test('an invoice that is removed takes no money, and only one that nobody has begun to pay can be removed', async () => {
  const { open, post, statusOf, sandbox } = await sandboxForTest();
  const id = await open();
  expect(await post('invoice/remove', { invoiceId: id })).toEqual({ status: 200, json: {} });
  expect(await statusOf(id)).toMatchObject({ status: 'expired', amount: 450_00 });
  expect(sandbox.pay(id)).toBe('closed');
  expect(await post('invoice/remove', { invoiceId: id })).toMatchObject({ status: 400, json: { errText: 'invoice is expired' } });
  const [paid, begun] = [await open(), await open()];
  sandbox.pay(paid);
  sandbox.pay(begun, { processing: true });
  expect(await post('invoice/remove', { invoiceId: paid })).toMatchObject({ status: 400, json: { errText: 'invoice is success' } });
  expect(await post('invoice/remove', { invoiceId: begun })).toMatchObject({ status: 400, json: { errText: 'invoice is processing' } });
});
