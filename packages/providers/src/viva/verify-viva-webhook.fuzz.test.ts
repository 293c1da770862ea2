import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyVivaWebhook } from './verify-viva-webhook.ts';

/** FUZZ_RUNS=100000 npx vitest run packages/providers/src/viva/verify-viva-webhook.fuzz.test.ts */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 5000);
const ours = 'secret-of-the-address';
const real = '{"EventData":{"OrderCode":9962594733417127,"TransactionId":"t1","MerchantTrns":"hf1_pay_1"},"EventTypeId":1796,"MessageId":"m1"}';

const changed = (original: string) =>
  fc
    .tuple(fc.nat(original.length), fc.nat(8), fc.string({ maxLength: 8 }))
    .map(([at, drop, put]) => original.slice(0, at) + put + original.slice(at + drop));
const value = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom('hf1_pay_1', '__proto__', '', 1796, 1e300, -0));
const strangeEvent = fc
  .record(
    {
      EventTypeId: fc.oneof(fc.constantFrom(1796, 1797, '1796', 'constructor'), value),
      MessageId: fc.oneof(fc.constant('m1'), value),
      EventData: fc.record({ OrderCode: fc.oneof(fc.nat(), value), TransactionId: value, MerchantTrns: value }, { requiredKeys: [] }),
    },
    { requiredKeys: ['EventTypeId', 'EventData'] },
  )
  .map((event) => JSON.stringify(event));
const text = fc.oneof(fc.json(), changed(real), strangeEvent, fc.constant(real), fc.string({ unit: 'grapheme' }));
const anyBody = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  text.map((one) => new TextEncoder().encode(one)),
);
const anyAddress = fc.oneof(fc.constantFrom<string | undefined>(ours, undefined, ''), changed(ours), fc.string({ unit: 'binary' }));

describe('whatever is sent to the webhook’s address', () => {
  it('nothing breaks it, and nothing is taken that came to another address', () => {
    let taken = 0;
    fc.assert(
      fc.property(anyAddress, anyBody, (came, rawBody) => {
        const verdict = verifyVivaWebhook({ rawBody, address: { came, ours } });
        if (verdict.kind !== 'verified') return;
        taken += 1;
        expect(came).toBe(ours);
        for (const { eventId, eventType, reference, providerPaymentId } of verdict.events) {
          expect(eventId).not.toBe('');
          expect(typeof eventType).toBe('string');
          expect(['string', 'undefined']).toContain(typeof reference);
          if (providerPaymentId !== undefined) expect(providerPaymentId).toMatch(/^\d{1,20}$/);
        }
      }),
      { numRuns },
    );
    // the generators must reach the inside too, or this proves nothing
    expect(taken).toBeGreaterThan(0);
  });
});
