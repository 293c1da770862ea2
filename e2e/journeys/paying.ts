import { words as stripeWords } from '@holdfast/providers/stripe/sandbox/page-words';
import { expect } from 'vitest';
import type { Stage } from '../journey.ts';
import {
  bookUpToPayment,
  chooseService,
  chooseTeamMember,
  chooseTime,
  chooseVisit,
  giveDetails,
  goOn,
  heading,
  leavePaymentPage,
  payWith,
  proceedToPayment,
} from '../walk-the-steps.ts';

/** Ways to the money while nobody is late. The clock stands still, so they all happen at once. */
export function payingJourneys({ journey }: Stage): void {
  journey('a service that must be paid: booked on a phone, paid, confirmed', async ({ demo, arrives }) => {
    const person = await arrives({ device: 'phone' });
    const { page, say } = person;
    await chooseVisit(person, demo.origin, { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz', day: 1 });
    await giveDetails(person);
    await goOn(person);
    await heading(page, say('payment.title_required'));
    const service = page.getByRole('checkbox', { name: /^Coloração de raiz/ });
    expect([await service.isChecked(), await service.isDisabled()]).toEqual([true, true]);
    await proceedToPayment(person);
    expect(await page.getByRole('button', { name: 'Pay €55.00' }).count()).toBe(1);
    await payWith(person, 'pays');
    await heading(page, say('scene.confirmed.title'));
    await page.getByText('We have received €55.').waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: say('scene.add_to_calendar') }).click()]);
    expect(file.suggestedFilename()).toBe('appointment.ics');
  });

  journey('послуга, яку можна сплатити онлайн: клієнтка ставить позначку і платить', async ({ demo, arrives }) => {
    const person = await arrives({ language: 'uk', device: 'phone', name: 'Оксана' });
    const { page, say } = person;
    await chooseVisit(person, demo.origin, { salon: 'kyiv', service: 'Жіноча стрижка', whom: 'Софія', day: 1 });
    await giveDetails(person);
    await goOn(person);
    await heading(page, say('payment.title_available'));
    const box = page.getByRole('checkbox', { name: /^Жіноча стрижка/ });
    expect(await box.isChecked()).toBe(false);
    await box.check();
    await proceedToPayment(person);
    await payWith(person, 'pays');
    await heading(page, say('scene.confirmed.title'));
    await page.getByText('Дякуємо, Оксана. Ми отримали 700\u00a0грн').waitFor();
  });

  journey('um serviço que pode ser pago online: a cliente não assinala nada e marca na mesma', async ({ demo, arrives }) => {
    const person = await arrives({ language: 'pt', name: 'Joana' });
    const { page, say } = person;
    await chooseVisit(person, demo.origin, { salon: 'lisbon', service: 'Brushing', whom: 'Beatriz', day: 2, late: true });
    await giveDetails(person);
    await goOn(person);
    await heading(page, say('payment.title_available'));
    await page.getByRole('button', { name: say('bar.book_unpaid') }).click();
    await heading(page, say('scene.waiting.title'));
    await page.getByText('Até breve, Joana!').waitFor();
    expect(await page.getByRole('button', { name: say('hold.pay_amount') }).count()).toBe(0);
    expect(person.booked()).toBe(1);
  });

  journey('a card is declined, another one pays for the same booking', async ({ demo, arrives }) => {
    const person = await arrives();
    const { page, say } = person;
    await bookUpToPayment(person, demo.origin, { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz', day: 3 });
    await payWith(person, 'declines');
    await page.getByRole('alert').getByText(stripeWords.en.declined).waitFor();
    await payWith(person, 'pays');
    await heading(page, say('scene.confirmed.title'));
    expect(person.booked()).toBe(1);
  });

  journey('the bank asks (3-D Secure): refused once, then approved', async ({ demo, arrives }) => {
    const person = await arrives({ language: 'uk', name: 'Леся' });
    const { page, say } = person;
    const bank = stripeWords.uk;
    await bookUpToPayment(person, demo.origin, { salon: 'kyiv', service: 'Фарбування коренів', whom: 'Софія', day: 3 });
    await payWith(person, 'asksBank');
    await page.getByRole('button', { name: bank.refuse }).click();
    await page.getByRole('alert').getByText(bank.bank_refused).waitFor();
    await payWith(person, 'asksBank');
    await page.getByRole('button', { name: bank.approve }).click();
    await heading(page, say('scene.confirmed.title'));
  });

  journey('walking away from the payment page keeps the time, and paying stays one click away', async ({ demo, arrives }) => {
    const person = await arrives({ device: 'phone' });
    const { page, say } = person;
    await bookUpToPayment(person, demo.origin, { salon: 'kyiv', service: 'Фарбування коренів', whom: 'Софія', day: 4 });
    const paymentPage = page.url();
    await leavePaymentPage(person);
    await heading(page, say('scene.held.title'));
    await page.getByText(say('return.left_title')).waitFor();
    expect(await page.getByRole('timer', { name: say('hold.timer_label') }).innerText()).toMatch(/^1[34]:\d\d$|^15:00$/);
    await page.getByRole('button', { name: say('hold.pay_amount') }).click();
    await page.waitForURL(paymentPage);
    await payWith(person, 'pays');
    await heading(page, say('scene.confirmed.title'));
    expect(person.booked()).toBe(1);
  });

  journey('two visits with different team members, one to be paid and one that may be: booked and paid together', async ({ demo, arrives }) => {
    const person = await arrives();
    const { page, say } = person;
    await chooseVisit(person, demo.origin, { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz', day: 4 });
    await giveDetails(person);
    await page.getByRole('button', { name: say('details.add_another') }).click();
    await heading(page, say('services.title_another'));
    await chooseService(person, 'Design de sobrancelhas');
    await goOn(person);
    await chooseTeamMember(person, 'Rita');
    await goOn(person);
    await chooseTime(person, 3);
    await goOn(person);
    await heading(page, say('details.title'));
    await goOn(person);
    await page.getByRole('checkbox', { name: /^Design de sobrancelhas/ }).check();
    await proceedToPayment(person);
    expect(await page.getByRole('button', { name: 'Pay €73.00' }).count()).toBe(1);
    await payWith(person, 'pays');
    await heading(page, say('scene.confirmed.title'));
    expect(await page.getByRole('article').count()).toBe(2);
  });

  journey('a service that is paid at the salon: not a word about online payment, and a double click books once', async ({ demo, arrives }) => {
    const person = await arrives({ language: 'pt', device: 'phone', name: 'Duarte' });
    const { page, say } = person;
    await chooseVisit(person, demo.origin, { salon: 'lisbon', service: 'Corte de homem', day: 10 });
    await giveDetails(person);
    await page.getByRole('button', { name: new RegExp(`^${say('bar.book').source}$`) }).dblclick();
    await heading(page, say('scene.waiting.title'));
    expect(await page.getByText(/pagar/i).count()).toBe(0);
    expect(person.booked()).toBe(1);
  });
}
