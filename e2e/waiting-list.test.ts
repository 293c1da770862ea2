import type { Appointment } from '@holdfast/contract/calendar';
import type { EventPage, PublicEvents } from '@holdfast/contract/events';
import type { FreeTimes } from '@holdfast/contract/free-times';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { Schedule } from '@holdfast/contract/schedule';
import { describe, expect } from 'vitest';
import { quietDay, signIn } from './at-the-desk.ts';
import { codeInInbox } from './code-in-inbox.ts';
import { openStage, type Scene } from './journey.ts';
import { expectNoBarriers } from './look-for-barriers.ts';
import type { Person } from './person.ts';
import { ask } from './running-demo.ts';
import { giveDetails, goOn, heading, isPaymentPage, payWith, proceedToPayment } from './walk-the-steps.ts';

const stage = openStage();
const FIVE_LEFT = /^5 /;
const TWO_LEFT = /^2 /;
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

/** The places that are left of it, on the screen. */
const shows = ({ page, say }: Person, eventId: string, words: RegExp | undefined) =>
  page
    .locator(`[data-event="${eventId}"]`)
    .getByText(words ?? say('event.full'))
    .waitFor();

/** In front of the list of events; `stream` false: something between holds it back, and hours are minutes. */
async function watches(person: Person, origin: string, eventId: string, stream: boolean): Promise<void> {
  const { page } = person;
  if (!stream) {
    await page.clock.install();
    await page.route(/\/events\/live$/, (route) => route.abort());
  }
  await page.goto(`${origin}/book/demo/lisbon?event=x`);
  await shows(person, eventId, FIVE_LEFT);
  // nothing but the stream can tell from now on
  if (stream) await page.route(/\/events$/, (route) => route.abort());
}

describe('the waiting list of a full event', () => {
  journey(
    'who fits is offered what is cancelled, takes and pays it; who is too many waits on',
    async ({ demo: { origin, ...demo }, arrives }: Scene) => {
      const eventId = await workshop(origin);
      const first = await arrives({ name: 'Ana' });
      const second = await arrives({ name: 'Bela' });
      // others see places go while they look, and without a stream a little later
      const watching = await arrives({ device: 'phone' });
      const asking = await arrives();
      await Promise.all([watches(watching, origin, eventId, true), watches(asking, origin, eventId, false)]);
      await buys(first, origin, eventId, 3);
      await shows(watching, eventId, TWO_LEFT);
      await buys(second, origin, eventId, 2);
      await shows(watching, eventId, undefined);
      await asking.page.clock.runFor(15_000);
      await shows(asking, eventId, undefined);

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

      // the salon gives up the workshop: whoever still waits sees it without asking
      const last = await arrives({ name: 'Filipe' });
      await joins(last, origin, eventId, 4);
      await heading(last.page, last.say('waiting.title.waiting'));
      const owner = await arrives();
      await signIn(owner, origin, '/lisbon/calendar');
      const { version } = await asOwner<EventPage>(owner, 'GET', `events/${eventId}`);
      await asOwner(owner, 'POST', `events/${eventId}/cancellation`, { version, which: 'this', because: 'The teacher is ill' });
      await heading(last.page, last.say('waiting.title.over'));
      await expectNoBarriers(last.page, 'a waiting that is over');
    },
  );
});

const HOURS = { from: 10 * 60, to: 12 * 60 };

interface OneTime {
  readonly serviceId: string;
  readonly staffId: string;
  readonly day: string;
  /** The salon cancels what takes the day's only time. */
  frees(): Promise<void>;
}

/** The API, as the owner's own screens ask it. */
async function asOwner<T>({ page }: Person, method: string, path: string, body?: object): Promise<T> {
  const answer = await page.evaluate(
    async ([how, where, sent]) => {
      const init = sent === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: sent };
      const said = await fetch(`/api/v1/admin/locations/loc_lisbon/${where}`, { method: how, ...init });
      return { ok: said.ok, text: await said.text() };
    },
    [method, path, body && JSON.stringify(body)] as const,
  );
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.text}`);
  return JSON.parse(answer.text) as T;
}

/** A day on which somebody has two hours, and a client has both. */
async function fullDay(owner: Person, origin: string, { service, whom, day }: { service: string; whom: string; day: string }): Promise<OneTime> {
  const place = `${origin}/api/v1/locations/demo/lisbon`;
  const page = (await ask(place)) as LocationPage;
  const staffId = page.staff.find(({ name }) => name === whom)?.id ?? '';
  const serviceId = page.services.find(({ name }) => name === service)?.id ?? '';
  await signIn(owner, origin, '/lisbon/calendar');
  const { staff } = await asOwner<Schedule>(owner, 'GET', `schedule?from=${day}&days=1`);
  const known = staff.find(({ id }) => id === staffId)?.days[0];
  const was = known ? { works: known.works, breaks: known.breaks } : null;
  await asOwner(owner, 'PUT', 'schedule', { changes: [{ staffId, day, was, becomes: { works: [HOURS], breaks: [] } }] });
  const free = (await ask(`${place}/free-times?services=${serviceId}&staff=${staffId}&from=${day}&days=1`)) as FreeTimes;
  const made = await asOwner<Appointment>(owner, 'POST', 'appointments', {
    client: { name: 'Filipa', phone: '', email: '' },
    staffId,
    startsAt: free.days[0]?.times[0]?.at,
    services: [{ serviceId, costMinor: null }],
    durationMinutes: HOURS.to - HOURS.from,
    comment: '',
    outsideHours: false,
  });
  return {
    serviceId,
    staffId,
    day,
    async frees() {
      await asOwner(owner, 'POST', `appointments/${made.id}/cancellation`, { version: made.version, because: '' });
    },
  };
}

/** To the day in the widget's calendar, on which nothing is free. */
async function findsNothing(person: Person, origin: string, { serviceId, staffId, day }: OneTime, link = 'main'): Promise<void> {
  const { page, say } = person;
  await page.goto(`${origin}/book/demo/lisbon?link=${link}&service=${serviceId}&staff=${staffId}`);
  await heading(page, say('time.title'));
  const button = page.locator(`[data-day="${day}"]`);
  for (let month = 0; month < 3 && (await button.count()) === 0; month++) await page.getByRole('button', { name: say('time.month_after') }).click();
  await page.locator(`[data-day="${day}"][aria-disabled="false"]`).click();
  await page.getByText(say('time.none_on_day')).waitFor();
  await page.getByRole('button', { name: say('join.open_day') }).click();
  await heading(page, say('join.title_day'));
}

async function saysWho({ page, say, name, phone }: Person): Promise<void> {
  await page.getByRole('textbox', { name: say('details.name') }).fill(name);
  await page.getByRole('textbox', { name: say('details.phone') }).fill(phone);
  await page.getByRole('checkbox', { name: say('details.terms') }).check();
}

const joinsNow = ({ page, say }: Person) => page.getByRole('button', { name: say('join.title_day') }).click();

async function typesCode(person: Person, origin: string): Promise<void> {
  const { page, say, phone } = person;
  await page.getByRole('textbox', { name: say('phone.code') }).waitFor();
  await page.getByRole('textbox', { name: say('phone.code') }).fill(await codeInInbox(person, origin, phone));
}

describe('the waiting list of a full day', () => {
  journey('one passes on, the next confirms their phone, takes and pays it; whoever comes back is at the end', async ({ demo, arrives }: Scene) => {
    const { origin } = demo;
    const full = await fullDay(await arrives(), origin, { service: 'Coloração de raiz', whom: 'Beatriz', day: quietDay(4) });
    const first = await arrives({ device: 'phone', language: 'pt', name: 'Ana' });
    await findsNothing(first, origin, full);
    await expectNoBarriers(first.page, 'joining the line of a day');
    await first.page.getByLabel(first.say('join.to')).fill('13:00');
    await saysWho(first);
    await joinsNow(first);
    await heading(first.page, first.say('waiting.title.waiting'));
    await first.page.getByText(first.say('waiting.next')).waitFor();
    // by the link that confirms phones before paying: that is when something is offered
    const second = await arrives({ name: 'Bela' });
    await findsNothing(second, origin, full, 'instagram');
    await saysWho(second);
    await joinsNow(second);
    await heading(second.page, second.say('waiting.title.waiting'));
    const inLine = second.page.url();

    await full.frees();
    await heading(first.page, first.say('waiting.title.offered'));
    await expectNoBarriers(first.page, 'an offer of a time');
    // without a line to us what is known stays, and nothing is passed on
    await first.context.setOffline(true);
    await first.page.getByRole('button', { name: first.say('waiting.pass') }).click();
    const dialog = first.page.getByRole('dialog');
    await dialog.getByRole('button', { name: first.say('waiting.pass_confirm') }).click();
    await dialog.getByRole('alert').waitFor();
    await first.context.setOffline(false);
    await dialog.getByRole('button', { name: first.say('waiting.pass_confirm') }).click();
    await heading(first.page, first.say('waiting.title.lapsed'));

    await heading(second.page, second.say('waiting.title.offered'));
    await second.page.getByRole('button', { name: second.say('waiting.take_pay') }).click();
    await typesCode(second, origin);
    await second.page.waitForURL(isPaymentPage);
    await payWith(second, 'pays');
    await heading(second.page, second.say('scene.confirmed.title'));
    await second.page.goto(inLine);
    await heading(second.page, second.say('waiting.title.taken'));
    await second.page.getByRole('link', { name: second.say('waiting.open_booking') }).click();
    await heading(second.page, second.say('scene.confirmed.title'));

    // the same wish again, at the end of the line
    await first.page.getByRole('link', { name: first.say('waiting.again') }).click();
    await heading(first.page, first.say('join.title_day'));
    expect(await first.page.getByLabel(first.say('join.day')).inputValue()).toBe(full.day);
    expect(await first.page.getByLabel(first.say('join.to')).inputValue()).toBe('13:00');
  });

  journey('who promised their account or a membership finds it booked and paid', async ({ demo, arrives }: Scene) => {
    const { origin } = demo;
    const owner = await arrives();
    const ways = [
      { whom: 'Inês', day: quietDay(5), phone: '+44 20 7946 0021', by: 'join.by_account', ends: 'scene.confirmed.title' },
      { whom: 'Tiago', day: quietDay(6), phone: '+44 20 7946 0020', by: 'join.by_membership', ends: 'scene.waiting.title' },
    ] as const;
    for (const { whom, day, phone, by, ends } of ways) {
      const full = await fullDay(owner, origin, { service: 'Máscara reparadora', whom, day });
      const client = await arrives({ name: 'Gabriela', phone });
      const { page, say } = client;
      await findsNothing(client, origin, full);
      await page.getByRole('radio', { name: say(by) }).check();
      await saysWho(client);
      await joinsNow(client);
      await heading(page, say('phone.title'));
      await typesCode(client, origin);
      await heading(page, say('waiting.title.waiting'));
      await full.frees();
      await heading(page, say('waiting.title.taken'));
      await page.getByRole('link', { name: say('waiting.open_booking') }).click();
      await heading(page, say(ends));
    }
    // that an account has too little is said before anybody waits
    const poor = await arrives({ name: 'Hugo' });
    const again = await fullDay(owner, origin, { service: 'Máscara reparadora', whom: 'Beatriz', day: quietDay(7) });
    await findsNothing(poor, origin, again);
    await poor.page.getByRole('radio', { name: poor.say('join.by_account') }).check();
    await saysWho(poor);
    await joinsNow(poor);
    await typesCode(poor, origin);
    await poor.page.getByText(poor.say('join.no_account')).waitFor();
  });
});
