import { describe, expect, it } from 'vitest';
import { createMonoProvider } from './mono.ts';
import { answering, cancel, createdAt, credentials, error, invoice, key, now, order, paid, refund } from './scripted-mono.ts';

const created = { json: { invoiceId: 'p2_1', pageUrl: 'https://pay.mbnk.biz/p2_1' } };

describe('a call to monobank', () => {
  it('carries the token and the order in monobank’s words', async () => {
    const { heard, provider } = await answering(() => created);
    expect(await provider.createPayment(credentials, { ...order, clientEmail: 'client@example.com' })).toEqual({
      kind: 'done',
      value: { providerPaymentId: 'p2_1', pageUrl: 'https://pay.mbnk.biz/p2_1', closesAt: new Date('2026-11-21T10:15:00.400Z') },
    });
    expect(heard[0]?.call).toBe('POST /api/merchant/invoice/create');
    expect(heard[0]?.headers).toMatchObject({ 'x-token': 'mVerySecretToken1', 'content-type': 'application/json' });
    expect(JSON.parse(heard[0]?.body ?? '')).toEqual({
      amount: 75000,
      ccy: 980,
      merchantPaymInfo: {
        reference: 'hf1_pay_1',
        destination: 'Стрижка, Борода',
        customerEmails: ['client@example.com'],
        basketOrder: [
          { name: 'Стрижка', qty: 1, sum: 50000, total: 50000, code: expect.stringMatching(/^[0-9a-f]{32}$/) },
          { name: 'Борода', qty: 1, sum: 25000, total: 25000, code: expect.stringMatching(/^[0-9a-f]{32}$/) },
        ],
      },
      redirectUrl: 'https://salon.example/return',
      webHookUrl: 'https://salon.example/webhooks/1',
      validity: 900,
      paymentType: 'debit',
    });
  });

  it('asks nobody about a currency monobank has no number for', async () => {
    const { heard, provider } = await answering(() => created);
    expect(await provider.createPayment(credentials, { ...order, currency: 'XXX' })).toMatchObject({
      kind: 'declined',
      code: 'currency_not_supported',
    });
    expect(heard).toEqual([]);
  });

  it('for an owner’s account names it', async () => {
    const { heard, provider } = await answering(() => ({ json: { merchantId: '12o4Vv7EWy', merchantName: 'Липа', edrpou: '4242424242' } }));
    expect(await provider.testConnection(credentials)).toEqual({ kind: 'done', value: { account: 'Липа (12o4Vv7EWy)', accountId: '12o4Vv7EWy' } });
    expect(heard[0]?.call).toBe('GET /api/merchant/details');
  });

  it.each([
    [403, 'FORBIDDEN', 'declined', 'bad_credentials'],
    [400, 'BAD_REQUEST', 'declined', 'BAD_REQUEST'],
    [400, 'INVALID_MERCHANT_PAYM_INFO', 'declined', 'INVALID_MERCHANT_PAYM_INFO'],
    [405, 'METHOD_NOT_ALLOWED', 'declined', 'METHOD_NOT_ALLOWED'],
    [429, 'TMR', 'unknown', undefined],
    [500, 'INTERNAL_ERROR', 'unknown', undefined],
  ])('answered %s %s is %s', async (status, errCode, kind, code) => {
    const { provider } = await answering(() => error(status, errCode));
    expect(await provider.createPayment(credentials, order)).toMatchObject(code === undefined ? { kind } : { kind, code });
  });

  it('answered by something in between is unknown, also as 403 or 404', async () => {
    for (const status of [200, 403, 404]) {
      const { provider } = await answering(() => ({ status, text: '<html>no</html>' }));
      expect(await provider.readPayment(credentials, key)).toMatchObject({ kind: 'unknown' });
    }
  });
});

describe('secrets', () => {
  it('never come back in a message', async () => {
    const { provider } = await answering(() => error(400, 'BAD_REQUEST', 'token mVerySecretToken1 is odd'));
    expect(await provider.createPayment(credentials, order)).toEqual({ kind: 'declined', code: 'BAD_REQUEST', message: 'token … is odd' });
  });

  it('that are missing are an error of ours, not an answer of monobank’s', async () => {
    const provider = createMonoProvider();
    await expect(provider.createPayment({}, order)).rejects.toThrow(/no token/);
    await expect(provider.readPayment({ token: ' ' }, key)).rejects.toThrow(/no token/);
    const webhook = { headers: {}, rawBody: new Uint8Array(), now, address: { came: undefined, ours: 'x' } };
    await expect(provider.verifyWebhook({}, webhook)).rejects.toThrow(/no token/);
  });

  it('that cannot go into a header are noticed in the form', () => {
    const { credentialsShape } = createMonoProvider();
    expect(credentialsShape.safeParse({ token: 'uXl_3-x' }).success).toBe(true);
    for (const token of ['', ' x', 'x\n', 'ключ', 'x'.repeat(501)]) expect(credentialsShape.safeParse({ token }).success).toBe(false);
  });
});

describe('how a payment stands', () => {
  it('is read by monobank’s id', async () => {
    const { heard, provider } = await answering(() => ({ json: paid() }));
    expect(await provider.readPayment(credentials, key)).toMatchObject({
      kind: 'done',
      value: { state: 'captured', capturedMinor: 750_00n, feeMinor: 9_75n },
    });
    expect(heard[0]).toMatchObject({ call: 'GET /api/merchant/invoice/status', query: { invoiceId: 'p2_1' } });
  });

  it('of which monobank knows nothing is nothing', async () => {
    for (const errCode of ['NOT_FOUND', '1004']) {
      const { provider } = await answering(() => error(404, errCode));
      expect(await provider.readPayment(credentials, key)).toEqual({ kind: 'done', value: undefined });
      expect(await provider.readRefund(credentials, refund)).toEqual({ kind: 'done', value: undefined });
    }
  });

  it('told of another invoice is not believed', async () => {
    const { provider } = await answering(() => ({ json: paid({ invoiceId: 'p2_other' }) }));
    expect(await provider.readPayment(credentials, key)).toMatchObject({ kind: 'unknown' });
  });

  it('is found by our reference in the statement once somebody has begun to pay', async () => {
    const row = { status: 'success', date: '2026-11-21T10:05:00Z', amount: 75000, profitAmount: 74025, ccy: 980, reference: 'hf1_pay_1' };
    const list = [
      { ...row, invoiceId: 'p2_other', reference: 'hf1_pay_2' },
      { ...row, invoiceId: 'p2_failed', status: 'failure' },
      { ...row, invoiceId: 'p2_1' },
      { ...row, invoiceId: 'p2_odd', reference: null },
    ];
    const { heard, provider } = await answering(({ call }) => ({ json: call.endsWith('statement') ? { list } : paid() }));
    const { reference, payableUntil, currency } = key;
    expect(await provider.readPayment(credentials, { reference, createdAt, payableUntil, currency })).toMatchObject({
      value: { providerPaymentId: 'p2_1' },
    });
    expect(heard[0]?.query).toEqual({ from: String(createdAt.getTime() / 1000 - 120), to: String(Math.ceil(now.getTime() / 1000) + 120) });
    expect(heard[1]?.query).toEqual({ invoiceId: 'p2_1' });
    const nobody = { reference: 'hf1_pay_9', createdAt, payableUntil, currency };
    expect(await provider.readPayment(credentials, nobody)).toEqual({ kind: 'done', value: undefined });
  });
});

describe('closing a page', () => {
  const removing = (removed: Parameters<typeof error> | undefined, status: object) =>
    answering(({ call }) => (call.endsWith('remove') ? (removed ? error(...removed) : { json: {} }) : status));

  it('says closed when monobank has removed it, however it shows that', async () => {
    for (const status of [{ json: invoice({ status: 'expired' }) }, { json: invoice() }, error(404, 'NOT_FOUND')]) {
      const { heard, provider } = await removing(undefined, status);
      expect(await provider.closePayment(credentials, key)).toMatchObject({
        kind: 'done',
        value: { state: 'closed', reference: 'hf1_pay_1', capturedMinor: 0n },
      });
      expect(heard[0]).toMatchObject({ call: 'POST /api/merchant/invoice/remove', body: '{"invoiceId":"p2_1"}' });
    }
  });

  it('takes an empty answer for what it is', async () => {
    const { provider } = await answering(({ call }) => (call.endsWith('remove') ? { text: '' } : { json: invoice({ status: 'expired' }) }));
    expect(await provider.closePayment(credentials, key)).toMatchObject({ value: { state: 'closed' } });
  });

  it('that was just paid, or is being paid, answers that', async () => {
    for (const [json, state] of [
      [paid(), 'captured'],
      [invoice({ status: 'processing' }), 'processing'],
      [invoice({ status: 'expired' }), 'closed'],
    ] as const) {
      const { provider } = await removing([400, 'BAD_REQUEST'], { json });
      expect(await provider.closePayment(credentials, key)).toMatchObject({ kind: 'done', value: { state } });
    }
  });

  it('that is open all the same is not called closed, and one nobody knows neither', async () => {
    expect(await (await removing([400, 'BAD_REQUEST'], { json: invoice() })).provider.closePayment(credentials, key)).toMatchObject({
      kind: 'declined',
    });
    expect(await (await removing([404, 'NOT_FOUND'], error(404, 'NOT_FOUND'))).provider.closePayment(credentials, key)).toMatchObject({
      kind: 'declined',
    });
    expect(await (await removing([500, 'INTERNAL_ERROR'], { json: invoice() })).provider.closePayment(credentials, key)).toMatchObject({
      kind: 'unknown',
    });
  });
});

describe('giving money back', () => {
  const giving = (
    json: object,
    answer: object = { json: { status: 'success', createdDate: '2026-11-21T12:00:00Z', modifiedDate: '2026-11-21T12:00:00Z' } },
  ) => answering(({ call }) => (call.endsWith('cancel') ? answer : { json }));

  it('carries our key, so that it is found again', async () => {
    const { heard, provider } = await giving(paid());
    expect(await provider.refundPayment(credentials, refund)).toEqual({
      kind: 'done',
      value: { providerRefundId: 'ref_1', state: 'refunded', amountMinor: 200_00n },
    });
    expect(heard.map(({ call }) => call)).toEqual(['GET /api/merchant/invoice/status', 'POST /api/merchant/invoice/cancel']);
    expect(heard[1]?.body).toBe('{"invoiceId":"p2_1","extRef":"ref_1","amount":20000}');
  });

  it('that was given already is not given again, whatever became of it', async () => {
    for (const [status, state] of [
      ['success', 'refunded'],
      ['processing', 'pending'],
      ['failure', 'failed'],
    ] as const) {
      const { heard, provider } = await giving(paid({ finalAmount: status === 'success' ? 55000 : 75000, cancelList: [cancel({ status })] }));
      const fact = { providerRefundId: 'ref_1', state, amountMinor: 200_00n };
      expect(await provider.refundPayment(credentials, refund)).toEqual({ kind: 'done', value: fact });
      expect(await provider.readRefund(credentials, refund)).toEqual({ kind: 'done', value: fact });
      expect(heard.some(({ call }) => call.endsWith('cancel'))).toBe(false);
    }
  });

  it('under a key that was used for another amount moves nothing', async () => {
    const { heard, provider } = await giving(paid({ finalAmount: 55000, cancelList: [cancel()] }));
    expect(await provider.refundPayment(credentials, { ...refund, amountMinor: 1n })).toMatchObject({ kind: 'declined', code: 'key_used' });
    expect(heard).toHaveLength(1);
  });

  it('waits for somebody to look when more has gone back than we know of', async () => {
    const elsewhere = paid({ finalAmount: 55000, cancelList: [cancel({ extRef: null })] });
    const { heard, provider } = await giving(elsewhere);
    expect(await provider.refundPayment(credentials, refund)).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('Somebody has to look'),
    });
    expect(heard).toHaveLength(1);
    expect(await provider.refundPayment(credentials, { ...refund, refundedBeforeMinor: 200_00n })).toMatchObject({ kind: 'done' });
  });

  it('of nothing, of what nobody paid, in another currency: monobank is not asked to', async () => {
    const { heard, provider } = await giving(invoice());
    for (const amountMinor of [0n, -1n])
      expect(await provider.refundPayment(credentials, { ...refund, amountMinor })).toMatchObject({ kind: 'declined' });
    expect(await provider.refundPayment(credentials, refund)).toMatchObject({ kind: 'declined', code: 'nothing_captured' });
    expect(await (await giving(paid())).provider.refundPayment(credentials, { ...refund, currency: 'EUR' })).toMatchObject({
      code: 'currency_mismatch',
    });
    expect(heard.some(({ call }) => call.endsWith('cancel'))).toBe(false);
  });

  it('that monobank refuses is declined, also where it says so as a failure of its own', async () => {
    for (const [status, code] of [
      [400, 'WRONG_CANCEL_AMOUNT'],
      [500, 'CANCEL_NOT_AVAILABLE'],
    ] as const) {
      const { provider } = await giving(paid(), error(status, code));
      expect(await provider.refundPayment(credentials, refund)).toMatchObject({ kind: 'declined', code });
    }
    const { provider } = await giving(paid(), error(500, 'INTERNAL_ERROR'));
    expect(await provider.refundPayment(credentials, refund)).toMatchObject({ kind: 'unknown' });
  });
});

describe('the statement', () => {
  it('is asked for far enough back to hold refunds of older payments', async () => {
    const { heard, provider } = await answering(() => ({ json: { list: [] } }));
    const [from, to] = [new Date('2026-11-01T00:00:00.500Z'), new Date('2026-11-02T00:00:00.500Z')];
    expect(await provider.readSettlements?.(credentials, { from, to })).toEqual({ kind: 'done', value: [] });
    expect(heard[0]?.query).toEqual({
      from: String(Date.parse('2026-10-01T00:00:00Z') / 1000),
      to: String(Date.parse('2026-11-02T00:00:01Z') / 1000),
    });
  });

  it('without the amount the merchant gets is not made up', async () => {
    const item = { invoiceId: 'p2_1', status: 'success', date: '2026-11-21T10:05:00Z', amount: 1, ccy: 980, reference: 'x' };
    const { provider } = await answering(() => ({ json: { list: [item] } }));
    expect(await provider.readSettlements?.(credentials, { from: createdAt, to: new Date('2026-12-01') })).toMatchObject({ kind: 'unknown' });
  });
});
