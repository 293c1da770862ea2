import { describe, expect, it } from 'vitest';
import type { RefundOrder } from '../payment-provider.ts';
import { credentials, notFound, paid, refund, type Said, scriptedLiqpay } from './scripted-liqpay.ts';

const back = '{"result":"ok","action":"refund","payment_id":9223372036854775807,"status":"reversed","wait_amount":false}';
const gone = (amount: string) => paid(`,"refund_amount":${amount}`);
const give = async (script: readonly (Said | string)[], changes: Partial<RefundOrder> = {}) => {
  const { provider, asked } = await scriptedLiqpay(script);
  const outcome = await provider.refundPayment(credentials, { ...refund, ...changes });
  return { outcome, asked, actions: asked.map(({ said }) => said['action']) };
};
const look = async (text: Said | string, changes: Partial<RefundOrder> = {}) => {
  const { provider } = await scriptedLiqpay([text]);
  return provider.readRefund(credentials, { ...refund, ...changes });
};
const done = (state: string) => ({ kind: 'done', value: { providerRefundId: '9223372036854775807', state, amountMinor: 100_00n } });

describe('giving money back through LiqPay', () => {
  it('looks first, then asks for the exact amount', async () => {
    const { outcome, asked } = await give([paid(), back]);
    expect(outcome).toEqual(done('refunded'));
    expect(asked[1]?.json).toBe('{"version":7,"public_key":"i00000000","action":"refund","order_id":"hf_1","amount":100.00}');
  });

  it('said again when it has gone back, nothing is asked for', async () => {
    const { outcome, actions } = await give([gone('100')]);
    expect([outcome, actions]).toEqual([done('refunded'), ['status']]);
    expect((await give([gone('150.00')], { refundedBeforeMinor: 50_00n })).actions).toEqual(['status']);
  });

  it('of which something else has gone back is nobody’s guess, and nothing is asked for', async () => {
    for (const amount of ['0.01', '99.99', '100.01', '450.1']) {
      const { outcome, actions } = await give([gone(amount)]);
      expect([outcome.kind, actions]).toEqual(['unknown', ['status']]);
    }
    expect((await give([paid()], { refundedBeforeMinor: 1n })).outcome.kind).toBe('unknown');
  });

  it('is pending when LiqPay takes it from what comes in, and is not asked for again meanwhile', async () => {
    expect((await give([paid(), back.replace('"wait_amount":false', '"wait_amount":true')])).outcome).toEqual(done('pending'));
    expect((await give([paid(), back.replace('"wait_amount":false', '"wait_amount":"true"')])).outcome).toEqual(done('pending'));
    const flags = ['"wait_reserve_status":"true"', '"wait_reserve_status":true', '"wait_amount":true', '"wait_amount":true,"refund_amount":100'];
    for (const waiting of [paid().replace('success', 'wait_reserve'), ...flags.map((flag) => paid(`,${flag}`))]) {
      const { outcome, actions } = await give([waiting]);
      expect([outcome, actions]).toEqual([done('pending'), ['status']]);
      expect(await look(waiting)).toEqual(done('pending'));
    }
  });

  it('more than is left is declined before LiqPay is asked, exactly all of it is not', async () => {
    expect(await give([paid()], { amountMinor: 450_11n })).toMatchObject({
      outcome: { kind: 'declined', code: 'amount_limit' },
      actions: ['status'],
    });
    expect((await give([gone('450.1')], { amountMinor: 1n, refundedBeforeMinor: 450_10n })).outcome).toMatchObject({ kind: 'declined' });
    expect((await give([paid(), back], { amountMinor: 450_10n })).outcome.kind).toBe('done');
  });

  it('of what nobody paid, in another currency, or of nothing, is declined', async () => {
    expect((await give([notFound])).outcome).toMatchObject({ kind: 'declined', code: 'payment_not_found' });
    expect((await give([paid().replace('success', 'failure')])).outcome).toMatchObject({ kind: 'declined', code: 'nothing_captured' });
    expect((await give([paid().replace('UAH', 'USD')])).outcome).toMatchObject({ kind: 'declined', code: 'currency_mismatch' });
    for (const amountMinor of [0n, -1n]) expect(await give([], { amountMinor })).toMatchObject({ outcome: { kind: 'declined' }, actions: [] });
  });

  it('LiqPay’s no is a no, and its silence is not', async () => {
    const no = '{"result":"error","status":"error","err_code":"payment_err_status","err_description":"Wrong payment status","payment_id":1}';
    expect((await give([paid(), no])).outcome).toEqual({ kind: 'declined', code: 'payment_err_status', message: 'Wrong payment status' });
    for (const said of [{ status: 500, text: no }, { text: '' }, { text: '{"status":"failure"}' }, back.replace('reversed', 'hold_wait')])
      expect((await give([paid(), said])).outcome.kind).toBe('unknown');
    expect((await give([{ status: 502, text: '<html>' }])).outcome.kind).toBe('unknown');
  });

  it('a look changes nothing: undefined before, refunded after', async () => {
    expect(await look(paid())).toEqual({ kind: 'done', value: undefined });
    expect(await look(notFound)).toEqual({ kind: 'done', value: undefined });
    expect(await look(gone('100.00'))).toEqual(done('refunded'));
    expect(await look(paid().replace('success', 'reversed'), { amountMinor: 450_10n })).toMatchObject({ value: { state: 'refunded' } });
    expect((await look(gone('7'))).kind).toBe('unknown');
    expect((await look({ status: 500, text: '' })).kind).toBe('unknown');
  });
});
