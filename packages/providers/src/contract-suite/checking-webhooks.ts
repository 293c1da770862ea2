import { describe, expect, it } from 'vitest';
import { must, open, openAndPay, type ProviderSubject, type RawWebhook } from './provider-subject.ts';

export function checksWebhooks(subject: () => ProviderSubject): void {
  const verify = ({ headers, rawBody }: RawWebhook, { now = subject().sandbox.now(), credentials = subject().credentials } = {}) =>
    subject().provider.verifyWebhook(credentials, { headers, rawBody, now });
  const minutesFromNow = (minutes: number) => new Date(subject().sandbox.now().getTime() + minutes * 60_000);
  const events = (webhooks: readonly RawWebhook[]) =>
    webhooks.flatMap((webhook) => {
      const verdict = verify(webhook);
      if (verdict.kind !== 'verified') throw new Error(verdict.why);
      return verdict.events;
    });
  /** A webhook that names our payment by reference. */
  async function oneOfAPayment() {
    const { order } = await openAndPay(subject());
    const webhook = (await subject().sandbox.webhooks()).find((sent) => events([sent]).some((event) => event.reference === order.reference));
    if (!webhook) throw new Error('no webhook names the payment');
    return { order, webhook };
  }
  const text = (webhook: RawWebhook) => new TextDecoder().decode(webhook.rawBody);
  const withBody = (webhook: RawWebhook, body: string): RawWebhook => ({ ...webhook, rawBody: new TextEncoder().encode(body) });

  describe('webhooks', () => {
    it('tell of a payment by our reference, and each event has an id of its own that stays', async () => {
      const { order, providerPaymentId } = await openAndPay(subject());
      const sent = await subject().sandbox.webhooks();
      const told = events(sent);
      expect(told.some((event) => event.reference === order.reference)).toBe(true);
      expect(new Set(told.map((event) => event.eventId)).size).toBe(told.length);
      expect(events(sent)).toEqual(told);
      for (const event of told) {
        expect([order.reference, undefined]).toContain(event.reference);
        expect([providerPaymentId, undefined]).toContain(event.providerPaymentId);
        expect(event.eventType).not.toBe('');
      }
    });

    it('tell of money that went back, where the provider gives any back', async () => {
      const { provider, credentials, sandbox } = subject();
      if (provider.capabilities.refunds === 'none') return;
      const { order, providerPaymentId } = await openAndPay(subject());
      const before = (await sandbox.webhooks()).length;
      const { reference, amountMinor, currency } = order;
      must(await provider.refundPayment(credentials, { providerPaymentId, amountMinor, currency, idempotencyKey: `${reference}_back`, reference }));
      const after = events((await sandbox.webhooks()).slice(before));
      expect(after.some((event) => event.reference === reference)).toBe(true);
    });

    it('tell of money that the merchant gave back in the provider’s own dashboard', async () => {
      const { provider, credentials, sandbox } = subject();
      if (provider.capabilities.refunds === 'none') return;
      const { order, key, providerPaymentId } = await openAndPay(subject());
      const before = (await sandbox.webhooks()).length;
      await sandbox.refundInDashboard(providerPaymentId);
      const after = events((await sandbox.webhooks()).slice(before));
      expect(after.some((event) => event.reference === order.reference)).toBe(true);
      expect(must(await provider.readPayment(credentials, key))).toMatchObject({ state: 'captured', refundedMinor: order.amountMinor });
    });

    it('tell that a page has run out, where the provider says it does', async () => {
      const { provider, sandbox } = subject();
      if (!provider.capabilities.tellsExpiry) return;
      const { order } = await open(subject());
      await sandbox.moveClock(61);
      expect(events(await sandbox.webhooks()).some((event) => event.reference === order.reference)).toBe(true);
    });

    it('without a signature are refused', async () => {
      const { webhook } = await oneOfAPayment();
      const headers = { 'content-type': webhook.headers['content-type'] };
      expect(verify({ ...webhook, headers })).toEqual({ kind: 'refused', why: 'missing_signature' });
      expect(verify({ ...webhook, headers: {} })).toEqual({ kind: 'refused', why: 'missing_signature' });
    });

    it('that were changed on the way are refused', async () => {
      const { order, webhook } = await oneOfAPayment();
      expect(verify(withBody(webhook, text(webhook).replace(order.reference, 'hf_contract_forged')))).toEqual({
        kind: 'refused',
        why: 'bad_signature',
      });
      expect(verify({ ...webhook, rawBody: webhook.rawBody.slice(0, -1) }).kind).toBe('refused');
      expect(verify({ ...webhook, rawBody: new Uint8Array() }).kind).toBe('refused');
      const flipped = webhook.rawBody.slice();
      flipped[10] = (flipped[10] ?? 0) ^ 1;
      expect(verify({ ...webhook, rawBody: flipped }).kind).toBe('refused');
    });

    it('written anew, with other spaces or another order of keys, are refused: the bytes count', async () => {
      const { webhook } = await oneOfAPayment();
      const body = text(webhook);
      const anew = [`${body} `, `\n${body}`, `\uFEFF${body}`];
      if (body.startsWith('{')) {
        const fields = JSON.parse(body) as Record<string, unknown>;
        anew.push(JSON.stringify(fields, null, 7), JSON.stringify(Object.fromEntries(Object.entries(fields).reverse()), null, 2));
      }
      for (const changed of anew) expect(verify(withBody(webhook, changed)).kind).toBe('refused');
    });

    it('with the proof of another one are refused', async () => {
      const { webhook } = await oneOfAPayment();
      const { webhook: other } = await oneOfAPayment();
      const later = (await subject().sandbox.webhooks()).findLast((sent) => text(sent) !== text(webhook)) ?? other;
      expect(verify({ headers: later.headers, rawBody: webhook.rawBody }).kind).toBe('refused');
    });

    it('of another merchant are refused', async () => {
      const { webhook } = await oneOfAPayment();
      expect(verify(webhook, { credentials: subject().otherMerchant })).toEqual({ kind: 'refused', why: 'bad_signature' });
    });

    it('far larger than any event are refused, and soon', async () => {
      const { webhook } = await oneOfAPayment();
      expect(verify(withBody(webhook, text(webhook) + ' '.repeat(20_000_000))).kind).toBe('refused');
    });

    it('full of rubbish are refused', async () => {
      const { webhook } = await oneOfAPayment();
      for (const body of ['', '{}', 'null', '[[[[', '<html>', 'data=&signature=', '{"id":"evt_1"}', '\u0000']) {
        expect(verify(withBody(webhook, body)).kind).toBe('refused');
      }
    });

    it('that are old, or from the future, are refused where the proof says when it was made', async () => {
      if (!subject().provider.capabilities.webhooksAreDated) return;
      const { webhook } = await oneOfAPayment();
      expect(verify(webhook, { now: minutesFromNow(4) }).kind).toBe('verified');
      expect(verify(webhook, { now: minutesFromNow(60) })).toEqual({ kind: 'refused', why: 'stale' });
      expect(verify(webhook, { now: minutesFromNow(-60) })).toEqual({ kind: 'refused', why: 'stale' });
    });

    it('cannot be checked without the secret that checks them, and that is an error', async () => {
      const { webhook } = await oneOfAPayment();
      expect(() => verify(webhook, { credentials: {} })).toThrow(Error);
    });
  });
}
