import { describe, expect, it } from 'vitest';
import { keysOf } from './credentials.ts';
import { createLiqpayProvider } from './liqpay.ts';
import { credentials } from './scripted-liqpay.ts';
import { signatureOf } from './sign-data.ts';
import { verifyLiqpayWebhook } from './verify-liqpay-webhook.ts';

const keys = keysOf(credentials);
const json =
  '{"version":7,"public_key":"i00000000","action":"pay","status":"success","order_id":"hf_1","payment_id":9223372036854775807,"amount":450.1}';
const dataOf = (text: string) => Buffer.from(text, 'utf8').toString('base64');
const data = dataOf(json);
/** The fixed one is made with `printf '%s' "$key$data$key" | openssl dgst -sha3-256 -binary | base64`. */
const signature = signatureOf(data, keys);
const bytes = (text: string) => new TextEncoder().encode(text);
const form = (fields: readonly (readonly [string, string])[]) => bytes(new URLSearchParams(fields.map(([name, value]) => [name, value])).toString());
const verify = (fields: readonly (readonly [string, string])[]) => verifyLiqpayWebhook(keys, form(fields));
const signed = (text: string) =>
  verify([
    ['data', dataOf(text)],
    ['signature', signatureOf(dataOf(text), keys)],
  ]);
const refused = (why: string) => ({ kind: 'refused', why });

describe('LiqPay’s callbacks', () => {
  it('say which payment it is, with an id of 64 bits unharmed', () => {
    const event = { eventId: '9223372036854775807/success/0/', eventType: 'payment.success', reference: 'hf_1', providerPaymentId: 'hf_1' };
    expect(
      verify([
        ['data', data],
        ['signature', signature],
      ]),
    ).toEqual({ kind: 'verified', events: [event] });
    expect(
      verify([
        ['signature', signature],
        ['data', data],
        ['more', 'x'],
      ]),
    ).toEqual({ kind: 'verified', events: [event] });
  });

  it('another part given back is another event, the same news is the same one', () => {
    const idOf = (text: string) => {
      const verdict = signed(text);
      return verdict.kind === 'verified' ? verdict.events[0]?.eventId : undefined;
    };
    const back = (amount: string) => json.replace('"amount"', `"refund_amount":${amount},"amount"`);
    expect(new Set([json, back('1'), back('2'), json.replace('success', 'reversed'), `${json} `].map(idOf)).size).toBe(4);
  });

  it('of the other version, another key or another merchant are refused', () => {
    expect(
      verifyLiqpayWebhook(
        { ...keys, version: '3' },
        form([
          ['data', data],
          ['signature', signature],
        ]),
      ),
    ).toEqual(refused('bad_signature'));
    expect(
      verifyLiqpayWebhook(
        { ...keys, privateKey: 'other' },
        form([
          ['data', data],
          ['signature', signature],
        ]),
      ),
    ).toEqual(refused('bad_signature'));
    expect(signed(json.replace('i00000000', 'i00000001'))).toEqual(refused('bad_signature'));
  });

  it('without a signature, doubled, or with too much are refused before anything is read', () => {
    expect(verify([['data', data]])).toEqual(refused('missing_signature'));
    expect(
      verify([
        ['data', data],
        ['signature', ''],
      ]),
    ).toEqual(refused('missing_signature'));
    expect(
      verify([
        ['data', data],
        ['data', dataOf('{}')],
        ['signature', signature],
      ]),
    ).toEqual(refused('unreadable'));
    expect(
      verify([
        ['data', data],
        ['signature', signature],
        ['signature', signature],
      ]),
    ).toEqual(refused('unreadable'));
    expect(verify([['signature', signature]])).toEqual(refused('bad_signature'));
    expect(verifyLiqpayWebhook(keys, new Uint8Array(300_000))).toEqual(refused('unreadable'));
    expect(verifyLiqpayWebhook(keys, new Uint8Array([0xff, 0xfe]))).toEqual(refused('unreadable'));
  });

  it('a plus that was not written as %2B has become a space: refused, not mended', () => {
    const odd = [...Array(50).keys()].map((at) => dataOf(json + ' '.repeat(at))).find((one) => signatureOf(one, keys).includes('+')) ?? '';
    const sign = signatureOf(odd, keys);
    expect(verifyLiqpayWebhook(keys, bytes(`data=${encodeURIComponent(odd)}&signature=${encodeURIComponent(sign)}`)).kind).toBe('verified');
    expect(verifyLiqpayWebhook(keys, bytes(`data=${encodeURIComponent(odd)}&signature=${sign}`)).kind).toBe('refused');
  });

  it('signed rubbish is unreadable', () => {
    for (const text of ['', '{}', 'null', '[]', '{"public_key":"i00000000"}', json.slice(0, -1), json.replace('"hf_1"', '17'), '\u0000'])
      expect([text, signed(text).kind === 'refused' || text.includes('17')]).toEqual([text, true]);
  });

  it('cannot be checked without keys, and that is an error', async () => {
    const webhook = { headers: {}, rawBody: form([['data', data]]), now: new Date(), address: { came: 'x', ours: 'x' } };
    await expect(createLiqpayProvider().verifyWebhook({}, webhook)).rejects.toThrow('no keys');
    await expect(createLiqpayProvider().verifyWebhook({ publicKey: 'i1', privateKey: ' ' }, webhook)).rejects.toThrow('no keys');
  });
});
