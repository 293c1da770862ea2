import type { CashlessPayment } from '@holdfast/contract/cashless';
import type { Session } from '@holdfast/contract/session';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { openStage } from './journey.ts';
import { expectNoBarriers } from './look-for-barriers.ts';
import type { Habits, Person } from './person.ts';
import { chooseVisit, giveDetails, goOn, heading, type Visit } from './walk-the-steps.ts';

const stage = openStage();

/** The owner lets bookings of this location be paid through this provider. */
async function payThrough(origin: string, slug: string, provider: string): Promise<void> {
  const signedIn = await fetch(`${origin}/demo/admin?as=owner&to=/admin`, { redirect: 'manual' });
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const ask = async <T>(path: string, method = 'GET', body?: unknown): Promise<T> => {
    const headers = { cookie, origin, 'content-type': 'application/json' };
    const answer = await fetch(`${origin}/api/v1/admin/${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const place = (await ask<Session>('session')).locations.find((one) => one.slug === slug);
  const base = `locations/${place?.id}/cashless-payment`;
  const { connections, methods } = await ask<CashlessPayment>(base);
  const connectionId = connections.find((one) => one.provider === provider)?.id;
  expect(connectionId, `${slug} has ${provider}`).toBeDefined();
  const version = methods.find(({ method }) => method === 'online_registration')?.version ?? 0;
  await ask(`${base}/methods/online_registration`, 'PUT', { version, enabled: true, connectionId });
}

const goToPayment = async (person: Person, origin: string, visit: Visit) => {
  await chooseVisit(person, origin, visit);
  await giveDetails(person);
  await goOn(person);
  await person.page.getByRole('button', { name: person.say('bar.proceed_to_payment') }).click();
};
const pay = (page: Page) => page.getByRole('button', { name: /^(Pay|Сплатити|Оплатити|Pagar) / });

const journeys: readonly { provider: string; visit: Visit; habits: Partial<Habits> }[] = [
  { provider: 'mono', visit: { salon: 'kyiv', service: 'Фарбування коренів', whom: 'Олена', day: 3 }, habits: { language: 'uk', device: 'phone' } },
  { provider: 'liqpay', visit: { salon: 'kyiv', service: 'Фарбування коренів', whom: 'Олена', day: 5 }, habits: { language: 'uk' } },
  {
    provider: 'viva',
    visit: { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz', day: 4 },
    habits: { language: 'en', device: 'phone' },
  },
];

describe('a visit that must be prepaid', () => {
  for (const { provider, visit, habits } of journeys) {
    stage.journey(`is paid at ${provider}, on its own page, and the client is back where they were`, async ({ demo, arrives }) => {
      await payThrough(demo.origin, visit.salon, provider);
      const person = await arrives(habits);
      await goToPayment(person, demo.origin, visit);
      await pay(person.page).waitFor();
      expect(new URL(person.page.url()).origin).not.toBe(demo.origin);
      await expectNoBarriers(person.page, `the page of ${provider}`);
      await pay(person.page).click();
      await heading(person.page, person.say('scene.confirmed.title'));
      await person.page.waitForURL(`${demo.origin}/b/**`);
    });
  }

  stage.journey('is paid by PIX: the code on our page, the money in the bank’s app, and our page notices by itself', async ({ demo, arrives }) => {
    const person = await arrives({ language: 'pt', device: 'phone' });
    await goToPayment(person, demo.origin, { salon: 'saopaulo', service: 'Coloração de raiz', whom: 'Bianca', day: 4 });
    const { page } = person;
    await heading(page, /^Pagar com PIX$/);
    await expectNoBarriers(page, 'the page of PIX');
    expect(await page.getByRole('timer').innerText()).toMatch(/^1[45]:\d\d$/);
    await page.getByRole('button', { name: 'Copiar o código' }).click();
    await page.getByRole('button', { name: 'Copiado' }).waitFor();
    const [bank] = await Promise.all([person.context.waitForEvent('page'), page.getByRole('link', { name: /sandbox/ }).click()]);
    await pay(bank).click();
    await page.bringToFront();
    await heading(page, person.say('scene.confirmed.title'));
  });

  stage.journey('left on the page of PIX is let go of after fifteen minutes, and the page says so', async ({ demo, arrives }) => {
    const person = await arrives({ language: 'pt' });
    await goToPayment(person, demo.origin, { salon: 'saopaulo', service: 'Coloração de raiz', whom: 'Bianca', day: 7 });
    await heading(person.page, /^Pagar com PIX$/);
    await demo.passMinutes(17);
    await person.page.waitForURL(`${demo.origin}/b/**`);
    await heading(person.page, person.say('scene.expired.title'));
  });
});

test('after all this appointments, ledger and all five providers agree', async () => {
  expect(await stage.demo.stop()).toBe(0);
  const { exitCode, said } = await stage.demo.audit();
  expect(said).toMatch(/, 0 disagreements/);
  expect(exitCode).toBe(0);
});
