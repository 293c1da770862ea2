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
      ['/lisbon/finance/cashless-payment', 'Cashless payment, Settings'],
      ['/lisbon/finance/cashless-payment?tab=statuses', 'Cashless payment, Statuses'],
      ['/lisbon/finance/cashless-payment?connect=stripe', 'Connect Stripe'],
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
