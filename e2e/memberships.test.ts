import { describe, expect } from 'vitest';
import { codeInInbox } from './code-in-inbox.ts';
import { openStage, type Scene } from './journey.ts';
import { expectNoBarriers } from './look-for-barriers.ts';
import type { Person } from './person.ts';
import {
  chooseService,
  chooseTeamMember,
  chooseTime,
  giveDetails,
  goOn,
  heading,
  isPaymentPage,
  leavePaymentPage,
  openSalon,
  payWith,
} from './walk-the-steps.ts';

const stage = openStage();
const journey = (...told: Parameters<typeof stage.journey>) => stage.journey(...told);

const forMembers = 'Penteado expresso';
const eitherWay = 'Máscara reparadora';

/** From the first page to the step after the details. */
async function upToTheDetails(person: Person, origin: string, service: string, day: number): Promise<void> {
  await openSalon(person, origin, 'lisbon');
  await chooseService(person, service);
  await goOn(person);
  await chooseTeamMember(person, 'Inês');
  await goOn(person);
  await chooseTime(person, day);
  await goOn(person);
  await giveDetails(person);
  await goOn(person);
}

async function confirmPhone(person: Person, origin: string, not?: string): Promise<string> {
  const { page, say, phone } = person;
  await heading(page, say('phone.title'));
  const field = page.getByRole('textbox', { name: say('phone.code') });
  await field.waitFor();
  const code = await codeInInbox(person, origin, phone, not);
  await field.fill(code);
  return code;
}

const bookButton = ({ page, say }: Person) => page.getByRole('button', { name: new RegExp(`^(${say('bar.book').source})$`) });
const book = (person: Person) => bookButton(person).click();

describe('memberships in the widget', () => {
  journey(
    'who needs a membership buys one in the middle of the booking, comes back to it, and its last visit is spent once',
    async ({ demo, arrives }: Scene) => {
      const person = await arrives({ device: 'phone' });
      const { page, say } = person;
      await openSalon(person, demo.origin, 'lisbon');
      await page.getByRole('checkbox', { name: new RegExp(`${forMembers}.*${say('mark.members').source}`, 's') }).waitFor();
      await upToTheDetails(person, demo.origin, forMembers, 1);
      const code = await confirmPhone(person, demo.origin);
      await heading(page, say('membership.title_needed'));
      await page.getByText(say('membership.needed')).waitFor();
      const oneVisit = page.getByRole('article').filter({ hasText: 'Visita de experiência' });
      await oneVisit.waitFor();
      await expectNoBarriers(page, 'a membership is needed');
      // nothing can be booked without
      expect(await bookButton(person).getAttribute('aria-disabled')).toBe('true');
      await oneVisit.getByRole('button').click();
      await page.waitForURL(isPaymentPage);
      // changes their mind, and finds everything as it was
      await leavePaymentPage(person);
      await heading(page, say('membership.title_needed'));
      await oneVisit.getByRole('button').click();
      await page.waitForURL(isPaymentPage);
      await payWith(person, 'pays');
      await heading(page, say('membership.title'));
      await page.getByText(say('membership.covered_by')).waitFor();
      await expectNoBarriers(page, 'covered by a membership');
      await book(person);
      await heading(page, say('scene.waiting.title'));
      expect(person.wishes.at(-1)?.appointments[0]?.coverServiceIds).toHaveLength(1);
      await expectNoBarriers(page, 'booked with a membership');

      // the last visit is booked: another one is needed for the next
      await upToTheDetails(person, demo.origin, forMembers, 2);
      await confirmPhone(person, demo.origin, code);
      await heading(page, say('membership.title_needed'));
      await page.getByText(say('membership.not.used_up')).waitFor();
      expect(person.booked()).toBe(1);
    },
  );

  journey('an evening for members is seen by everybody, and who has no membership reads what to do', async ({ demo, arrives }: Scene) => {
    const person = await arrives({ language: 'pt' });
    const { page, say } = person;
    await openSalon(person, demo.origin, 'lisbon');
    await page.getByRole('button', { name: say('event.offer') }).click();
    await heading(page, say('event.title'));
    await page.getByRole('radio', { name: new RegExp(`Noite de penteados.*${say('mark.members').source}`, 's') }).check();
    await goOn(person);
    await giveDetails(person);
    await goOn(person);
    await confirmPhone(person, demo.origin);
    await heading(page, say('membership.title_needed'));
    await page.getByText(say('membership.needed')).waitFor();
    await page.getByRole('article').filter({ hasText: 'Visita de experiência' }).getByRole('button').click();
    await page.waitForURL(isPaymentPage);
    await payWith(person, 'pays');
    await page.getByText(say('membership.covered_by')).waitFor();
    await book(person);
    await heading(page, say('scene.waiting.title'));
    expect(person.booked()).toBe(1);
  });

  journey('a client with a membership books what others pay for, and pays nothing', async ({ demo, arrives }: Scene) => {
    // the demo's first client in Lisbon has ten visits
    const person = await arrives({ phone: '+44 20 7946 0020', language: 'uk' });
    const { page, say } = person;
    await upToTheDetails(person, demo.origin, eitherWay, 3);
    await heading(page, say('membership.question'));
    await expectNoBarriers(page, 'has a membership or not');
    await page.getByRole('button', { name: say('membership.use_one') }).click();
    await confirmPhone(person, demo.origin);
    await heading(page, say('membership.title'));
    await page.getByRole('radio', { name: say('membership.covered_by') }).waitFor();
    await expectNoBarriers(page, 'membership or payment');
    await page.getByRole('radio', { name: say('membership.pay') }).check();
    await goOn(person);
    await heading(page, say('payment.title_required'));
    await page.goBack();
    await page.getByRole('radio', { name: say('membership.covered_by') }).check();
    await book(person);
    await heading(page, say('scene.waiting.title'));
    expect(person.booked()).toBe(1);
    expect(await demo.paymentsAtStripe()).toEqual(expect.not.arrayContaining([expect.objectContaining({ captured: 2000 })]));
  });

  journey('without a membership one simply goes on and pays', async ({ demo, arrives }: Scene) => {
    const person = await arrives();
    const { page, say } = person;
    await upToTheDetails(person, demo.origin, eitherWay, 4);
    await heading(page, say('membership.question'));
    await goOn(person);
    await heading(page, say('payment.title_required'));
  });
});
