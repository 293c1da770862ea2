import type { AccountPage, AccountsOfClient } from '@holdfast/contract/accounts';
import type { Checkout } from '@holdfast/contract/checkout';
import type { MessageLog, MessageSettings } from '@holdfast/contract/messages';
import type { Receipt, ReceiptList } from '@holdfast/contract/receipts';
import type { Refundable, RefundList } from '@holdfast/contract/refunds';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { switchOnlinePayment } from '../payments/connect-provider.ts';
import { settlePayment } from '../payments/settle-payment.ts';
import { clientOf } from '../testing/call.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';
import { carryByTwilio } from './adapters/twilio.ts';
import { sendMessages } from './send-messages.ts';
import { type Gateway, type Mailbox, openGateway, openMailbox } from './testing/carriers.ts';
import { switchOnCarriers } from './testing/switch-on-carriers.ts';

let app: TestApp;
let owner: StaffUser;
let mailbox: Mailbox;
let gateway: Gateway;
beforeAll(async () => {
  [mailbox, gateway] = await Promise.all([openMailbox(), openGateway()]);
  app = await testApp({
    salon: {
      services: { cut: { price: 4000, minutes: 60, status: 'required' }, comb: { price: 1000, minutes: 15, status: 'not_available' } },
      staff: { anna: { status: 'available' } },
    },
    listen: false,
  });
  owner = await signInAs(app, 'owner');
  await switchOnCarriers(owner, mailbox, gateway);
});
afterAll(async () => {
  await app.close();
  await Promise.all([mailbox.close(), gateway.close()]);
});
beforeEach(async () => {
  // days pass here, and nobody stays signed in for ever
  owner = await signInAs(app, 'owner');
  mailbox.mails.length = 0;
  gateway.calls.length = 0;
});

let clients = 0;
const book = async (serviceId: string, startsAt: string) => {
  clients += 1;
  const wish = (await wishFor(app, { serviceIds: [serviceId], staffId: 'anna', startsAt }))(clients);
  const { body } = await clientOf(app).book({ ...wish, client: { ...wish.client, email: `client${clients}@example.com` } });
  return body;
};
const subjects = () => mailbox.mails.map((mail) => /^Subject: (.*)$/m.exec(mail)?.[1]);
const texts = () => gateway.calls.map(({ body }) => (JSON.parse(body) as { text: string }).text);

test('who books without paying hears once that they are booked, in an e-mail that shows when and leads to their page', async () => {
  const booking = await book('comb', '2026-03-10T10:00:00Z');
  await app.pass({ seconds: 1 });
  await app.pass({ seconds: 1 });
  expect(subjects()).toEqual(['You are booked at Salon']);
  expect(mailbox.mails[0]).toContain(`http://salon.test/b/${booking.token.slice(0, 20)}`);
  expect(mailbox.mails[0]).toContain('10 March');
  expect(gateway.calls).toEqual([]);
});

test('who has to pay is reminded after three minutes, with the amount and the deadline; who has paid by then is not', async () => {
  const slow = await book('cut', '2026-03-11T10:00:00Z');
  const quick = await book('cut', '2026-03-11T12:00:00Z');
  await app.pass({ minutes: 1 });
  expect(subjects()).toEqual([]);
  const page = await clientOf(app).startPayment(quick.token);
  app.sandbox.pay(clientOf(app).sessionOf(page.body), { card: '4242424242424242' });
  await clientOf(app).comeBack(quick.token);
  await app.pass({ minutes: 3 });
  expect(subjects().sort((a = '', b = '') => (a < b ? -1 : 1))).toEqual([
    '=?UTF-8?Q?Paid=3A_=E2=82=AC40_to_Salon?=',
    'Salon keeps your time until 9:15',
  ]);
  expect(texts()).toEqual([expect.stringContaining('Pay €40 here: http://salon.test/b/')]);
  await app.pass({ minutes: 15 });
  expect(subjects().filter((one) => one === 'Your time at Salon is free again').length).toBe(1);
  expect((await clientOf(app).see(slow.token)).body.status).toBe('expired');
});

test('a message whose carrier does not answer is tried again, later and later, and arrives once', async () => {
  mailbox.refuse(451);
  await book('comb', '2026-03-12T10:00:00Z');
  await app.pass({ seconds: 1 });
  await app.pass({ seconds: 31 });
  expect(subjects()).toEqual([]);
  mailbox.refuse(undefined);
  await app.pass({ minutes: 2 });
  await app.pass({ minutes: 2 });
  expect(subjects()).toEqual(['You are booked at Salon']);
});

test('an address that does not exist is not tried for ever, and the salon sees what the mail server said', async () => {
  mailbox.refuse(550);
  await book('comb', '2026-03-12T11:00:00Z');
  await app.pass({ minutes: 5 });
  mailbox.refuse(undefined);
  const { body } = await owner.here<MessageLog>('GET', 'messages');
  expect(body.messages[0]).toMatchObject({ kind: 'booked', status: 'failed', because: expect.stringContaining('550') });
});

test('two processes that send at once send each message once', async () => {
  for (const hour of ['08', '09', '10', '11', '12']) await book('comb', `2026-03-13T${hour}:30:00Z`);
  const other = await app.again();
  await app.background.settleDown();
  mailbox.mails.length = 0;
  await sql`update messages set status = 'waiting', due_at = ${app.clock.now()}, sent_at = null where kind = 'booked' and status = 'sent'`.execute(
    app.database.read,
  );
  await Promise.all([app, other].flatMap(({ salon }) => [sendMessages(salon, { limit: 3 }), sendMessages(salon, { limit: 50 })]));
  const { rows } = await sql<{ n: number }>`select count(*)::int n from messages where sent_at = ${app.clock.now()}`.execute(app.database.read);
  const ids = mailbox.mails.map((mail) => /^Message-ID: (.*)$/im.exec(mail)?.[1]);
  expect(rows[0]?.n).toBeGreaterThanOrEqual(5);
  expect([ids.length, new Set(ids).size]).toEqual([rows[0]?.n, rows[0]?.n]);
});

test('a process that died while an SMS was on its way does not send it twice: it is unclear, and shown so', async () => {
  await sql`
    insert into messages (chain_id, message_id, location_id, cause, kind, channel, subject_kind, subject_id, status, due_at, created_at)
    values ('chn_test', 'msg_dead', 'loc_test', 'dead', 'reminder', 'sms', 'appointment', 'apt_x', 'sending', ${app.clock.now()}, ${app.clock.now()})`.execute(
    app.database.read,
  );
  await app.pass({ seconds: 1 });
  const { rows } = await sql`select status from messages where message_id = 'msg_dead'`.execute(app.database.read);
  expect([rows, gateway.calls]).toEqual([[{ status: 'unclear' }], []]);
});

test('a visit is reminded of a day before; a moved one anew; a cancelled one not at all', async () => {
  const booking = await book('comb', '2026-03-20T10:00:00Z');
  const cancelled = await book('comb', '2026-03-20T11:00:00Z');
  await app.background.settleDown();
  mailbox.mails.length = 0;
  const hours = (new Date('2026-03-19T10:01:00Z').getTime() - app.clock.now().getTime()) / 60_000;
  await clientOf(app).cancel(cancelled.token);
  await app.pass({ minutes: hours });
  await app.pass({ minutes: 5 });
  expect(subjects().filter((one) => one === 'See you soon at Salon')).toEqual(['See you soon at Salon']);
  const id = booking.appointments[0]?.id ?? '';
  owner = await signInAs(app, 'owner');
  const seen = await owner.here<{ version: number }>('GET', `appointments/${id}`);
  const wish = { version: seen.body.version, staffId: 'anna', startsAt: '2026-03-25T10:00:00Z', durationMinutes: 15, outsideHours: false };
  expect((await owner.here('PUT', `appointments/${id}/time`, wish)).status).toBe(200);
  await app.background.settleDown();
  expect(subjects().at(-1)).toBe('Your visit to Salon has another time');
  await app.pass({ minutes: 5 * 24 * 60 });
  expect(subjects().filter((one) => one === 'See you soon at Salon').length).toBe(2);
});

test('money that came a second time is on the client’s account, and is not thanked for as paid', async () => {
  const booking = await book('cut', '2026-04-20T09:00:00Z');
  await clientOf(app).startPayment(booking.token);
  const id = booking.appointments[0]?.id ?? '';
  const { body: checkout } = await owner.here<Checkout>('GET', `appointments/${id}/checkout`);
  const wish = { key: 'a_key_of_the_desk_1', registerId: checkout.registers[0]?.id, amountMinor: 1000, version: checkout.version };
  expect((await owner.here('POST', `appointments/${id}/desk-payments`, wish)).status).toBe(200);
  const { rows } = await sql<{ attemptId: string; providerPaymentId: string; bookingId: string }>`
    select attempt_id "attemptId", provider_payment_id "providerPaymentId", order_id "bookingId" from payment_attempts order by created_at desc limit 1`.execute(
    app.database.read,
  );
  const [attempt] = rows;
  const key = { ...app.scope, attemptId: attempt?.attemptId ?? '', order: { kind: 'booking', id: attempt?.bookingId ?? '' } };
  const fact = { reference: undefined, state: 'captured', capturedMinor: 4000n, currency: 'EUR', refundedMinor: 0n } as const;
  expect(await settlePayment(app.payments, key, { ...fact, providerPaymentId: attempt?.providerPaymentId ?? '' }, 'webhook')).toBe('captured');
  await app.background.settleDown();
  expect((await clientOf(app).see(booking.token)).body.appointments[0]).toMatchObject({ paidMinor: 1000, creditMinor: 4000 });
  expect(subjects().filter((one) => one?.includes('Paid'))).toEqual([]);
});

test('a visit that is moved there, back and there again is told each time, and what was said last is not said twice', async () => {
  const booking = await book('comb', '2026-05-04T09:00:00Z');
  await app.background.settleDown();
  mailbox.mails.length = 0;
  const id = booking.appointments[0]?.id ?? '';
  const moveTo = async (startsAt: string) => {
    const { body } = await owner.here<{ version: number }>('GET', `appointments/${id}`);
    const wish = { version: body.version, staffId: 'anna', startsAt, durationMinutes: 15, outsideHours: false };
    expect((await owner.here('PUT', `appointments/${id}/time`, wish)).status).toBe(200);
  };
  for (const hour of ['11', '09', '11']) {
    await moveTo(`2026-05-04T${hour}:00:00Z`);
    await app.pass({ seconds: 5 });
  }
  const said = await sql<{ hour: string }>`
    select substring(body from '4 May[^0-9]*([0-9]+:[0-9]+)') as hour from messages where kind = 'moved' and channel = 'email' and status = 'sent' and subject_id = ${id} order by sent_at`.execute(
    app.database.read,
  );
  expect(said.rows.map(({ hour }) => hour)).toEqual(['12:00', '10:00', '12:00']);
  // a slip of the hand, mended before anybody was told
  await moveTo('2026-05-04T13:00:00Z');
  await moveTo('2026-05-04T11:00:00Z');
  await app.pass({ seconds: 5 });
  expect(mailbox.mails.length).toBe(3);
});

test('the salon’s own words are used, and a placeholder that does not exist is refused', async () => {
  const own = { subject: '{salon}: hello', body: 'Dear {client}, {visits}' };
  expect((await owner.here('PUT', 'messages/templates/booked/email/en', { own, was: null })).status).toBe(200);
  const wrong = await owner.here<{ detail: { unknown: string[] } }>('PUT', 'messages/templates/booked/email/en', {
    own: { ...own, body: '{cleint}' },
    was: own,
  });
  expect([wrong.status, wrong.body.detail.unknown]).toEqual([422, ['cleint']]);
  await book('comb', '2026-04-12T09:00:00Z');
  await app.pass({ seconds: 1 });
  expect(subjects()).toEqual(['Salon: hello']);
  const { body } = await owner.here<MessageSettings>('PUT', 'messages/templates/booked/email/en', { own: null, was: own });
  expect(body.templates.find((one) => one.kind === 'booked' && one.channel === 'email' && one.language === 'en')?.own).toBe(false);
});

test('a kind that is switched off is not sent, and what is sent by hand still is', async () => {
  const on = { email: true, sms: false, hoursBefore: null };
  const off = { ...on, email: false };
  expect((await owner.here('PUT', 'messages/kinds/booked', { ...off, was: on })).status).toBe(200);
  await book('comb', '2026-04-13T09:00:00Z');
  await app.pass({ seconds: 1 });
  expect(subjects()).toEqual([]);
  expect((await owner.here('PUT', 'messages/kinds/booked', { ...on, was: off })).status).toBe(200);
});

test('secrets of a channel are never shown again, and stay when they are left out', async () => {
  const { body } = await owner.here<MessageSettings>('GET', 'messages/settings');
  const sms = body.channels.find(({ channel }) => channel === 'sms')?.setUp;
  expect(sms?.hints).toEqual({ url: `${gateway.origin}/sms`, token: 'eway' });
  expect(JSON.stringify(body)).not.toContain('a-token-of-the-gateway');
  const through = { adapter: 'http', url: `${gateway.origin}/other` };
  await owner.here('PUT', 'messages/channels/sms', { version: sms?.version, enabled: true, sender: 'Salon', through });
  const tested = await owner.here('POST', 'messages/channels/sms/test', { to: '+351912345678' });
  expect(tested.body).toEqual({ outcome: 'sent', said: '' });
  expect(gateway.calls.at(-1)).toMatchObject({ url: '/other', headers: { authorization: 'Bearer a-token-of-the-gateway' } });
  const stale = await owner.here<{ code: string }>('PUT', 'messages/channels/sms', { version: sms?.version, enabled: false, sender: 'X', through });
  expect(stale.body.code).toBe('changed_meanwhile');
  const { rows } = await sql<{ all: string }>`select string_agg(to_jsonb(a)::text, '') "all" from audit_log a`.execute(app.database.read);
  expect(rows[0]?.all).not.toContain('a-token');
});

test('sandboxes are refused outside the demo', async () => {
  const { status } = await owner.here('PUT', 'messages/channels/sms', { version: null, enabled: true, sender: 'x', through: { adapter: 'sandbox' } });
  expect(status).toBe(422);
});

test.each([
  [201, { sid: 'SM1' }, { kind: 'sent', providerId: 'SM1' }],
  [400, { code: 21211, message: 'Invalid number' }, { kind: 'refused', why: expect.stringContaining('21211') }],
  [429, { code: 20429, message: 'Too many' }, { kind: 'later', why: expect.stringContaining('20429') }],
  [500, { message: 'oops' }, { kind: 'unclear', why: expect.any(String) }],
])('Twilio, by its own library, answers %i', async (status, body, outcome) => {
  gateway.answer(status, body);
  const carry = carryByTwilio({ adapter: 'twilio', accountSid: `AC${'0'.repeat(32)}`, authToken: 'secret' }, gateway.origin);
  expect(await carry({ id: 'msg_1', from: '+15005550006', to: '+351912345678', subject: '', body: 'Olá & até já' })).toEqual(outcome);
  const call = gateway.calls.at(-1);
  expect(call?.url).toBe(`/2010-04-01/Accounts/AC${'0'.repeat(32)}/Messages.json`);
  expect(Object.fromEntries(new URLSearchParams(call?.body))).toEqual({ To: '+351912345678', From: '+15005550006', Body: 'Olá & até já' });
  gateway.answer(201, { id: 'gw_1' });
});

test('who gets money back in cash, or onto their account, is told how much', async () => {
  // soon, whatever days have passed before: nobody books a year ahead
  const day = 86_400_000;
  const booking = await book('comb', new Date(Math.floor(app.clock.now().getTime() / day) * day + 2 * day + 9 * 3_600_000).toISOString());
  const id = booking.appointments[0]?.id ?? '';
  const { body: checkout } = await owner.here<Checkout>('GET', `appointments/${id}/checkout`);
  const registerId = checkout.registers[0]?.id ?? '';
  const taken = { key: 'a_key_of_the_desk_2', registerId, amountMinor: 1000, version: checkout.version };
  expect((await owner.here('POST', `appointments/${id}/desk-payments`, taken)).status).toBe(200);
  const [paid] = (await owner.here<Refundable>('GET', `appointments/${id}/refundable`)).body.money;
  const wish = { key: 'a_key_of_a_refund_1', appointmentId: id, source: paid?.source, amountMinor: 250, because: '' };
  expect((await owner.here('POST', 'refunds', wish)).status).toBe(200);
  const found = async () => (await owner.here<RefundList>('GET', `refunds?state=all&appointment=${id}`)).body.items[0];
  const proposed = await found();
  await owner.here('POST', `refunds/${proposed?.id}/approval`, { version: proposed?.version });
  const sending = { version: (await found())?.version, key: 'a_key_of_a_sending_1', way: 'register', registerId };
  expect((await owner.here('POST', `refunds/${proposed?.id}/sending`, sending)).status).toBe(200);
  await app.background.settleDown();
  // in which order the mails of one moment arrive is the mail server's affair
  const [told, ...again] = mailbox.mails.filter((mail) => mail.includes('Salon has given back'));
  expect(told).toContain('2.50');
  expect(again).toEqual([]);
});

test('a link that fills an account, and a receipt, go to the client by the way that is chosen; a link that is over goes to nobody', async () => {
  await app.database.transaction((tx) => switchOnlinePayment(tx, app.scope, { method: 'visit_link', enabled: true, connectionId: app.connectionId }));
  const startsAt = new Date(Math.ceil(app.clock.now().getTime() / 86_400_000) * 86_400_000 + 3 * 86_400_000 + 10 * 3_600_000).toISOString();
  const booking = await book('comb', startsAt);
  const { rows } = await sql<{ id: string }>`select client_id id from appointments where appointment_id = ${booking.appointments[0]?.id}`.execute(
    app.database.read,
  );
  const clientId = rows[0]?.id ?? '';
  const accounts = (await owner.here<AccountsOfClient>('GET', `clients/${clientId}/accounts`)).body;
  expect(accounts.link).toEqual({ state: 'ready', mayBeSentBy: ['email', 'sms'] });
  const account = accounts.accounts[0]?.id ?? '';
  const made = async (key: string) =>
    (await owner.here<AccountPage>('POST', `client-accounts/${account}/top-up-links`, { key, amountMinor: 2500 })).body.topUps.find(
      ({ state }) => state === 'waiting',
    );
  const link = await made('a_key_for_the_first_link');
  await app.pass({ seconds: 1 });
  mailbox.mails.length = 0;
  gateway.calls.length = 0;
  expect((await owner.here('POST', `top-ups/${link?.id}/messages`, { channel: 'email' })).status).toBe(200);
  await app.pass({ seconds: 1 });
  expect(mailbox.mails).toHaveLength(1);
  expect(mailbox.mails[0]?.replaceAll('=\r\n', '').replaceAll('=3D', '=')).toContain(link?.url);
  expect(texts()).toEqual([]);
  // it is cancelled between being asked for and being sent
  expect((await owner.here('POST', `top-ups/${link?.id}/messages`, { channel: 'sms' })).status).toBe(200);
  expect((await owner.here('POST', `top-ups/${link?.id}/cancellation`, {})).status).toBe(200);
  await app.pass({ seconds: 1 });
  expect(texts()).toEqual([]);
  expect((await owner.here<{ code: string }>('POST', `top-ups/${link?.id}/messages`, { channel: 'sms' })).body.code).toBe('step_not_allowed');
  expect((await owner.here('POST', 'top-ups/top_none/messages', { channel: 'sms' })).status).toBe(404);

  const register = accounts.registers.find(({ kind }) => kind === 'cash')?.id;
  const wish = { key: 'a_key_for_cash_at_the_desk', registerId: register, amountMinor: 700 };
  expect((await owner.here('POST', `client-accounts/${account}/top-ups`, wish)).status).toBe(200);
  await app.pass({ seconds: 1 });
  const [receipt] = (await owner.here<ReceiptList>('GET', `receipts?client=${clientId}`)).body.items;
  const sent = await owner.here<Receipt>('POST', `receipts/${receipt?.id}/messages`, { channel: 'sms' });
  expect(sent).toMatchObject({ status: 200, body: { mayBeSentBy: ['email', 'sms'] } });
  await app.pass({ seconds: 1 });
  expect(texts()).toEqual([expect.stringContaining(sent.body.pageUrl)]);
  expect(texts()[0]).toContain(receipt?.name);
  const reception = await signInAs(app, 'reception');
  expect((await reception.here('POST', `receipts/${receipt?.id}/messages`, { channel: 'sms' })).status).toBe(403);
});
