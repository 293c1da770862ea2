import { expect, test } from 'vitest';
import { sandboxForTest } from './sandbox-for-test.ts';

async function paid(options: Parameters<typeof sandboxForTest>[0] = {}) {
  const set = await sandboxForTest(options);
  const code = await set.salon.open();
  set.sandbox.pay(code);
  const [transaction] = await set.salon.transactions(`ordercode=${code}`);
  const id = String(transaction?.['TransactionId']);
  const refund = (amount: number | string, of = id) =>
    set.salon.legacy('DELETE', `/api/transactions/${of}?amount=${amount}&sourceCode=${set.keys['sourceCode']}`);
  const statuses = async () => (await set.salon.transactions(`ordercode=${code}`)).map(({ StatusId, Amount }) => [StatusId, Amount].join(' '));
  return { ...set, code, id, refund, statuses };
}

test('a part goes back as a transaction of its own, below zero, and the payment says it was given back in part or whole', async () => {
  const { refund, salon, id, code, statuses, sandbox } = await paid();
  const { status, body } = await refund(1);
  expect(status).toBe(200);
  expect(body).toMatchObject({ Amount: '-0.01', StatusId: 'F', CurrencyCode: '978', ErrorCode: '0', ErrorText: null, Success: true });
  expect(body['TransactionId']).not.toBe(id);
  expect(await salon.transactions(`ordercode=${code}`)).toMatchObject([
    { TransactionId: id, StatusId: 'R', Amount: '45.00', Commission: '0.73' },
    { TransactionId: body['TransactionId'], ParentId: id, Amount: '-0.01', Commission: '0.00', TransactionType: { TransactionTypeId: '4' } },
  ]);
  expect((await salon.checkout('GET', `/checkout/v2/transactions/${id}`)).body).toMatchObject({ statusId: 'R', amount: '45.00' });
  expect((await refund(4499)).body).toMatchObject({ Success: true, Amount: '-44.99' });
  expect(await statuses()).toEqual(['R 45.00', 'F -0.01', 'F -44.99']);
  expect(sandbox.payments()).toMatchObject([{ state: 'captured', capturedMinor: 4500n, refundedMinor: 4500n }]);
});

test('all of it on the same day is a void; said twice by mistake, the second finds nothing left', async () => {
  const { refund, salon, code } = await paid();
  expect((await refund(4500)).body).toMatchObject({ Amount: '-45.00', Success: true });
  expect((await salon.transactions(`ordercode=${code}`))[1]).toMatchObject({ TransactionType: { TransactionTypeId: '7' } });
  expect(await refund(4500)).toMatchObject({ status: 400, body: { ErrorCode: '400', ErrorText: 'PaymentsInvalidAmountForVoid', Success: false } });
});

test('nothing makes a refund safe to repeat: a part said twice goes back twice', async () => {
  const { refund, sandbox } = await paid();
  await Promise.all([refund(1000), refund(1000)]);
  expect(sandbox.payments()).toMatchObject([{ refundedMinor: 2000n }]);
});

test('more than is left, nothing, less than nothing and nonsense are refused, and nothing moves', async () => {
  const { refund, statuses, salon, sandbox } = await paid();
  for (const amount of [4501, 0, -1, 'ten', '', '1.5']) expect((await refund(amount)).body).toMatchObject({ ErrorCode: '400', Success: false });
  expect((await refund(100, '00000000-0000-4000-9000-000000000000')).body).toMatchObject({ ErrorCode: '404', Success: false });
  expect(await statuses()).toEqual(['F 45.00']);
  const open = await salon.open();
  sandbox.pay(open, { declined: true });
  const [failed] = await salon.transactions(`ordercode=${open}`);
  expect((await refund(100, String(failed?.['TransactionId']))).body).toMatchObject({ ErrorCode: '400', Success: false });
});

test('a refund cannot be refunded', async () => {
  const { refund } = await paid();
  const { body } = await refund(100);
  expect((await refund(100, String(body['TransactionId']))).body).toMatchObject({ ErrorCode: '400', Success: false });
});

test('who has not allowed refunds by API is told 403, and gives back in the banking app', async () => {
  const { refund, sandbox, code, statuses } = await paid({ settings: { allowRefunds: 'no' } });
  expect(await refund(100)).toMatchObject({
    status: 403,
    body: { ErrorCode: '403', ErrorText: expect.stringContaining('disabled'), Success: false },
  });
  sandbox.giveBack(code, 500n);
  sandbox.giveBack(code);
  expect(await statuses()).toEqual(['R 45.00', 'F -5.00', 'F -40.00']);
  expect(() => sandbox.giveBack(code)).toThrow('Negative or zero');
});

test.each([true, false])('a refund that is decided later is in progress until then (done: %s)', async (done) => {
  const { refund, sandbox, statuses } = await paid();
  sandbox.answerRefunds('later');
  const { body } = await refund(1500);
  expect(body).toMatchObject({ StatusId: 'A', Success: true });
  expect(await statuses()).toEqual(['R 45.00', 'A -15.00']);
  expect((await refund(3001)).body).toMatchObject({ Success: false });
  sandbox.settleRefund(String(body['TransactionId']), done);
  expect(await statuses()).toEqual(done ? ['R 45.00', 'F -15.00'] : ['F 45.00', 'E -15.00']);
  expect(sandbox.payments()).toMatchObject([{ refundedMinor: done ? 1500n : 0n }]);
  expect(() => sandbox.settleRefund(String(body['TransactionId']), done)).toThrow('no undecided refund');
});
