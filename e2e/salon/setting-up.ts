import { expect } from 'vitest';
import { goTo, press, save, signIn } from '../at-the-desk.ts';
import type { Stage } from '../journey.ts';
import { heading } from '../walk-the-steps.ts';

/** The manual's "How to set up online payment methods?", at a location that has nothing yet. */
export function settingUpJourneys({ journey }: Stage): void {
  journey('a second location begins with what the first one has, and asks for no online payment yet', async ({ demo, arrives }) => {
    const owner = await arrives();
    await signIn(owner, demo.origin, '/lisbon/settings/locations');
    const { page } = owner;
    await page.getByRole('link', { name: 'Add a location' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Linden & Salt · Porto');
    expect(await page.getByRole('textbox', { name: 'Address of the booking page' }).inputValue()).toBe('linden-salt-porto');
    await page.getByRole('textbox', { name: 'Address of the booking page' }).fill('porto');
    await page.getByRole('checkbox', { name: 'Team members, what they do, and their week' }).check();
    await press(owner, 'Add the location');
    await heading(page, /^Business information$/);
    expect(new URL(page.url()).pathname).toBe('/admin/porto/settings/business-information');
  });

  journey('Before you configure online payment, the Company details are filled in', async ({ demo, arrives }) => {
    const owner = await arrives();
    await signIn(owner, demo.origin, '/porto/finance/cashless-payment');
    const { page } = owner;
    await page.getByText('No payment provider is connected yet').waitFor();
    await goTo(owner, 'Settings · My location', 'Business information');
    await page.getByRole('tab', { name: 'Company details' }).click();
    await page.getByText('Online payment cannot be switched on before these are filled in').waitFor();
    await page.getByRole('textbox', { name: 'Legal name' }).fill('Porto Demo Lda');
    await page.getByRole('textbox', { name: 'Registration number' }).fill('500 000 001');
    await page.getByRole('textbox', { name: 'Legal address' }).fill('Rua da Demonstração 1, Porto');
    await save(owner);
  });

  journey('Finance — Cashless payment: Connect, the data from the provider, and both methods switched on', async ({ demo, arrives }) => {
    const owner = await arrives();
    const { page } = owner;
    // "Developers": the keys and the endpoint, as in Stripe's own Dashboard
    const stripe = await owner.context.newPage();
    await stripe.goto(`${demo.sandboxOrigin}/developers`);
    await stripe.getByRole('button', { name: 'New test account' }).click();
    const account = stripe.locator('section').last();
    const [publishable = '', secret = ''] = await account.locator('code').allInnerTexts();

    await signIn(owner, demo.origin, '/porto/calendar');
    await goTo(owner, 'Finance', 'Cashless payment');
    await page.getByRole('button', { name: 'Connect', exact: true }).first().click();
    await page.getByRole('article', { name: 'Stripe', exact: true }).getByRole('button', { name: 'Connect', exact: true }).click();
    const hook = (
      await page
        .getByText(/\/api\/v1\/webhooks\//)
        .first()
        .innerText()
    ).trim();
    await account.getByRole('textbox', { name: 'Endpoint URL' }).fill(hook);
    await account.getByRole('button', { name: 'Add endpoint' }).click();
    await stripe.getByText('Reveal signing secret').last().click();
    const signing = await stripe.locator('section').last().locator('details code').innerText();

    await page.getByLabel(/^Publishable key/).fill(publishable);
    await page.getByLabel(/^Secret key/).fill(`${secret.slice(0, -1)}0`);
    await page.getByLabel(/^Signing secret/).fill(signing);
    await press(owner, 'Test connection');
    await page.getByText('The provider does not take these keys').waitFor();
    await page.getByLabel(/^Secret key/).fill(secret);
    await press(owner, 'Test connection');
    await page.getByText(/The provider takes these keys/).waitFor();
    await page.locator('form').getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('Stripe is connected. Now switch on a method.').waitFor();
    for (const method of ['Payment in the form of online registration', 'Payment for visits via the link']) {
      const turn = page.getByRole('switch', { name: method });
      await turn.click({ force: true });
      await page.getByText(`${method}: on`).waitFor();
      expect(await turn.isChecked()).toBe(true);
    }
    expect(await page.content()).not.toContain(secret);
  });
}
