import { expect, test } from 'vitest';
import { errorAnswer } from './answer-shapes.ts';
import { order, sandboxForTest } from './sandbox-for-test.ts';

test('what is broken says so in the bank’s words, and does nothing', async () => {
  const { sandbox, post, get } = await sandboxForTest();
  for (const [kind, status, errCode] of [
    ['status500', 500, 'INTERNAL_ERROR'],
    ['status429', 429, 'TMR'],
  ] as const) {
    sandbox.faults.add({ match: 'create', kind });
    const answer = await post('invoice/create', order);
    expect([answer.status, errorAnswer.parse(answer.json).errCode]).toEqual([status, errCode]);
  }
  expect(sandbox.payments()).toEqual([]);
  sandbox.faults.add({ match: 'read', kind: 'status500' });
  expect((await get('pubkey')).status).toBe(500);
  expect((await get('pubkey')).status).toBe(200);
});

test('what is done and not answered is done', async () => {
  const { sandbox, post, open, statusOf } = await sandboxForTest();
  sandbox.faults.add({ match: 'create', kind: 'status500_after' });
  expect((await post('invoice/create', order)).status).toBe(500);
  sandbox.faults.add({ match: 'create', kind: 'drop_after' });
  await expect(post('invoice/create', order)).rejects.toThrow();
  expect(sandbox.payments().length).toBe(2);
  const [paid, unpaid] = [await open(), await open()];
  sandbox.pay(paid);
  sandbox.faults.add({ match: 'refund', kind: 'status500_after' });
  expect((await post('invoice/cancel', { invoiceId: paid })).status).toBe(500);
  sandbox.faults.add({ match: 'close', kind: 'drop_after' });
  await expect(post('invoice/remove', { invoiceId: unpaid })).rejects.toThrow();
  expect([await statusOf(paid), await statusOf(unpaid)]).toMatchObject([{ status: 'reversed' }, { status: 'expired' }]);
});

test('a proxy’s page is no answer of the bank', async () => {
  const { sandbox, token } = await sandboxForTest();
  sandbox.faults.add({ match: 'any', kind: 'html' });
  const answer = await fetch(`${sandbox.origin}/api/merchant/details`, { headers: { 'x-token': token } });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'text/html']);
});
