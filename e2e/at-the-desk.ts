import type { Locator } from 'playwright-core';
import type { Person } from './person.ts';
import { heading } from './walk-the-steps.ts';

type AtDesk = Pick<Person, 'page'>;

/** Opens a screen of the salon's side, signed in by the demo's own link. `to` begins below `/admin`. */
export async function signIn({ page }: AtDesk, origin: string, to: string, as = 'owner'): Promise<void> {
  await page.goto(`${origin}/demo/admin?${new URLSearchParams({ as, to: `/admin${to}` })}`);
}

/** From one screen to another by the sections beside it: `Finance`, then `Cashless payment`. */
export async function goTo({ page }: AtDesk, section: string, place: string): Promise<void> {
  const sections = page.getByRole('navigation', { name: 'Sections' });
  await sections.getByRole('region', { name: section }).getByRole('link', { name: place, exact: true }).click();
  await heading(page, new RegExp(`^${place}$`));
}

export async function press({ page }: AtDesk, button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
}

/** Clicks Save at the bottom of the page, and waits for the server's word. */
export async function save({ page }: AtDesk): Promise<void> {
  const answered = page.waitForResponse((answer) => answer.request().method() === 'PUT' || answer.request().method() === 'PATCH');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const answer = await answered;
  if (!answer.ok()) throw new Error(`not saved: ${answer.status()} ${await answer.text()}`);
  await page.getByText('Saved', { exact: true }).first().waitFor();
}

/** A client's appointments in the Appointment Calendar that is on the screen. */
export function blocksOf({ page }: AtDesk, client: string): Locator {
  return page.getByRole('gridcell', { name: new RegExp(`, client ${client},`) });
}

/** A Tuesday so far ahead that the demo has filled nothing into it: `2026-01-20`. */
export function quietDay(weeks: number): string {
  const day = new Date(Date.now() + weeks * 7 * 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((9 - day.getUTCDay()) % 7));
  return day.toISOString().slice(0, 10);
}

/** Reception books for a new client, on that day in Kyiv; the appointment's booking window stays open. */
export async function bookAtTheDesk(
  person: AtDesk,
  origin: string,
  { client, day }: { readonly client: string; readonly day: string },
): Promise<void> {
  const { page } = person;
  await signIn(person, origin, `/kyiv/calendar?day=${day}&new=~`, 'reception');
  const window = page.getByRole('dialog', { name: 'New appointment' });
  await window.getByRole('button', { name: 'New client' }).click();
  await window.getByRole('textbox', { name: 'Name' }).fill(client);
  await choose(person, 'Add a service', /^Укладка/);
  await choose(person, 'Team member', /^Олена$/);
  await window.getByRole('textbox', { name: 'Date' }).fill(day);
  await window.getByRole('group', { name: 'Free times that day' }).getByRole('button').first().click();
  await window.getByRole('button', { name: 'Book', exact: true }).click();
  await page.getByRole('tab', { name: 'Checkout' }).waitFor();
}

let hour = 7;

/**
 * A walk-in by click on Lisbon's calendar: a new client, one service, tomorrow early, outside working hours (where nothing of the demo's day is in the
 * way) and so agreed to. The booking window stays open.
 */
export async function bookForTomorrow(person: AtDesk, origin: string, client: string): Promise<void> {
  const { page } = person;
  const { now } = (await (await fetch(`${origin}/demo/clock`)).json()) as { now: string };
  const day = new Date(Date.parse(now) + 86_400_000).toISOString().slice(0, 10);
  hour -= 1;
  await signIn(person, origin, `/lisbon/calendar?day=${day}&new=stf_lisbon_beatriz~${day}T0${hour}:00:00.000Z`);
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Client: name or phone' }).fill(client);
  await page.getByRole('option', { name: new RegExp(`New client “${client}”`) }).click();
  await dialog
    .getByRole('combobox', { name: /Add a service|Services/ })
    .first()
    .click();
  await page.getByRole('option', { name: /^Brushing/ }).click();
  await dialog.getByRole('button', { name: 'Book', exact: true }).click();
  await page.getByRole('button', { name: 'Book it all the same' }).click();
  await page.getByRole('tab', { name: 'Checkout' }).waitFor();
  await blocksOf(person, client).first().waitFor({ state: 'attached' });
}

async function choose({ page }: AtDesk, list: string, option: RegExp): Promise<void> {
  await page.getByRole('dialog').getByRole('combobox', { name: list, exact: true }).click();
  await page.getByRole('option', { name: option }).click();
}
