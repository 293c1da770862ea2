import { expect } from 'vitest';
import { goTo, save, signIn } from '../at-the-desk.ts';
import type { Stage } from '../journey.ts';
import { chooseService, chooseTeamMember, chooseTime, giveDetails, goOn, heading, openSalon, proceedToPayment } from '../walk-the-steps.ts';

/** The manual's "Configuring online payment status", and what becomes of it in the widget. */
export function statusJourneys({ journey }: Stage): void {
  journey('Services: the category, the name of the service, Online booking, Online payment, Save', async ({ demo, arrives }) => {
    const owner = await arrives();
    const { page } = owner;
    await signIn(owner, demo.origin, '/lisbon/calendar');
    await goTo(owner, 'Settings · Main settings', 'Services');
    await page.getByRole('link', { name: 'Cabelo' }).first().click();
    await page.getByRole('link', { name: 'Brushing', exact: true }).click();
    await page.getByRole('tab', { name: 'Online booking' }).click();
    const payment = page.getByRole('radiogroup', { name: 'Online payment' });
    expect(await payment.getByRole('radio', { name: 'Available', exact: true }).isChecked()).toBe(true);
    await payment.getByRole('radio', { name: 'Required', exact: true }).check();
    await save(owner);
    // which side decides is said for each team member: Tiago does not take it, and "Not available" has priority
    await page.getByText('Beatriz').first().waitFor();
  });

  journey('Staff: Other settings in the line of the employee, the Online payment field, Save', async ({ demo, arrives }) => {
    const owner = await arrives();
    const { page } = owner;
    await signIn(owner, demo.origin, '/lisbon/calendar');
    await goTo(owner, 'Settings · Main settings', 'Staff');
    await page.getByRole('link', { name: 'Other settings: Mariana' }).click();
    await page.getByRole('tab', { name: 'Settings' }).click();
    const payment = page.getByRole('radiogroup', { name: 'Online payment' });
    await payment.getByRole('radio', { name: 'Not available', exact: true }).check();
    await save(owner);
  });

  journey(
    '"Not available" has priority over the other ones, "Required" must be prepaid, "Available" is the client’s choice',
    async ({ demo, arrives }) => {
      const owner = await arrives();
      const { page } = owner;
      await signIn(owner, demo.origin, '/lisbon/finance/cashless-payment');
      await page.getByRole('tab', { name: 'Statuses' }).click();
      await page.getByRole('columnheader', { name: /^Beatriz/ }).waitFor();
      const team = await page.getByRole('columnheader').allInnerTexts();
      const cell = (service: string, member: string) =>
        page
          .getByRole('row', { name: new RegExp(`^${service}`) })
          .getByRole('gridcell')
          .nth(team.findIndex((name) => name.startsWith(member)) - 1);
      await cell('Manicure com gel', 'Mariana').getByText('Not available').waitFor();
      await cell('Brushing', 'Beatriz').getByText('Required').waitFor();

      const client = await arrives({ device: 'phone' });
      await openSalon(client, demo.origin, 'lisbon');
      await chooseService(client, 'Brushing');
      await goOn(client);
      await chooseTeamMember(client, 'Beatriz');
      await goOn(client);
      await chooseTime(client, 9, true);
      await goOn(client);
      await giveDetails(client);
      await goOn(client);
      await heading(client.page, client.say('payment.title_required'));
      const mark = client.page.getByRole('checkbox', { name: /^Brushing/ });
      expect([await mark.isChecked(), await mark.isDisabled()]).toEqual([true, true]);
      await proceedToPayment(client);
    },
  );
}
