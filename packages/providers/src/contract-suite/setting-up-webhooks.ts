import { describe, expect, it } from 'vitest';
import type { Credentials, VerifiedEvent } from '../payment-provider.ts';
import { must, openAndPay, type ProviderSubject } from './provider-subject.ts';

export function setsUpWebhooks(subject: () => ProviderSubject): void {
  const byCall = () => subject().provider.capabilities.webhookSetup === 'by_call';
  const elsewhere = () => `${subject().webhookUrl}-elsewhere`;
  const secretOf = (url: string) => /\/webhooks\/([^/?]+)/.exec(url)?.[1];
  async function setUp(url: string, credentials: Credentials, replace = false) {
    const { provider } = subject();
    if (!provider.setUpWebhook) throw new Error('it says that it can be set up by a call');
    return must(await provider.setUpWebhook(credentials, { url, replace }));
  }
  /** Must be set; answers the credentials from then on. */
  async function settle(url: string, credentials: Credentials, replace = false): Promise<Credentials> {
    const done = await setUp(url, credentials, replace);
    if (done.kind !== 'set') throw new Error(`taken by ${done.otherUrl}`);
    return { ...credentials, ...done.credentials };
  }
  /** What comes to each address because of one more payment, its proof checked. */
  async function arriving(credentials: Credentials, url: string): Promise<readonly VerifiedEvent[]> {
    const { provider, sandbox } = subject();
    const before = (await sandbox.webhooks()).length;
    await openAndPay(subject());
    const told: VerifiedEvent[] = [];
    for (const { headers, rawBody, addressSecret } of (await sandbox.webhooks()).slice(before)) {
      if (addressSecret !== secretOf(url)) continue;
      const address = { came: addressSecret, ours: secretOf(url) ?? '' };
      const verdict = await provider.verifyWebhook(credentials, { headers, rawBody, now: sandbox.now(), address });
      if (verdict.kind !== 'verified') throw new Error(JSON.stringify(verdict));
      told.push(...verdict.events);
    }
    return told;
  }

  describe('setting up webhooks', () => {
    it('by a call is there exactly where the provider says so', () => {
      expect(subject().provider.setUpWebhook !== undefined).toBe(byCall());
    });

    it('brings what its fields say it brings, and nothing else', async () => {
      if (!byCall()) return;
      const { provider, credentials, webhookUrl } = subject();
      const promised = Object.entries(provider.credentialsShape.shape).filter(([, shape]) => shape.meta()?.['broughtBySetUp'] === true);
      const before = Object.fromEntries(Object.entries(credentials).filter(([name]) => !promised.some(([one]) => one === name)));
      const done = await setUp(webhookUrl, before, true);
      if (done.kind !== 'set') throw new Error('told to replace');
      expect(Object.keys(done.credentials ?? {}).sort()).toEqual(promised.map(([name]) => name).sort());
      expect(provider.credentialsShape.safeParse({ ...before, ...done.credentials }).success).toBe(true);
    });

    it('with the same address twice is one address: each event comes once, and can be checked with what was brought last', async () => {
      if (!byCall()) return;
      const { credentials, webhookUrl } = subject();
      const once = await settle(webhookUrl, credentials);
      const twice = await settle(webhookUrl, once);
      const told = await arriving(twice, webhookUrl);
      expect(told.length).toBeGreaterThan(0);
      expect(new Set(told.map(({ eventId }) => eventId)).size).toBe(told.length);
    });

    it('does not take another address away unless told so; told so, it does', async () => {
      if (!byCall()) return;
      const { credentials, webhookUrl } = subject();
      const first = await settle(webhookUrl, credentials);
      const other = await setUp(elsewhere(), first);
      expect((await arriving(first, webhookUrl)).length).toBeGreaterThan(0);
      if (other.kind === 'taken') {
        expect(other.otherUrl).toBe(webhookUrl);
        expect(await arriving(first, elsewhere())).toEqual([]);
      }
      const then = await settle(elsewhere(), first, true);
      expect((await arriving(then, elsewhere())).length).toBeGreaterThan(0);
    });

    it('with credentials that are nobody’s is declined', async () => {
      if (!byCall()) return;
      const { provider, nobody, webhookUrl } = subject();
      expect(await provider.setUpWebhook?.(nobody, { url: webhookUrl, replace: true })).toMatchObject({ kind: 'declined', code: 'bad_credentials' });
    });
  });
}
