import { createSign, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paid } from './scripted-mono.ts';
import { type Keys, verifyMonoWebhook } from './verify-mono-webhook.ts';

/** FUZZ_RUNS=100000 npx vitest run packages/providers/src/mono/verify-mono-webhook.fuzz.test.ts */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 5000);
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const keys: Keys = {
  known: async () => ({ kind: 'done', value: publicKey }),
  renewed: async () => undefined,
};
const now = new Date('2026-11-21T10:00:00Z');
const text = JSON.stringify(paid());
const body = new TextEncoder().encode(text);
const sign = (payload: Uint8Array) => createSign('sha256').update(payload).sign(privateKey, 'base64');
const signature = sign(body);
const check = (header: string | undefined, rawBody: Uint8Array) =>
  verifyMonoWebhook(keys, 'token', { headers: { 'x-sign': header }, rawBody, now, address: { came: 'x', ours: 'x' } });

function changed(original: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(original.length), fc.nat(8), fc.string({ maxLength: 8 }))
    .map(([at, drop, put]) => original.slice(0, at) + put + original.slice(at + drop));
}
const anyHeader = fc.oneof(
  fc.constant<string | undefined>(undefined),
  fc.constant(signature),
  changed(signature),
  fc.base64String({ maxLength: 120 }),
  fc.uint8Array({ minLength: 60, maxLength: 80 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const anyBody = fc.oneof(
  fc.constant(body),
  fc.uint8Array({ maxLength: 300 }),
  fc.json().map((json) => new TextEncoder().encode(json)),
  changed(text).map((one) => new TextEncoder().encode(one)),
);
const field = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('success', '__proto__', '', 980, 1e21, '2026-11-21T10:00:00Z'));
const strangeInvoice = fc
  .record({
    invoiceId: field,
    status: field,
    amount: field,
    ccy: field,
    finalAmount: field,
    modifiedDate: field,
    reference: field,
    cancelList: field,
  })
  .map((changes) =>
    JSON.stringify(
      Object.fromEntries(
        Object.entries(paid()).map(([name, value], at) => [name, at % 2 ? value : ((changes as Record<string, unknown>)[name] ?? value)]),
      ),
    ),
  );

describe('whatever is sent to the webhook’s address', () => {
  it('nothing breaks it, and nothing is taken but the very bytes that were signed', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(anyHeader, anyBody, async (header, rawBody) => {
        const verdict = await check(header, rawBody);
        if (verdict.kind === 'refused') return;
        taken += 1;
        expect(Buffer.compare(rawBody, body)).toBe(0);
        expect(header).toBe(signature);
      }),
      { numRuns },
    );
    // the generators must reach the inside too, or this proves nothing
    expect(taken).toBeGreaterThan(0);
  });

  it('what is signed but strange is read or refused, never broken by', async () => {
    let read = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), changed(text), fc.string({ unit: 'grapheme' }), strangeInvoice), async (payload) => {
        const bytes = new TextEncoder().encode(payload);
        const verdict = await check(sign(bytes), bytes);
        if (verdict.kind === 'refused') {
          expect(verdict.why).toBe('unreadable');
          return;
        }
        if (verdict.kind !== 'verified') throw new Error(verdict.kind);
        read += 1;
        const [event] = verdict.events;
        expect(event?.eventId).not.toBe('');
        expect(['string', 'undefined']).toContain(typeof event?.reference);
        expect(typeof event?.providerPaymentId).toBe('string');
      }),
      { numRuns },
    );
    expect(read).toBeGreaterThan(0);
  });
});
