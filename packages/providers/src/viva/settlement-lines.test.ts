import { describe, expect, it } from 'vitest';
import { answering, credentials, listText, orderCode, rowText } from './scripted-viva.ts';

const span = { from: new Date('2026-11-21T00:00:00Z'), to: new Date('2026-11-22T00:00:00Z') };

describe('Viva’s books', () => {
  it('are its transactions of those days, each once, payments and refunds with their fees, oldest first', async () => {
    const refund = rowText({ TransactionId: 'back-1', Amount: '-20.00', Commission: 0, InsDate: '2026-11-21T23:30:00+02:00' });
    const rows = listText(
      refund,
      rowText(),
      rowText({ TransactionId: 'refused', StatusId: 'E' }),
      rowText({ TransactionId: 'waits', StatusId: 'A' }),
      rowText({ TransactionId: 'tomorrow', InsDate: '2026-11-22T02:00:00+02:00' }),
      rowText({ TransactionId: 'yesterday', InsDate: '2026-11-21T01:59:59+02:00' }),
      rowText({ TransactionId: 'elsewhere', CurrencyCode: '840', MerchantTrns: null }),
    );
    const { provider, heard } = await answering(({ what }) => (what.startsWith('GET /api/transactions/?date=') ? { text: rows } : undefined));
    const answer = await provider.readSettlements?.(credentials, span);
    const line = { reference: 'hf1_pay_1', providerPaymentId: orderCode, currency: 'EUR', payoutId: undefined };
    const at = new Date('2026-11-21T10:05:46.903Z');
    expect(answer).toEqual({
      kind: 'done',
      value: [
        { ...line, lineId: 'trn-1', kind: 'payment', amountMinor: 50_00n, feeMinor: 26n, at },
        { ...line, lineId: 'elsewhere', kind: 'payment', amountMinor: 50_00n, feeMinor: 26n, at, currency: 'USD', reference: undefined },
        { ...line, lineId: 'back-1', kind: 'refund', amountMinor: -20_00n, feeMinor: 0n, at: new Date('2026-11-21T21:30:00Z') },
      ],
    });
    expect(heard.length).toBeGreaterThanOrEqual(3);
  });

  it('know nothing of what was cancelled on its day, unless it stands there with what gave it back', async () => {
    const cancelled = rowText({ StatusId: 'X' });
    const back = rowText({ TransactionId: 'back-1', Amount: '-50.00', InsDate: '2026-11-21T13:00:00+02:00' });
    const lines = async (...rows: string[]) => {
      const { provider } = await answering(() => ({ text: listText(...rows) }));
      const answer = await provider.readSettlements?.(credentials, span);
      return answer?.kind === 'done' ? answer.value.map(({ lineId }) => lineId) : answer;
    };
    expect(await lines(cancelled)).toEqual([]);
    expect(await lines(cancelled, back)).toEqual(['trn-1', 'back-1']);
  });
});
