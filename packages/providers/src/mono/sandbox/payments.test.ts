import { expect, test } from 'vitest';
import { statementAnswer, statusAnswer } from './answer-shapes.ts';
import { feeOf } from './price-list.ts';
import { sandboxForTest, start, statePath } from './sandbox-for-test.ts';

test('a paid invoice names the card, the fee, and what is left after the refunds', async () => {
  const { open, statusOf, sandbox } = await sandboxForTest();
  const id = await open();
  expect(sandbox.pay(id)).toBe('captured');
  const paid = statusAnswer.parse(await statusOf(id));
  expect(paid).toMatchObject({ status: 'success', amount: 450_00, finalAmount: 450_00, paymentInfo: { maskedPan: '424242******4242', fee: 585 } });
  expect(sandbox.pay(id)).toBe('closed');
});

test('the fee is 1.3 %, half a kopiyka up', () => {
  expect([1, 38, 39, 100, 450_00, 999_999_999_99].map(feeOf)).toEqual([0, 0, 1, 1, 585, 1_300_000_000]);
});

test('a refused card ends the invoice, and says why', async () => {
  const { open, statusOf, sandbox } = await sandboxForTest();
  const id = await open();
  expect(sandbox.pay(id, { declined: true })).toBe('declined');
  const failed = statusAnswer.parse(await statusOf(id));
  expect(failed).toMatchObject({ status: 'failure', errCode: '59', failureReason: expect.any(String), finalAmount: 0 });
  expect(failed.paymentInfo?.fee).toBeUndefined();
  expect(sandbox.pay(id)).toBe('closed');
});

test('what is decided later is processing until it is decided, and does not run out meanwhile', async () => {
  const { open, statusOf, sandbox, clock } = await sandboxForTest();
  const [yes, no] = [await open(), await open()];
  for (const id of [yes, no]) expect(sandbox.pay(id, { processing: true })).toBe('processing');
  clock.move(2 * 3600);
  expect(statusAnswer.parse(await statusOf(yes))).toMatchObject({ status: 'processing', finalAmount: 0 });
  sandbox.settleProcessing(yes, true);
  sandbox.settleProcessing(no, false);
  expect([await statusOf(yes), await statusOf(no)]).toMatchObject([{ status: 'success', finalAmount: 450_00 }, { status: 'failure' }]);
});

test('a hold is held until the merchant takes it or lets it go', async () => {
  const { open, statusOf, sandbox } = await sandboxForTest();
  const [taken, released] = [await open({ paymentType: 'hold' }), await open({ paymentType: 'hold' })];
  for (const id of [taken, released]) expect(sandbox.pay(id)).toBe('processing');
  expect(statusAnswer.parse(await statusOf(taken))).toMatchObject({ status: 'hold' });
  sandbox.settleProcessing(taken, true);
  sandbox.settleProcessing(released, false);
  expect([await statusOf(taken), await statusOf(released)]).toMatchObject([{ status: 'success' }, { status: 'failure' }]);
});

test('a bank that takes another amount or currency says so', async () => {
  const { open, statusOf, sandbox } = await sandboxForTest();
  const [less, dollars] = [await open(), await open()];
  sandbox.pay(less, { amountMinor: 449_99n });
  sandbox.pay(dollars, { currency: 'USD' });
  expect(await statusOf(less)).toMatchObject({ status: 'success', amount: 449_99, finalAmount: 449_99, ccy: 980 });
  expect(await statusOf(dollars)).toMatchObject({ status: 'success', amount: 450_00, ccy: 840 });
});

test('the statement lists cards newest first, with what the merchant gets and what went back', async () => {
  const { open, get, post, sandbox, clock } = await sandboxForTest();
  const first = await open({ merchantPaymInfo: { reference: 'first', metadata: { salon: 'Linden' } } });
  await open();
  sandbox.pay(first);
  clock.move(60);
  const second = await open();
  sandbox.pay(second, { declined: true });
  clock.move(60);
  await post('invoice/cancel', { invoiceId: first, amount: 100_00 });
  const from = start.getTime() / 1000;
  const { list } = statementAnswer.parse((await get(`statement?from=${from}`)).json);
  expect(list).toMatchObject([
    { invoiceId: second, status: 'failure', amount: 450_00 },
    {
      invoiceId: first,
      status: 'success',
      amount: 450_00,
      profitAmount: 444_15,
      reference: 'first',
      date: '2026-11-21T10:00:00Z',
      metadata: { salon: 'Linden' },
      cancelList: [{ amount: 100_00, date: '2026-11-21T10:02:00Z' }],
    },
  ]);
  const span = async (a: number, b: number) =>
    statementAnswer.parse((await get(`statement?from=${a}&to=${b}`)).json).list.map((one) => one.invoiceId);
  expect(await span(from, from)).toEqual([first]);
  expect(await span(from + 1, from + 60)).toEqual([second]);
  expect(await span(from - 60, from - 1)).toEqual([]);
  for (const query of ['', 'from=', 'from=yesterday', `from=${from}&to=${from - 1}`]) expect((await get(`statement?${query}`)).status).toBe(400);
});

test('everything outlives the process, the key included', async () => {
  const path = statePath();
  const before = await sandboxForTest({ statePath: path });
  const id = await before.open();
  before.sandbox.pay(id);
  await before.post('invoice/cancel', { invoiceId: id, amount: 1, extRef: 'r1' });
  const [status, key] = [await before.statusOf(id), await before.get('pubkey')];
  await before.sandbox.close();
  const after = await sandboxForTest({ statePath: path });
  expect(await after.statusOf(id)).toEqual(status);
  expect(await after.get('pubkey')).toEqual(key);
});
