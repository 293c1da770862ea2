import type { Booking } from '@holdfast/contract/booking';
import { words as stripeWords } from '@holdfast/providers/stripe/sandbox/page-words';
import { expect } from 'vitest';
import type { Scene, Stage } from '../journey.ts';
import { expectNoBarriers } from '../look-for-barriers.ts';
import { bookingAsItStands, isOffered, someoneElseBooks, type WantedTime } from '../other-client.ts';
import type { Person } from '../person.ts';
import type { RunningDemo } from '../running-demo.ts';
import {
  bookUpToPayment,
  chooseDay,
  chooseVisit,
  giveDetails,
  goOn,
  heading,
  isPaymentPage,
  leavePaymentPage,
  payWith,
  proceedToPayment,
  tokenOnPaymentPage,
} from '../walk-the-steps.ts';

/** What happens when the 15 minutes are over. The clock is everybody's, so these come one after the other. */
export function runningLateJourneys({ journey }: Stage): void {
  journey(
    'a visit that must be paid is abandoned: after 15 minutes the time is free again, and nothing can be paid for it',
    async ({ demo, arrives }) => {
      const person = await arrives({ device: 'phone' });
      const { page, say } = person;
      await bookUpToPayment(person, demo.origin, { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz', day: 5 });
      const paymentPage = page.url();
      const wanted = timeOf(person);
      await leavePaymentPage(person);
      await heading(page, say('scene.held.title'));
      await expectNoBarriers(page, 'held');
      expect(await isOffered(demo.origin, wanted)).toBe(false);
      await moveClockOnPage(person, /\+15 min/);
      await heading(page, say('scene.run_out.title'));
      // the hidden grace
      expect(await isOffered(demo.origin, wanted)).toBe(false);
      await moveClockOnPage(person, /\+1 min/);
      await heading(page, say('scene.expired.title'));
      await expectNoBarriers(page, 'expired');
      expect(await isOffered(demo.origin, wanted)).toBe(true);
      const secondTab = await person.context.newPage();
      await secondTab.goto(paymentPage);
      await heading(secondTab, new RegExp(stripeWords.en.expiredTitle));
      await secondTab.close();
      expect(await capturedAtStripe(demo, paymentPage)).toBe(0);
      // what was typed is still there for another try
      await page.getByRole('link', { name: say('hold.choose_again') }).click();
      await chooseDay(person, 1);
      await page.getByRole('radio').first().check();
      await goOn(person);
      await heading(page, say('details.title'));
      expect(await page.getByRole('textbox', { name: say('details.name') }).inputValue()).toBe(person.name);
    },
  );

  journey('a visit that may be paid, ticked and never paid: after an hour the appointment still stands', async ({ demo, arrives }) => {
    const person = await arrives({ language: 'pt', name: 'Rosa' });
    const { page, say } = person;
    await chooseVisit(person, demo.origin, { salon: 'lisbon', service: 'Brushing', whom: 'Beatriz', day: 6 });
    await giveDetails(person);
    await goOn(person);
    await page.getByRole('checkbox', { name: /^Brushing/ }).check();
    await proceedToPayment(person);
    const wanted = timeOf(person);
    await leavePaymentPage(person);
    await heading(page, say('scene.waiting.title'));
    await demo.passMinutes(16);
    await demo.passMinutes(46);
    await page.reload();
    await heading(page, say('scene.waiting.title'));
    expect(await isOffered(demo.origin, wanted)).toBe(false);
  });

  journey('Stripe does not answer when somebody books: the time is kept, and trying again leads to paying', async ({ demo, arrives }) => {
    const person = await arrives();
    const { page, say } = person;
    await chooseVisit(person, demo.origin, { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz', day: 7 });
    await giveDetails(person);
    await goOn(person);
    await heading(page, say('payment.title_required'));
    const mendStripe = await demo.breakStripe('create');
    await page.getByRole('button', { name: say('bar.proceed_to_payment') }).click();
    await page.getByRole('alert').getByText(say('trouble.provider_unreachable')).waitFor();
    await heading(page, say('scene.held.title'));
    await expectNoBarriers(page, 'provider out of reach');
    await mendStripe();
    await page.getByRole('button', { name: say('trouble.retry') }).click();
    await page.waitForURL(isPaymentPage);
    await payWith(person, 'pays');
    await heading(page, say('scene.confirmed.title'));
    expect(person.booked()).toBe(1);
  });

  journey("paid late while the time is still free: the appointment comes back, even before Stripe's message does", async ({ demo, arrives }) => {
    const person = await arrives();
    const { page, say } = person;
    const { token, wanted } = await letTimeRunOut({ demo, arrives }, person, 2);
    const sendMessages = await demo.holdMessages();
    await payWith(person, 'pays');
    await heading(page, say('scene.confirmed.title'));
    await sendMessages();
    const booking = await bookingAsItStands(demo.origin, token);
    expect([booking.status, booking.paidMinor, startOf(booking)]).toEqual(['confirmed', 5500, Date.parse(wanted.startsAt)]);
    expect(await isOffered(demo.origin, wanted)).toBe(false);
  });

  journey('paid late and the time is taken: the money pays for another time', async ({ demo, arrives }) => {
    const person = await arrives({ device: 'phone' });
    const { page, say } = person;
    const { token, wanted } = await letTimeRunOut({ demo, arrives }, person, 3);
    await someoneElseBooks(demo.origin, { ...wanted, serviceId: 'srv_lisbon_blow_dry' });
    await payWith(person, 'pays');
    await heading(page, say('scene.needs_choice.title'));
    expect(await page.getByRole('radio').count()).toBe(3);
    await expectNoBarriers(page, 'three choices');
    await page.getByRole('radio', { name: say('late.another_time') }).check();
    await chooseDay(person, 8);
    await page
      .getByRole('radio', { name: /\d:\d\d/ })
      .first()
      .check();
    await expectNoBarriers(page, 'another time for late money');
    await page.getByRole('button', { name: say('late.confirm_time') }).click();
    await heading(page, say('scene.confirmed.title'));
    const booking = await bookingAsItStands(demo.origin, token);
    expect([booking.status, booking.paidMinor]).toEqual(['confirmed', 5500]);
    expect(startOf(booking)).not.toBe(Date.parse(wanted.startsAt));
  });

  journey('paid late and the time is taken: the money is kept for a later visit', async ({ demo, arrives }) => {
    const person = await arrives({ language: 'pt', name: 'Vera' });
    const { page, say } = person;
    const { token, wanted } = await letTimeRunOut({ demo, arrives }, person, 4);
    await someoneElseBooks(demo.origin, { ...wanted, serviceId: 'srv_lisbon_blow_dry' });
    await payWith(person, 'pays');
    await heading(page, say('scene.needs_choice.title'));
    await page.getByRole('radio', { name: say('late.keep_credit') }).check();
    await page.getByRole('button', { name: say('late.confirm') }).click();
    await page.getByRole('radio').first().waitFor({ state: 'detached' });
    const booking = await bookingAsItStands(demo.origin, token);
    expect(booking.appointments.flatMap(({ choices }) => choices)).toEqual([]);
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.getByText(say('late.title')).count()).toBe(0);
  });
}

/** Up to the payment page, which stays open and payable because Stripe cannot be told to close it; then the 15 minutes and the grace are over. */
async function letTimeRunOut({ demo }: Scene, person: Person, day: number): Promise<{ token: string; wanted: WantedTime }> {
  await bookUpToPayment(person, demo.origin, { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz', day });
  const token = await tokenOnPaymentPage(person);
  const mendStripe = await demo.breakStripe('close');
  await demo.passMinutes(17);
  await mendStripe();
  const wanted = timeOf(person);
  expect((await bookingAsItStands(demo.origin, token)).status).toBe('expired');
  expect(await isOffered(demo.origin, wanted)).toBe(true);
  return { token, wanted };
}

function startOf({ appointments: [appointment] }: Booking): number {
  return Date.parse(appointment?.startsAt ?? '');
}

function timeOf({ wishes }: Person): WantedTime {
  const [wish] = wishes.at(-1)?.appointments ?? [];
  const [serviceId] = wish?.serviceIds ?? [];
  if (!wish?.staffId || !serviceId) throw new Error('the browser has booked nothing');
  return { salon: 'lisbon', serviceId, staffId: wish.staffId, startsAt: wish.startsAt };
}

async function moveClockOnPage({ page, say }: Person, by: RegExp): Promise<void> {
  await page
    .getByRole('complementary', { name: say('demo.label') })
    .getByRole('button', { name: by })
    .click();
}

async function capturedAtStripe(demo: RunningDemo, paymentPage: string): Promise<number | undefined> {
  const payments = await demo.paymentsAtStripe();
  return payments.find(({ id }) => paymentPage.includes(id))?.captured;
}
