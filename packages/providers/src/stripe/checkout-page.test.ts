import { describe, expect, it } from 'vitest';
import type { PaymentOrder } from '../payment-provider.ts';
import { checkoutPage, pageClosesAt, pageLocale } from './checkout-page.ts';

const createdAt = new Date('2026-11-21T10:00:00.700Z');
const minutesLater = (minutes: number) => new Date(createdAt.getTime() + minutes * 60_000);
const order: PaymentOrder = {
  reference: 'hf1_pay_1',
  idempotencyKey: 'idem_pay_1',
  amountMinor: 750_00n,
  currency: 'UAH',
  lines: [
    { text: 'Haircut', amountMinor: 500_00n },
    { text: 'Beard', amountMinor: 250_00n },
  ],
  createdAt,
  payableUntil: minutesLater(15),
  returnUrl: 'https://salon.example/return',
  cancelUrl: 'https://salon.example/cancel',
  webhookUrl: 'https://salon.example/webhook',
  ownPageUrl: 'https://salon.example/page',
  language: 'uk',
  instantMethodsOnly: true,
};

describe('the page we ask Stripe for', () => {
  it('has a line for each thing paid, our reference in three places, cards only while a time is held', () => {
    expect(checkoutPage({ ...order, clientEmail: 'client@example.com' })).toEqual({
      params: {
        mode: 'payment',
        line_items: [
          { quantity: 1, price_data: { currency: 'uah', unit_amount: 50000, product_data: { name: 'Haircut' } } },
          { quantity: 1, price_data: { currency: 'uah', unit_amount: 25000, product_data: { name: 'Beard' } } },
        ],
        success_url: 'https://salon.example/return',
        cancel_url: 'https://salon.example/cancel',
        client_reference_id: 'hf1_pay_1',
        metadata: { holdfast_reference: 'hf1_pay_1' },
        payment_intent_data: { metadata: { holdfast_reference: 'hf1_pay_1' } },
        locale: 'auto',
        expires_at: Math.floor(minutesLater(45).getTime() / 1000),
        adaptive_pricing: { enabled: false },
        customer_email: 'client@example.com',
        allowed_payment_method_types: ['card'],
      },
    });
  });

  it('lets Stripe offer every method when nothing is held, and invents no e-mail', () => {
    const page = checkoutPage({ ...order, instantMethodsOnly: false });
    expect(page).not.toHaveProperty('params.allowed_payment_method_types');
    expect(page).not.toHaveProperty('params.customer_email');
  });

  it('is the same to the last byte whenever it is asked for again', () => {
    expect(JSON.stringify(checkoutPage(order))).toBe(JSON.stringify(checkoutPage({ ...order })));
  });

  it('lines that do not add up are our own fault and never reach Stripe', () => {
    expect(() => checkoutPage({ ...order, amountMinor: 750_01n })).toThrow(RangeError);
    expect(() => checkoutPage({ ...order, lines: [] })).toThrow(RangeError);
  });

  it('an amount that Stripe cannot charge is refused by its name', () => {
    const odd = { ...order, currency: 'KWD', amountMinor: 1234n, lines: [{ text: 'Haircut', amountMinor: 1234n }] };
    expect(checkoutPage(odd)).toEqual({ refused: 'amount_not_chargeable' });
  });

  it('a service name may be empty or very long, also in emoji', () => {
    const named = (text: string) => {
      const page = checkoutPage({ ...order, lines: [{ text, amountMinor: 750_00n }] });
      return 'params' in page ? page.params.line_items?.[0]?.price_data?.product_data?.name : undefined;
    };
    expect(named('   ')).toBe('hf1_pay_1');
    expect(named('💇'.repeat(300))).toBe('💇'.repeat(250));
  });
});

describe('when the page closes', () => {
  it.each([
    ['a hold of 15 minutes gets the shortest page', 15, 45],
    ['a deadline in the past too', -5, 45],
    ['exactly the shortest', 45, 45],
    ['an hour is an hour', 60, 60],
    ['a day and more stays below Stripe’s longest', 60 * 48, 24 * 60 - 5],
  ])('%s', (_, wanted, minutes) => {
    expect(pageClosesAt({ createdAt, payableUntil: minutesLater(wanted) })).toBe(Math.floor(minutesLater(minutes).getTime() / 1000));
  });
});

describe('the language of the page', () => {
  it.each([
    ['en', 'en'],
    ['pt', 'pt'],
    ['pt-BR', 'pt-BR'],
    ['pt-br', 'pt-BR'],
    ['de-AT', 'de'],
    ['uk', 'auto'],
    ['', 'auto'],
    ['constructor', 'auto'],
  ])('%s → %s', (language, locale) => {
    expect(pageLocale(language)).toBe(locale);
  });
});
