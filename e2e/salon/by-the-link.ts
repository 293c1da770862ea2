import { expect } from 'vitest';
import { bookForTomorrow, press } from '../at-the-desk.ts';
import type { Stage } from '../journey.ts';
import { payWith } from '../walk-the-steps.ts';
import type { Language } from '../words-on-screen.ts';

/** The manual's "How Payment for visits via the link works". */
export function linkJourneys({ journey }: Stage): void {
  journey(
    'Booking window — Checkout — Save and copy payment link: the client pays, and the same link works again after an hour',
    async ({ demo, arrives }) => {
      const owner = await arrives();
      await owner.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: demo.origin });
      const { page } = owner;
      await bookForTomorrow(owner, demo.origin, 'Link Tester');
      await page.getByRole('tab', { name: 'Checkout' }).click();
      await press(owner, 'Save and copy payment link');
      await page.getByText('The payment link is copied').waitFor();
      const link = await page.evaluate(() => navigator.clipboard.readText());

      const client = await arrives({ device: 'phone' });
      await client.page.goto(link);
      await client.page.waitForURL(`${demo.sandboxOrigin}/**`);
      const first = client.page.url();
      // the booking is blocked for 15 minutes, and staff see it without reloading
      await page
        .getByText(/^Payment in progress until /)
        .first()
        .waitFor();
      await page.getByRole('button', { name: 'Cancel this payment' }).waitFor();

      // the page could be paid for an hour; after that the client follows the same link again
      await demo.passMinutes(61);
      await client.page.goto(link);
      await client.page.waitForURL(`${demo.sandboxOrigin}/**`);
      expect(client.page.url()).not.toBe(first);
      const language = (await client.page.locator('html').getAttribute('lang')) as Language;
      await payWith({ page: client.page, language }, 'pays');
      await client.page.waitForURL('**/pay/**');
      await page.getByText('Everything is paid.').waitFor();
    },
  );

  journey('at the desk: cash into the register, and taken back when it was a mistake', async ({ demo, arrives }) => {
    const owner = await arrives();
    const { page } = owner;
    await bookForTomorrow(owner, demo.origin, 'Cash Tester');
    await page.getByRole('tab', { name: 'Checkout' }).click();
    await page.getByRole('button', { name: /^Take .* in cash$/ }).click();
    await page.getByText('Everything is paid.').waitFor();
    await page
      .getByRole('button', { name: /^Reverse/ })
      .first()
      .click();
    const dialog = page.getByRole('dialog').filter({ hasText: 'Reverse' }).last();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Wrong client');
    await dialog.getByRole('button', { name: 'Reverse payment' }).click();
    await page
      .getByText(/reversed\.$/)
      .first()
      .waitFor();
    await page.getByText('Still due', { exact: true }).waitFor();
  });
}
