import { describe, expect, it } from 'vitest';
import type { Outcome } from '../payment-provider.ts';
import { stateOf } from './payment-state.ts';
import { credentials, key, notFound, order, paid, scriptedLiqpay } from './scripted-liqpay.ts';
import { liqpayStatuses } from './wire.ts';

const must = <T>(outcome: Outcome<T>): T => {
  if (outcome.kind !== 'done') throw new Error(outcome.message);
  return outcome.value;
};
const read = async (text: string, at = order.createdAt) => {
  const { provider, asked } = await scriptedLiqpay([text], () => at);
  return { outcome: await provider.readPayment(credentials, key), asked };
};

describe('how a payment stands', () => {
  it('is asked by our reference, signed, and read exactly', async () => {
    const { outcome, asked } = await read(paid(',"refund_amount":0.1'));
    expect(must(outcome)).toEqual({
      reference: 'hf_1',
      providerPaymentId: 'hf_1',
      state: 'captured',
      capturedMinor: 450_10n,
      currency: 'UAH',
      refundedMinor: 10n,
      feeMinor: 6_75n,
    });
    expect(asked).toMatchObject([{ path: '/api/request', said: { version: 7, public_key: 'i00000000', action: 'status', order_id: 'hf_1' } }]);
  });

  it('is open while nobody has begun it, and closed a minute after its end: LiqPay’s clock may be behind ours', async () => {
    const end = order.payableUntil.getTime();
    for (const [afterEnd, state] of [
      [-3600_000, 'open'],
      [0, 'open'],
      [59_999, 'open'],
      [60_000, 'closed'],
      [86_400_000, 'closed'],
    ] as const) {
      const { outcome } = await read(notFound, new Date(end + afterEnd));
      expect(must(outcome)).toEqual({ reference: 'hf_1', providerPaymentId: 'hf_1', state, capturedMinor: 0n, currency: 'UAH', refundedMinor: 0n });
    }
  });

  it('is nothing where only our reference is known and nobody has begun it: the form may never have been made', async () => {
    const { providerPaymentId: _none, ...byReference } = key;
    const { provider } = await scriptedLiqpay([notFound], () => order.createdAt);
    expect(must(await provider.readPayment(credentials, byReference))).toBeUndefined();
  });

  it('money that comes when the time is over is told, and so is one who is still at the bank', async () => {
    const late = new Date(order.payableUntil.getTime() + 86_400_000);
    expect(must((await read(paid(), late)).outcome)).toMatchObject({ state: 'captured' });
    expect(must((await read(paid().replace('success', '3ds_verify'), late)).outcome)).toMatchObject({ state: 'open', capturedMinor: 0n });
    expect(must((await read(paid().replace('success', 'wait_secure'), late)).outcome)).toMatchObject({ state: 'processing', capturedMinor: 0n });
  });

  it('every status that LiqPay names has its place, and another one is nobody’s guess', async () => {
    const by = (state: string) => liqpayStatuses.filter((status) => !status.endsWith('subscribed') && stateOf(status) === state);
    expect({ captured: by('captured'), failed: by('failed'), processing: by('processing'), closed: by('closed') }).toEqual({
      captured: ['success', 'reversed', 'sandbox', 'wait_compensation', 'wait_reserve'],
      failed: ['failure', 'error'],
      processing: ['processing', 'hold_wait', 'wait_accept', 'wait_card', 'wait_lc', 'wait_secure'],
      closed: [],
    });
    expect(by('open').length).toBe(19);
    for (const status of ['subscribed', 'unsubscribed', 'wait_moon', 'SUCCESS', ''])
      expect((await read(paid().replace('success', status))).outcome.kind).toBe('unknown');
  });

  it('one that failed is a fact, though LiqPay tells of it with an error', async () => {
    const text = paid(',"err_code":"limit","err_description":"x"').replace('success', 'failure');
    expect(must((await read(text)).outcome)).toMatchObject({ state: 'failed', capturedMinor: 0n, refundedMinor: 0n });
    expect(must((await read(text.replace('"ok"', '"error"').replace('failure', 'error'))).outcome)).toMatchObject({ state: 'failed' });
  });

  it('one whose client let the time run out is closed: nobody refused it', async () => {
    for (const code of ['expired_prepared', 'expired_3ds', 'expired_p24']) {
      const text = paid(`,"err_code":"${code}"`).replace('success', 'failure');
      expect(must((await read(text)).outcome)).toMatchObject({ state: 'closed', capturedMinor: 0n });
    }
    expect(must((await read(paid(',"err_code":"expired_prepared"'))).outcome)).toMatchObject({ state: 'captured' });
  });

  it('reversed is all of it, unless the amount that went back stands beside', async () => {
    const reversed = (more = '') => read(paid(more).replace('success', 'reversed'));
    expect(must((await reversed()).outcome)).toMatchObject({ state: 'captured', capturedMinor: 450_10n, refundedMinor: 450_10n });
    expect(must((await reversed(',"refund_amount":100')).outcome)).toMatchObject({ capturedMinor: 450_10n, refundedMinor: 100_00n });
    expect(must((await reversed(',"refund_amount":null')).outcome)).toMatchObject({ refundedMinor: 450_10n });
  });

  it.each(['450.123', '4.5e2', '"abc"', '-', 'null', '99999999999999999999'])('an amount of %s is not guessed at', async (amount) => {
    expect((await read(paid().replace('450.1', amount))).outcome.kind).toBe('unknown');
  });

  it('a fee in fractions of a coin is not known, and the payment is all the same', async () => {
    const fact = must((await read(paid().replace('6.75', '6.750000000000001'))).outcome);
    expect(fact).toMatchObject({ state: 'captured', capturedMinor: 450_10n });
    expect(fact?.feeMinor).toBeUndefined();
  });
});

describe('when LiqPay does not answer the question', () => {
  it.each([
    ['invalid_signature', 'bad_credentials'],
    ['err_signature', 'bad_credentials'],
    ['public_key_not_found', 'bad_credentials'],
    ['shop_blocked', 'shop_blocked'],
    ['err_access', 'err_access'],
  ])('%s is a no, called %s', async (said, code) => {
    const text = `{"result":"error","status":"error","err_code":"${said}","err_description":"about ${credentials.privateKey}"}`;
    const { outcome } = await read(text);
    expect(outcome).toEqual({ kind: 'declined', code, message: 'about …' });
    const { provider } = await scriptedLiqpay([text]);
    expect(await provider.testConnection(credentials)).toMatchObject({ kind: 'declined', code });
  });

  it.each([
    ['a failure of its own', { status: 500, text: notFound }],
    ['too many questions', { status: 429, text: notFound }],
    ['a proxy’s page', { status: 200, text: '<html>' }],
    ['half a sentence', { status: 200, text: paid().slice(0, 50) }],
    ['nothing', { status: 200, text: '' }],
    ['an error without a code', { status: 200, text: '{"result":"error"}' }],
    ['a list', { status: 200, text: '[]' }],
    ['another page', { status: 302, text: '' }],
  ])('%s is no answer', async (_, said) => {
    const { provider } = await scriptedLiqpay([said, said]);
    expect((await provider.readPayment(credentials, key)).kind).toBe('unknown');
    expect((await provider.testConnection(credentials)).kind).toBe('unknown');
  });

  it('good keys are told that a payment does not exist, and that is all we ask of them', async () => {
    const { provider, asked } = await scriptedLiqpay([notFound]);
    expect(must(await provider.testConnection(credentials))).toEqual({ account: 'LiqPay (i00000000)', accountId: 'i00000000' });
    expect(asked.map(({ said }) => said['action'])).toEqual(['status']);
  });

  it('its page cannot be closed, and nobody is asked', async () => {
    const { provider, asked } = await scriptedLiqpay([]);
    expect(await provider.closePayment(credentials, { ...key, providerPaymentId: 'hf_1' })).toMatchObject({ kind: 'declined', code: 'cannot_close' });
    expect(asked).toEqual([]);
  });
});

describe('LiqPay’s archive', () => {
  const from = new Date('2026-11-01T00:00:00Z');
  const row = (payment_id: number, more: string) => `{"payment_id":${payment_id},"order_id":"hf_${payment_id}","currency":"UAH",${more}}`;
  const at = (moment: string) => new Date(moment).getTime();

  it('brings what came and what went back, oldest first, and nothing of what failed', async () => {
    const rows = [
      row(
        2,
        `"status":"reversed","amount":200,"receiver_commission":3,"refund_amount":50.5,"create_date":${at('2026-11-02')},"end_date":${at('2026-11-03')}`,
      ),
      row(1, `"status":"success","amount":100.1,"receiver_commission":1.5,"create_date":${at('2026-11-01')}`),
      row(3, `"status":"failure","amount":300,"create_date":${at('2026-11-02')}`),
      row(4, `"status":"success","amount":300,"create_date":${at('2026-11-20')}`),
      '{"status":"try_again","payment_id":5}',
    ];
    const { provider, asked } = await scriptedLiqpay([`{"result":"success","data":[${rows.join(',')}]}`]);
    const lines = must((await provider.readSettlements?.(credentials, { from, to: new Date('2026-11-15') })) ?? { kind: 'unknown', message: '' });
    expect(
      lines.map(({ lineId, kind, reference, amountMinor, feeMinor, at: when }) => [lineId, kind, reference, amountMinor, feeMinor, when]),
    ).toEqual([
      ['1', 'payment', 'hf_1', 100_10n, 1_50n, new Date('2026-11-01')],
      ['2', 'payment', 'hf_2', 200_00n, 3_00n, new Date('2026-11-02')],
      ['2/refund', 'refund', 'hf_2', -50_50n, 0n, new Date('2026-11-03')],
    ]);
    expect(asked[0]?.said).toMatchObject({ action: 'reports', date_from: from.getTime(), date_to: at('2026-11-15'), resp_format: 'json' });
  });

  it('is asked month by month, and one month unanswered is no answer', async () => {
    const empty = '{"result":"success","data":[]}';
    const { provider, asked } = await scriptedLiqpay([empty, empty, { status: 500, text: '' }]);
    const answer = await provider.readSettlements?.(credentials, { from, to: new Date('2027-01-15') });
    expect([answer?.kind, asked.length]).toEqual(['unknown', 3]);
    expect(asked.map(({ said }) => said['date_from'])).toEqual([at('2026-11-01'), at('2026-12-01'), at('2026-12-31')]);
  });
});
