import type { Person } from './person.ts';
import { literally } from './words-on-screen.ts';

/** Signs in as one of the demo's users, and goes where they want to be. */
export async function signInAs({ page }: Pick<Person, 'page'>, origin: string, path: string, who = 'owner'): Promise<void> {
  await page.goto(`${origin}/demo/admin?as=${who}&to=${encodeURIComponent(path)}`);
  await page.getByRole('navigation').first().waitFor();
}

/** By the menu at the side, as the manual says it: `goTo(owner, 'Services')`. */
export async function goTo({ page }: Pick<Person, 'page'>, place: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: place, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: place }).waitFor();
}

export async function press({ page }: Pick<Person, 'page'>, button: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click();
}

/** Presses Save at the bottom, and waits until it is saved. */
export async function save(person: Pick<Person, 'page'>): Promise<void> {
  await press(person, 'Save');
  await person.page.getByText('Saved', { exact: true }).first().waitFor();
}

/** A block of the Appointment Calendar by what is said of it. */
export function block({ page }: Pick<Person, 'page'>, client: string) {
  return page.getByRole('gridcell', { name: new RegExp(`client ${literally(client)}`) });
}
