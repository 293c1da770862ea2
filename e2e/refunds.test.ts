import { describe, expect, test } from 'vitest';
import { bookAtTheDesk, press, quietDay, signIn } from './at-the-desk.ts';
import { openStage } from './journey.ts';
import type { Person } from './person.ts';
import { ask } from './running-demo.ts';
import { openClient, topUpInCash } from './salon/client-accounts.ts';
import { bookUpToPayment, heading, payWith } from './walk-the-steps.ts';

const stage = openStage();
const { journey } = stage;

describe('money that goes back', () => {
  journey('a prepaid booking is cancelled by its client, and refunded by hand in cash', async ({ demo, arrives }) => {
    const client = await arrives({ device: 'phone', name: 'Cash Tester' });
    await bookAndPay(client, demo.origin, 1);
    const { page, say } = client;
    const address = page.url();
    await page.getByRole('button', { name: say('cancel.open') }).click();
    const question = page.getByRole('dialog', { name: say('cancel.title') });
    await question.getByText(/^You have paid .*1,400.* all of it is to be given back\.$/).waitFor();
    await question.getByText(/1,400.* the way you paid, through Stripe sandbox$/).waitFor();
    // the visit is weeks ahead: until a day before it all comes back, then half
    await question.getByText(/^Until .*: .*1,400\. Then .*700\.$/).waitFor();
    await question.getByRole('button', { name: say('cancel.confirm') }).click();
    await heading(page, say('scene.cancelled.title'));
    await page.getByText(/1,400 is proposed to go back to you\. The salon decides about it\.$/).waitFor();

    const administrator = await arrives();
    const refund = await openRefund(administrator, demo.origin, 'Cash Tester');
    await refund.getByText(/^The client was shown .*1,400 on /).waitFor();
    await refund.getByRole('button', { name: 'Approve' }).click();
    await refund.getByText('Approved', { exact: true }).waitFor();
    await refund.getByRole('button', { name: 'Give back…' }).click();
    const ways = administrator.page.getByRole('dialog', { name: /^Give .*1,400 back$/ });
    await ways.getByRole('radio', { name: 'Handed over from a register' }).check();
    expect(await ways.getByRole('combobox', { name: 'From which register' }).inputValue()).toBe('Main');
    await ways.getByRole('button', { name: /^Give .* back$/ }).click();
    await administrator.page.getByText(/^Hand over .*1,400\.$/).waitFor();
    await refund.waitFor({ state: 'detached' });
    await administrator.page.getByText('Done', { exact: true }).click();
    await refund.getByText('Given back', { exact: true }).waitFor();
    await refund.getByText(/^Handed over from a register, .* · Administrator$/).waitFor();

    await page.goto(address);
    await page.getByText(/1,400 was handed back to you at the salon\.$/).waitFor();
  });

  journey('a refund through the provider is followed until the money has gone, and the client’s page says so', async ({ demo, arrives }) => {
    const client = await arrives({ name: 'Card Tester' });
    await bookAndPay(client, demo.origin, 2);
    const { page, say } = client;
    await page.getByRole('button', { name: say('cancel.open') }).click();
    await page.getByRole('button', { name: say('cancel.confirm') }).click();
    await page.getByText(/1,400 is proposed to go back to you/).waitFor();

    const atSandbox = (path: string, body?: object) => ask(`${demo.sandboxOrigin}/_sandbox/${path}`, body ? 'POST' : 'GET', body);
    await atSandbox('refunds', { mode: 'pending' });
    const accountant = await arrives();
    const refund = await openRefund(accountant, demo.origin, 'Card Tester', 'accountant');
    await refund.getByRole('button', { name: 'Approve' }).click();
    await refund.getByRole('button', { name: 'Give back…' }).click();
    const ways = accountant.page.getByRole('dialog');
    expect(await ways.getByRole('radio', { name: 'Through the provider' }).isChecked(), 'the way the client paid comes first').toBe(true);
    await ways.getByRole('button', { name: /^Give .* back$/ }).click();
    await refund.getByText('The provider has accepted it and is working on it.').waitFor();
    await page.reload();
    await page.getByText(/1,400 is on its way back to you, through Stripe sandbox\.$/).waitFor();

    const { refunds } = (await atSandbox('refunds')) as { refunds: { id: string; status: string }[] };
    expect(refunds.map(({ status }) => status)).toEqual(['pending']);
    await atSandbox(`refunds/${refunds[0]?.id}/settle`, { succeed: true });
    await atSandbox('refunds', { mode: 'succeeded' });
    await demo.passMinutes(5);
    // nobody has touched that screen: it looks by itself
    await refund.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByText(/1,400 has been given back, through Stripe sandbox\./).waitFor();
  });

  journey('above the location’s limit nobody approves what they proposed; somebody else does', async ({ demo, arrives }) => {
    const [owner, administrator] = [await arrives(), await arrives()];
    await signIn(owner, demo.origin, '/kyiv/finance/refunds', 'owner');
    await owner.page.getByRole('button', { name: 'Second person…' }).click();
    const settings = owner.page.getByRole('dialog', { name: 'A second person' });
    await settings.getByRole('switch', { name: 'Large refunds need a second person' }).click();
    await settings.getByRole('textbox', { name: 'Above' }).fill('300');
    await settings.getByRole('button', { name: 'Save' }).click();
    await settings.waitFor({ state: 'detached' });

    await bookAtTheDesk(administrator, demo.origin, { client: 'Eyes Tester', day: quietDay(6) });
    const appointment = new URL(administrator.page.url());
    await administrator.page.getByRole('tab', { name: 'Checkout' }).click();
    await administrator.page.getByRole('textbox', { name: 'Amount' }).fill('400');
    await administrator.page.getByRole('button', { name: /^Take .* in cash$/ }).click();
    await administrator.page.getByText(/400 taken\.$/).waitFor();

    // the desk may take money, but not give it back
    expect(await administrator.page.getByRole('button', { name: 'Propose a refund' }).getAttribute('aria-disabled')).toBe('true');
    await signIn(administrator, demo.origin, appointment.pathname.replace('/admin', '') + appointment.search, 'administrator');
    await administrator.page.getByRole('tab', { name: 'Checkout' }).click();
    await administrator.page.getByRole('button', { name: 'Propose a refund' }).click();
    const wish = administrator.page.getByRole('dialog', { name: 'Propose a refund' });
    await wish.getByRole('radio', { name: /^in cash/ }).check();
    await wish.getByRole('textbox', { name: 'Reason' }).fill('was not happy with the colour');
    await wish.getByRole('button', { name: 'Propose', exact: true }).click();
    await wish.waitFor({ state: 'detached' });

    const mine = await openRefund(administrator, demo.origin, 'Eyes Tester');
    const approve = mine.getByRole('button', { name: 'Approve' });
    expect(await approve.getAttribute('aria-disabled')).toBe('true');
    await approve.hover();
    await administrator.page.getByRole('tooltip', { name: /^Somebody else has to do this step/ }).waitFor();

    await signIn(owner, demo.origin, '/kyiv/finance/refunds', 'owner');
    const theirs = refundOf(owner, 'Eyes Tester');
    await theirs.getByText('“was not happy with the colour”').waitFor();
    await theirs.getByRole('button', { name: 'Approve' }).click();
    await theirs.getByText(/^Approved by Owner, /).waitFor();
  });

  journey(
    'what is left of a spent deposit goes back above that limit when somebody else agrees, and stays where they do not',
    async ({ demo, arrives }) => {
      const [owner, administrator] = [await arrives(), await arrives()];
      await bookAtTheDesk(administrator, demo.origin, { client: 'Rest Tester', day: quietDay(7) });
      const visit = new URL(administrator.page.url());
      const { page } = administrator;
      await openClient(administrator, demo.origin, 'Rest Tester', 'kyiv', 'administrator');
      await topUpInCash(administrator, '5000', 'UAH 5,000');
      await page.goto(visit.href);
      await page.getByRole('tab', { name: 'Checkout' }).click();
      await page.getByRole('button', { name: /^Pay .* from the account$/ }).click();
      await page.getByText(/ paid from the account\.$/).waitFor();

      const asksFor = async (because: string) => {
        await openClient(administrator, demo.origin, 'Rest Tester', 'kyiv', 'administrator');
        await press(administrator, 'Give back the rest: Ordinary account');
        const wish = page.getByRole('dialog', { name: /^Give back UAH\s[\d,.]+\?$/ });
        await wish.getByText(/what was spent of it stays as it is\.$/).waitFor();
        await wish.getByRole('textbox', { name: 'Reason' }).fill(because);
        await wish.getByRole('button', { name: 'Give back', exact: true }).click();
        await page.getByText(/^Written down\. Somebody else has to agree to UAH/).waitFor();
      };
      const theirs = refundOf(owner, 'Rest Tester');
      const sees = async (because: string) => {
        await signIn(owner, demo.origin, '/kyiv/finance/refunds', 'owner');
        await theirs.getByText(`“${because}”`).waitFor();
      };
      await asksFor('does not like us');
      await sees('does not like us');
      await theirs.getByRole('button', { name: 'Decline' }).click();
      const refusal = owner.page.getByRole('dialog', { name: /^Decline to give back UAH/ });
      await refusal.getByRole('textbox', { name: 'Reason' }).fill('she has come round');
      await refusal.getByRole('button', { name: 'Decline' }).click();
      await owner.page.getByText('Declined.', { exact: true }).waitFor();
      await theirs.waitFor({ state: 'detached' });

      await asksFor('moves to another town');
      await sees('moves to another town');
      await theirs.getByRole('button', { name: 'Agree…' }).click();
      await owner.page.getByRole('dialog').getByRole('button', { name: 'Give back', exact: true }).click();
      await owner.page.getByText(/^UAH\s[\d,.]+ is given back\.$/).waitFor();
      await theirs.waitFor({ state: 'detached' });
      await openClient(owner, demo.origin, 'Rest Tester', 'kyiv');
      await owner.page
        .getByRole('article', { name: 'Ordinary account' })
        .getByText(/^UAH\s0\s+to spend$/)
        .waitFor();
    },
  );
});

/** The dye that has to be paid at once, paid: the client's own page says so. */
async function bookAndPay(person: Person, origin: string, day: number): Promise<void> {
  await bookUpToPayment(person, origin, { salon: 'kyiv', service: 'Фарбування коренів', whom: 'Олена', day });
  await payWith(person, 'pays');
  await heading(person.page, person.say('scene.confirmed.title'));
}

function refundOf({ page }: Person, client: string) {
  return page.getByRole('article', { name: new RegExp(`^${client} `) });
}

async function openRefund(person: Person, origin: string, client: string, as = 'administrator') {
  await signIn(person, origin, '/kyiv/finance/refunds', as);
  await heading(person.page, /^Refunds$/);
  const refund = refundOf(person, client);
  await refund.waitFor();
  return refund;
}

test('after all this refunds, appointments, ledger and provider agree', async () => {
  expect(await stage.demo.stop()).toBe(0);
  const { exitCode, said } = await stage.demo.audit();
  expect(said).toMatch(/, 0 disagreements/);
  expect(exitCode).toBe(0);
});
