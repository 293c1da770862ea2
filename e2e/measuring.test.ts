import type { BookingLinks } from '@holdfast/contract/booking-links';
import { expect } from 'vitest';
import { signIn } from './at-the-desk.ts';
import { openStage, type Scene } from './journey.ts';
import { openPartnerSite } from './partner-page.ts';
import { standInForGoogle } from './stand-in-for-google.ts';
import { bookUpToPayment, chooseVisit, giveDetails, goOn, heading, payWith, proceedToPayment } from './walk-the-steps.ts';

const stage = openStage();
const MEASUREMENT_ID = 'G-HOLDFAST1';

/** The owner gives the default booking link of Lisbon a measurement ID. */
async function measureLisbon({ demo, arrives }: Scene): Promise<void> {
  const owner = await arrives();
  await signIn(owner, demo.origin, '/lisbon/settings/booking-links');
  const { request } = owner.page.context();
  const session = (await (await request.get(`${demo.origin}/api/v1/admin/session`)).json()) as { locations: { id: string; slug: string }[] };
  const location = session.locations.find(({ slug }) => slug === 'lisbon');
  const links = `${demo.origin}/api/v1/admin/locations/${location?.id}/booking-links`;
  const [link] = ((await (await request.get(links)).json()) as BookingLinks).links;
  if (!link) throw new Error('Lisbon has no booking link');
  const { version, name, slug, settings, allowedOrigins } = link;
  const data = { version, name, slug, settings, allowedOrigins, measurementId: MEASUREMENT_ID };
  expect((await request.put(`${links}/${link.id}`, { data, headers: { origin: demo.origin } })).status()).toBe(200);
}

stage.journey('who agrees is measured: each step once, the payment once, whatever is reloaded', async (scene) => {
  await measureLisbon(scene);
  const { demo, arrives } = scene;
  const person = await arrives({ measured: true });
  const { page } = person;
  const hits = await standInForGoogle(page.context());
  await page.goto(`${demo.origin}/book/demo/lisbon`);
  await page.getByRole('button', { name: 'Yes, you may' }).click();
  await hits.until('widget_loaded');
  await chooseVisit(person, demo.origin, { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz', day: 9 });
  await giveDetails(person);
  await goOn(person);
  await proceedToPayment(person);
  await payWith(person, 'pays');
  await heading(page, person.say('scene.confirmed.title'));
  await hits.until('purchase');
  await page.reload();
  await heading(page, person.say('scene.confirmed.title'));
  await page.waitForLoadState('networkidle');

  const table = hits.all.map(({ name, params }) => [
    name,
    params['value'],
    params['currency'],
    (params['items'] as { item_name: string }[] | undefined)?.[0]?.item_name,
  ]);
  const service = 'Coloração de raiz';
  expect(table).toEqual([
    ['widget_loaded', undefined, undefined, undefined],
    ['widget_loaded', undefined, undefined, undefined], // the page was opened twice
    ['service_selected', 55, 'EUR', service],
    ['staff_selected', 55, 'EUR', service],
    ['datetime_selected', 55, 'EUR', service],
    ['contact_details_submitted', 55, 'EUR', undefined],
    ['booked', 55, 'EUR', service],
    ['payment_started', 55, 'EUR', service],
    ['payment_completed', 55, 'EUR', service],
    ['purchase', 55, 'EUR', service],
  ]);
  const ids = (name: string) => hits.all.filter((hit) => hit.name === name).map(({ params }) => String(params['transaction_id']));
  expect([ids('booked')[0]?.slice(0, 4), ids('purchase')[0]?.slice(0, 4), ids('purchase')]).toEqual(['apt_', 'pay_', ids('payment_completed')]);
  for (const { params } of hits.all) {
    expect(params['send_to']).toBe(MEASUREMENT_ID);
    // the address of the client's own page opens the booking
    expect(String(params['page_location'])).not.toMatch(/\/b\/./);
    expect(JSON.stringify(params)).not.toContain(person.name);
  }
});

stage.journey('who says no is not measured, and books all the same', async ({ demo, arrives }) => {
  const person = await arrives();
  const { page } = person;
  const hits = await standInForGoogle(page.context());
  await page.goto(`${demo.origin}/book/demo/lisbon`);
  await page.getByRole('button', { name: 'No', exact: true }).click();
  await bookUpToPayment(person, demo.origin, { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz', day: 10 });
  expect([hits.all, hits.asked]).toEqual([[], 0]);
  expect(await page.context().cookies('https://www.google-analytics.com')).toEqual([]);
});

stage.journey('where nothing is measured nobody is asked, and the page tells whoever listens', async ({ demo, arrives }) => {
  const person = await arrives();
  const { page } = person;
  const hits = await standInForGoogle(page.context());
  await page.addInitScript(() => {
    const told: unknown[] = [];
    Object.assign(window, { told });
    for (const name of ['widget_loaded', 'service_selected', 'staff_selected', 'datetime_selected'])
      addEventListener(`holdfast:${name}`, (event) => told.push((event as CustomEvent<{ name: string; version: number }>).detail));
  });
  await chooseVisit(person, demo.origin, { salon: 'kyiv', service: 'Жіноча стрижка', whom: 'Софія', day: 9 });
  const told = await page.evaluate(() => (window as unknown as { told: { name: string; version: number }[] }).told);
  expect(told.map(({ name, version }) => [name, version])).toEqual([
    ['widget_loaded', 1],
    ['service_selected', 1],
    ['staff_selected', 1],
    ['datetime_selected', 1],
  ]);
  expect([hits.asked, await page.getByRole('region', { name: 'Google Analytics' }).count()]).toEqual([0, 0]);
});

stage.journey('who agrees but has an ad blocker books and pays as everybody does', async ({ demo, arrives }) => {
  const person = await arrives({ measured: true });
  const { page } = person;
  let stopped = 0;
  await page.context().route(/^https:\/\/www\.(googletagmanager|google-analytics)\.com\//, (route) => {
    stopped++;
    return route.abort('blockedbyclient');
  });
  await page.goto(`${demo.origin}/book/demo/lisbon`);
  await page.getByRole('button', { name: 'Yes, you may' }).click();
  await bookUpToPayment(person, demo.origin, { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz', day: 11 });
  await payWith(person, 'pays');
  await heading(page, person.say('scene.confirmed.title'));
  expect(stopped).toBeGreaterThan(0);
  expect(person.booked()).toBe(1);
});

stage.journey('a partner’s page says by its own consent mode whether is measured, and its consent stays its own', async ({ demo, arrives }) => {
  const partner = await openPartnerSite(demo.origin);
  try {
    const person = await arrives({ measured: true });
    const { page } = person;
    const hits = await standInForGoogle(page.context());
    // as gtag's own snippet has it, on a page that asks its visitors itself
    await page.addInitScript(() => {
      const layer: unknown[] = [];
      const gtag = (...said: unknown[]) => layer.push(said);
      Object.assign(window, { dataLayer: layer, gtag });
      gtag('consent', 'default', { analytics_storage: 'denied', ad_storage: 'granted' });
      addEventListener('holdfast:service_selected', () => Object.assign(window, { told: 1 }));
    });
    const say = (analytics_storage: 'granted' | 'denied') =>
      page.evaluate(
        (said) => (window as unknown as { gtag: (...words: unknown[]) => void }).gtag('consent', 'update', { analytics_storage: said }),
        analytics_storage,
      );
    await page.goto(`${partner.origin}/hotel?measured`);
    const widget = page.locator('holdfast-booking');
    const choose = async (service: string) => {
      await widget.getByRole('checkbox', { name: new RegExp(`^${service}`) }).check();
    };
    await choose('Coloração de raiz');
    // the widget itself has seen to it and told of it, and not only the step that was drawn before
    await page.waitForFunction(() => (window as unknown as { told: number }).told > 0);
    expect([hits.all, hits.asked]).toEqual([[], 0]);

    await say('granted');
    await choose('Madeixas');
    await hits.until('service_selected');
    await say('denied');
    await choose('Barba');
    await say('granted');
    await choose('Corte de homem');
    await expect
      .poll(() => hits.all.map(({ name, params }) => [name, params['value']]))
      .toEqual([
        ['service_selected', 120],
        ['service_selected', 22],
      ]);

    const consents = await page.evaluate(() =>
      (window as unknown as { dataLayer: unknown[][] }).dataLayer.filter(([command]) => command === 'consent').map(([, how]) => how),
    );
    expect(consents).toEqual(['default', 'update', 'update', 'update']);
  } finally {
    await partner.close();
  }
});
