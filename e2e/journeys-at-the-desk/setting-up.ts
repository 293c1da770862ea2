import { expect } from 'vitest';
import { goTo, onlinePayment, openOtherSettings, openServiceCard, save, signIn } from '../at-the-desk.ts';
import type { Stage } from '../journey.ts';
import { chooseService, chooseVisit, giveDetails, goOn, heading, openSalon } from '../walk-the-steps.ts';

/** What the manual says before the first client pays. Each in a salon, or with a service, of its own: they happen at once. */
export function settingUpJourneys({ journey }: Stage): void {
  journey('How does online payment status apply?', async ({ demo, arrives }) => {
    const desk = await arrives();
    await signIn(desk, demo.origin, '/lisbon/settings/services?category=cat_lisbon_nails');
    await desk.page.getByRole('button', { name: 'Add service' }).click();
    const adding = desk.page.getByRole('dialog', { name: 'Add service' });
    await adding.getByRole('textbox', { name: 'Name' }).fill('Unhas novas');
    await adding.getByRole('textbox', { name: 'Price from' }).fill('20');
    await adding.getByRole('button', { name: 'Add', exact: true }).click();
    await adding.waitFor({ state: 'detached' });
    await openServiceCard(desk, 'Unhas', 'Unhas novas');
    expect(await onlinePayment(desk, 'Not available').isChecked(), 'by default').toBe(true);

    const visit = { salon: 'lisbon', service: 'Verniz simples', whom: 'Mariana' };
    const upToPayment = async (day: number) => {
      const client = await arrives({ name: 'Clara' });
      await chooseVisit(client, demo.origin, { ...visit, day });
      await giveDetails(client);
      return client;
    };
    await openServiceCard(desk, 'Unhas', 'Verniz simples');
    await onlinePayment(desk, 'Required').check();
    await save(desk);
    await openOtherSettings(desk, 'Mariana');
    await onlinePayment(desk, 'Not available').check();
    await save(desk);
    const first = await upToPayment(1);
    expect(await first.page.getByRole('button', { name: 'Book', exact: true }).count(), 'Not available has priority').toBe(1);

    await onlinePayment(desk, 'Available').check();
    await save(desk);
    const second = await upToPayment(2);
    await goOn(second);
    await heading(second.page, second.say('payment.title_required'));
    const required = second.page.getByRole('checkbox', { name: /^Verniz simples/ });
    expect([await required.isChecked(), await required.isDisabled()]).toEqual([true, true]);
    expect(await second.page.getByRole('button', { name: second.say('bar.book_unpaid') }).count(), 'cannot be booked unpaid').toBe(0);
    // the minimum price of the service card
    await second.page.getByText('€12').first().waitFor();

    await openServiceCard(desk, 'Unhas', 'Verniz simples');
    await onlinePayment(desk, 'Available').check();
    await save(desk);
    const third = await upToPayment(3);
    await goOn(third);
    await heading(third.page, third.say('payment.title_available'));
    await third.page.getByRole('button', { name: third.say('bar.book_unpaid') }).waitFor();
    await third.page.getByRole('checkbox', { name: /^Verniz simples/ }).check();
    await third.page.getByRole('button', { name: third.say('bar.proceed_to_payment') }).waitFor();
  });

  journey('How to set up online payment methods?', async ({ demo, arrives }) => {
    const desk = await arrives();
    const { page } = desk;
    await signIn(desk, demo.origin, '/kyiv/calendar');
    await goTo(desk, 'Finance', 'Cashless payment');
    const switchTo = async (checked: boolean) => {
      for (const name of [/^Payment in the form of online registration/, /^Payment for visits via the link/]) {
        await page.getByRole('switch', { name, checked: !checked }).click();
        await page.getByRole('switch', { name, checked }).waitFor();
      }
    };
    await switchTo(false);
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    const sandbox = page.getByRole('link', { name: /API keys and Webhooks/ });
    const [developers] = await Promise.all([page.waitForEvent('popup'), sandbox.click()]);
    await developers.getByRole('button', { name: 'New test account' }).click();
    const account = developers.getByRole('region').last();
    await account.getByText('Reveal signing secret').click();
    for (const [field, begins] of [
      ['Publishable key', 'pk_'],
      ['Secret key', 'sk_'],
      ['Signing secret', 'whsec_'],
    ] as const) {
      const value = await account.getByText(new RegExp(`^${begins}`)).innerText();
      await page.getByRole('textbox', { name: field, exact: true }).fill(value);
    }
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText(/^The provider takes these keys/).waitFor();
    await page.getByRole('textbox', { name: 'Name of the connection' }).fill('Stripe of the manual');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByRole('article', { name: 'Stripe of the manual' }).waitFor();
    await switchTo(true);
    await page.reload();
    await page.getByRole('article', { name: 'Stripe of the manual' }).waitFor();
    expect(await page.getByRole('switch', { checked: true }).count()).toBe(2);
  });

  journey('Configuring online payment status', async ({ demo, arrives }) => {
    const desk = await arrives();
    const { page } = desk;
    await signIn(desk, demo.origin, '/lisbon/calendar');
    await goTo(desk, 'Settings · My location', 'Business information');
    await page.getByRole('tab', { name: 'Company details' }).click();
    await page.getByRole('textbox', { name: 'Legal name' }).fill('Sal & Tília, Lda.');
    await page.getByRole('textbox', { name: 'Bank details' }).fill('IBAN PT50 0002 0123 1234 5678 9015 4');
    await save(desk);
    await openServiceCard(desk, 'Rosto e sobrancelhas', 'Design de sobrancelhas');
    await onlinePayment(desk, 'Required').check();
    await save(desk);
    await openOtherSettings(desk, 'Rita');
    await onlinePayment(desk, 'Required').check();
    await save(desk);
    await page.reload();
    await onlinePayment(desk, 'Required').waitFor();
    expect(await onlinePayment(desk, 'Required').isChecked()).toBe(true);
    const client = await arrives();
    await openSalon(client, demo.origin, 'lisbon');
    await chooseService(client, 'Design de sobrancelhas');
    await client.page.getByRole('checkbox', { name: /^Design de sobrancelhas.*Prepayment/s }).waitFor();
  });
}
