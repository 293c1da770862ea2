import { expect, test } from 'vitest';
import { sandboxForTest } from './sandbox-for-test.ts';

test('a lost answer has done its work; a broken line too; an outage has not', async () => {
  const { salon, sandbox, keys } = await sandboxForTest();
  const create = async () => salon.checkout('POST', '/checkout/v2/orders', { amount: 4500, sourceCode: keys['sourceCode'] });
  sandbox.faults.add({ match: 'create', kind: 'status500_after' });
  expect(await create()).toMatchObject({ status: 500, body: { status: '500', message: 'Internal Server Error' } });
  expect(sandbox.payments()).toHaveLength(1);
  sandbox.faults.add({ match: 'create', kind: 'drop_after' });
  await expect(create()).rejects.toThrow('fetch failed');
  expect(sandbox.payments()).toHaveLength(2);
  for (const [kind, status] of [
    ['status500', 500],
    ['status429', 429],
    ['html', 502],
  ] as const) {
    sandbox.faults.add({ match: 'create', kind });
    expect((await create()).status).toBe(status);
  }
  expect(sandbox.payments()).toHaveLength(2);
});

test('each kind of call has its own misfortune', async () => {
  const { salon, sandbox } = await sandboxForTest();
  const code = await salon.open();
  sandbox.pay(code);
  const [transaction] = await salon.transactions(`ordercode=${code}`);
  const refund = () => salon.legacy('DELETE', `/api/transactions/${String(transaction?.['TransactionId'])}?amount=100`);
  for (const match of ['read', 'close', 'refund'] as const) sandbox.faults.add({ match, kind: 'status500' });
  expect((await salon.legacy('DELETE', `/api/orders/${code}`)).status).toBe(500);
  expect((await refund()).status).toBe(500);
  expect((await salon.legacy('GET', `/api/orders/${code}`)).body).toMatchObject({ ErrorCode: '500', Success: false });
  expect((await refund()).status).toBe(200);
});

test('a call that is never answered hangs until the caller gives up, and has done nothing', async () => {
  const { salon, sandbox } = await sandboxForTest();
  sandbox.faults.add({ match: 'create', kind: 'timeout' });
  const headers = { authorization: await salon.bearer(), 'content-type': 'application/json' };
  const hanging = fetch(`${sandbox.origin}/checkout/v2/orders`, {
    method: 'POST',
    headers,
    body: '{"amount":100}',
    signal: AbortSignal.timeout(200),
  });
  await expect(hanging).rejects.toThrow('timeout');
  expect(sandbox.payments()).toEqual([]);
});
