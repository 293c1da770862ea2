import { expect } from 'vitest';
import { blocksOf, press, signIn } from '../at-the-desk.ts';
import type { Scene, Stage } from '../journey.ts';
import type { Person } from '../person.ts';
import { payWith } from '../walk-the-steps.ts';
import type { Language } from '../words-on-screen.ts';

/** Tomorrow at the salon: nothing of the demo's day is in the way at seven in the evening. */
const tomorrow = (now: string) => new Date(Date.parse(now) + 86_400_000).toISOString().slice(0, 10);

/** The manual's "How Payment for visits via the link works". */
export function linkJourneys({ journey }: Stage): void {
  journey('Booking window — Checkout — Save and copy payment link: the client pays, and the same link works again after an hour', async (scene) => {
    const { demo, arrives } = scene;
    const owner = await arrives();
    await owner.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: demo.origin });
    const { page } = owner;
    await bookAtDesk(owner, scene, 'Link Tester');
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
  });

  journey('at the desk: cash into the register, and taken back when it was a mistake', async (scene) => {
    const owner = await scene.arrives();
    const { page } = owner;
    await bookAtDesk(owner, scene, 'Cash Tester');
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

let hour = 7;

/** A walk-in by click on the calendar: a new client, one service, tomorrow early, outside working hours and so agreed to. */
async function bookAtDesk(owner: Person, { demo }: Scene, client: string): Promise<void> {
  const { page } = owner;
  const { now } = (await (await fetch(`${demo.origin}/demo/clock`)).json()) as { now: string };
  const day = tomorrow(now);
  hour -= 1;
  await signIn(owner, demo.origin, `/lisbon/calendar?day=${day}&new=stf_lisbon_beatriz~${day}T0${hour}:00:00.000Z`);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Client: name or phone' }).fill(client);
  await page.getByRole('option', { name: new RegExp(`New client “${client}”`) }).click();
  await dialog
    .getByRole('combobox', { name: /Add a service|Services/ })
    .first()
    .click();
  await page.getByRole('option', { name: /^Brushing/ }).click();
  await dialog.getByRole('button', { name: 'Book', exact: true }).click();
  await page.getByRole('button', { name: 'Book it all the same' }).click();
  await page.getByRole('tab', { name: 'Checkout' }).waitFor();
  await blocksOf(owner, client).first().waitFor({ state: 'attached' });
}
