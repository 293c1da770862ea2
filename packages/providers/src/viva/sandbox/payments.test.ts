import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callerOf, sandboxForTest } from './sandbox-for-test.ts';
import { startSandbox } from './start-sandbox.ts';

test('a payment is a transaction in euros and cents, found by its order, its day and its id, with what Viva keeps', async () => {
  const { salon, sandbox } = await sandboxForTest();
  const code = await salon.open();
  expect(await salon.transactions(`ordercode=${code}`)).toEqual([]);
  expect(sandbox.pay(code)).toBe('captured');
  expect(sandbox.pay(code)).toBe('closed');
  const [transaction = {}, ...more] = await salon.transactions(`ordercode=${code}`);
  expect(more).toEqual([]);
  expect(transaction).toMatchObject({
    Amount: '45.00',
    StatusId: 'F',
    CurrencyCode: '978',
    ParentId: null,
    MerchantTrns: 'hf_pay_1',
    Commission: '0.73',
    InsDate: '2026-11-21T12:00:00.25',
    Order: { OrderCode: code },
    TransactionType: { TransactionTypeId: '5' },
  });
  const id = String(transaction['TransactionId']);
  expect(await salon.transactions('Date=2026-11-21')).toEqual([transaction]);
  expect(await salon.transactions('date=2026-11-20')).toEqual([]);
  expect((await salon.legacy('GET', `/api/transactions/${id}`)).body).toMatchObject({ Transactions: [transaction], ErrorCode: '0', Success: true });
  expect((await salon.legacy('GET', '/api/transactions/?colour=red')).status).toBe(400);
  expect((await salon.legacy('GET', '/api/transactions')).status).toBe(400);
  expect((await salon.checkout('GET', `/checkout/v2/transactions/${id}`)).body).toMatchObject({
    amount: '45.00',
    orderCode: code,
    statusId: 'F',
    currencyCode: '978',
    merchantTrns: 'hf_pay_1',
    transactionTypeId: '5',
    insDate: '2026-11-21T12:00:00.25+02:00',
  });
  expect((await salon.checkout('GET', '/checkout/v2/transactions/none')).body).toMatchObject({ status: '404' });
  expect(await salon.stateOf(code)).toBe(3);
});

test('a day is a Greek one: what is paid in the evening of Lisbon belongs to the next', async () => {
  const { salon, sandbox, clock } = await sandboxForTest();
  clock.at = new Date('2026-11-21T22:30:00Z');
  sandbox.pay(await salon.open());
  expect(await salon.transactions('date=2026-11-21')).toEqual([]);
  expect(await salon.transactions('date=2026-11-22')).toMatchObject([{ InsDate: '2026-11-22T00:30:00' }]);
});

test('a refused card is a failed transaction, and the client can pay with another one', async () => {
  const { salon, sandbox } = await sandboxForTest();
  const code = await salon.open();
  expect(sandbox.pay(code, { declined: true })).toBe('declined');
  expect([await salon.stateOf(code), sandbox.payments()[0]?.state]).toEqual([0, 'open']);
  expect(sandbox.pay(code)).toBe('captured');
  expect((await salon.transactions(`ordercode=${code}`)).map(({ StatusId, Commission }) => [StatusId, Commission])).toEqual([
    ['E', '0.00'],
    ['F', '0.73'],
  ]);
});

test.each([true, false])('a Multibanco reference is in progress until it is decided (paid: %s), and its order does not run out', async (paid) => {
  const { salon, sandbox, clock } = await sandboxForTest();
  const code = await salon.open();
  expect(sandbox.pay(code, { processing: true })).toBe('processing');
  expect(sandbox.pay(code)).toBe('closed');
  expect((await salon.legacy('DELETE', `/api/orders/${code}`)).body).toMatchObject({ Success: true });
  clock.move({ hours: 30 });
  expect(await salon.stateOf(code)).toBe(0);
  expect(await salon.transactions(`ordercode=${code}`)).toMatchObject([{ StatusId: 'A', TransactionType: { TransactionTypeId: '56' } }]);
  expect(sandbox.payments()).toMatchObject([{ state: 'processing', capturedMinor: 0n }]);
  sandbox.settleProcessing(code, paid);
  expect(sandbox.payments()).toMatchObject([paid ? { state: 'captured', capturedMinor: 4500n } : { state: 'failed', capturedMinor: 0n }]);
  expect(await salon.transactions(`ordercode=${code}`)).toMatchObject([{ StatusId: paid ? 'F' : 'E' }]);
  expect(await salon.stateOf(code)).toBe(paid ? 3 : 2);
  expect(() => sandbox.settleProcessing(code, true)).toThrow('nothing is undecided');
});

test('where only what is decided at once was asked for, there is no reference', async () => {
  const { salon, sandbox } = await sandboxForTest();
  const code = await salon.open({ disableCash: true });
  expect(sandbox.pay(code, { processing: true })).toBe('not_offered');
  expect(sandbox.pay(code)).toBe('captured');
});

test('Viva may take something else than it was asked for, and then says so', async () => {
  const { salon, sandbox } = await sandboxForTest();
  const [less, foreign] = [await salon.open(), await salon.open()];
  sandbox.pay(less, { amountMinor: 4000n });
  sandbox.pay(foreign, { currency: 'GBP' });
  expect(await salon.transactions(`ordercode=${less}`)).toMatchObject([{ Amount: '40.00', CurrencyCode: '978' }]);
  expect(await salon.transactions(`ordercode=${foreign}`)).toMatchObject([{ Amount: '45.00', CurrencyCode: '826' }]);
  expect(sandbox.payments()).toMatchObject([
    { amountMinor: 4500n, capturedMinor: 4000n, currency: 'EUR' },
    { capturedMinor: 4500n, currency: 'GBP' },
  ]);
});

test('after a restart everything is known again, tokens too', async () => {
  const statePath = join(mkdtempSync(join(tmpdir(), 'viva-sandbox-')), 'state.jsonl');
  const { salon, sandbox, keys, clock } = await sandboxForTest({ statePath });
  const [paid, open] = [await salon.open(), await salon.open()];
  sandbox.pay(paid);
  const before = sandbox.payments();
  const authorization = await salon.bearer();
  await sandbox.close();
  const again = await startSandbox({ now: clock.now, tickEveryMs: 0, statePath });
  again.setAccount(keys);
  const caller = callerOf(again.origin, keys);
  expect(again.payments()).toEqual(before);
  expect([await caller.stateOf(paid), await caller.stateOf(open)]).toEqual([3, 0]);
  expect((await caller.call('POST', '/checkout/v2/orders', authorization, { amount: 100 })).status).toBe(200);
  expect(again.webhooks.waiting()).toBe(2);
  await again.close();
});
