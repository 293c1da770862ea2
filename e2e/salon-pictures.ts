import type { Browser, Page } from 'playwright-core';
import { signIn } from './at-the-desk.ts';
import { type Habits, meet } from './person.ts';
import { isAsked } from './pictures-asked.ts';
import { writePicture } from './write-picture.ts';

interface Picture {
  readonly what: string;
  /** Below `/admin`. */
  readonly at: string;
  readonly before?: (page: Page) => Promise<void>;
}

const openAppointment = async (page: Page) => {
  await page
    .getByRole('gridcell', { name: /(confirmed|waiting|підтверджено|очікує)/i })
    .first()
    .click();
  await page.getByRole('dialog').getByRole('tab').nth(1).click();
  await page.getByRole('dialog').getByRole('tabpanel').getByRole('button').first().waitFor();
};
// the whole team's week has so many names in it that its picture would be too heavy
const showOne = async (page: Page) => {
  await page.getByRole('combobox', { name: 'Team members shown' }).click();
  await page.getByRole('option', { name: 'Beatriz' }).click();
  await page.waitForURL(/staff=/);
};
const openFirst = async (page: Page) => {
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
  await page.getByRole('tab').last().click();
  await page.getByRole('radio').first().waitFor();
};

const openEvent = async (page: Page) => {
  await page.getByRole('main').getByRole('row').getByRole('link').first().click();
  await page.getByRole('heading', { name: 'Clients' }).waitFor();
};

const playOne = async (page: Page) => {
  await page.getByRole('button', { name: /^(Play it|Відтворити)$/ }).click();
  await page.getByRole('button', { name: /^(Play it again|Відтворити ще раз)$/ }).waitFor();
};

const pictures: readonly Picture[] = [
  { what: 'calendar-day', at: '/lisbon/calendar' },
  { what: 'calendar-week', at: '/lisbon/calendar?view=week', before: showOne },
  { what: 'booking-window-checkout', at: '/lisbon/calendar', before: openAppointment },
  { what: 'service-online-booking', at: '/lisbon/settings/services', before: openFirst },
  { what: 'staff-other-settings', at: '/lisbon/settings/staff', before: openFirst },
  { what: 'cashless-payment', at: '/lisbon/finance/cashless-payment' },
  { what: 'online-payment-statuses', at: '/lisbon/finance/cashless-payment?tab=statuses' },
  { what: 'a-story-that-was-played', at: '/lisbon/finance/cashless-payment?tab=simulator&scenario=webhook_lost', before: playOne },
  { what: 'finance-day', at: '/lisbon/finance/day' },
  { what: 'financial-transactions', at: '/lisbon/finance/transactions?period=month' },
  { what: 'refunds', at: '/kyiv/finance/refunds' },
  { what: 'client-accounts', at: '/lisbon/finance/client-accounts' },
  { what: 'cash-registers', at: '/lisbon/finance/registers' },
  { what: 'needs-attention', at: '/kyiv/finance/attention' },
  { what: 'event', at: '/lisbon/events', before: openEvent },
  { what: 'clients', at: '/lisbon/clients' },
  { what: 'roles', at: '/lisbon/settings/roles' },
  { what: 'schedule', at: '/lisbon/settings/schedule' },
  { what: 'messages', at: '/lisbon/settings/messages' },
];

const onPhone: readonly string[] = [
  'calendar-day',
  'booking-window-checkout',
  'service-online-booking',
  'cashless-payment',
  'a-story-that-was-played',
];

/** The salon's side as its owner sees it: in English on a desktop, and some of it in Ukrainian on a phone in the dark. */
export async function takeSalonPictures(browser: Browser, origin: string): Promise<void> {
  const owner = { name: 'Marta', phone: '' };
  await takeAll(browser, origin, { ...owner, device: 'desktop', language: 'en' }, pictures);
  const some = pictures.filter(({ what }) => onPhone.includes(what)).map((one) => ({ ...one, at: one.at.replace('/lisbon/', '/kyiv/') }));
  await takeAll(browser, origin, { ...owner, device: 'phone', language: 'uk' }, some);
}

async function takeAll(browser: Browser, origin: string, habits: Habits, chosen: readonly Picture[]): Promise<void> {
  const dark = habits.device === 'phone';
  const person = await meet(browser, habits);
  const { page } = person;
  await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' });
  for (const { what, at, before } of chosen) {
    const name = `salon-${habits.device}-${habits.language}${dark ? '-dark' : ''}-${what}`;
    if (!isAsked(name)) continue;
    await signIn(person, origin, at);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await before?.(page);
    await writePicture(page, name);
  }
  await person.context.close();
}
