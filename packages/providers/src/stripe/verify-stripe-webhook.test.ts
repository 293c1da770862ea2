import { execFileSync } from 'node:child_process';
import Stripe from 'stripe';
import { describe, expect, it } from 'vitest';
import { verifyStripeWebhook } from './verify-stripe-webhook.ts';

const secret = 'whsec_5WbX3ExampleOnly';
const signedAt = 1795255200;
const now = new Date(signedAt * 1000);
const bytes = (text: string) => new TextEncoder().encode(text);

/**
 * Made with OpenSSL, not with Node:
 *   printf '%s.%s' 1795255200 "$body" | openssl dgst -sha256 -hmac whsec_5WbX3ExampleOnly
 */
const vectors = [
  {
    body: '{"id":"evt_1","object":"event","type":"checkout.session.completed","data":{"object":{"id":"cs_1","object":"checkout.session","client_reference_id":"hf1_pay_1"}}}',
    signature: '60468a13a87c998328073017125ffc8f8b43e2a6ed59bff8f708328b2a4d3335',
    event: { eventId: 'evt_1', eventType: 'checkout.session.completed', reference: 'hf1_pay_1', providerPaymentId: 'cs_1' },
  },
  {
    body: '{"id":"evt_2","object":"event","type":"charge.refunded","data":{"object":{"id":"ch_1","object":"charge","metadata":{"holdfast_reference":"hf1_pay_Львів"}}}}',
    signature: '3a6db4a68bb50f47eb588345e1589b8ebaac0952b7954ea96e9f7b9cbc17abc3',
    event: { eventId: 'evt_2', eventType: 'charge.refunded', reference: 'hf1_pay_Львів', providerPaymentId: undefined },
  },
] as const;
const [{ body, signature }] = vectors;
const header = `t=${signedAt},v1=${signature}`;
const verify = (changes: { header?: string | undefined; body?: Uint8Array; now?: Date; secret?: string } = {}) =>
  verifyStripeWebhook(changes.secret ?? secret, 'header' in changes ? changes.header : header, changes.body ?? bytes(body), changes.now ?? now);
const secondsLater = (seconds: number) => new Date(now.getTime() + seconds * 1000);
/** Signs what no vector covers. That this agrees with OpenSSL is tested below. */
const signed = (text: string, at = signedAt) => ({
  header: Stripe.webhooks.generateTestHeaderString({ payload: text, secret, timestamp: at }),
  body: bytes(text),
});

describe('a webhook from Stripe', () => {
  it.each(vectors)('that OpenSSL signed is taken: $event.eventType', ({ body, signature, event }) => {
    expect(verify({ body: bytes(body), header: `t=${signedAt},v1=${signature}` })).toEqual({ kind: 'verified', events: [event] });
  });

  it('is signed alike by OpenSSL, by Stripe’s SDK and by the vectors kept here', () => {
    for (const { body, signature } of vectors) {
      expect(Stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp: signedAt })).toBe(`t=${signedAt},v1=${signature}`);
      expect(opensslSignature(`${signedAt}.${body}`) ?? signature).toBe(signature);
    }
  });

  it.each([
    ['with no signature', undefined, 'missing_signature'],
    ['with an empty signature', '', 'missing_signature'],
    ['with a moment alone', `t=${signedAt}`, 'bad_signature'],
    ['with a signature alone', `v1=${signature}`, 'bad_signature'],
    ['signed by the test scheme only', `t=${signedAt},v0=${signature}`, 'bad_signature'],
    ['signed by a scheme to come', `t=${signedAt},v2=${signature}`, 'bad_signature'],
    ['with a wrong signature', `t=${signedAt},v1=${'0'.repeat(64)}`, 'bad_signature'],
    ['with a signature cut short', `t=${signedAt},v1=${signature.slice(0, 63)}`, 'bad_signature'],
    ['with a signature grown longer', `t=${signedAt},v1=${signature}0`, 'bad_signature'],
    ['with the signature in capitals', `t=${signedAt},v1=${signature.toUpperCase()}`, 'bad_signature'],
    ['with another moment than the signed one', `t=${signedAt + 1},v1=${signature}`, 'bad_signature'],
    ['with the same moment written otherwise', `t=0${signedAt},v1=${signature}`, 'bad_signature'],
    ['with two moments', `t=${signedAt},t=${signedAt},v1=${signature}`, 'bad_signature'],
    ['with a moment that is no number', `t=NaN,v1=${signature}`, 'bad_signature'],
    ['with rubbish', 'constructor=__proto__,,,=', 'bad_signature'],
  ])('%s is refused', (_, changed, why) => {
    expect(verify({ header: changed })).toEqual({ kind: 'refused', why });
  });

  it('is taken when any of several signatures fits, as while a secret is being rolled', () => {
    expect(verify({ header: `t=${signedAt},v1=${'0'.repeat(64)},v1=${signature},v0=${'1'.repeat(64)}` }).kind).toBe('verified');
  });

  it('for another merchant is refused', () => {
    expect(verify({ secret: 'whsec_another' })).toEqual({ kind: 'refused', why: 'bad_signature' });
  });

  it.each(['', '   ', '\n'])('cannot even be looked at without a signing secret (%j)', (blank) => {
    expect(() => verify({ secret: blank })).toThrow(/no signing secret/);
  });

  it.each([
    ['with a space more', ` ${body}`],
    ['with a new line more', `${body}\n`],
    ['with its JSON written anew', JSON.stringify(JSON.parse(body), null, 2)],
    ['with its keys in another order', JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(body) as object).reverse()))],
    ['cut short', body.slice(0, -1)],
    ['with an empty body', ''],
  ])('%s is refused', (_, changed) => {
    expect(verify({ body: bytes(changed) })).toEqual({ kind: 'refused', why: 'bad_signature' });
  });

  it('with a byte order mark before it is refused, though it reads the same', () => {
    expect(verify({ body: new Uint8Array([0xef, 0xbb, 0xbf, ...bytes(body)]) })).toEqual({ kind: 'refused', why: 'bad_signature' });
  });

  it('whose broken letters read the same as the signed ones is refused', () => {
    const text = '{"id":"evt_1","note":"\uFFFD"}';
    const broken = bytes(text).filter((byte) => byte !== 0xbd);
    expect(new TextDecoder().decode(broken)).toBe(text);
    expect(verify({ header: signed(text).header, body: broken })).toEqual({ kind: 'refused', why: 'bad_signature' });
  });

  it.each([
    [-301, 'stale'],
    [-300, 'verified'],
    [0, 'verified'],
    [300, 'verified'],
    [300.999, 'verified'],
    [301, 'stale'],
    [86_400, 'stale'],
    [-86_400, 'stale'],
  ])('that arrives %s s after it was signed, by the product’s clock: %s', (seconds, verdict) => {
    const told = verify({ now: secondsLater(seconds) });
    expect(told.kind === 'refused' ? told.why : told.kind).toBe(verdict);
  });

  it('that is forged and old is called forged', () => {
    expect(verify({ body: bytes('{}'), now: secondsLater(9999) })).toEqual({ kind: 'refused', why: 'bad_signature' });
  });

  it('larger than any event is refused unread, even when signed', () => {
    const huge = `${body}${' '.repeat(2_000_000)}`;
    expect(verify(signed(huge))).toEqual({ kind: 'refused', why: 'unreadable' });
  });

  it.each([
    ['nothing', '{}'],
    ['no JSON', 'hello'],
    ['half of JSON', '{"id":"evt_1"'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a thin event', '{"id":"evt_1","object":"v2.core.event","type":"v1.charge.refunded","related_object":{"id":"ch_1"}}'],
    ['an event without an id', '{"object":"event","type":"a","data":{"object":{"object":"charge"}}}'],
    ['an event with an empty id', '{"id":"","object":"event","type":"a","data":{"object":{"object":"charge"}}}'],
    ['an event about nothing', '{"id":"evt_1","object":"event","type":"a"}'],
    [
      'a reference that is a number',
      '{"id":"evt_1","object":"event","type":"a","data":{"object":{"object":"checkout.session","client_reference_id":7}}}',
    ],
  ])('signed, but with %s, is unreadable', (_, text) => {
    expect(verify(signed(text))).toEqual({ kind: 'refused', why: 'unreadable' });
  });

  it('signed, but not in UTF-8, is unreadable', () => {
    const text = `{"id":"evt_1","note":"${'\u00ff'}"}`;
    const latin = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const proof = opensslSignature(Buffer.concat([bytes(`${signedAt}.`), latin]));
    const verdict = verify({ header: `t=${signedAt},v1=${proof ?? '0'.repeat(64)}`, body: latin });
    expect(verdict).toEqual({ kind: 'refused', why: proof ? 'unreadable' : 'bad_signature' });
  });
});

describe('what a webhook is about', () => {
  const about = (subject: Record<string, unknown>) => {
    const verdict = verify(signed(JSON.stringify({ id: 'evt_9', object: 'event', type: 'some.type', data: { object: subject } })));
    if (verdict.kind !== 'verified') throw new Error(JSON.stringify(verdict));
    return verdict.events[0];
  };
  const ours = { metadata: { holdfast_reference: 'hf1_pay_9' } };

  it.each([
    ['a page', { object: 'checkout.session', id: 'cs_9', client_reference_id: 'hf1_pay_9' }, 'hf1_pay_9', 'cs_9'],
    ['a page known by its metadata only', { object: 'checkout.session', id: 'cs_9', client_reference_id: null, ...ours }, 'hf1_pay_9', 'cs_9'],
    ['a payment intent', { object: 'payment_intent', id: 'pi_9', ...ours }, 'hf1_pay_9', undefined],
    ['a charge', { object: 'charge', id: 'ch_9', ...ours }, 'hf1_pay_9', undefined],
    ['a refund', { object: 'refund', id: 're_9', ...ours }, 'hf1_pay_9', undefined],
    ['another sale of the merchant', { object: 'charge', id: 'ch_9', metadata: { reference: 'shop-1' } }, undefined, undefined],
    ['a sale whose metadata plays with names', { object: 'charge', id: 'ch_9', metadata: {} }, undefined, undefined],
    ['a payout', { object: 'payout', id: 'po_9', metadata: null }, undefined, undefined],
    ['the balance, which has no id', { object: 'balance' }, undefined, undefined],
  ])('%s', (_, subject, reference, providerPaymentId) => {
    expect(about(subject)).toEqual({ eventId: 'evt_9', eventType: 'some.type', reference, providerPaymentId });
  });
});

/** The signature by OpenSSL's command, or nothing on a machine without it: there the vectors above, made by it, stand alone. */
function opensslSignature(content: string | Buffer): string | undefined {
  try {
    const said = execFileSync('openssl', ['dgst', '-sha256', '-hmac', secret], { input: content, encoding: 'utf8' });
    return said.trim().split(' ').at(-1);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
