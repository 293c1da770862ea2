import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { signIn } from '../at-the-desk.ts';
import type { Stage } from '../journey.ts';
import { barriersOn } from '../look-for-barriers.ts';

const desktop = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };

/** Every screen of the salon's side with axe: in light, in dark, and as narrow as a phone. A new route that is not visited here fails. */
export function everyScreenJourney({ journey }: Stage): void {
  journey('no screen of the salon stands in anybody’s way, and none is forgotten', async ({ demo, arrives }) => {
    const person = await arrives();
    const { page } = person;
    const found: unknown[] = [];
    const visited = new Set<string>();
    const look = async (screen: string) => {
      for (const viewport of [desktop, phone]) {
        await page.setViewportSize(viewport);
        await settled(page);
        const { light, dark, sideways } = await barriersOn(page, viewport === desktop);
        if (light.length + dark.length + sideways > 0) found.push({ screen, width: viewport.width, light, dark, sideways });
      }
      await page.setViewportSize(desktop);
      visited.add(await routeOf(page));
    };
    const open = async (path: string) => {
      await page.goto(`${demo.origin}/admin${path}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
    };
    // within the app, which is quicker than beginning anew, and is how one gets there
    const go = async (path: string) => {
      await page.evaluate((to) => window.__TSR_ROUTER__?.navigate({ href: `/admin${to}` }), path);
      await page.waitForURL(`${demo.origin}/admin${path.split('?')[0]}**`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
    };
    const press = (role: 'button' | 'tab' | 'link', name: string | RegExp) => page.getByRole(role, { name }).first().click();
    const dialog = async (name: string | RegExp) => {
      await press('button', name);
      await page.getByRole('dialog').waitFor();
    };

    for (const path of ['/sign-in', '/forgot-password', '/invitation#token', '/reset#token', '/setup']) {
      await open(path);
      await look(path);
    }

    await signIn(person, demo.origin, '/lisbon/calendar');
    const appointment = page.getByRole('gridcell', { name: /, client / });
    await appointment.first().waitFor();
    await look('Appointment Calendar, day');
    await press('button', 'What the signs mean');
    await look('what the signs mean');
    await page.keyboard.press('Escape');
    await appointment.first().focus();
    await page.keyboard.press('m');
    await page.getByRole('dialog', { name: 'Move the appointment' }).waitFor();
    await look('move dialog');
    await page.keyboard.press('Escape');
    await appointment.last().click();
    await page.getByRole('heading', { name: 'When' }).waitFor();
    await look('Booking window');
    for (const tab of ['Checkout', 'History']) {
      await press('tab', tab);
      await page.getByRole('tabpanel', { name: tab }).waitFor();
      await look(`Booking window, ${tab}`);
    }
    await open('/lisbon/calendar?view=week');
    await appointment.first().waitFor();
    await look('Appointment Calendar, week');
    await open('/lisbon/calendar?new=~');
    await page.getByRole('combobox', { name: 'Client: name or phone' }).waitFor();
    await look('new appointment');
    await press('button', 'New client');
    await look('new appointment for a new client');

    for (const [path, screen] of [
      ['/lisbon/clients', 'clients'],
      ['/lisbon/finance/day', 'Daily financial data'],
      ['/lisbon/finance/day-end', 'Day-end report'],
      ['/lisbon/finance/reports', 'Reports, by item'],
      ['/lisbon/finance/reports?report=team', 'Reports, by team member'],
      ['/lisbon/finance/reports?report=outstanding', 'Reports, outstanding'],
      ['/lisbon/finance/reports?report=no_shows', 'Reports, no-shows'],
      ['/lisbon/finance/reports?report=books', 'Reports, books'],
      ['/lisbon/finance/transactions', 'Financial Transactions'],
      ['/lisbon/finance/transactions?search=nobody&deleted=only', 'Financial Transactions, nothing found'],
      ['/lisbon/finance/registers', 'Cash registers'],
      ['/lisbon/finance/payment-items', 'Payment items'],
      ['/lisbon/finance/refunds', 'Refunds'],
      ['/lisbon/finance/cashless-payment', 'Cashless payment, Settings'],
      ['/lisbon/finance/cashless-payment?tab=statuses', 'Cashless payment, Statuses'],
      ['/lisbon/finance/cashless-payment?connect=choose', 'Connect: which provider'],
      ['/lisbon/finance/cashless-payment?connect=stripe', 'Connect Stripe'],
      ['/lisbon/finance/cashless-payment?connect=viva', 'Connect Viva Wallet'],
      ['/lisbon/finance/cashless-payment?connect=invoice', 'Connect Invoice'],
      ['/kyiv/finance/cashless-payment?connect=mono', 'Connect MonoBank'],
      ['/kyiv/finance/cashless-payment?connect=liqpay', 'Connect LiqPay'],
      ['/saopaulo/finance/cashless-payment?connect=pix', 'Connect PIX'],
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
      ['/lisbon/integrations', 'Integrations'],
      ['/lisbon/settings/positions', 'Positions'],
      ['/lisbon/settings/schedule', 'Schedule, every week'],
      ['/lisbon/settings/schedule?view=month', 'Schedule, four weeks'],
      ['/lisbon/settings/business-information', 'Business information'],
      ['/lisbon/settings/business-information?tab=company-details', 'Company details'],
      ['/lisbon/settings/online-booking', 'Online booking'],
      ['/lisbon/settings/locations', 'Locations'],
      ['/lisbon/settings/locations/new', 'a new location'],
      ['/lisbon/settings/audit', 'Audit log'],
      ['/lisbon/settings/messages', 'Messages'],
      ['/account', 'Your account'],
      ['/lisbon/nothing-here', 'an address where nothing is'],
    ] as const) {
      await go(path);
      await look(screen);
    }

    await lookAtTransactions({ page, go, look });
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

    await lookAtConnections({ page, go, look });
    await lookAtStories({ page, go, look });

    const main = page.getByRole('main');
    for (const [path, adds, tabs] of [
      ['/lisbon/settings/services', 'Add service', ['Team members', 'Online booking']],
      ['/lisbon/settings/staff', 'Add team member', ['Services', 'Settings']],
    ] as const) {
      await go(path);
      await look(path);
      await dialog(adds);
      await look(adds);
      await page.keyboard.press('Escape');
      await main.getByRole('listitem').getByRole('link').first().click();
      await page.getByRole('tab', { name: tabs[0] }).waitFor();
      await look(`${path}, card`);
      for (const tab of tabs) {
        await press('tab', tab);
        await look(`${path}, card, ${tab}`);
      }
    }
    for (const [path, adds] of [
      ['/lisbon/settings/users', 'Invite a user'],
      ['/lisbon/clients', 'Add a client'],
    ] as const) {
      await go(path);
      await main.getByRole('table').waitFor();
      await look(path);
      await dialog(adds);
      await look(adds);
      await page.keyboard.press('Escape');
      await main.getByRole('table').getByRole('link').first().click();
      await main.getByRole('link', { name: /^All / }).waitFor();
      await look(`${path}, one`);
    }
    await go('/lisbon/settings/roles');
    await main.getByRole('table').waitFor();
    await look('Roles and rights');
    await press('link', 'Copy the role Reception');
    await page.getByRole('textbox', { name: 'Name of the role' }).waitFor();
    await look('a role');

    expect(found).toEqual([]);
    const places = await page.evaluate(() => Object.keys(window.__TSR_ROUTER__?.routesByPath ?? {}));
    expect(places.length).toBeGreaterThan(20);
    // where everything is set up the first leads on to signing in; the other leads on to the calendar
    expect(places.filter((place) => !visited.has(place))).toEqual(['/setup', '/']);
  });
}

interface Looking {
  readonly page: Page;
  readonly go: (path: string) => Promise<void>;
  readonly look: (screen: string) => Promise<void>;
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
  ] as const) {
    await go(path);
    await page.getByRole('button', { name: opener, exact: true }).click();
    await dialog.first().waitFor();
    await look(opener);
    await page.keyboard.press('Escape');
    await dialog.first().waitFor({ state: 'detached' });
  }
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
  await page.getByRole('button', { name: 'Play it again' }).waitFor({ timeout: 60_000 });
  await page.getByRole('heading', { name: 'Minute by minute' }).waitFor();
  await look('What happens if…, a story that was played');
}

/** Which of the app's routes is on the screen. */
async function routeOf(page: Page): Promise<string> {
  return page.evaluate(() => window.__TSR_ROUTER__?.state.matches.at(-1)?.fullPath ?? '');
}

/** What was being read has come, and what follows the width of the window has followed. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' });
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined)))));
}

declare global {
  interface Window {
    /** TanStack Router shows itself here. */
    readonly __TSR_ROUTER__?: {
      navigate(to: { readonly href: string }): Promise<void>;
      readonly routesByPath: Readonly<Record<string, unknown>>;
      readonly state: { readonly matches: readonly { readonly fullPath: string }[] };
    };
  }
}
