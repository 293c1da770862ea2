import fc from 'fast-check';
import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { verifyStripeWebhook } from './verify-stripe-webhook.ts';

/** FUZZ_RUNS=100000 npx vitest run packages/providers/src/stripe/verify-stripe-webhook.fuzz.test.ts */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 5000);
const secret = 'whsec_fuzz';
const signedAt = 1795255200;
const text = JSON.stringify({
  id: 'evt_1',
  object: 'event',
  type: 'checkout.session.completed',
  data: { object: { id: 'cs_1', object: 'checkout.session', client_reference_id: 'hf1_pay_1', metadata: { holdfast_reference: 'hf1_pay_1' } } },
});
const body = new TextEncoder().encode(text);
const header = Stripe.webhooks.generateTestHeaderString({ payload: text, secret, timestamp: signedAt });
const sign = (payload: string) => Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: signedAt });

const moment = fc.oneof(
  fc.integer({ min: signedAt - 700, max: signedAt + 700 }).map((seconds) => new Date(seconds * 1000)),
  fc.date({ noInvalidDate: true }),
);
/** Something made of the real header's pieces, cut, doubled and mixed with rubbish. */
const piece = fc.oneof(
  fc.constantFrom(`t=${signedAt}`, header.split(',')[1] ?? '', 't=', 'v1=', 'v0=', ',', '=', ' ', `t=${signedAt + 1}`, `v1=${'a'.repeat(64)}`),
  fc.nat().map((seconds) => `t=${seconds}`),
  fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), minLength: 64, maxLength: 64 }).map((hex) => `v1=${hex}`),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
const anyHeader = fc.oneof(
  fc.constant<string | undefined>(undefined),
  fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(',')),
  changed(header),
  fc.constant(header),
);
const anyBody = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc.json().map((json) => new TextEncoder().encode(json)),
  changed(text).map((t) => new TextEncoder().encode(t)),
  fc.constant(body),
);

describe('whatever is sent to the webhook’s address', () => {
  it('nothing breaks it, and nothing is taken but the very bytes that were signed, in their time', () => {
    let taken = 0;
    fc.assert(
      fc.property(anyHeader, anyBody, moment, (anyHeader, anyBody, now) => {
        const verdict = verifyStripeWebhook(secret, anyHeader, anyBody, now);
        if (verdict.kind === 'refused') return;
        taken += 1;
        expect(Buffer.compare(anyBody, body)).toBe(0);
        expect(anyHeader).toContain(`t=${signedAt}`);
        expect(anyHeader).toContain(header.split(',')[1]);
        expect(Math.abs(Math.floor(now.getTime() / 1000) - signedAt)).toBeLessThanOrEqual(300);
      }),
      { numRuns },
    );
    // the generators must reach the inside too, or this proves nothing
    expect(taken).toBeGreaterThan(0);
  });

  it('a single byte more, less or other makes the signature worthless', () => {
    fc.assert(
      fc.property(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }), fc.constantFrom('other', 'less', 'more'), (at, by, kind) => {
        const forged = [...body];
        if (kind === 'other') forged[at] = ((forged[at] ?? 0) + by) % 256;
        if (kind === 'less') forged.splice(at, 1);
        if (kind === 'more') forged.splice(at, 0, by);
        const verdict = verifyStripeWebhook(secret, header, Uint8Array.from(forged), new Date(signedAt * 1000));
        expect(verdict).toEqual({ kind: 'refused', why: 'bad_signature' });
      }),
      { numRuns },
    );
  });

  it('what is signed but strange is read or refused, never broken by', () => {
    const strange = fc.oneof(fc.json(), changed(text), fc.string({ unit: 'grapheme' }), strangeEvent());
    fc.assert(
      fc.property(strange, (payload) => {
        fc.pre(payload !== '');
        const verdict = verifyStripeWebhook(secret, sign(payload), new TextEncoder().encode(payload), new Date(signedAt * 1000));
        if (verdict.kind === 'refused') expect(verdict.why).toBe('unreadable');
        for (const event of verdict.kind === 'verified' ? verdict.events : []) {
          expect(event.eventId).not.toBe('');
          expect(['string', 'undefined']).toContain(typeof event.reference);
          expect(['string', 'undefined']).toContain(typeof event.providerPaymentId);
        }
      }),
      { numRuns },
    );
  });
});

function changed(original: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(original.length), fc.nat(8), fc.string({ maxLength: 8 }))
    .map(([at, drop, put]) => original.slice(0, at) + put + original.slice(at + drop));
}

function strangeEvent(): fc.Arbitrary<string> {
  const value = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom('hf1_pay_1', '__proto__', ''));
  return fc
    .record(
      {
        id: fc.oneof(fc.constant('evt_2'), value),
        object: fc.constantFrom('event', 'v2.core.event'),
        type: fc.oneof(fc.constant('a.b'), value),
        data: fc.record({
          object: fc.record(
            { object: fc.constantFrom('checkout.session', 'charge', '__proto__'), id: value, client_reference_id: value, metadata: value },
            { requiredKeys: ['object'] },
          ),
        }),
      },
      { requiredKeys: ['id', 'object', 'type', 'data'] },
    )
    .map((event) => JSON.stringify(event));
}
