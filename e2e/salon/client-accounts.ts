import { expect } from 'vitest';
import { bookForTomorrow, press, signIn } from '../at-the-desk.ts';
import type { Scene, Stage } from '../journey.ts';
import type { Person } from '../person.ts';
import { heading, payWith } from '../walk-the-steps.ts';
import { type Language, literally } from '../words-on-screen.ts';

/** Deposits: filled at the desk and by a link, spent at checkout, and taken back where they were a mistake. */
export function accountJourneys({ journey }: Stage): void {
  journey('a deposit topped up in cash pays a part of the visit, cash the rest', async ({ demo, arrives }) => {
    const owner = await arrives();
    const { page } = owner;
    await bookForTomorrow(owner, demo.origin, 'Deposit Tester');
    const visit = page.url();
    await openClient(owner, demo.origin, 'Deposit Tester');
    await topUpInCash(owner, '10');
    const account = page.getByRole('article', { name: 'Ordinary account' });
    await account.getByText(/^€10\s+to spend$/).waitFor();
    await page.getByRole('cell', { name: /^Topped up in cash/ }).waitFor();

    await page.goto(visit);
    await page.getByRole('tab', { name: 'Checkout' }).click();
    await page.getByRole('radio', { name: 'Ordinary account · €10 to spend' }).waitFor();
    await press(owner, 'Pay €10 from the account');
    await page.getByText('€10 paid from the account.').waitFor();
    await page.getByRole('button', { name: /^Take .* in cash$/ }).click();
    await page.getByText('Everything is paid.').waitFor();

    await openClient(owner, demo.origin, 'Deposit Tester');
    await account.getByText(/^€0\s+to spend$/).waitFor();
    await page.getByRole('link', { name: /^Paid for the visit on / }).waitFor();
    expect(await page.getByRole('table').first().getByRole('row').count(), 'the head, what was spent, the top-up').toBe(3);
  });

  journey('a part from the account is held until the rest is paid by the link, and then paid too', async ({ demo, arrives }) => {
    const owner = await arrives();
    await owner.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: demo.origin });
    const { page } = owner;
    await bookForTomorrow(owner, demo.origin, 'Held Tester');
    const visit = page.url();
    await openClient(owner, demo.origin, 'Held Tester');
    await topUpInCash(owner, '10');
    await page.goto(visit);
    await page.getByRole('tab', { name: 'Checkout' }).click();
    await page.getByRole('button', { name: /^Hold €10, take .* by link$/ }).click();
    const notice = page.getByRole('alert').filter({ hasText: '€10 from Held Tester’s account is held.' });
    await notice.getByText(/^The link asks for /).waitFor();
    await press(owner, 'Save and copy payment link');
    await page.getByText('The payment link is copied').waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());

    await payAtTheProvider(await arrives({ device: 'phone' }), demo.sandboxOrigin, link);
    await page.getByText('Everything is paid.').waitFor();
    await notice.waitFor({ state: 'detached' });
    await page.getByRole('listitem').filter({ hasText: 'Account of Held Tester' }).getByText('Paid').waitFor();
    await openClient(owner, demo.origin, 'Held Tester');
    await page
      .getByRole('article', { name: 'Ordinary account' })
      .getByText(/^€0\s+to spend$/)
      .waitFor();
  });

  journey('a mistaken top-up is deleted by one who may, and refused to one who may not', async ({ demo, arrives }) => {
    const reception = await arrives();
    await addClient(reception, demo.origin, 'kyiv', 'Mistake Tester', 'reception');
    await topUpInCash(reception, '200', 'UAH 200');
    const remove = (person: Person) => person.page.getByRole('button', { name: /^Delete the top-up of UAH\s200$/ }).first();
    await remove(reception).waitFor();
    expect(await remove(reception).getAttribute('aria-disabled')).toBe('true');
    await remove(reception).hover();
    await reception.page.getByRole('tooltip', { name: 'Your role does not allow this.' }).waitFor();
    // whoever presses it all the same, past the screen, is refused by the server
    const refused = await reception.page.evaluate(async () => {
      const { locations } = (await (await fetch('/api/v1/admin/session')).json()) as { locations: { id: string; slug: string }[] };
      const place = locations.find(({ slug }) => slug === 'kyiv')?.id;
      const client = location.pathname.split('/').at(-1);
      const base = `/api/v1/admin/locations/${place}`;
      const { accounts } = (await (await fetch(`${base}/clients/${client}/accounts`)).json()) as { accounts: { id: string }[] };
      const account = encodeURIComponent(accounts[0]?.id ?? '');
      const { topUps } = (await (await fetch(`${base}/client-accounts/${account}`)).json()) as { topUps: { id: string }[] };
      const answer = await fetch(`${base}/top-ups/${topUps[0]?.id}/reversal`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ because: 'I want to' }),
      });
      return { status: answer.status, code: ((await answer.json()) as { code: string }).code };
    });
    expect(refused).toEqual({ status: 403, code: 'right_missing' });

    const owner = await arrives();
    const { page } = owner;
    await openClient(owner, demo.origin, 'Mistake Tester', 'kyiv');
    await remove(owner).click();
    const dialog = page.getByRole('dialog', { name: /^Delete the top-up of UAH\s200\?$/ });
    await dialog.getByText(/^You hand UAH\s200 back to the client in cash\./).waitFor();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('It was her sister who paid');
    await dialog.getByRole('button', { name: 'Delete top-up' }).click();
    await page.getByText(/^The top-up of UAH\s200 is deleted\.$/).waitFor();
    await page.getByRole('cell', { name: /^Top-up deleted\s*It was her sister who paid$/ }).waitFor();
    await page
      .getByRole('article', { name: 'Ordinary account' })
      .getByText(/^UAH\s0\s+to spend$/)
      .waitFor();
  });

  journey('a top-up paid by the link and then deleted goes back at the provider, and is reversed when it confirms', async ({ demo, arrives }) => {
    const owner = await arrives();
    const { page } = owner;
    await addClient(owner, demo.origin, 'lisbon', 'Refund Tester');
    await press(owner, 'Top up: Ordinary account');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Amount' }).fill('30');
    await dialog.getByRole('button', { name: 'Make a payment link' }).click();
    const link = await dialog.getByRole('textbox', { name: 'Payment link' }).inputValue();
    await payAtTheProvider(await arrives({ device: 'phone' }), demo.sandboxOrigin, link);
    // nobody reloads: the dialog follows what becomes of the link
    await dialog.getByText('Paid: €30 is on the account.').waitFor();
    await page.keyboard.press('Escape');

    const giveOut = await demo.holdMessages();
    await page.getByRole('button', { name: 'Delete the top-up of €30' }).first().click();
    await dialog.getByText(/^€30 goes back through the payment provider/).waitFor();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Paid by mistake');
    await dialog.getByRole('button', { name: 'Delete top-up' }).click();
    await page.getByText('€30 is on its way back.').waitFor();
    await giveOut();
    await demo.passMinutes(10);
    await page.getByRole('cell', { name: /^Went back through the provider\s*Paid by mistake$/ }).waitFor();
    await page
      .getByRole('article', { name: 'Ordinary account' })
      .getByText(/^€0\s+to spend$/)
      .waitFor();
    const [payment] = (await demo.paymentsAtStripe()).filter(({ captured }) => captured === 3000);
    expect(payment).toMatchObject({ captured: 3000, refunded: 3000 });
  });
}

export async function openClient(person: Person, origin: string, name: string, salon = 'lisbon', as = 'owner'): Promise<void> {
  await signIn(person, origin, `/${salon}/clients?search=${encodeURIComponent(name)}`, as);
  await person.page.getByRole('table').getByRole('link', { name }).click();
  await heading(person.page, new RegExp(`^${name}$`));
}

async function addClient(person: Person, origin: string, salon: string, name: string, as = 'owner'): Promise<void> {
  await signIn(person, origin, `/${salon}/clients`, as);
  await press(person, 'Add a client');
  const dialog = person.page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await heading(person.page, new RegExp(`^${name}$`));
}

export async function topUpInCash(person: Person, amount: string, shown = `€${amount}`): Promise<void> {
  const { page } = person;
  const inWords = literally(shown).replace(' ', '\\s');
  await press(person, 'Top up: Ordinary account');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Amount' }).fill(amount);
  await dialog.getByRole('button', { name: new RegExp(`^Take ${inWords} in cash$`) }).click();
  await page.getByText(new RegExp(`^${inWords} is on the account\\.$`)).waitFor();
}

/** A client follows a link and pays with a card that works. */
async function payAtTheProvider({ page }: Person, sandboxOrigin: Scene['demo']['sandboxOrigin'], link: string): Promise<void> {
  await page.goto(link);
  await page.waitForURL(`${sandboxOrigin}/**`);
  const language = (await page.locator('html').getAttribute('lang')) as Language;
  await payWith({ page, language }, 'pays');
  await page.waitForURL((address) => address.origin !== sandboxOrigin);
}
