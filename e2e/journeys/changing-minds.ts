import { expect } from 'vitest';
import type { Stage } from '../journey.ts';
import { someoneElseBooks } from '../other-client.ts';
import {
  bookUpToPayment,
  chooseDay,
  chooseVisit,
  giveDetails,
  goOn,
  heading,
  isPaymentPage,
  openSalon,
  payWith,
  proceedToPayment,
} from '../walk-the-steps.ts';
import { wordsFor } from '../words-on-screen.ts';

/** What browsers and impatient people do to a booking page. */
export function changingMindsJourneys({ journey }: Stage): void {
  journey('the back button after booking finds the booking, and never makes a second one', async ({ demo, arrives }) => {
    const person = await arrives();
    const { page, say } = person;
    await bookUpToPayment(person, demo.origin, { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz', day: 5 });
    await page.goBack();
    await heading(page, say('scene.held.title'));
    await page.getByRole('button', { name: say('hold.pay_amount') }).click();
    await page.waitForURL(isPaymentPage);
    await payWith(person, 'pays');
    await heading(page, say('scene.confirmed.title'));
    for (let steps = 0; steps < 3; steps++) await page.goBack();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect([person.wishes.length, person.booked()]).toEqual([1, 1]);
  });

  journey('two tabs with the same booking lead to one payment page', async ({ demo, arrives }) => {
    const person = await arrives();
    const { page, say } = person;
    await chooseVisit(person, demo.origin, { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz', day: 6 });
    await giveDetails(person);
    await goOn(person);
    await heading(page, say('payment.title_required'));
    // what "Duplicate tab" does: the new one starts with a copy of what this one has kept
    const [copy] = await Promise.all([page.waitForEvent('popup'), page.evaluate(() => void window.open(location.href))]);
    await heading(copy, say('payment.title_required'));
    await Promise.all([proceedToPayment(person), proceedToPayment({ ...person, page: copy })]);
    expect(copy.url()).toBe(page.url());
    await payWith(person, 'pays');
    await heading(page, say('scene.confirmed.title'));
    await copy.goBack();
    await heading(copy, say('scene.confirmed.title'));
    expect(person.booked()).toBe(1);
  });

  journey('the time goes to someone quicker: a friendly word, another time, and nothing typed is lost', async ({ demo, arrives }) => {
    const person = await arrives({ device: 'phone' });
    const { page, say } = person;
    const quote = page.waitForRequest((request) => request.url().endsWith('/quotes'), { timeout: 0 });
    await chooseVisit(person, demo.origin, { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz', day: 7 });
    await giveDetails(person);
    await page.getByRole('textbox', { name: say('details.comment') }).fill('The blue door, please.');
    await goOn(person);
    await heading(page, say('payment.title_required'));
    const [wanted] = ((await quote).postDataJSON() as { appointments: { startsAt: string; staffId: string }[] }).appointments;
    if (!wanted) throw new Error('the browser asked for a quote of nothing');
    await someoneElseBooks(demo.origin, { salon: 'lisbon', serviceId: 'srv_lisbon_blow_dry', ...wanted });
    await page.getByRole('button', { name: say('bar.proceed_to_payment') }).click();
    await page.getByRole('alert').getByText(say('time.gone_title')).waitFor();
    await heading(page, say('time.title'));
    // far from what the others of these journeys choose: they all begin with a day's first time
    await chooseDay(person, 17);
    await page.getByRole('radio').last().check();
    await goOn(person);
    await heading(page, say('details.title'));
    const typed = ['details.name', 'details.phone', 'details.comment'] as const;
    expect(await Promise.all(typed.map((field) => page.getByRole('textbox', { name: say(field) }).inputValue()))).toEqual([
      person.name,
      person.phone,
      'The blue door, please.',
    ]);
    await goOn(person);
    await proceedToPayment(person);
    await payWith(person, 'pays');
    await heading(page, say('scene.confirmed.title'));
    await page.getByText('The blue door, please.').waitFor();
    expect([person.wishes.length, person.booked()]).toEqual([2, 1]);
  });

  journey('a paid visit is moved to another day on its own page, and stays paid', async ({ demo, arrives }) => {
    const person = await arrives({ device: 'phone' });
    const { page, say } = person;
    await bookUpToPayment(person, demo.origin, { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz', day: 9 });
    await payWith(person, 'pays');
    await heading(page, say('scene.confirmed.title'));
    const before = await page.getByRole('article').getByRole('heading', { level: 2 }).textContent();
    await page.getByRole('button', { name: say('move.open') }).click();
    await page.getByRole('region', { name: say('move.title') }).waitFor();
    await chooseDay(person, 12);
    await page.getByRole('radio').last().check();
    await page.getByText(say('move.keeps')).waitFor();
    await page.getByRole('button', { name: say('move.confirm') }).click();
    await page.getByRole('button', { name: say('move.open') }).waitFor();
    expect(await page.getByRole('article').getByRole('heading', { level: 2 }).textContent()).not.toBe(before);
    await heading(page, say('scene.confirmed.title'));
    await page.getByText(say('card.paid')).waitFor();
  });

  journey('reloading in the middle keeps what was chosen and typed', async ({ demo, arrives }) => {
    const person = await arrives({ language: 'pt' });
    const { page, say } = person;
    await chooseVisit(person, demo.origin, { salon: 'lisbon', service: 'Brushing', whom: 'Beatriz', day: 9, late: true });
    await giveDetails(person);
    await page.reload();
    await heading(page, say('details.title'));
    expect(await page.getByRole('textbox', { name: say('details.name') }).inputValue()).toBe(person.name);
    expect(await page.getByRole('checkbox', { name: say('details.terms') }).isChecked()).toBe(true);
    await goOn(person);
    await heading(page, say('payment.title_available'));
    await page.reload();
    await heading(page, say('payment.title_available'));
    // and so does reading on in another language
    const ukrainian = wordsFor('uk');
    await page.getByRole('combobox', { name: say('page.language') }).selectOption('uk');
    await heading(page, ukrainian('payment.title_available'));
    await page.getByRole('button', { name: ukrainian('bar.book_unpaid') }).click();
    await heading(page, ukrainian('scene.waiting.title'));
    await page.reload();
    await heading(page, ukrainian('scene.waiting.title'));
    expect(person.booked()).toBe(1);
  });

  journey('everything works without a mouse, from the first page to the payment page', async ({ demo, arrives }) => {
    const person = await arrives();
    const { page, say } = person;
    const focused = () =>
      page.evaluate(() => {
        const { activeElement: here } = document;
        const label = here instanceof HTMLInputElement ? (here.labels?.[0]?.innerText ?? '') : '';
        return `${here?.getAttribute('aria-label') ?? ''} ${label} ${here?.textContent ?? ''}`;
      });
    /** Presses Tab until the focus is on what is meant; nobody has the patience for more than 80. */
    const tabTo = async (what: RegExp) => {
      for (let presses = 0; presses < 80; presses++) {
        await page.keyboard.press('Tab');
        if (what.test(await focused())) return;
      }
      throw new Error(`the Tab key never reaches ${what}`);
    };
    const press = (key: string) => page.keyboard.press(key);
    await openSalon(person, demo.origin, 'lisbon');
    await tabTo(/Coloração de raiz/);
    await press('Space');
    await tabTo(say('bar.continue'));
    await press('Enter');
    await heading(page, say('staff.title'));
    await tabTo(say('staff.any'));
    for (let presses = 0; presses < 6 && !/Beatriz/.test(await focused()); presses++) await press('ArrowDown');
    await tabTo(say('bar.continue'));
    await press('Enter');
    await heading(page, say('time.title'));
    await tabTo(say('time.month_after'));
    await press('Enter');
    await page.getByRole('grid', { name: /./ }).and(page.locator('[aria-busy="false"]')).waitFor();
    await tabTo(/free time/);
    await press('PageDown');
    await press('PageUp');
    await press('Home');
    // the eleventh free day: nobody else chooses that one
    for (let free = 0, presses = 0; presses < 60; presses++) {
      if (say('time.free_count').test(await focused()) && ++free === 11) break;
      await press('ArrowRight');
    }
    await press('Enter');
    await tabTo(/^\s*\d\d?:\d\d/);
    await press('Space');
    await tabTo(say('bar.continue'));
    await press('Enter');
    await heading(page, say('details.title'));
    await tabTo(say('details.name'));
    await page.keyboard.type(person.name);
    await tabTo(say('details.phone'));
    await page.keyboard.type(person.phone);
    await tabTo(say('details.terms'));
    await press('Space');
    await tabTo(say('bar.continue'));
    await press('Enter');
    await heading(page, say('payment.title_required'));
    await tabTo(say('bar.proceed_to_payment'));
    await press('Enter');
    await page.waitForURL(isPaymentPage);
    await tabTo(/^\s*Pay €/);
    await press('Enter');
    await heading(page, say('scene.confirmed.title'));
  });
}
