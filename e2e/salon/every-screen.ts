import { signIn } from '../at-the-desk.ts';
import type { Stage } from '../journey.ts';
import { lookAround, type Seen } from './look-around.ts';

/** Every screen of the salon's side but Finance. */
export function everyScreenJourney({ journey }: Stage, seen: Seen): void {
  journey('every screen is looked at, from signing in to the messages', async ({ demo, arrives }) => {
    const person = await arrives();
    const { page, open, go, press, look } = lookAround(person, demo.origin, seen);

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

    await open('/lisbon/waiting');
    await page.getByRole('heading', { name: 'Waiting for a day' }).waitFor();
    await look('who waits for a day');
    await open('/lisbon/events?new=~');
    await page.getByRole('dialog', { name: 'New event' }).waitFor();
    await look('new event');
    await open('/lisbon/events');
    await look('Group events');
    await page.getByRole('table').first().getByRole('link').first().click();
    await page.getByRole('heading', { name: 'Clients' }).waitFor();
    await look('an event');
    for (const deed of ['Book places', 'Add to the waiting list', 'Edit', 'Cancel the event']) {
      await press('button', deed);
      await page.getByRole('dialog').waitFor();
      await look(`an event, ${deed}`);
      // Escape would close the list of clients first
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }

    for (const [path, screen] of [
      ['/lisbon/clients', 'clients'],
      ['/lisbon/integrations', 'Integrations'],
      ['/lisbon/settings/positions', 'Positions'],
      ['/lisbon/settings/schedule', 'Schedule, every week'],
      ['/lisbon/settings/schedule?view=month', 'Schedule, four weeks'],
      ['/lisbon/settings/business-information', 'Business information'],
      ['/lisbon/settings/business-information?tab=company-details', 'Company details'],
      ['/lisbon/settings/online-booking', 'Online booking'],
      ['/lisbon/settings/phone-confirmation', 'Phone confirmation'],
      ['/lisbon/settings/booking-links', 'Booking links'],
      ['/lisbon/settings/booking-links/main', 'a booking link'],
      ['/lisbon/settings/locations', 'Locations'],
      ['/lisbon/settings/locations/new', 'a new location'],
      ['/lisbon/settings/audit', 'Audit log'],
      ['/lisbon/settings/messages', 'Messages'],
      ['/lisbon/settings/api', 'API keys & webhooks'],
      ['/lisbon/settings/import', 'Import'],
      ['/account', 'Your account'],
      ['/lisbon/nothing-here', 'an address where nothing is'],
    ] as const) {
      await go(path);
      await look(screen);
    }
  });

  journey('every screen is looked at, from services to roles', async ({ demo, arrives }) => {
    const person = await arrives();
    const { page, go, press, dialog, look } = lookAround(person, demo.origin, seen);
    await signIn(person, demo.origin, '/lisbon/settings/services');
    await page.getByRole('heading', { level: 1 }).waitFor();
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
  });
}
