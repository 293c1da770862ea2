import { expect, test } from 'vitest';
import { cancelAnswer, statusAnswer } from './answer-shapes.ts';
import { sandboxForTest } from './sandbox-for-test.ts';

async function paid() {
  const all = await sandboxForTest();
  const id = await all.open();
  all.sandbox.pay(id);
  return { ...all, id, cancel: (more: object = {}) => all.post('invoice/cancel', { invoiceId: id, ...more }) };
}

test('a part leaves it a success with less in it, the rest reverses it', async () => {
  const { cancel, statusOf, id, sandbox } = await paid();
  const first = await cancel({ amount: 100_00, extRef: 'one' });
  expect(cancelAnswer.parse(first.json)).toMatchObject({ status: 'success' });
  expect(statusAnswer.parse(await statusOf(id))).toMatchObject({
    status: 'success',
    amount: 450_00,
    finalAmount: 350_00,
    cancelList: [{ status: 'success', amount: 100_00, ccy: 980, extRef: 'one' }],
    paymentInfo: { fee: 585 },
  });
  await cancel();
  expect(statusAnswer.parse(await statusOf(id))).toMatchObject({
    status: 'reversed',
    finalAmount: 0,
    cancelList: [{ amount: 100_00 }, { amount: 350_00 }],
  });
  expect(sandbox.payments()[0]).toMatchObject({ state: 'captured', capturedMinor: 450_00n, refundedMinor: 450_00n });
});

test('more than is left, nothing, and less than nothing are refused, and nothing moves', async () => {
  const { cancel, statusOf, id } = await paid();
  for (const amount of [450_01, 0, -1]) expect(await cancel({ amount })).toMatchObject({ status: 400, json: { errCode: 'WRONG_CANCEL_AMOUNT' } });
  expect(await statusOf(id)).toMatchObject({ finalAmount: 450_00 });
  await cancel();
  expect(await cancel()).toMatchObject({ status: 400, json: { errCode: 'WRONG_CANCEL_AMOUNT' } });
  expect(await cancel({ amount: 1 })).toMatchObject({ status: 400, json: { errCode: 'WRONG_CANCEL_AMOUNT' } });
});

test('the same reference twice gives back twice: the bank promises nothing else', async () => {
  const { cancel, statusOf, id } = await paid();
  await cancel({ amount: 100_00, extRef: 'same' });
  await cancel({ amount: 100_00, extRef: 'same' });
  expect(await statusOf(id)).toMatchObject({ finalAmount: 250_00 });
});

test('what nobody has paid cannot be given back', async () => {
  const { post, open, statusOf } = await sandboxForTest();
  const id = await open();
  expect(await post('invoice/cancel', { invoiceId: id })).toMatchObject({ status: 500, json: { errCode: 'CANCEL_NOT_AVAILABLE' } });
  expect(await statusOf(id)).toMatchObject({ status: 'created' });
  expect(await post('invoice/cancel', {})).toMatchObject({ status: 400, json: { errText: "empty 'invoiceId'" } });
  expect(await post('invoice/cancel', { invoiceId: 'none' })).toMatchObject({ status: 404 });
});

test('a refund decided later waits, holds its amount, and goes either way', async () => {
  const { cancel, statusOf, id, sandbox } = await paid();
  sandbox.answerRefunds('later');
  expect(cancelAnswer.parse((await cancel({ amount: 300_00, extRef: 'late' })).json)).toMatchObject({ status: 'processing' });
  expect(statusAnswer.parse(await statusOf(id))).toMatchObject({ finalAmount: 450_00, cancelList: [{ status: 'processing', amount: 300_00 }] });
  expect(await cancel({ amount: 150_01 })).toMatchObject({ status: 400 });
  sandbox.settleRefund('late', false);
  expect(await statusOf(id)).toMatchObject({ status: 'success', finalAmount: 450_00, cancelList: [{ status: 'failure' }] });
  await cancel({ extRef: 'late_too' });
  sandbox.settleRefund('late_too', true);
  expect(statusAnswer.parse(await statusOf(id))).toMatchObject({ status: 'reversed', finalAmount: 0 });
  expect(() => sandbox.settleRefund('late_too', true)).toThrow(RangeError);
});

test('the merchant gives back in the web cabinet, without a reference', async () => {
  const { statusOf, id, sandbox } = await paid();
  sandbox.giveBack(id, 1n);
  sandbox.giveBack(id);
  const { status, cancelList } = statusAnswer.parse(await statusOf(id));
  expect([status, cancelList?.map(({ amount, extRef }) => [amount, extRef])]).toEqual([
    'reversed',
    [
      [1, undefined],
      [449_99, undefined],
    ],
  ]);
});
