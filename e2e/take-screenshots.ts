import { launchBrowser } from '../tools/testing/launch-browser.ts';
import { type Habits, meet, type Person } from './person.ts';
import { allAreAsked } from './pictures-asked.ts';
import { type RunningDemo, startDemo } from './running-demo.ts';
import { takeSalonPictures } from './salon-pictures.ts';
import {
  chooseDay,
  chooseService,
  chooseTeamMember,
  giveDetails,
  goOn,
  heading,
  isPaymentPage,
  leavePaymentPage,
  openSalon,
  payWith,
} from './walk-the-steps.ts';
import { takeWidgetPictures } from './widget-pictures.ts';
import { writePicture } from './write-picture.ts';

/** `npm run screenshots`: walks through the demo's booking page as a client does and writes each step as a picture, then the salon's main screens. Words behind it choose among the pictures. */

interface Walk extends Habits {
  readonly dark: boolean;
  readonly salon: string;
  readonly service: string;
  readonly whom: string;
  /** Which free day: two walks must not meet. */
  readonly day: number;
  /** Which steps are written down; left out: all. */
  readonly only?: readonly string[];
}
const walks: readonly Walk[] = [
  {
    device: 'desktop',
    language: 'en',
    dark: false,
    salon: 'lisbon',
    service: 'Corte de senhora',
    whom: 'Inês',
    day: 4,
    name: 'Marta',
    phone: '+351 912 345 678',
  },
  {
    device: 'phone',
    language: 'en',
    dark: false,
    salon: 'lisbon',
    service: 'Corte de senhora',
    whom: 'Inês',
    day: 5,
    name: 'Rui',
    phone: '+351 912 345 679',
  },
  {
    device: 'phone',
    language: 'uk',
    dark: true,
    salon: 'kyiv',
    service: 'Жіноча стрижка',
    whom: 'Олена',
    day: 6,
    name: 'Ірина',
    phone: '+380 50 123 45 67',
    only: ['payment-page', 'time-is-kept', 'confirmed'],
  },
];

const demo = await startDemo();
const browser = await launchBrowser();
try {
  await demo.passMinutes(await minutesToMondayMorning());
  for (const walk of allAreAsked ? walks : []) {
    const person = await meet(browser, walk);
    await person.page.emulateMedia({ colorScheme: walk.dark ? 'dark' : 'light', reducedMotion: 'reduce' });
    await takePictures(person, walk, demo);
    await person.context.close();
  }
  await takeWidgetPictures(browser, demo.origin);
  await takeSalonPictures(browser, demo.origin);
} finally {
  await browser.close();
  await demo.stop();
  await demo.removeData();
}

async function takePictures(person: Person, walk: Walk, { origin }: RunningDemo): Promise<void> {
  const { page, say } = person;
  const name = `${walk.device}-${walk.language}${walk.dark ? '-dark' : ''}`;
  let step = 0;
  const picture = async (what: string) => {
    step++;
    if (walk.only && !walk.only.includes(what)) return;
    await writePicture(page, `${name}-${step}-${what}`);
  };

  await openSalon(person, origin, walk.salon);
  await chooseService(person, walk.service);
  await picture('services');
  await goOn(person);
  await chooseTeamMember(person, walk.whom);
  await picture('team-member');
  await goOn(person);
  await chooseTimeNextMonth(person, walk.day);
  await picture('date-and-time');
  await goOn(person);
  await giveDetails(person);
  await picture('details');
  await goOn(person);
  await heading(page, say('payment.title_required'));
  await picture('prepayment');
  await page.getByRole('button', { name: say('bar.proceed_to_payment') }).click();
  await page.waitForURL(isPaymentPage);
  await picture('payment-page');
  await leavePaymentPage(person);
  await heading(page, say('scene.held.title'));
  await picture('time-is-kept');
  await page.getByRole('button', { name: say('hold.pay_amount') }).click();
  await page.waitForURL(isPaymentPage);
  await payWith(person, 'pays');
  await heading(page, say('scene.confirmed.title'));
  await picture('confirmed');
}

async function chooseTimeNextMonth(person: Person, day: number): Promise<void> {
  const { page, say } = person;
  await heading(page, say('time.title'));
  const month = page.locator('#calendar-month');
  const before = await month.innerText();
  await page.getByRole('button', { name: say('time.month_after') }).click();
  await month.filter({ hasNotText: before }).waitFor();
  await chooseDay(person, day);
  await page.getByRole('radio').first().check();
}

/** The demo's clock goes forward only: the next Monday, nine o'clock in Lisbon's winter, looks the same whenever the pictures are taken. */
async function minutesToMondayMorning(): Promise<number> {
  const { now } = (await (await fetch(`${demo.origin}/demo/clock`)).json()) as { now: string };
  const from = new Date(now);
  const monday = new Date(from);
  monday.setUTCDate(from.getUTCDate() + ((8 - (from.getUTCDay() || 7)) % 7 || 7));
  monday.setUTCHours(9, 0, 0, 0);
  return Math.ceil((monday.getTime() - from.getTime()) / 60_000);
}
