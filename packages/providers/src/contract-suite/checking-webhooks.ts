import { describe, expect, it } from 'vitest';
import type { VerifiedEvent } from '../payment-provider.ts';
import { must, open, openAndPay, type ProviderSubject, type RawWebhook, refundOf } from './provider-subject.ts';

export function checksWebhooks(subject: () => ProviderSubject): void {
  const verify = (
    { headers, rawBody, addressSecret }: RawWebhook,
    { now = subject().sandbox.now(), credentials = subject().credentials, ours = subject().addressSecrets.ours } = {},
  ) => subject().provider.verifyWebhook(credentials, { headers, rawBody, now, address: { came: addressSecret, ours } });
  const signed = () => subject().provider.capabilities.webhookProof === 'signature';
  const minutesFromNow = (minutes: number) => new Date(subject().sandbox.now().getTime() + minutes * 60_000);
  const events = async (webhooks: readonly RawWebhook[]): Promise<readonly VerifiedEvent[]> => {
    const told: VerifiedEvent[] = [];
    for (const webhook of webhooks) {
      const verdict = await verify(webhook);
      if (verdict.kind !== 'verified') throw new Error(JSON.stringify(verdict));
      told.push(...verdict.events);
    }
    return told;
  };
  type Opened = Awaited<ReturnType<typeof open>>;
  /** By our reference, or by the provider's id where it does not repeat the reference. */
  const tells = (told: readonly VerifiedEvent[], { order, providerPaymentId }: Opened) =>
    told.some((event) => event.reference === order.reference || event.providerPaymentId === providerPaymentId);
  /** A webhook that names our payment. */
  async function oneOfAPayment() {
    const paid = await openAndPay(subject());
    for (const webhook of await subject().sandbox.webhooks()) if (tells(await events([webhook]), paid)) return { webhook };
    throw new Error('no webhook names the payment');
  }
  const text = (webhook: RawWebhook) => new TextDecoder().decode(webhook.rawBody);
  /** Its proof taken out of the body, where it is there (a form with `signature`); of the headers nothing is left anyway. */
  const withoutSignature = (webhook: RawWebhook) => withBody(webhook, text(webhook).replace(/(^|&)signature=[^&]*/, ''));
  const withBody = (webhook: RawWebhook, body: string): RawWebhook => ({ ...webhook, rawBody: new TextEncoder().encode(body) });

  describe('webhooks', () => {
    it('where nobody sends any are refused, whatever they say', async () => {
      if (subject().provider.capabilities.webhookProof !== 'none') return;
      for (const body of ['', '{}', '{"paid":true}', '\u0000'])
        expect((await verify({ headers: {}, rawBody: new TextEncoder().encode(body), addressSecret: subject().addressSecrets.ours })).kind).toBe(
          'refused',
        );
    });

    it('tell of a payment, and each event has an id of its own that stays', async () => {
      if (subject().provider.capabilities.webhookProof === 'none') return;
      const paid = await openAndPay(subject());
      const { order, providerPaymentId } = paid;
      const sent = await subject().sandbox.webhooks();
      const told = await events(sent);
      expect(tells(told, paid)).toBe(true);
      expect(new Set(told.map((event) => event.eventId)).size).toBe(told.length);
      expect(await events(sent)).toEqual(told);
      for (const event of told) {
        expect([order.reference, undefined]).toContain(event.reference);
        expect([providerPaymentId, undefined]).toContain(event.providerPaymentId);
        expect(event.eventType).not.toBe('');
      }
    });

    it('tell of money that went back, where the provider gives any back', async () => {
      if (subject().provider.capabilities.webhookProof === 'none') return;
      const { provider, credentials, sandbox } = subject();
      if (provider.capabilities.refunds === 'none') return;
      const paid = await openAndPay(subject());
      const before = (await sandbox.webhooks()).length;
      must(await provider.refundPayment(credentials, refundOf(paid)));
      expect(tells(await events((await sandbox.webhooks()).slice(before)), paid)).toBe(true);
    });

    it('tell of money that the merchant gave back in the provider’s own dashboard', async () => {
      if (subject().provider.capabilities.webhookProof === 'none') return;
      const { provider, credentials, sandbox } = subject();
      if (provider.capabilities.refunds === 'none') return;
      const paid = await openAndPay(subject());
      const { order, key, providerPaymentId } = paid;
      const before = (await sandbox.webhooks()).length;
      await sandbox.refundInDashboard(providerPaymentId);
      expect(tells(await events((await sandbox.webhooks()).slice(before)), paid)).toBe(true);
      expect(must(await provider.readPayment(credentials, key))).toMatchObject({ state: 'captured', refundedMinor: order.amountMinor });
    });

    it('tell that a page has run out, where the provider says it does', async () => {
      if (subject().provider.capabilities.webhookProof === 'none') return;
      const { provider, sandbox } = subject();
      if (!provider.capabilities.tellsExpiry) return;
      const opened = await open(subject());
      await sandbox.moveClock(61);
      expect(tells(await events(await sandbox.webhooks()), opened)).toBe(true);
    });

    it('without their proof are refused', async () => {
      if (subject().provider.capabilities.webhookProof === 'none') return;
      const { webhook } = await oneOfAPayment();
      const missing = { kind: 'refused', why: 'missing_signature' };
      if (!signed()) {
        for (const addressSecret of [undefined, '']) expect(await verify({ ...webhook, addressSecret })).toEqual(missing);
        for (const addressSecret of ['x', `${webhook.addressSecret}x`, '\u0000', 'ї'.repeat(2000)])
          expect(await verify({ ...webhook, addressSecret })).toEqual({ kind: 'refused', why: 'bad_signature' });
        return;
      }
      const { rawBody } = withoutSignature(webhook);
      const headers = { 'content-type': webhook.headers['content-type'] };
      expect(await verify({ ...webhook, headers, rawBody })).toEqual(missing);
      expect(await verify({ ...webhook, headers: {}, rawBody })).toEqual(missing);
    });

    it('that were changed on the way are refused, or do not say another amount: what they say is never believed', async () => {
      if (subject().provider.capabilities.webhookProof === 'none') return;
      const { webhook } = await oneOfAPayment();
      expect((await verify({ ...webhook, rawBody: new Uint8Array() })).kind).toBe('refused');
      if (!signed()) return;
      const middle = Math.floor(webhook.rawBody.length / 2);
      expect((await verify({ ...webhook, rawBody: webhook.rawBody.slice(0, -1) })).kind).toBe('refused');
      for (const at of [6, 10, middle, webhook.rawBody.length - 3]) {
        const flipped = webhook.rawBody.slice();
        flipped[at] = (flipped[at] ?? 0) ^ 1;
        expect((await verify({ ...webhook, rawBody: flipped })).kind).toBe('refused');
      }
    });

    it('written anew, with other spaces or another order of keys, are refused: the bytes count', async () => {
      if (subject().provider.capabilities.webhookProof === 'none') return;
      if (!signed()) return;
      const { webhook } = await oneOfAPayment();
      const body = text(webhook);
      const anew = [`${body} `, `\n${body}`, `\uFEFF${body}`];
      if (body.startsWith('{')) {
        const fields = JSON.parse(body) as Record<string, unknown>;
        anew.push(JSON.stringify(fields, null, 7), JSON.stringify(Object.fromEntries(Object.entries(fields).reverse()), null, 2));
      }
      for (const changed of anew) expect((await verify(withBody(webhook, changed))).kind).toBe('refused');
    });

    it('with the proof of another one are refused', async () => {
      if (subject().provider.capabilities.webhookProof === 'none') return;
      if (!signed()) return;
      const { webhook } = await oneOfAPayment();
      const { webhook: other } = await oneOfAPayment();
      const later = (await subject().sandbox.webhooks()).findLast((sent) => text(sent) !== text(webhook)) ?? other;
      // in the headers, or in the body's own field
      const [proof] = /(^|&)signature=[^&]*/.exec(text(later)) ?? [''];
      const body = text(webhook).replace(/(^|&)signature=[^&]*/, proof);
      expect((await verify({ ...withBody(webhook, body), headers: later.headers })).kind).toBe('refused');
    });

    it('of another merchant are refused', async () => {
      if (subject().provider.capabilities.webhookProof === 'none') return;
      const { webhook } = await oneOfAPayment();
      const { otherMerchant: credentials, addressSecrets } = subject();
      expect(await verify(webhook, { credentials, ours: addressSecrets.others })).toEqual({ kind: 'refused', why: 'bad_signature' });
    });

    it('far larger than any event are refused, and soon', async () => {
      if (subject().provider.capabilities.webhookProof === 'none') return;
      const { webhook } = await oneOfAPayment();
      expect((await verify(withBody(webhook, text(webhook) + ' '.repeat(20_000_000)))).kind).toBe('refused');
    });

    it('full of rubbish are refused', async () => {
      if (subject().provider.capabilities.webhookProof === 'none') return;
      const { webhook } = await oneOfAPayment();
      for (const body of ['', '{}', 'null', '[[[[', '<html>', 'data=&signature=', '{"id":"evt_1"}', '\u0000']) {
        expect((await verify(withBody(webhook, body))).kind).toBe('refused');
      }
    });

    it('that are old, or from the future, are refused where the proof says when it was made', async () => {
      if (subject().provider.capabilities.webhookProof === 'none') return;
      if (!subject().provider.capabilities.webhooksAreDated) return;
      const { webhook } = await oneOfAPayment();
      expect((await verify(webhook, { now: minutesFromNow(4) })).kind).toBe('verified');
      expect(await verify(webhook, { now: minutesFromNow(60) })).toEqual({ kind: 'refused', why: 'stale' });
      expect(await verify(webhook, { now: minutesFromNow(-60) })).toEqual({ kind: 'refused', why: 'stale' });
    });

    it('cannot be checked without the secret that checks them, and that is an error', async () => {
      if (subject().provider.capabilities.webhookProof === 'none') return;
      const { webhook } = await oneOfAPayment();
      await expect(verify(webhook, signed() ? { credentials: {} } : { ours: '' })).rejects.toThrow(Error);
    });
  });
}
