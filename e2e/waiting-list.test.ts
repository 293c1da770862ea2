import type { PublicEvents } from '@holdfast/contract/events';
import { describe, expect } from 'vitest';
import { openStage, type Scene } from './journey.ts';
import { expectNoBarriers } from './look-for-barriers.ts';
import type { Person } from './person.ts';
import { giveDetails, goOn, heading, isPaymentPage, payWith, proceedToPayment } from './walk-the-steps.ts';

const stage = openStage();
const journey = (...told: Parameters<typeof stage.journey>) => stage.journey(...told);

/** The demo's second workshop: five of its eight places are free. */
async function workshop(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/api/v1/locations/demo/lisbon/events`);
  const { events } = (await answer.json()) as PublicEvents;
  const id = events.find(({ placesLeft }) => placesLeft === 5)?.id;
  if (!id) throw new Error('no workshop with five places left');
  return id;
}

/** Places at the event, paid. */
async function buys(person: Person, origin: string, eventId: string, places: number): Promise<void> {
  const { page, say } = person;
  await page.goto(`${origin}/book/demo/lisbon?event=${eventId}`);
  for (let n = 1; n < places; n++) await page.getByRole('button', { name: say('event.more') }).click();
  await goOn(person);
  await giveDetails(person);
  await goOn(person);
  await proceedToPayment(person);
  await payWith(person, 'pays');
  await heading(page, say('scene.confirmed.title'));
}

/** Stands in line for so many places, with the keyboard alone. */
async function joins(person: Person, origin: string, eventId: string, places: number): Promise<void> {
  const { page, say, name, phone } = person;
  await page.goto(`${origin}/book/demo/lisbon?event=${eventId}`);
  await heading(page, say('event.title'));
  await page
    .getByRole('button', { name: say('join.open') })
    .first()
    .focus();
  await page.keyboard.press('Enter');
  await heading(page, say('join.title'));
  for (let n = 1; n < places; n++) {
    await page.getByRole('button', { name: say('event.more') }).focus();
    await page.keyboard.press('Enter');
  }
  await page.getByRole('textbox', { name: say('details.name') }).fill(name);
  await page.getByRole('textbox', { name: say('details.phone') }).fill(phone);
  await page.getByRole('checkbox', { name: say('details.terms') }).focus();
  await page.keyboard.press('Space');
  await expectNoBarriers(page, 'joining a waiting list');
  await page.getByRole('button', { name: say('join.title') }).focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/waiting\//);
}

describe('the waiting list of a full event', () => {
  journey(
    'who fits is offered what is cancelled, takes and pays it; who is too many waits on',
    async ({ demo: { origin, ...demo }, arrives }: Scene) => {
      const eventId = await workshop(origin);
      const first = await arrives({ name: 'Ana' });
      const second = await arrives({ name: 'Bela' });
      await buys(first, origin, eventId, 3);
      await buys(second, origin, eventId, 2);

      const large = await arrives({ name: 'Carlos' });
      await joins(large, origin, eventId, 4);
      await large.page.getByText(large.say('waiting.next')).waitFor();
      const small = await arrives({ device: 'phone', name: 'Dina' });
      await joins(small, origin, eventId, 2);
      await small.page.getByText(small.say('waiting.before')).waitFor();
      await expectNoBarriers(small.page, 'waiting');

      await first.page.getByRole('button', { name: first.say('cancel.open') }).click();
      await first.page.getByRole('button', { name: first.say('cancel.confirm') }).click();
      await heading(first.page, first.say('scene.cancelled.title'));

      // nothing was pressed: the page has heard of it by itself
      await heading(small.page, small.say('waiting.title.offered'));
      await expectNoBarriers(small.page, 'an offer');
      await large.page.reload();
      await large.page.getByText(large.say('waiting.next')).waitFor();
      await small.page.getByRole('button', { name: small.say('waiting.take_pay') }).click();
      await small.page.waitForURL(isPaymentPage);
      await payWith(small, 'pays');
      await heading(small.page, small.say('scene.confirmed.title'));

      // one place is free, and whoever comes for it has it at once, but not for ever
      const late = await arrives({ name: 'Eva' });
      const joined = await late.context.request.post(`${origin}/api/v1/locations/demo/lisbon/events/${eventId}/waiting`, {
        data: {
          draftId: `late_${'0'.repeat(20)}`,
          client: { name: late.name, phone: late.phone, email: '' },
          comment: '',
          language: 'en',
          consent: { terms: true, termsVersion: 1 },
          places: 1,
          promise: { by: 'pay' },
        },
      });
      expect(joined.status()).toBe(201);
      await late.page.goto(((await joined.json()) as { url: string }).url);
      await heading(late.page, late.say('waiting.title.offered'));
      await demo.passMinutes(24 * 60);
      await late.page.reload();
      await heading(late.page, late.say('waiting.title.lapsed'));
      await expectNoBarriers(late.page, 'an offer that has run out');

      await large.page.getByRole('button', { name: large.say('waiting.leave') }).click();
      await large.page
        .getByRole('dialog')
        .getByRole('button', { name: large.say('waiting.leave_confirm') })
        .click();
      await heading(large.page, large.say('waiting.title.withdrawn'));
    },
  );
});
