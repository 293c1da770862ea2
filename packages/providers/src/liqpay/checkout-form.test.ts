import { describe, expect, it } from 'vitest';
import type { PaymentOrder } from '../payment-provider.ts';
import { checkoutForm } from './checkout-form.ts';
import { keysOf } from './credentials.ts';
import { createLiqpayProvider } from './liqpay.ts';
import { credentials, order } from './scripted-liqpay.ts';
import { isSignedBy } from './sign-data.ts';

const keys = keysOf(credentials);
const formOf = (changes: Partial<PaymentOrder> = {}) => {
  const { action, fields } = checkoutForm({ ...order, ...changes }, keys, 'https://www.liqpay.ua');
  const json = Buffer.from(fields['data'] ?? '', 'base64').toString('utf8');
  return { action, fields, json, said: JSON.parse(json) as Record<string, unknown> };
};
const priced = (amountMinor: bigint, currency = 'UAH') => formOf({ amountMinor, currency, lines: [{ text: 'Cut', amountMinor }] }).json;

describe('the form that leads to LiqPay', () => {
  it('says all that LiqPay needs, signed, and goes to its Checkout', () => {
    const { action, fields, said } = formOf();
    expect(action).toBe('https://www.liqpay.ua/api/3/checkout');
    expect(said).toEqual({
      version: 7,
      public_key: 'i00000000',
      action: 'pay',
      amount: 450.1,
      currency: 'UAH',
      description: 'Стрижка, Beard',
      order_id: 'hf_1',
      expired_date: '2026-11-21 11:00:00',
      language: 'uk',
      result_url: 'https://salon.example/return?booking=1&ok=+',
      server_url: 'https://salon.example/webhooks/secret',
      paytypes: 'card,privat24,apay,gpay,qr',
    });
    expect(isSignedBy({ data: fields['data'] ?? '', signature: fields['signature'] ?? '' }, keys)).toBe(true);
    expect(Object.keys(fields)).toEqual(['data', 'signature']);
    expect(JSON.stringify(fields)).not.toContain(credentials.privateKey);
  });

  it.each([
    [1n, 'UAH', '0.01'],
    [10n, 'UAH', '0.10'],
    [450_10n, 'UAH', '450.10'],
    [100_00n, 'USD', '100.00'],
    [9_007_199_254_740_993_29n, 'EUR', '9007199254740993.29'],
  ])('%d minor units of %s are written exactly as %s', (amountMinor, currency, text) => {
    expect(priced(amountMinor, currency)).toContain(`"amount":${text},`);
  });

  it('is the same each time it is made, to the last byte', () => {
    expect(formOf().fields).toEqual(formOf().fields);
    expect(formOf({ reference: 'hf_2' }).fields).not.toEqual(formOf().fields);
  });

  it('speaks Ukrainian where the client does, and English elsewhere', () => {
    expect(['uk', 'uk-UA', 'UK', 'en', 'pt', 'ar', 'ukx'].map((language) => formOf({ language }).said['language'])).toEqual([
      'uk',
      'uk',
      'uk',
      'en',
      'en',
      'en',
      'en',
    ]);
  });

  it('offers every method when no time is being held', () => {
    expect('paytypes' in formOf({ instantMethodsOnly: false }).said).toBe(false);
  });

  it('has a description in any case, never too long and never half a letter', () => {
    const described = (text: string) => String(formOf({ lines: [{ text, amountMinor: order.amountMinor }] }).said['description']);
    expect(described('  ')).toBe('hf_1');
    expect(described('🧔'.repeat(10_000))).toBe('🧔'.repeat(250));
    expect(described('<script>"\u202E')).toBe('<script>"\u202E');
    expect(described('a\uD800b')).toBe('a\uFFFDb');
  });

  it('is not made of lines that add up to something else, nor of addresses LiqPay would cut', () => {
    expect(() => formOf({ amountMinor: 450_11n })).toThrow(RangeError);
    expect(() => formOf({ webhookUrl: `https://salon.example/${'x'.repeat(500)}` })).toThrow(RangeError);
  });

  it('is shown by a page of ours, which closes at the last whole second', async () => {
    const opened = await createLiqpayProvider().createPayment(credentials, order);
    expect(opened).toMatchObject({
      kind: 'done',
      value: {
        providerPaymentId: 'hf_1',
        pageUrl: order.ownPageUrl,
        closesAt: new Date('2026-11-21T11:00:00Z'),
        page: { kind: 'form', action: 'https://www.liqpay.ua/api/3/checkout' },
      },
    });
    const refused = { kind: 'declined', code: 'amount_not_chargeable' };
    expect(await createLiqpayProvider().createPayment(credentials, { ...order, currency: 'JPY' })).toMatchObject(refused);
    expect(await createLiqpayProvider().createPayment(credentials, { ...order, amountMinor: 0n, lines: [] })).toMatchObject(refused);
    await expect(createLiqpayProvider().createPayment({}, order)).rejects.toThrow('no keys');
  });
});
