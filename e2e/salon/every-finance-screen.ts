import { signIn } from '../at-the-desk.ts';
import type { Stage } from '../journey.ts';
import { someoneElseBooks } from '../other-client.ts';
import type { Person } from '../person.ts';
import type { RunningDemo } from '../running-demo.ts';
import { bookUpToPayment, heading, payWith } from '../walk-the-steps.ts';
import { type Looking, lookAround, type Seen } from './look-around.ts';

/** Every screen of Finance, and what opens over them. */
export function everyFinanceScreenJourney({ journey }: Stage, seen: Seen): void {
  journey('every screen of Finance is looked at', async ({ demo, arrives }) => {
    const person = await arrives();
    const looking = lookAround(person, demo.origin, seen);
    const { page, go, dialog, look } = looking;
    await signIn(person, demo.origin, '/lisbon/finance/day');
    await page.getByRole('heading', { level: 1 }).waitFor();
    for (const [path, screen] of [
      ['/lisbon/finance/day', 'Daily financial data'],
      ['/lisbon/finance/day-end', 'Day-end report'],
      ['/lisbon/finance/reports', 'Reports, by item'],
      ['/lisbon/finance/reports?report=team', 'Reports, by team member'],
      ['/lisbon/finance/reports?report=outstanding', 'Reports, outstanding'],
      ['/lisbon/finance/reports?report=no_shows', 'Reports, no-shows'],
      ['/lisbon/finance/reports?report=books', 'Reports, books'],
      ['/lisbon/finance/transactions', 'Financial Transactions'],
      ['/lisbon/finance/transactions?search=nobody&deleted=only', 'Financial Transactions, nothing found'],
      ['/lisbon/finance/attention', 'Needs attention'],
      ['/lisbon/finance/attention?state=done', 'Needs attention, what is done'],
      ['/lisbon/finance/refunds', 'Refunds'],
      ['/lisbon/finance/refunds?state=all', 'Refunds, all'],
      ['/lisbon/finance/registers', 'Cash registers'],
      ['/lisbon/finance/payment-items', 'Payment items'],
      ['/lisbon/finance/receipts', 'Receipts'],
      ['/lisbon/finance/receipts?kind=credit_note&search=nobody', 'Receipts, nothing found'],
      ['/lisbon/finance/taxes', 'Tax rates'],
      ['/lisbon/finance/reconciliation', 'Reconciliation'],
      ['/lisbon/finance/reconciliation/differences', 'Reconciliation, differences'],
      ['/lisbon/finance/reconciliation/differences?show=decided', 'Reconciliation, decided'],
      ['/lisbon/finance/reconciliation/on-its-way/none', 'Reconciliation, on its way'],
      ['/lisbon/finance/reconciliation/payouts/none', 'Reconciliation, a payout that is not there'],
      ['/lisbon/finance/reconciliation/imports/none', 'Reconciliation, a file that is not there'],
      ['/lisbon/finance/client-accounts', 'Client accounts, Balances'],
      ['/lisbon/finance/memberships', 'Memberships'],
    ] as const) {
      await go(path);
      await look(screen);
    }

    await lookAtTransactions(looking);
    await go('/lisbon/finance/client-accounts?tab=types');
    await page
      .getByRole('button', { name: /^Archive / })
      .first()
      .waitFor();
    await look('Client accounts, Account types');
    await dialog('New account type');
    await look('New account type');
    await page.keyboard.press('Escape');
    await go('/lisbon/finance/client-accounts');
    // the largest one of Lisbon: others were filled elsewhere
    await page
      .getByRole('main')
      .getByRole('row', { name: /Depósito familiar/ })
      .getByRole('link')
      .click();
    await page.getByRole('heading', { name: /^Statement: / }).waitFor();
    await look('a client with money on an account');
    await dialog(/^Delete the top-up of /);
    await look('Delete a top-up');
    await page.keyboard.press('Escape');
    await dialog(/^Top up: /);
    await page.getByRole('dialog').getByRole('textbox', { name: 'Amount' }).fill('20');
    await look('Top up');
    await page.getByRole('button', { name: 'Make a payment link' }).click();
    await page.getByRole('img', { name: 'QR code of the payment link' }).waitFor();
    await look('Top-up link');
    await page.keyboard.press('Escape');
  });

  journey('every screen of Cashless payment is looked at', async ({ demo, arrives }) => {
    const person = await arrives();
    const looking = lookAround(person, demo.origin, seen);
    await signIn(person, demo.origin, '/lisbon/finance/cashless-payment');
    await person.page.getByRole('heading', { level: 1 }).waitFor();
    for (const [path, screen] of [
      ['/lisbon/finance/cashless-payment', 'Cashless payment, Settings'],
      ['/lisbon/finance/cashless-payment?tab=statuses', 'Cashless payment, Statuses'],
      ['/lisbon/finance/cashless-payment?connect=choose', 'Connect: which provider'],
      ['/lisbon/finance/cashless-payment?connect=stripe', 'Connect Stripe'],
      ['/lisbon/finance/cashless-payment?connect=viva', 'Connect Viva Wallet'],
      ['/lisbon/finance/cashless-payment?connect=invoice', 'Connect Invoice'],
      ['/kyiv/finance/cashless-payment?connect=mono', 'Connect MonoBank'],
      ['/kyiv/finance/cashless-payment?connect=liqpay', 'Connect LiqPay'],
      ['/saopaulo/finance/cashless-payment?connect=pix', 'Connect PIX'],
    ] as const) {
      await looking.go(path);
      await looking.look(screen);
    }
    await lookAtConnections(looking);
    await lookAtStories(looking);
  });

  journey('late money is looked at in Needs attention, and as the refund it becomes', async (scene) => {
    const client = await scene.arrives({ name: 'Late Laura' });
    await payLate(scene.demo, client);
    const owner = await scene.arrives();
    const looking = lookAround(owner, scene.demo.origin, seen);
    await signIn(owner, scene.demo.origin, '/lisbon/finance/attention');
    await lookAtRefund(looking);
  });
}

/** For a time that somebody else has taken meanwhile. */
async function payLate(demo: RunningDemo, client: Person): Promise<void> {
  await bookUpToPayment(client, demo.origin, { salon: 'lisbon', service: 'Coloração de raiz', whom: 'Beatriz', day: 9 });
  const mendStripe = await demo.breakStripe('close');
  await demo.passMinutes(17);
  await mendStripe();
  const [wish] = client.wishes.at(-1)?.appointments ?? [];
  await someoneElseBooks(demo.origin, {
    salon: 'lisbon',
    serviceId: 'srv_lisbon_blow_dry',
    staffId: wish?.staffId ?? '',
    startsAt: wish?.startsAt ?? '',
  });
  await payWith(client, 'pays');
  await heading(client.page, client.say('scene.needs_choice.title'));
}

/** From the card that says what happened to the money on its way back. */
async function lookAtRefund({ page, go, look, dialog }: Looking): Promise<void> {
  await page.getByRole('heading', { name: 'Payment for a time that could not be kept' }).waitFor();
  await look('Needs attention, with something in it');
  await dialog('Propose a refund');
  await look('Propose a refund');
  await page.getByRole('dialog').getByRole('button', { name: 'Propose a refund' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await go('/lisbon/finance/refunds');
  for (const opener of ['Second person…', 'Change the amount', 'Keep it']) {
    await dialog(opener);
    await look(opener);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  // the demo has refunds of its own that wait
  await page
    .getByRole('article', { name: /Late Laura/ })
    .getByRole('button', { name: 'Approve' })
    .click();
  await dialog('Give back…');
  await look('Sending a refund');
}

/** What opens over Financial Transactions, Cash registers and Payment items. */
async function lookAtTransactions({ page, go, look }: Looking): Promise<void> {
  const dialog = page.getByRole('dialog');
  for (const [path, opener] of [
    ['/lisbon/finance/transactions', 'Expense'],
    ['/lisbon/finance/transactions', 'Transfer'],
    ['/lisbon/finance/registers', 'Add a register'],
    ['/lisbon/finance/registers', 'Edit: Card payment account'],
    ['/lisbon/finance/payment-items', 'Add an item'],
    ['/lisbon/finance/taxes', 'New tax rate'],
  ] as const) {
    await go(path);
    // a row of the list may be called the same; what stands above it comes first
    await page.getByRole('button', { name: opener, exact: true }).first().click();
    await dialog.first().waitFor();
    await look(opener);
    await page.keyboard.press('Escape');
    await dialog.first().waitFor({ state: 'detached' });
  }
  await go('/lisbon/finance/registers');
  await page.getByRole('button', { name: 'Add a register' }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Safe');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: 'Set the opening balance: Safe' }).click();
  await dialog.getByRole('textbox', { name: 'Amount' }).waitFor();
  await look('Opening balance');
  await page.keyboard.press('Escape');
  await go('/lisbon/finance/transactions?period=any&operation=manual');
  await page.getByRole('row').nth(1).getByRole('button').click();
  await dialog.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('textbox', { name: 'Why?' }).waitFor();
  await look('deleting a transaction');
}

/** What opens inside the card of a connection, and the questions asked before something is done. */
async function lookAtConnections({ page, go, look }: Looking): Promise<void> {
  for (const [path, label] of [
    ['/lisbon/finance/cashless-payment', 'Viva Wallet sandbox'],
    ['/saopaulo/finance/cashless-payment', 'PIX sandbox'],
  ] as const) {
    await go(path);
    const card = page.getByRole('article', { name: label });
    await card.getByRole('button', { name: 'Edit' }).click();
    await card.getByLabel('Name of the connection').waitFor();
    await look(`${label}, Edit`);
    await card.getByRole('button', { name: 'Cancel' }).click();
    await card.getByRole('button', { name: 'Replace keys' }).click();
    await card.getByLabel('Client ID').first().waitFor();
    await look(`${label}, Replace keys`);
    await card.getByRole('button', { name: 'Cancel' }).click();
    await card.getByRole('button', { name: /^Webhook/ }).click();
    await look(`${label}, Webhook`);
    await card.getByRole('button', { name: 'What has arrived' }).click();
    await look(`${label}, What has arrived`);
  }
  const card = page.getByRole('article', { name: 'PIX sandbox' });
  await card.getByRole('button', { name: 'Test payment', exact: true }).click();
  const question = page.getByRole('dialog', { name: /Make a test payment/ });
  await question.waitFor();
  await look('Test payment, the question before');
  const [opened] = await Promise.all([page.context().waitForEvent('page'), question.getByRole('button', { name: 'Make the payment' }).click()]);
  await card.getByRole('region', { name: 'Test payment' }).getByText('PIX has made its page').waitFor();
  await look('Test payment under way');
  await opened.close();

  // nobody to ask: what has come is noted by hand
  await go('/lisbon/finance/cashless-payment?connect=invoice');
  await page.getByLabel('Payee').fill('Linden & Salt');
  await page.getByLabel(/^IBAN/).fill('PT50 0002 0123 1234 5678 9015 4');
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  const invoice = page.getByRole('article', { name: 'Invoice' });
  await invoice.getByRole('button', { name: 'Payments to note' }).click();
  await invoice.getByText('Nobody has been sent an invoice yet.').waitFor();
  await look('Payments to note');
}

/** What happens if…: all stories, one of them, and how it went. */
async function lookAtStories({ page, go, look }: Looking): Promise<void> {
  await go('/lisbon/finance/cashless-payment?tab=simulator');
  await page.getByRole('heading', { name: 'To the minute' }).waitFor();
  await look('What happens if…, all stories');
  await go('/lisbon/finance/cashless-payment?tab=simulator&scenario=webhook_first');
  await page.getByRole('button', { name: 'Play it' }).click();
  await page.getByRole('button', { name: 'Play it again' }).waitFor();
  await page.getByRole('heading', { name: 'Minute by minute' }).waitFor();
  await look('What happens if…, a story that was played');
}
