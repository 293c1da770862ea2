import { expect } from 'vitest';
import { blocksOf, signIn } from '../at-the-desk.ts';
import type { Stage } from '../journey.ts';
import type { Person } from '../person.ts';
import { chooseVisit, giveDetails, goOn, proceedToPayment } from '../walk-the-steps.ts';

/** The manual's "What will change in the online booking widget". The clock is everybody's, so these come one after the other. */
export function widgetJourneys({ journey }: Stage): void {
  journey('Required, not paid within 15 minutes, is gone from the Appointment Calendar', async ({ demo, arrives }) => {
    const client = await arrives({ device: 'phone', name: 'Valentina' });
    await chooseVisit(client, demo.origin, { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz', day: 12 });
    await giveDetails(client);
    await goOn(client);
    const service = client.page.getByRole('checkbox', { name: /^Coloração de raiz/ });
    expect([await service.isChecked(), await service.isDisabled()], 'a check mark that cannot be removed').toEqual([true, true]);
    await proceedToPayment(client);
    const desk = await arrives();
    await signIn(desk, demo.origin, `/lisbon/calendar?day=${dayOf(client)}`);
    await blocksOf(desk, 'Valentina')
      .and(desk.page.getByRole('gridcell', { name: /, held until/ }))
      .waitFor();
    await demo.passMinutes(15);
    await demo.passMinutes(1);
    await blocksOf(desk, 'Valentina').waitFor({ state: 'detached' });
  });

  journey('Allowed, ticked and not paid, stays in the Appointment Calendar', async ({ demo, arrives }) => {
    const client = await arrives({ name: 'Leonilde' });
    await chooseVisit(client, demo.origin, { salon: 'lisbon', service: 'Corte de senhora', whom: 'Beatriz', day: 13 });
    await giveDetails(client);
    await goOn(client);
    await client.page.getByRole('checkbox', { name: /^Corte de senhora/ }).check();
    await proceedToPayment(client);
    const desk = await arrives();
    await signIn(desk, demo.origin, `/lisbon/calendar?day=${dayOf(client)}`);
    const paying = blocksOf(desk, 'Leonilde').and(desk.page.getByRole('gridcell', { name: /payment in progress/ }));
    await paying.waitFor();
    await demo.passMinutes(16);
    await demo.passMinutes(60);
    await paying.waitFor({ state: 'detached' });
    expect(await blocksOf(desk, 'Leonilde').count()).toBe(1);
  });
}

function dayOf({ wishes }: Person): string {
  return wishes.at(-1)?.appointments[0]?.startsAt.slice(0, 10) ?? '';
}
