import type { EventPage, PublicEvents } from '@holdfast/contract/events';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../tools/testing/launch-browser.ts';
import { codeInInbox } from './code-in-inbox.ts';
import { startFilledDemo } from './filled-demo.ts';
import { expectNoBarriers } from './look-for-barriers.ts';
import { openPartnerSite, type PartnerSite } from './partner-page.ts';
import { type Habits, meet } from './person.ts';
import type { RunningDemo } from './running-demo.ts';
import { chooseVisit, giveDetails, goOn, heading, isPaymentPage, leavePaymentPage, payWith, proceedToPayment } from './walk-the-steps.ts';
import { wordsFor } from './words-on-screen.ts';

const LONGEST_MS = 600_000;
/** Chromium's own switch for what its settings call blocking third-party cookies. */
const NO_THIRD_PARTY_COOKIES = '--test-third-party-cookie-phaseout';
const SERVICE = /^Coloração de raiz/;
const en = wordsFor('en');
let demo: RunningDemo;
let browser: Browser;
let partner: PartnerSite;
let people = 0;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startFilledDemo(), launchBrowser(NO_THIRD_PARTY_COOKIES)]);
  partner = await openPartnerSite(demo.origin);
  await allow(partner.origin);
});
afterAll(async () => {
  await browser?.close();
  await partner?.close();
  await demo?.stop();
  await demo?.removeData();
});

/** The owner lets this origin embed the widget and be come back to. */
async function allow(origin: string): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${demo.origin}/demo/admin?as=owner&to=/admin/lisbon/calendar`);
  const status = await page.evaluate(async (allowed) => {
    const base = '/api/v1/admin/locations/loc_lisbon/booking-links';
    const { links } = (await (await fetch(base)).json()) as {
      links: { id: string; version: string; name: string; slug: string; settings: object; measurementId: null }[];
    };
    const [link] = links;
    if (!link) return 0;
    const { version, name, slug, settings, measurementId } = link;
    const body = JSON.stringify({ version, name, slug, settings, measurementId, allowedOrigins: [allowed] });
    return (await fetch(`${base}/${link.id}`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body })).status;
  }, origin);
  expect(status).toBe(200);
  await context.close();
}

async function arrives(habits: Partial<Habits> = {}) {
  return meet(browser, { language: 'en', device: 'desktop', name: 'Robin', phone: `+351 912 020 ${100 + ++people}`, ...habits });
}

async function chooseInside(stage: Locator, phone: string): Promise<void> {
  await fillInside(stage, phone, { service: SERVICE, whom: /^Beatriz/ });
  await stage.getByRole('heading', { name: en('payment.title_required') }).waitFor();
}

async function fillInside(stage: Locator, phone: string, { service, whom }: { service: RegExp; whom: RegExp }): Promise<void> {
  await stage.getByRole('checkbox', { name: service }).check();
  await stage.getByRole('button', { name: en('bar.continue') }).click();
  await stage.getByRole('radio', { name: whom }).check();
  await stage.getByRole('button', { name: en('bar.continue') }).click();
  await stage.getByRole('radio').first().check();
  await stage.getByRole('button', { name: en('bar.continue') }).click();
  await stage.getByRole('textbox', { name: en('details.name') }).fill('Robin');
  await stage.getByRole('textbox', { name: en('details.phone') }).fill(phone);
  await stage.getByRole('checkbox', { name: en('details.terms') }).check();
  await stage.getByRole('button', { name: en('bar.continue') }).click();
}

const pressUntil = async (page: Page, key: string, name: RegExp) => {
  for (let tries = 0; tries < 80; tries++) {
    await page.keyboard.press(key);
    const here = await page.evaluate(() => {
      let at: Element | null = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      if (!at) return '';
      const labels = at instanceof HTMLInputElement ? [...(at.labels ?? [])].map((one) => one.innerText) : [];
      return [at.getAttribute('aria-label'), ...labels, (at as HTMLElement).innerText].filter(Boolean).join(' ');
    });
    if (name.test(here)) return;
  }
  throw new Error(`${key} never came to ${name}`);
};

const cookiesOf = (context: BrowserContext) => context.cookies([demo.origin, partner.origin]);

test('what is clicked and typed before the script is there counts, and a begun booking does not flash back to its beginning', async () => {
  const { page } = await arrives({ device: 'phone' });
  let arrive = () => {};
  const slow = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route(/\/main-[^/]*\.js$/, async (route) => {
    await slow;
    await route.continue();
  });
  await page.goto(`${demo.origin}/book/demo/lisbon?language=en`, { waitUntil: 'commit' });
  const box = page.getByRole('checkbox', { name: SERVICE });
  await box.check();
  const cut = page.getByRole('checkbox', { name: /^Corte de homem/ });
  await cut.check();
  await cut.uncheck();
  await page.getByRole('searchbox').fill('raiz');
  await page.getByRole('button', { name: en('bar.continue') }).dispatchEvent('click');
  expect(await box.isChecked()).toBe(true);
  arrive();
  await heading(page, en('staff.title'));
  await page.goBack();
  await heading(page, en('services.title'));
  expect(await box.isChecked()).toBe(true);
  await page.getByRole('searchbox').fill('');
  expect(await cut.isChecked()).toBe(false);
  await page.goForward();
  await heading(page, en('staff.title'));
  await page.route(/\/main-[^/]*\.js$/, (route) => route.abort());
  await page.reload();
  await page.locator('.choice').first().waitFor({ state: 'attached' });
  expect(await page.locator('.choice').first().isVisible()).toBe(false);
  await page.context().close();
});

/** A partner's page, and the pieces of the widget only when they may come. */
async function comeEarly(habits: Partial<Habits> = {}) {
  const person = await arrives({ device: 'phone', ...habits });
  let arrive = () => {};
  const slow = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await person.page.route(/\/embedded-[^/]*\.js$/, async (route) => {
    await slow;
    await route.continue();
  });
  const go = (query: string) => person.page.goto(`${partner.origin}/hotel?mode=inline${query}`, { waitUntil: 'commit' });
  /** The tag's own lines have run: what can be drawn is drawn. */
  const begun = () => person.page.locator('holdfast-booking').first().waitFor({ state: 'attached' });
  return { ...person, go, begun, arrive, stage: person.page.locator('holdfast-booking .stage') };
}

test(
  'on a partner’s page with a strict policy, too, what is clicked and typed before the widget is there counts, and nothing flashes by',
  async () => {
    const { page, context, go, begun, arrive, stage, complaints } = await comeEarly();
    await go('');
    const box = stage.getByRole('checkbox', { name: SERVICE });
    await box.check();
    const cut = stage.getByRole('checkbox', { name: /^Corte de homem/ });
    await cut.check();
    await cut.uncheck();
    await stage.getByRole('searchbox').fill('raiz');
    await stage.getByRole('button', { name: en('bar.continue') }).dispatchEvent('click');
    expect(await stage.evaluate((one) => [getComputedStyle(one).fontSize, getComputedStyle(one).letterSpacing])).toEqual(['16px', 'normal']);
    arrive();
    await stage.getByRole('heading', { name: en('staff.title') }).waitFor();
    await page.goBack();
    await stage.getByRole('heading', { name: en('services.title') }).waitFor();
    expect(await box.isChecked()).toBe(true);
    await stage.getByRole('searchbox').fill('');
    expect(await cut.isChecked()).toBe(false);
    await page.goForward();
    await stage.getByRole('heading', { name: en('staff.title') }).waitFor();
    await page.route(/\/embedded-[^/]*\.js$/, (route) => route.abort());
    await go('');
    await begun();
    expect(await page.locator('holdfast-booking .choice').count()).toBe(0);
    expect(complaints).toEqual([]);
    await context.close();
  },
  LONGEST_MS,
);

test(
  'the line on a partner’s page may stand in the head, be a module or stand there twice; what cannot be drawn ahead comes with the widget',
  async () => {
    const { page, context, go, begun, arrive, stage } = await comeEarly();
    const choices = page.locator('holdfast-booking .choice', { hasText: 'Coloração de raiz' });
    for (const query of ['&as=old', '&types=none']) {
      await go(query);
      await begun();
      expect(await choices.count(), query).toBe(0);
    }
    for (const [query, widgets] of [
      ['&as=twice', 2],
      ['&as=module', 1],
    ] as const) {
      await go(query);
      await choices.nth(widgets - 1).waitFor();
      expect(await choices.count(), query).toBe(widgets);
    }
    arrive();
    for (const [query, widgets] of [
      ['&as=old', 1],
      ['&types=none', 1],
      ['&as=head', 1],
      ['&as=twice', 2],
    ] as const) {
      await go(query);
      for (let at = 0; at < widgets; at++) {
        // a step that was drawn ahead may just be taken over, and of two widgets the second finds chosen what the first one chose
        const choose = async () => {
          const box = stage.nth(at).getByRole('checkbox', { name: SERVICE });
          if (!(await box.isChecked())) await box.click();
          return stage.nth(at).locator('.choice[data-chosen=true]').count();
        };
        await expect.poll(choose).toBe(1);
      }
      expect(await page.locator('holdfast-booking').count(), query).toBe(widgets);
      await page.evaluate(() => sessionStorage.clear());
    }
    await context.close();
  },
  LONGEST_MS,
);

test('on a partner’s page in another language than the visitor’s browser the widget speaks the page’s, from the first moment', async () => {
  const { context, go, begun, arrive, stage } = await comeEarly({ language: 'pt' });
  await go('');
  await begun();
  expect(await stage.locator('.choice').count()).toBe(0);
  arrive();
  await stage.getByRole('heading', { name: en('services.title') }).waitFor();
  await context.close();
});

test(
  'on a partner’s page with a strict policy: booked, paid in the top window, and back in the very place, without a cookie',
  async () => {
    const { page, context, phone, complaints } = await arrives();
    const address = `${partner.origin}/hotel?mode=inline&stay=3#rooms`;
    await page.addInitScript(() => {
      const moved: number[] = [];
      Object.assign(window, { moved });
      new PerformanceObserver((list) => moved.push(...list.getEntries().map((one) => (one as PerformanceEntry & { value: number }).value))).observe({
        type: 'layout-shift',
        buffered: true,
      });
    });
    await page.goto(address);
    const stage = page.locator('holdfast-booking .stage');
    await stage.getByRole('heading', { name: en('services.title') }).waitFor();
    expect(await page.evaluate(() => (window as unknown as { moved: number[] }).moved)).toEqual([]);
    expect(await page.evaluate(() => document.querySelectorAll('iframe').length)).toBe(0);
    // nothing of theirs comes in, nothing of ours goes out
    expect(await stage.getByRole('heading', { name: en('services.title') }).evaluate((one) => getComputedStyle(one).color)).toBe('rgb(27, 31, 30)');
    expect(await stage.evaluate((one) => [getComputedStyle(one).fontSize, getComputedStyle(one).letterSpacing])).toEqual(['16px', 'normal']);
    expect(await page.locator('#rooms').evaluate((one) => getComputedStyle(one).letterSpacing)).toBe('2px');
    await expectNoBarriers(page, 'the services on a partner’s page', 'holdfast-booking');
    await chooseInside(stage, phone);
    await expectNoBarriers(page, 'the prepayment on a partner’s page', 'holdfast-booking');
    await stage.getByRole('button', { name: en('bar.proceed_to_payment') }).click();
    await page.waitForURL(isPaymentPage);
    await payWith({ page, language: 'en' }, 'pays');
    await page.waitForURL(address);
    await stage.getByRole('heading', { name: en('scene.confirmed.title') }).waitFor();
    expect(page.url()).toBe(address);
    await expectNoBarriers(page, 'the booking on a partner’s page', 'holdfast-booking');
    expect(await cookiesOf(context)).toEqual([]);
    // back over the payment: the page as it stands now, not a form that is already sent
    await page.goBack();
    await page.goBack();
    await page.waitForURL(address);
    await stage.getByRole('heading', { name: en('scene.confirmed.title') }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  },
  LONGEST_MS,
);

test(
  'in a popup, by keyboard alone, where the browser forbids all storage: opened, closed, opened, booked, paid, back in the popup',
  async () => {
    const { page, context, phone } = await arrives();
    await page.addInitScript(() => {
      for (const name of ['sessionStorage', 'localStorage'])
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException('denied', 'SecurityError');
          },
        });
    });
    const address = `${partner.origin}/hotel?mode=popup`;
    await page.goto(address);
    const opener = page.getByRole('button', { name: 'Book online' });
    await opener.waitFor();
    await pressUntil(page, 'Tab', /Book online/);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Book online' });
    await dialog.getByRole('heading', { name: en('services.title') }).waitFor();
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).overflow)).toContain('hidden');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.textContent)).toBe('Book online');
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).overflow)).not.toContain('hidden');
    await page.keyboard.press('Enter');
    await dialog.waitFor();
    await page.goBack();
    await dialog.waitFor({ state: 'hidden' });
    expect(page.url()).toBe(address);
    await opener.press('Enter');
    await dialog.getByRole('heading', { name: en('services.title') }).waitFor();
    const said = await dialog.ariaSnapshot();
    for (const name of ['button "Close"', 'combobox "Language"', 'checkbox "Coloração de raiz', 'navigation "Steps of your booking"'])
      expect(said).toContain(name);
    await pressUntil(page, 'Tab', SERVICE);
    await page.keyboard.press('Space');
    await pressUntil(page, 'Tab', en('bar.continue'));
    await page.keyboard.press('Enter');
    await dialog.getByRole('heading', { name: en('staff.title') }).waitFor();
    // one stop for all of them; the arrows move inside
    await pressUntil(page, 'Tab', en('staff.any'));
    await pressUntil(page, 'ArrowDown', /Beatriz/);
    await pressUntil(page, 'Tab', en('bar.continue'));
    await page.keyboard.press('Enter');
    await dialog.getByRole('radio').first().waitFor();
    await pressUntil(page, 'Tab', /^\d?\d:\d\d/);
    await page.keyboard.press('Space');
    await pressUntil(page, 'Tab', en('bar.continue'));
    await page.keyboard.press('Enter');
    await pressUntil(page, 'Tab', /^Name/);
    await page.keyboard.type('Robin');
    await page.keyboard.press('Tab');
    await page.keyboard.type(phone);
    await pressUntil(page, 'Tab', en('details.terms'));
    await page.keyboard.press('Space');
    await pressUntil(page, 'Tab', en('bar.continue'));
    await page.keyboard.press('Enter');
    await dialog.getByRole('heading', { name: en('payment.title_required') }).waitFor();
    await pressUntil(page, 'Tab', en('bar.proceed_to_payment'));
    await page.keyboard.press('Enter');
    await page.waitForURL(isPaymentPage);
    await payWith({ page, language: 'en' }, 'pays');
    await page.waitForURL(address);
    await dialog.getByRole('heading', { name: en('scene.confirmed.title') }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await context.close();
  },
  LONGEST_MS,
);

test(
  'without JavaScript, on a screen of 320 pixels: service, team member, day, time, details, payment, and what became of it',
  async () => {
    const { context, page } = await withoutScript();
    const fits = async () => expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await page.goto(`${demo.origin}/book/demo/lisbon`);
    await expectNoBarriersWithoutScript(page, 'services without a script');
    await page.getByRole('checkbox', { name: SERVICE }).check();
    await fits();
    await page.getByRole('button', { name: en('bar.continue') }).click();
    await page.getByRole('link', { name: /^Beatriz/ }).click();
    await page
      .getByRole('link', { name: /^\d?\d:\d\d/ })
      .first()
      .waitFor();
    await fits();
    await page
      .getByRole('link', { name: /^\d?\d:\d\d/ })
      .first()
      .click();
    await page.getByRole('textbox', { name: en('details.name') }).fill('Robin');
    await page.getByRole('textbox', { name: en('details.phone') }).fill('12');
    await page.getByRole('textbox', { name: en('details.comment') }).fill('<script>alert(1)</script>');
    await page.getByRole('checkbox', { name: en('details.terms') }).check();
    await fits();
    await page.getByRole('button', { name: en('bar.proceed_to_payment') }).click();
    await page.getByText(en('details.phone_wrong')).waitFor();
    await expectNoBarriersWithoutScript(page, 'details with a fault without a script');
    expect(await page.getByRole('textbox', { name: en('details.comment') }).inputValue()).toBe('<script>alert(1)</script>');
    await page.getByRole('textbox', { name: en('details.phone') }).fill('+351 912 020 999');
    await page.getByRole('button', { name: en('bar.proceed_to_payment') }).click();
    await page.waitForURL(isPaymentPage);
    await payWith({ page, language: 'en' }, 'pays');
    await page.getByRole('heading', { level: 1, name: en('scene.confirmed.title') }).waitFor();
    await fits();
    await page.getByText(en('cancel.open')).click();
    await page.getByRole('button', { name: en('cancel.confirm') }).click();
    await page.getByRole('heading', { level: 1, name: en('scene.cancelled.title') }).waitFor();
    await context.close();
  },
  LONGEST_MS,
);

/** Somebody whose browser runs no script, on a small telephone. */
async function withoutScript() {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 }, locale: 'en-GB' });
  context.setDefaultTimeout(120_000);
  return { context, page: await context.newPage() };
}

/** Looks at a page without a script as axe sees it: axe is one, so it is given the page as it was read. */
async function expectNoBarriersWithoutScript(page: Page, screen: string): Promise<void> {
  const body = (await page.content()).replaceAll(/<script.*?<\/script>|<\/?noscript>/gs, '');
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, reducedMotion: 'reduce' });
  const seen = await context.newPage();
  await seen.route(page.url(), (route) => route.fulfill({ contentType: 'text/html', body }));
  await seen.goto(page.url());
  await seen.getByRole('heading', { level: 1 }).waitFor();
  await expectNoBarriers(seen, screen);
  await context.close();
}

test(
  'without JavaScript: places at an event, what all of them cost, and the whole payment',
  async () => {
    const { context, page } = await withoutScript();
    await page.goto(`${demo.origin}/book/demo/lisbon?link=main`);
    await page.getByRole('link', { name: en('event.offer') }).click();
    await page.getByRole('heading', { level: 1, name: en('event.title') }).waitFor();
    await expectNoBarriersWithoutScript(page, 'events without a script');
    // the demo's own clients come to the first ones
    await page
      .getByRole('link', { name: /places left/ })
      .last()
      .click();
    await page.getByRole('combobox', { name: en('event.places') }).waitFor();
    await expectNoBarriersWithoutScript(page, 'places without a script');
    const two = page.getByRole('option', { name: /^2 places/ });
    const price = (await two.innerText()).split(' · ')[1] ?? '?';
    await page.getByRole('combobox', { name: en('event.places') }).selectOption('2');
    await page.getByRole('button', { name: en('bar.continue') }).click();
    await page.locator('.card', { hasText: `2 places · ${price}` }).waitFor();
    expect(new URL(page.url()).searchParams.get('link')).toBe('main');
    await page.getByRole('textbox', { name: en('details.name') }).fill('Robin');
    await page.getByRole('textbox', { name: en('details.phone') }).fill('+351 912 020 801');
    await page.getByRole('checkbox', { name: en('details.terms') }).check();
    await expectNoBarriersWithoutScript(page, 'details of places without a script');
    await page.getByRole('button', { name: en('bar.proceed_to_payment') }).click();
    await page.waitForURL(isPaymentPage);
    await payWith({ page, language: 'en' }, 'pays');
    await page.getByRole('heading', { level: 1, name: en('scene.confirmed.title') }).waitFor();
    await page.locator('.card', { hasText: '× 2' }).waitFor();
    await expectNoBarriersWithoutScript(page, 'own page of places without a script');
    await context.close();
  },
  LONGEST_MS,
);

test(
  'without JavaScript, by a link that asks for it: the code from the SMS, wrong, then right, and the payment',
  async () => {
    const { context, page } = await withoutScript();
    await page.goto(`${demo.origin}/book/demo/lisbon?link=instagram`);
    await page.getByRole('checkbox', { name: SERVICE }).check();
    await page.getByRole('button', { name: en('bar.continue') }).click();
    await page.getByRole('link', { name: /^Beatriz/ }).click();
    await page
      .getByRole('link', { name: /^\d?\d:\d\d/ })
      .last()
      .click();
    const phone = '+351 912 020 802';
    await page.getByRole('textbox', { name: en('details.name') }).fill('Robin');
    await page.getByRole('textbox', { name: en('details.phone') }).fill(phone);
    for (const box of await page.getByRole('checkbox', { name: /agree/ }).all()) await box.check();
    await page.getByRole('button', { name: en('bar.proceed_to_payment') }).click();
    await page.getByRole('heading', { level: 1, name: en('phone.title') }).waitFor();
    const field = page.getByRole('textbox', { name: en('phone.code') });
    expect([await field.getAttribute('autocomplete'), await field.getAttribute('inputmode')]).toEqual(['one-time-code', 'numeric']);
    const code = await codeInInbox({ context }, demo.origin, phone);
    await field.fill(String((Number(code) + 1) % 1_000_000).padStart(6, '0'));
    await field.press('Enter');
    await page.getByText(/not the code/).waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await expectNoBarriersWithoutScript(page, 'code without a script');
    await page.getByRole('button', { name: en('phone.change') }).click();
    expect(await page.getByRole('textbox', { name: en('details.phone') }).inputValue()).toBe(phone);
    await page.getByRole('button', { name: en('bar.proceed_to_payment') }).click();
    await field.fill(code);
    await page.getByRole('button', { name: en('bar.continue') }).click();
    await page.waitForURL(isPaymentPage);
    await payWith({ page, language: 'en' }, 'pays');
    await page.getByRole('heading', { level: 1, name: en('scene.confirmed.title') }).waitFor();
    expect(await page.getByRole('link', { name: en('scene.book_more') }).getAttribute('href')).toContain('link=instagram');
    await context.close();
  },
  LONGEST_MS,
);

test(
  'without JavaScript: a membership bought in the middle of a booking, used for it, and seen with all that goes with the phone',
  async () => {
    const { context, page } = await withoutScript();
    const phone = '+351 912 020 803';
    const field = page.getByRole('textbox', { name: en('phone.code') });
    await page.goto(`${demo.origin}/book/demo/lisbon`);
    await page.getByRole('checkbox', { name: /^Penteado expresso/ }).check();
    await page.getByRole('button', { name: en('bar.continue') }).click();
    await page.getByRole('link', { name: /^Inês/ }).click();
    await page
      .getByRole('link', { name: /^\d?\d:\d\d/ })
      .last()
      .click();
    await page.getByRole('textbox', { name: en('details.name') }).fill('Robin');
    await page.getByRole('textbox', { name: en('details.phone') }).fill(phone);
    await page.getByRole('textbox', { name: en('details.comment') }).fill('Only for members');
    await page.getByRole('checkbox', { name: en('details.terms') }).check();
    await page.getByRole('button', { name: en('bar.continue') }).click();
    await field.waitFor();
    const code = await codeInInbox({ context }, demo.origin, phone);
    await field.fill(code);
    await page.getByRole('button', { name: en('bar.continue') }).click();
    await page.getByText(en('membership.needed')).waitFor();
    await expectNoBarriersWithoutScript(page, 'a membership is needed without a script');
    expect(page.url()).not.toContain('Robin');
    const oneVisit = page.getByRole('button', { name: /Visita de experiência/ });
    await oneVisit.click();
    await page.waitForURL(isPaymentPage);
    await leavePaymentPage({ page, language: 'en' });
    await oneVisit.click();
    await page.waitForURL(isPaymentPage);
    await payWith({ page, language: 'en' }, 'pays');
    await page.getByText(en('membership.covered_by')).waitFor();
    await expectNoBarriersWithoutScript(page, 'covered without a script');
    await page.getByRole('button', { name: en('bar.book') }).click();
    await page.getByRole('heading', { level: 1, name: en('scene.waiting.title') }).waitFor();
    await page.getByText(en('card.membership')).waitFor();
    await page.getByRole('heading', { level: 2, name: en('own.memberships') }).waitFor();
    await page.getByRole('link', { name: en('my.all') }).click();
    await page.getByRole('textbox', { name: en('details.phone') }).fill(phone);
    await page.getByRole('button', { name: en('my.send') }).click();
    await field.fill(await codeInInbox({ context }, demo.origin, phone, code));
    await page.getByRole('button', { name: en('bar.continue') }).click();
    await page.getByRole('heading', { level: 2, name: en('my.upcoming') }).waitFor();
    await page.getByText(en('membership.left')).waitFor();
    await expectNoBarriersWithoutScript(page, 'all that goes with a phone without a script');
    await page.getByRole('link', { name: /^Penteado expresso/ }).click();
    await page.waitForURL(/\/b\//);
    await context.close();
  },
  LONGEST_MS,
);

test(
  'on a partner’s page: a membership bought in the middle of the booking, back in the very place, and booked with it',
  async () => {
    const { page, context, phone, complaints } = await arrives();
    const address = `${partner.origin}/hotel?mode=inline#rooms`;
    await page.goto(address);
    const stage = page.locator('holdfast-booking .stage');
    await fillInside(stage, phone, { service: /^Penteado expresso/, whom: /^Inês/ });
    await stage.getByRole('heading', { name: en('phone.title') }).waitFor();
    const field = stage.getByRole('textbox', { name: en('phone.code') });
    await field.waitFor();
    await field.fill(await codeInInbox({ context }, demo.origin, phone));
    await stage.getByRole('heading', { name: en('membership.title_needed') }).waitFor();
    await expectNoBarriers(page, 'a membership is needed on a partner’s page', 'holdfast-booking');
    const oneVisit = stage.getByRole('button', { name: /Visita de experiência/ });
    await oneVisit.click();
    await page.waitForURL(isPaymentPage);
    await leavePaymentPage({ page, language: 'en' });
    await page.waitForURL(address);
    await oneVisit.click();
    await page.waitForURL(isPaymentPage);
    await payWith({ page, language: 'en' }, 'pays');
    await page.waitForURL(address);
    await stage.getByText(en('membership.covered_by')).waitFor();
    expect(page.url()).toBe(address);
    await stage.getByRole('button', { name: en('bar.book') }).click();
    await stage.getByRole('heading', { name: en('scene.waiting.title') }).waitFor();
    await stage.getByRole('heading', { name: en('own.memberships') }).waitFor();
    await expectNoBarriers(page, 'booked with a membership on a partner’s page', 'holdfast-booking');
    expect(await cookiesOf(context)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  },
  LONGEST_MS,
);

/** The owner opens ten more places at an event: whoever waits is asked. */
async function opensPlaces(eventId: string): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${demo.origin}/demo/admin?as=owner&to=/admin/lisbon/calendar`);
  const status = await page.evaluate(async (id) => {
    const address = `/api/v1/admin/locations/loc_lisbon/events/${id}`;
    const event = (await (await fetch(address)).json()) as EventPage;
    const { version, staffId, ownTitle, description, day, atMinute, durationMinutes, capacity } = event;
    const same = { version, which: 'this', staffId, title: ownTitle, description, day, atMinute, durationMinutes, outsideHours: true };
    const body = JSON.stringify({ ...same, capacity: capacity + 10 });
    return (await fetch(address, { method: 'PUT', headers: { 'content-type': 'application/json' }, body })).status;
  }, eventId);
  expect(status).toBe(200);
  await context.close();
}

test(
  'on a partner’s page: in line for a full class, told when it is their turn, taken, paid in the top window, and back in the very place',
  async () => {
    const { page, context, phone, complaints } = await arrives();
    const { events } = (await (await fetch(`${demo.origin}/api/v1/locations/demo/lisbon/events`)).json()) as PublicEvents;
    const full = events.find(({ placesLeft }) => placesLeft === 0)?.id ?? '';
    const address = `${partner.origin}/hotel?mode=inline&event=${full}#rooms`;
    await page.goto(address);
    const stage = page.locator('holdfast-booking .stage');
    await stage.getByRole('button', { name: en('join.open') }).click();
    await stage.getByRole('heading', { name: en('join.title') }).waitFor();
    await stage.getByRole('textbox', { name: en('details.name') }).fill('Robin');
    await stage.getByRole('textbox', { name: en('details.phone') }).fill(phone);
    await stage.getByRole('checkbox', { name: en('details.terms') }).check();
    await stage.getByRole('button', { name: en('join.title') }).click();
    await stage.getByRole('heading', { name: en('waiting.title.waiting') }).waitFor();
    await expectNoBarriers(page, 'in line on a partner’s page', 'holdfast-booking');
    await opensPlaces(full);
    await stage.getByRole('heading', { name: en('waiting.title.offered') }).waitFor();
    await stage.getByRole('button', { name: en('waiting.take_pay') }).click();
    await page.waitForURL(isPaymentPage);
    await payWith({ page, language: 'en' }, 'pays');
    await page.waitForURL(address);
    await stage.getByRole('heading', { name: en('scene.confirmed.title') }).waitFor();
    expect(await cookiesOf(context)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  },
  LONGEST_MS,
);

test(
  'من اليمين إلى اليسار: حجز ودفع وتأكيد',
  async () => {
    const person = await arrives({ language: 'ar', device: 'phone', name: 'ليلى' });
    const { page, say } = person;
    await chooseVisit(person, demo.origin, { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz', day: 3 });
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual(['ar', 'rtl']);
    await expectNoBarriers(page, 'details in Arabic');
    await giveDetails(person);
    await goOn(person);
    await heading(page, say('payment.title_required'));
    await expectNoBarriers(page, 'payment in Arabic');
    await proceedToPayment(person);
    await payWith(person, 'pays');
    await heading(page, say('scene.confirmed.title'));
    await expectNoBarriers(page, 'confirmed in Arabic');
    expect(person.complaints).toEqual([]);
    await person.context.close();
  },
  LONGEST_MS,
);
