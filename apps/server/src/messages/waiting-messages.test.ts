import type { ClientLanguage } from '@holdfast/contract/client-language';
import type { WaitingEntry } from '@holdfast/contract/waiting';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { call, clientOf } from '../testing/call.ts';
import { openEvent } from '../testing/open-event.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { waitFor } from '../testing/waiting-of.ts';
import { eventWishFor } from '../testing/wishes.ts';
import { type Gateway, type Mailbox, openGateway, openMailbox } from './testing/carriers.ts';
import { switchOnCarriers } from './testing/switch-on-carriers.ts';

let app: TestApp;
let owner: StaffUser;
let mailbox: Mailbox;
let gateway: Gateway;
beforeAll(async () => {
  [mailbox, gateway] = await Promise.all([openMailbox(), openGateway()]);
  app = await testApp({
    salon: { services: { srv_yoga: { price: 1500, minutes: 60, status: 'required' } }, staff: { stf_ana: { status: 'required' } } },
    listen: false,
  });
  owner = await signInAs(app, 'owner');
  await switchOnCarriers(owner, mailbox, gateway);
});
afterAll(async () => {
  await app.close();
  await Promise.all([mailbox.close(), gateway.close()]);
});
beforeEach(() => {
  mailbox.mails.length = 0;
  gateway.calls.length = 0;
});

/** What a mail says, as its reader sees it: the plain half, decoded. */
function readMail(mail: string): { to: string; text: string } {
  const [head = '', ...rest] = mail.split(/\r?\n\r?\n/);
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1];
  const parts = boundary ? mail.split(`--${boundary}`) : [mail];
  const plain = parts.find((part) => /^Content-Type: text\/plain/im.test(part)) ?? rest.join('\n\n');
  const [headers = '', ...body] = plain.trimStart().split(/\r?\n\r?\n/);
  const written = body.join('\n\n');
  const bytes = /^Content-Transfer-Encoding: base64/im.test(headers)
    ? Buffer.from(written, 'base64')
    : Buffer.from(
        written.replaceAll(/=\r?\n/g, '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))),
        'latin1',
      );
  return { to: /^To: (.*)$/im.exec(head)?.[1] ?? '', text: bytes.toString('utf8') };
}

/** Everything that has left since it was asked last, by whom it went to. */
function taken(): readonly { to: string; text: string }[] {
  const mails = mailbox.mails.splice(0).map(readMail);
  const texts = gateway.calls.splice(0).map(({ body }) => JSON.parse(body) as { to: string; text: string });
  const all = [...mails, ...texts].map(({ to, text }) => ({ to: to.replace(/^.*<|>$/g, ''), text }));
  // several are under way at once
  return all.sort((one, other) => (one.to < other.to ? -1 : 1));
}

const waits = (eventId: string, n: number, language: ClientLanguage) =>
  waitFor(app, eventId, n, { language, client: { name: `Client ${n}`, phone: `+35191300000${n}`, email: `client${n}@example.com` } });
const both = (n: number) => [`+35191300000${n}`, `client${n}@example.com`];

/** Leads where it says: to this entry's own page, and to what is so there now. */
async function linkLeadsTo(entry: WaitingEntry, { text }: { text: string }): Promise<WaitingEntry['status']> {
  const token = /http:\/\/salon\.test\/waiting\/([\w.-]+)/.exec(text)?.[1] ?? '';
  expect(token).toBe(entry.token);
  const page = await app.http.inject({ url: `/waiting/${token}` });
  expect([page.statusCode, page.body.includes(`lang="${entry.language}"`)]).toEqual([200, true]);
  return (await call<WaitingEntry>(app, 'GET', `/api/v1/waiting/${token}`)).body.status;
}

async function fullEvent(eventId: string, startsAt: string): Promise<string> {
  await openEvent(app, { eventId, serviceId: 'srv_yoga', staffId: 'stf_ana', startsAt, capacity: 1 });
  const wish = (await eventWishFor(app, eventId))(500);
  // who holds the place hears nothing here: it is not about them
  const { body } = await clientOf(app).book({ ...wish, draftId: `${wish.draftId}_x` });
  return body.token;
}

async function pass(minutes: number): Promise<void> {
  await app.pass({ minutes });
  // whatever is due was sent: nothing is sent again
  await app.pass({ seconds: 1 });
}

const aboutWaiting = () => taken().filter(({ text }) => text.includes('/waiting/'));

test('each who waits hears of it in their own language, once, with a link to their place; and of the offer by mail and SMS, once', async () => {
  const booked = await fullEvent('evt_words', '2026-03-10T10:00:00Z');
  const [olena, rui] = [await waits('evt_words', 1, 'uk'), await waits('evt_words', 2, 'pt')];
  await pass(0);
  const joined = aboutWaiting();
  expect(joined.map(({ to }) => to)).toEqual(['client1@example.com', 'client2@example.com']);
  expect(joined.map(({ text }) => text)).toEqual([expect.stringContaining('Ви в списку очікування'), expect.stringContaining('lista de espera')]);
  expect([await linkLeadsTo(olena, joined[0] ?? { text: '' }), await linkLeadsTo(rui, joined[1] ?? { text: '' })]).toEqual(['waiting', 'waiting']);

  await clientOf(app).cancel(booked);
  await pass(0);
  const offered = aboutWaiting();
  expect(offered.map(({ to }) => to)).toEqual(both(1));
  expect(offered.map(({ text }) => text)).toEqual([expect.stringContaining('звільнилося для вас'), expect.stringContaining('Тримаємо для вас')]);
  for (const message of offered) expect(await linkLeadsTo(olena, message)).toBe('offered');

  // an hour goes by: she hears that it has gone, and the next is asked
  await pass(61);
  const gone = aboutWaiting();
  expect(gone.map(({ to }) => to)).toEqual([both(2)[0], 'client1@example.com', both(2)[1]]);
  expect(gone[1]?.text).toContain('Час пропозиції минув');
  expect(await linkLeadsTo(olena, gone[1] ?? { text: '' })).toBe('lapsed');
  expect(await linkLeadsTo(rui, gone[2] ?? { text: '' })).toBe('offered');

  const rest = { version: 1, which: 'this', because: 'Ana is ill' };
  expect((await owner.here('POST', 'events/evt_words/cancellation', rest)).status).toBe(200);
  await pass(0);
  const over = aboutWaiting();
  expect(over.map(({ to }) => to)).toEqual(both(2));
  expect(await linkLeadsTo(rui, over[0] ?? { text: '' })).toBe('over');
  await pass(26 * 60);
  expect(aboutWaiting()).toEqual([]);
});

test('an offer that could not be sent while it stood is not sent when it has gone, and nobody hears twice', async () => {
  const booked = await fullEvent('evt_late', '2026-03-20T10:00:00Z');
  const [first, second] = [await waits('evt_late', 3, 'ar'), await waits('evt_late', 4, 'en')];
  await pass(0);
  taken();
  mailbox.refuse(451);
  gateway.answer(503);
  await clientOf(app).cancel(booked);
  await app.pass({ seconds: 1 });
  // they see it on their page all the same, and let it go
  expect((await call<WaitingEntry>(app, 'GET', `/api/v1/waiting/${first.token}`)).body.status).toBe('offered');
  expect((await call(app, 'POST', `/api/v1/waiting/${first.token}/pass`)).status).toBe(200);
  mailbox.refuse(undefined);
  gateway.answer(201, { id: 'gw_2' });
  taken();
  await pass(10);
  const said = aboutWaiting();
  expect(said.filter(({ to }) => both(3).includes(to)).map(({ text }) => text)).toEqual([]);
  expect(said.map(({ to }) => to)).toEqual(both(4));
  expect(await linkLeadsTo(second, said[0] ?? { text: '' })).toBe('offered');
});
