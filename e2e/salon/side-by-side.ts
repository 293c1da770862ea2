import { expect } from 'vitest';
import { block, press, save, signInAs } from '../at-the-salon.ts';
import type { Stage } from '../journey.ts';
import { bookUpToPayment, tokenOnPaymentPage } from '../walk-the-steps.ts';

/** Several people at once: the calendar is live, nobody overwrites anybody, and nothing typed is lost. */
export function sideBySideJourneys({ journey }: Stage): void {
  journey('an unpaid required booking stands in the Appointment Calendar, and leaves it by itself after 15 minutes', async ({ demo, arrives }) => {
    const client = await arrives({ device: 'phone', name: 'Hold Tester' });
    await bookUpToPayment(client, demo.origin, { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz', day: 11, late: true });
    const token = await tokenOnPaymentPage(client);
    const booking = (await (await fetch(`${demo.origin}/api/v1/bookings/${token}`)).json()) as { appointments: { startsAt: string }[] };
    const day = booking.appointments[0]?.startsAt.slice(0, 10);
    const reception = await arrives();
    await signInAs(reception, demo.origin, `/admin/lisbon/calendar?day=${day}`);
    await block(reception, 'Hold Tester').waitFor();
    await demo.passMinutes(17);
    await block(reception, 'Hold Tester').waitFor({ state: 'detached' });
  });

  journey('two administrators edit one appointment: the second is told, and nothing is overwritten', async ({ demo, arrives }) => {
    const [one, other] = [await arrives(), await arrives()];
    await signInAs(one, demo.origin, '/admin/lisbon/clients?search=Alice');
    await one.page.getByRole('link', { name: 'Alice' }).first().click();
    await one.page.getByRole('textbox', { name: 'Note' }).waitFor();
    await signInAs(other, demo.origin, new URL(one.page.url()).pathname, 'administrator');
    await other.page.getByRole('textbox', { name: 'Note' }).fill('Second');
    await one.page.getByRole('textbox', { name: 'Note' }).fill('First');
    await save(one);
    await press(other, 'Save');
    await other.page.getByText('Somebody else has changed this meanwhile').first().waitFor();
    expect(await other.page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('Second');
    await press(other, 'Take theirs');
    expect(await other.page.getByRole('textbox', { name: 'Note' }).inputValue()).toBe('First');
  });

  journey('a session that ended in a half-filled form: sign in again, and what was typed is still there', async ({ demo, arrives }) => {
    const owner = await arrives();
    const { page, context } = owner;
    await signInAs(owner, demo.origin, '/admin/lisbon/settings/business-information');
    await page.getByRole('textbox', { name: 'Phone' }).fill('+351 210 000 999');
    await context.clearCookies();
    await press(owner, 'Save');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: /Owner/ }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await page.getByRole('textbox', { name: 'Phone' }).inputValue()).toBe('+351 210 000 999');
    await save(owner);
  });
}
