import { describe, expect, test } from 'vitest';
import { bookForTomorrow, press, signIn } from './at-the-desk.ts';
import { openStage } from './journey.ts';
import { expectNoBarriers } from './look-for-barriers.ts';
import type { Person } from './person.ts';
import { giveDetails, goOn, heading, payWith, proceedToPayment } from './walk-the-steps.ts';

const stage = openStage();

describe('a class, a membership and a file of clients', () => {
  stage.journey('an owner makes a weekly class; a client books all places of one evening and pays, which staff see at once', async (scene) => {
    const { demo, arrives } = scene;
    const owner = await arrives();
    const { page } = owner;
    await signIn(owner, demo.origin, '/lisbon/events?new=~');
    const dialog = page.getByRole('dialog', { name: 'New event' });
    await dialog.getByRole('combobox', { name: 'Service' }).click();
    await page.getByRole('option', { name: /^Workshop/ }).click();
    await dialog.getByRole('textbox', { name: 'Title' }).fill('Evening of braids');
    await dialog.getByLabel('Starts at').fill('22:15');
    await dialog.getByRole('textbox', { name: 'Places' }).fill('2');
    await dialog.getByRole('combobox', { name: 'Repeats' }).click();
    await page.getByRole('option', { name: 'Every week' }).click();
    await dialog.getByRole('textbox', { name: 'Dates' }).fill('3');
    await dialog.getByText('3 dates', { exact: true }).waitFor();
    await dialog.getByRole('checkbox', { name: 'Also outside working hours' }).check();
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.getByText('Nobody has booked yet').waitFor();
    const eventId = /\/events\/([^/?]+)/.exec(page.url())?.[1] ?? '';

    const client = await arrives({ device: 'phone', name: 'Braid Tester' });
    await client.page.goto(`${demo.origin}/book/demo/lisbon?event=${eventId}`);
    await heading(client.page, client.say('event.title'));
    await client.page.getByRole('button', { name: client.say('event.more') }).click();
    await client.page.getByRole('status').filter({ hasText: '2 places' }).waitFor();
    await expectNoBarriers(client.page, 'choosing an event');
    await goOn(client);
    await giveDetails(client);
    await goOn(client);
    await proceedToPayment(client);

    // nobody touches the owner's screen
    await page.getByRole('button', { name: 'Open the booking of Braid Tester' }).waitFor();
    await page.getByText(/^Held until/).waitFor();
    await payWith(client, 'pays');
    await client.page.waitForURL('**/b/**');
    await client.page
      .getByText(/Evening of braids/)
      .first()
      .waitFor();
    await page.getByRole('cell', { name: /^Paid €70/ }).waitFor();
    await page.getByText('2 of 2').waitFor();
    await expectNoBarriers(page, 'a full event');
    expect(client.booked()).toBe(1);

    const late = await arrives({ name: 'Late Tester' });
    await late.page.goto(`${demo.origin}/book/demo/lisbon?event=${eventId}`);
    const full = late.page.getByRole('radio', { name: /Evening of braids/ });
    await full.first().waitFor({ state: 'attached' });
    expect(await full.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).disabled))).toEqual([true, false, false]);
  });

  stage.journey('a membership is sold at the desk, pays a visit, and that visit is used when the client comes', async ({ demo, arrives }) => {
    const owner = await arrives();
    const { page } = owner;
    await signIn(owner, demo.origin, '/lisbon/finance/memberships');
    await page.getByRole('button', { name: 'New membership' }).first().click();
    const type = page.getByRole('dialog', { name: 'New membership' });
    await type.getByRole('textbox', { name: 'Name' }).fill('Ten brushings');
    await type.getByRole('textbox', { name: 'Price, with tax' }).fill('180');
    await type.getByRole('textbox', { name: 'Visits' }).fill('10');
    await expectNoBarriers(page, 'a new membership');
    await type.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved: Ten brushings').waitFor();

    await bookForTomorrow(owner, demo.origin, 'Member Tester');
    const visit = page.url();
    await openClient(owner, demo.origin, 'Member Tester');
    await press(owner, 'Sell a membership');
    const sale = page.getByRole('dialog', { name: 'Sell a membership' });
    await sale.getByRole('combobox', { name: 'Which one' }).click();
    await page.getByRole('option', { name: /^Ten brushings/ }).click();
    await sale.getByRole('radio').first().check();
    await sale.getByRole('button', { name: 'Sell a membership', exact: true }).click();
    await page.getByText(/^Sold: Ten brushings/).waitFor();
    await page.getByText('10 of 10 left, 0 booked').waitFor();

    await page.goto(visit);
    await page.getByRole('tab', { name: 'Checkout' }).click();
    await page.getByText('Brushing: covered by “Ten brushings” (10 left)').waitFor();
    await expectNoBarriers(page, 'Checkout with a membership');
    await press(owner, 'Pay with the membership');
    await page.getByText('Brushing: paid with “Ten brushings”').waitFor();
    await openClient(owner, demo.origin, 'Member Tester');
    await page.getByText('9 of 10 left, 1 booked').waitFor();

    await page.goto(visit);
    await press(owner, 'Cancel appointment');
    const cancelling = page.getByRole('dialog', { name: 'Cancel this appointment?' });
    await cancelling.getByText('1 visit of “Ten brushings” comes back').first().waitFor();
    await expectNoBarriers(page, 'cancelling what a membership pays for');
    await cancelling.getByRole('button', { name: 'Keep it' }).click();
    await cancelling.waitFor({ state: 'hidden' });
    await press(owner, 'Client arrived');
    await page.getByRole('button', { name: 'Undo “arrived”' }).waitFor();
    await openClient(owner, demo.origin, 'Member Tester');
    await page.getByText('9 of 10 left, 0 booked').waitFor();
    await page.getByText('History', { exact: true }).first().click();
    await page.getByText(/Brushing: used/).waitFor();
  });

  stage.journey('a file of clients is looked through before anything is written, and then only what can be is', async ({ demo, arrives }) => {
    const owner = await arrives();
    const { page } = owner;
    await signIn(owner, demo.origin, '/lisbon/settings/import');
    const rows = [
      'Nome;Telemóvel;Correio;Observações',
      'Importada Almeida;912 555 101;importada@example.com;Prefere manhãs',
      'Sem Número;isto não é;;',
      '=cmd();912 555 102;;<script>alert(1)</script>',
    ];
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: /^File/ }).click();
    const buffer = Buffer.from(rows.join('\r\n'));
    await (await choosing).setFiles({ name: 'clientes.csv', mimeType: 'text/csv', buffer });
    await press(owner, 'Next');

    const column = (name: string) => page.getByRole('combobox', { name: `What is the column ${name}?` });
    await column('Nome').waitFor();
    await expectNoBarriers(page, 'the columns of a file');
    for (const [name, field] of [
      ['Nome', 'Name'],
      ['Telemóvel', 'Phone'],
      ['Correio', 'E-mail'],
      ['Observações', 'Note'],
    ] as const)
      await column(name).selectOption({ label: field });
    await press(owner, 'See what would happen');
    await page.getByText('1 row cannot be written.', { exact: false }).waitFor();
    await page
      .getByRole('row', { name: /Sem Número/ })
      .getByText('not a telephone number')
      .waitFor();
    await expectNoBarriers(page, 'what would happen with a file');

    await press(owner, 'Write the 2 rows that can be');
    await page.getByText('Written: 2. Not written: 1.').waitFor();
    await openClient(owner, demo.origin, 'Importada Almeida');
    await page.getByText('Prefere manhãs').first().waitFor();
    await signIn(owner, demo.origin, '/lisbon/clients?search=912555102');
    await page.getByRole('table').getByRole('link', { name: '=cmd()' }).waitFor();
    expect(await page.getByRole('row').count(), 'the head, and nobody else').toBe(2);
  });
});

test('after all this accounts, memberships, places, ledger and provider agree', async () => {
  expect(await stage.demo.stop()).toBe(0);
  const { exitCode, said } = await stage.demo.audit();
  expect(said).toMatch(/, 0 disagreements/);
  expect(exitCode).toBe(0);
});

async function openClient(person: Person, origin: string, name: string): Promise<void> {
  await signIn(person, origin, `/lisbon/clients?search=${encodeURIComponent(name)}`);
  await person.page.getByRole('table').getByRole('link', { name }).click();
  await heading(person.page, new RegExp(`^${name}$`));
}
