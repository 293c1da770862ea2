import { describe, expect, it } from 'vitest';
import { answering, credentials, type Heard, listText, orderCode, orderText, refundOf, rowText, type Said } from './scripted-viva.ts';

const refused = (code: number, text: string, status = 'E') =>
  `{"Emv":null,"Amount":null,"StatusId":"${status}","TransactionId":null,"ErrorCode":${code},"ErrorText":"${text}","EventId":0,"Success":false}`;
const given = (status: string) => `{"Amount":-20.00,"StatusId":"${status}","TransactionId":"back-1","ErrorCode":0,"ErrorText":null,"Success":true}`;

async function paid({
  state = 3,
  rows = [rowText()],
  answer,
}: {
  state?: number;
  rows?: string[];
  answer?: (heard: Heard) => Said | undefined;
} = {}) {
  const viva = await answering((heard) => {
    if (heard.what.startsWith('DELETE')) return answer?.(heard);
    return { text: heard.what.includes('/api/orders/') ? orderText(state) : listText(...rows) };
  });
  return { ...viva, deletes: () => viva.heard.filter(({ what }) => what.startsWith('DELETE')).map(({ what }) => what) };
}

describe('giving money back', () => {
  it('is asked of the transaction, in cents', async () => {
    const { provider, deletes } = await paid({ answer: () => ({ text: given('F') }) });
    expect(await provider.refundPayment(credentials, refundOf())).toEqual({
      kind: 'done',
      value: { providerRefundId: 'back-1', state: 'refunded', amountMinor: 20_00n },
    });
    expect(deletes()).toEqual(['DELETE /api/transactions/trn-1?amount=2000&sourceCode=6343']);
  });

  it('that has been done already is answered, and not asked for again', async () => {
    const rows = [rowText({ StatusId: 'R' }), rowText({ TransactionId: 'back-7', Amount: '-20.00', InsDate: '2026-11-21T13:00:00+02:00' })];
    const { provider, deletes } = await paid({ rows });
    expect(await provider.refundPayment(credentials, refundOf())).toMatchObject({ kind: 'done', value: { providerRefundId: 'back-7' } });
    expect(await provider.readRefund(credentials, refundOf())).toMatchObject({ kind: 'done', value: { providerRefundId: 'back-7' } });
    expect(deletes()).toEqual([]);
  });

  it('of which another amount has gone back than anybody knows is left for somebody to look at', async () => {
    const { provider, deletes } = await paid({ rows: [rowText({ StatusId: 'R' }), rowText({ TransactionId: 'back-7', Amount: '-7.00' })] });
    expect((await provider.refundPayment(credentials, refundOf())).kind).toBe('unknown');
    expect((await provider.readRefund(credentials, refundOf())).kind).toBe('unknown');
    expect(deletes()).toEqual([]);
  });

  it('is not asked for while Viva shows no payment of a paid order', async () => {
    const { provider, deletes } = await paid({ rows: [] });
    expect((await provider.refundPayment(credentials, refundOf())).kind).toBe('unknown');
    expect(deletes()).toEqual([]);
  });

  it('of an order nobody has paid, or in another currency, is declined', async () => {
    const unpaid = await paid({ state: 0, rows: [] });
    expect(await unpaid.provider.refundPayment(credentials, refundOf())).toMatchObject({ kind: 'declined', code: 'nothing_captured' });
    const { provider } = await paid();
    expect(await provider.refundPayment(credentials, refundOf({ currency: 'GBP' }))).toMatchObject({ kind: 'declined', code: 'currency_mismatch' });
    expect(await provider.refundPayment(credentials, refundOf({ amountMinor: 0n }))).toMatchObject({ kind: 'declined' });
  });

  it.each([
    [200, refused(403, 'Non reversible transaction'), 'declined', 'viva_403'],
    [200, refused(452, 'Insufficient balance'), 'declined', 'viva_452'],
    [200, refused(502, 'Transaction failed'), 'declined', 'viva_502'],
    [200, refused(401, ''), 'declined', 'bad_credentials'],
    [403, '{"message":"Refunds are off"}', 'declined', 'viva_403'],
    // the words of a failure, without a word on whether it was done
    [200, refused(500, 'Internal error', 'A'), 'unknown', undefined],
    [500, refused(403, 'Non reversible transaction'), 'unknown', undefined],
    [403, '<html>Forbidden</html>', 'unknown', undefined],
    [200, '{"StatusId":"F","TransactionId":"back-1","ErrorCode":0}', 'unknown', undefined],
    [200, given('MI'), 'unknown', undefined],
  ])('answered %s %s is %s', async (status, text, kind, code) => {
    const { provider } = await paid({ answer: () => ({ status, text }) });
    expect(await provider.refundPayment(credentials, refundOf())).toMatchObject(code === undefined ? { kind } : { kind, code });
  });

  it('goes to the largest of several payments of one order', async () => {
    const rows = [rowText({ Amount: '10.00' }), rowText({ TransactionId: 'trn-2' })];
    const { provider, deletes } = await paid({ rows, answer: () => ({ text: given('A') }) });
    expect(await provider.refundPayment(credentials, refundOf())).toMatchObject({ kind: 'done', value: { state: 'pending' } });
    expect(deletes()[0]).toContain('/trn-2?');
    expect(orderCode.length).toBe(16);
  });
});
