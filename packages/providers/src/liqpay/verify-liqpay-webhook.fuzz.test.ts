import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keysOf } from './credentials.ts';
import { credentials } from './scripted-liqpay.ts';
import { signatureOf } from './sign-data.ts';
import { verifyLiqpayWebhook } from './verify-liqpay-webhook.ts';

/** FUZZ_RUNS=100000 npx vitest run packages/providers/src/liqpay/verify-liqpay-webhook.fuzz.test.ts */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 5000);
const keys = keysOf(credentials);
const json = '{"public_key":"i00000000","status":"success","order_id":"hf_1","payment_id":1,"amount":450.1}';
const data = Buffer.from(json).toString('base64');
const signature = signatureOf(data, keys);
const body = new URLSearchParams({ data, signature }).toString();

/** The real text with something cut, doubled or put in. */
const changed = (text: string) =>
  fc
    .tuple(fc.nat(text.length), fc.nat(8), fc.string({ unit: 'binary', maxLength: 8 }))
    .map(([at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut));
const text = fc.oneof(
  fc.constant(data),
  fc.constant(signature),
  changed(data),
  changed(signature),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constant(''),
);
const field = fc.tuple(fc.constantFrom('data', 'signature', 'data', 'signature', 'x', ''), text);
const anyBody = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc.array(field, { maxLength: 4 }).map((fields) => new TextEncoder().encode(new URLSearchParams(fields).toString())),
  changed(body).map((one) => new TextEncoder().encode(one)),
  fc.constant(new TextEncoder().encode(body)),
);

describe('whatever is sent to the webhook’s address', () => {
  it('nothing breaks it, and nothing is taken but the very data that was signed', () => {
    let taken = 0;
    fc.assert(
      fc.property(anyBody, (rawBody) => {
        const verdict = verifyLiqpayWebhook(keys, rawBody);
        if (verdict.kind !== 'verified') return;
        taken += 1;
        const form = new URLSearchParams(new TextDecoder().decode(rawBody));
        expect([form.getAll('data'), form.getAll('signature')]).toEqual([[data], [signature]]);
      }),
      { numRuns },
    );
    // the generators must reach the inside too, or this proves nothing
    expect(taken).toBeGreaterThan(0);
  });

  it('whatever was signed with the key is read or refused, and names no other merchant’s payment', () => {
    const said = fc.oneof(
      fc.json(),
      fc.string({ unit: 'binary' }),
      changed(json),
      fc
        .record({ public_key: fc.constantFrom('i00000000', 'i2'), order_id: fc.anything(), status: fc.anything(), payment_id: fc.anything() })
        .map((value) => JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one))),
    );
    fc.assert(
      fc.property(said, (anything) => {
        const signed = Buffer.from(anything, 'utf8').toString('base64');
        const form = new URLSearchParams({ data: signed, signature: signatureOf(signed, keys) }).toString();
        const verdict = verifyLiqpayWebhook(keys, new TextEncoder().encode(form));
        if (verdict.kind !== 'verified') return;
        expect((JSON.parse(Buffer.from(signed, 'base64').toString('utf8')) as { public_key: unknown }).public_key).toBe('i00000000');
        expect(verdict.events[0]?.reference).not.toBe('');
      }),
      { numRuns },
    );
  });
});
