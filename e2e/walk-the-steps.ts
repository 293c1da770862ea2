import { words as stripeWords } from '@holdfast/providers/stripe/sandbox/page-words';
import type { Person } from './person.ts';
import { literally } from './words-on-screen.ts';

export interface Visit {
  /** `kyiv` or `lisbon`. */
  readonly salon: string;
  readonly service: string;
  /** A first name; left out: any team member. */
  readonly whom?: string;
  /** Which of the next month's free days, counted from 1: people who must not meet choose different ones. */
  readonly day: number;
  /** The day's last time instead of its first: for another service of the same person, whose nth free day may be another one. */
  readonly late?: boolean;
}

export async function openSalon({ page, say }: Person, origin: string, salon: string): Promise<void> {
  await page.goto(`${origin}/book/demo/${salon}`);
  await heading(page, say('services.title'));
}

/** The four steps from the first page to what is called "Your details". */
export async function chooseVisit(person: Person, origin: string, { salon, service, whom, day, late }: Visit): Promise<void> {
  await openSalon(person, origin, salon);
  await chooseService(person, service);
  await goOn(person);
  await chooseTeamMember(person, whom);
  await goOn(person);
  await chooseTime(person, day, late);
  await goOn(person);
}

export async function chooseService({ page }: Person, service: string): Promise<void> {
  await page.getByRole('checkbox', { name: new RegExp(`^${literally(service)}`) }).check();
}

export async function chooseTeamMember({ page, say }: Person, whom: string | undefined): Promise<void> {
  await heading(page, say('staff.title'));
  await page.getByRole('radio', { name: whom ? new RegExp(`^${literally(whom)}`) : say('staff.any') }).check();
}

/** The first time (or the last) of the `day`th free day of the next month. */
export async function chooseTime(person: Person, day: number, late = false): Promise<void> {
  const { page, say } = person;
  await heading(page, say('time.title'));
  const name = page.locator(`[id="${await page.getByRole('grid').getAttribute('aria-labelledby')}"]`);
  const thisMonth = await name.innerText();
  await page.getByRole('button', { name: say('time.month_after') }).click();
  await name.filter({ hasNotText: thisMonth }).waitFor();
  await chooseDay(person, day);
  const times = page.getByRole('radio');
  await (late ? times.last() : times.first()).check();
}

/** The `day`th free day of the month that is shown. */
export async function chooseDay({ page, say }: Person, day: number): Promise<void> {
  const freeDay = page
    .getByRole('grid')
    .getByRole('button', { name: say('time.free_count') })
    .nth(day - 1);
  const name = (await freeDay.getAttribute('aria-label')) ?? '';
  await freeDay.click();
  await page.getByRole('gridcell', { selected: true }).getByRole('button', { name, exact: true }).waitFor();
}

export async function giveDetails({ page, say, name, phone }: Person): Promise<void> {
  await heading(page, say('details.title'));
  await page.getByRole('textbox', { name: say('details.name') }).fill(name);
  await page.getByRole('textbox', { name: say('details.phone') }).fill(phone);
  await page.getByRole('checkbox', { name: say('details.terms') }).check();
}

export async function goOn({ page, say }: Person): Promise<void> {
  await page.getByRole('button', { name: say('bar.continue') }).click();
}

/** From the step that says what is to be paid to the provider's page. */
export async function proceedToPayment({ page, say }: Person): Promise<void> {
  await page.getByRole('button', { name: say('bar.proceed_to_payment') }).click();
  await page.waitForURL(isPaymentPage);
}

/** From the first page to the provider's page, for a visit that must be paid. */
export async function bookUpToPayment(person: Person, origin: string, visit: Visit): Promise<void> {
  await chooseVisit(person, origin, visit);
  await giveDetails(person);
  await goOn(person);
  await proceedToPayment(person);
}

export function isPaymentPage(address: URL): boolean {
  return address.pathname.startsWith('/c/pay/');
}

export type Card = 'pays' | 'declines' | 'asksBank';

/** Presses "Pay" on the provider's page; what comes then is the card's business. */
export async function payWith({ page, language }: Pick<Person, 'page' | 'language'>, card: Card): Promise<void> {
  const say = stripeWords[language === 'ar' ? 'en' : language];
  await page.getByRole('radio', { name: new RegExp(`^${literally(say[card])}\\s*\\d`) }).check();
  await page.getByRole('button', { name: new RegExp(`^${literally(say.pay)} `) }).click();
}

export async function leavePaymentPage({ page, language }: Pick<Person, 'page' | 'language'>): Promise<void> {
  await page.getByRole('link', { name: stripeWords[language === 'ar' ? 'en' : language].back }).click();
}

/** The client's own page, which the provider leads back to: its token stands in that page's link. */
export async function tokenOnPaymentPage({ page, language }: Person): Promise<string> {
  const address = await page.getByRole('link', { name: stripeWords[language === 'ar' ? 'en' : language].back }).getAttribute('href');
  const token = /\/b\/([^/?]+)/.exec(address ?? '')?.[1];
  if (!token) throw new Error(`no booking in ${address}`);
  return token;
}

/** Waits for a screen by its heading. */
export async function heading(page: Person['page'], name: RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name }).waitFor();
}
