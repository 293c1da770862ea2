import type { Calendar } from '@holdfast/contract/calendar';
import type { Checkout } from '@holdfast/contract/checkout';
import type { Session } from '@holdfast/contract/session';
import { describe, expect, test } from 'vitest';
import { openStage } from './journey.ts';
import { expectNoBarriers } from './look-for-barriers.ts';
import { heading, payWith } from './walk-the-steps.ts';
import type { Language } from './words-on-screen.ts';

const stage = openStage();

/** Somebody at the desk, through the API, as the booking window does it. */
async function atDesk(origin: string) {
  const signedIn = await fetch(`${origin}/demo/admin?as=owner&to=/admin`, { redirect: 'manual' });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const ask = async <T>(path: string, method = 'GET'): Promise<T> => {
    const answer = await fetch(`${origin}/api/v1/admin/${path}`, { method, headers: { cookie } });
    expect(answer.status).toBe(200);
    return (await answer.json()) as T;
  };
  const session = await ask<Session>('session');
  const place = session.locations.find(({ slug }) => slug === 'lisbon');
  const from = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const { appointments } = await ask<Calendar>(`locations/${place?.id}/calendar?from=${from}&days=7`);
  const unpaid = appointments.filter((one) => one.status === 'confirmed' && one.paidMinor === 0 && one.costMinor > 0);
  const base = (n: number) => `locations/${place?.id}/appointments/${unpaid[n]?.id}`;
  return {
    link: async (n: number) => (await ask<Checkout>(`${base(n)}/payment-link`, 'POST')).link.url ?? '',
    see: (n: number) => ask<Checkout>(`${base(n)}/checkout`),
  };
}

describe('a client pays a visit by the link', () => {
  stage.journey('the page posts by itself, the provider takes the money, and the link says paid', async ({ demo, arrives }) => {
    const desk = await atDesk(demo.origin);
    const person = await arrives({ device: 'phone' });
    await person.page.goto(`${await desk.link(0)}?language=en`);
    await person.page.waitForURL(`${demo.sandboxOrigin}/**`);
    expect((await desk.see(0)).payment).toMatchObject({ via: 'link', attemptStatus: 'open', blockedUntil: expect.any(String) });
    // the provider speaks the language of the booking
    const language = (await person.page.locator('html').getAttribute('lang')) as Language;
    await payWith({ page: person.page, language }, 'pays');
    await person.page.waitForURL('**/pay/**');
    await person.page.goto(`${person.page.url().split('?')[0]}?from=payment&language=en`);
    await heading(person.page, /^Paid\. Thank you!$/);
    await expectNoBarriers(person.page, 'paid by the link');
    expect(await desk.see(0)).toMatchObject({ dueMinor: 0, payment: null, payments: [{ kind: 'link', status: 'captured', placed: 'applied' }] });
  });

  stage.journey(
    'without JavaScript there is a button, and who leaves the provider’s page is told that nothing was paid',
    async ({ demo, arrives }) => {
      const desk = await atDesk(demo.origin);
      const person = await arrives();
      const link = await desk.link(1);
      const plain = await person.context.browser()?.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
      const page = await plain?.newPage();
      if (!plain || !page) throw new Error('no browser');
      await page.goto(`${link}?language=en`);
      await heading(page, /^Pay for your visit$/);
      expect((await desk.see(1)).payment).toBeNull();
      await page.getByRole('button', { name: /^Pay / }).click();
      await page.waitForURL(`${demo.sandboxOrigin}/**`);
      await plain.close();
      await person.page.goto(`${link}?from=payment-cancelled&language=en`);
      await heading(person.page, /^Not paid yet$/);
      await expectNoBarriers(person.page, 'not paid yet');
      await person.page.getByRole('button', { name: /^Pay / }).click();
      await person.page.waitForURL(`${demo.sandboxOrigin}/**`);
      expect((await desk.see(1)).payments).toHaveLength(1);
    },
  );
});

test('after all this appointments, ledger and provider agree', async () => {
  expect(await stage.demo.stop()).toBe(0);
  const { exitCode, said } = await stage.demo.audit();
  expect(said).toMatch(/, 0 disagreements/);
  expect(exitCode).toBe(0);
});
