import { describe, expect, it } from 'vitest';
import { currencyCode, currencyNumber } from './currency-number.ts';
import { invoiceRequest } from './invoice-request.ts';
import { now, order } from './scripted-mono.ts';

const asked = (changes: Partial<typeof order> = {}) => {
  const request = invoiceRequest({ ...order, ...changes }, now);
  return 'refused' in request ? undefined : { closesAt: request.closesAt, ...JSON.parse(request.body) };
};
const until = (seconds: number) => ({ payableUntil: new Date(now.getTime() + seconds * 1000) });

describe('an invoice', () => {
  it.each([
    ['a quarter of an hour', 900, 900],
    ['a part of a second is a whole one', 899.2, 900],
    ['a deadline that is over closes at once: nothing would mean a day', -5, 1],
    ['exactly now', 0, 1],
    ['months are cut to what monobank keeps', 90 * 86_400, 30 * 86_400],
  ])('lives as long as asked: %s', (_what, seconds, validity) => {
    expect(asked(until(seconds))).toMatchObject({ validity, closesAt: new Date(now.getTime() + validity * 1000) });
  });

  it('says what is paid, in 280 characters, never half of one', () => {
    const text = `${'a'.repeat(279)}💇`;
    const long = asked({ lines: [{ text, amountMinor: 750_00n }] });
    expect(long.merchantPaymInfo.destination).toBe('a'.repeat(279));
    expect(long.merchantPaymInfo.basketOrder[0].name).toBe('a'.repeat(279));
    expect(asked({ lines: [{ text: '  ', amountMinor: 750_00n }] }).merchantPaymInfo.destination).toBe('hf1_pay_1');
  });

  it('has a basket only when that is the whole sum; what costs nothing is not in it', () => {
    const free = { text: 'Кава', amountMinor: 0n };
    expect(asked({ lines: [...order.lines, free] }).merchantPaymInfo.basketOrder).toHaveLength(2);
    const less = { text: 'Знижка', amountMinor: -50_00n };
    expect(asked({ lines: [...order.lines, less], amountMinor: 700_00n }).merchantPaymInfo).not.toHaveProperty('basketOrder');
    expect(asked({ amountMinor: 700_00n }).merchantPaymInfo).not.toHaveProperty('basketOrder');
  });

  it('of more money than a number can hold is exact', () => {
    const request = invoiceRequest({ ...order, amountMinor: 9_007_199_254_740_993n }, now);
    expect('body' in request && request.body).toContain('"amount":9007199254740993,');
  });

  it('counts currencies by their number, there and back', () => {
    expect([currencyNumber('UAH'), currencyNumber('EUR'), currencyNumber('AUD'), currencyNumber('constructor')]).toEqual([980, 978, 36, undefined]);
    expect([currencyCode(980), currencyCode(36), currencyCode(1)]).toEqual(['UAH', 'AUD', undefined]);
  });
});
