import type { AttentionList } from '@holdfast/contract/attention';
import type { MessageLog } from '@holdfast/contract/messages';
import type { PhoneCode, PhoneCodes, PhoneConfirmed } from '@holdfast/contract/phone-codes';
import type { ProblemAnswer } from '@holdfast/contract/problem';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Gateway, openGateway } from '../messages/testing/carriers.ts';
import { call, clientOf } from '../testing/call.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

let app: TestApp;
let owner: StaffUser;
let gateway: Gateway;
beforeAll(async () => {
  gateway = await openGateway();
  app = await testApp({
    salon: {
      services: { cut: { price: 4000, minutes: 60, status: 'required' }, comb: { price: 1000, minutes: 15, status: 'not_available' } },
      staff: { anna: { status: 'available' } },
    },
    listen: false,
  });
});
afterAll(async () => {
  await app.close();
  await gateway.close();
});
beforeEach(async () => {
  app.clock.advance({ minutes: 3 * 24 * 60 });
  owner = await signInAs(app, 'owner');
  gateway.calls.length = 0;
  drafts += 1;
});

let drafts = 0;
const PHONE = '912 345 678';
const draft = (more = '') => `draft_of_a_test_${drafts}${more}`;
const base = '/api/v1/locations/test/salon/phone-codes';
const switchSms = async (enabled: boolean) => {
  const { channels } = (await owner.here('GET', 'messages/settings')).body as { channels: { channel: string; setUp: { version: number } | null }[] };
  const version = channels.find(({ channel }) => channel === 'sms')?.setUp?.version ?? null;
  const through = { adapter: 'http', url: `${gateway.origin}/sms`, token: 'a-token-of-the-gateway' };
  expect((await owner.here('PUT', 'messages/channels/sms', { version, enabled, sender: 'Salon', through })).status).toBe(200);
};
const ask = (phone = PHONE, { draftId = draft(), from }: { draftId?: string; from?: string } = {}) =>
  call<PhoneCode & ProblemAnswer>(app, 'POST', base, { draftId, phone, language: 'en' }, from);
const confirm = (code: string, { phone = PHONE, draftId = draft() } = {}) =>
  call<PhoneConfirmed & ProblemAnswer>(app, 'POST', `${base}/confirmation`, { draftId, phone, code });
const sms = async () => {
  await app.background.settleDown();
  return gateway.calls.map(({ body }) => JSON.parse(body) as { to: string; text: string });
};
const texts = async () => (await sms()).map(({ text }) => text);
const codeFor = async (phone: string) => /#(\d{6})$/.exec((await sms()).findLast(({ to }) => to === phone)?.text ?? '')?.[1] ?? '';
const lastCode = () => codeFor('+351912345678');
const another = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const take = async (proof: string, { phone = '+351912345678', draftId = draft() } = {}) =>
  sql`select take_phone_confirmation(${app.scope.chainId}, ${app.scope.locationId}, ${draftId}, ${phone}, ${proof}, ${app.clock.now()})`.execute(
    app.database.read,
  );

test('without SMS nobody is asked to confirm anything', async () => {
  const refused = await ask();
  expect([refused.status, refused.body.code]).toEqual([409, 'not_ready']);
  await switchSms(true);
  expect((await ask()).status).toBe(200);
});

test('one telephone is sent one code a minute, however many drafts ask for it, and the next when the last one was read', async () => {
  const phone = '912 345 601';
  const asked = await Promise.all([1, 2, 3, 4, 5].map((n) => ask(phone, { draftId: `draft_of_so_many_${n}`, from: `198.51.100.${n}` })));
  expect(asked.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 429, 429, 429, 429]);
  expect(asked.find(({ status }) => status === 429)?.body).toMatchObject({
    code: 'too_many_requests',
    detail: { limit: 'phone', retryAfterSeconds: 60 },
  });
  expect((await sms()).filter(({ to }) => to === '+351912345601')).toHaveLength(1);
  const won = asked.findIndex(({ status }) => status === 200) + 1;
  expect((await confirm(await codeFor('+351912345601'), { phone, draftId: `draft_of_so_many_${won}` })).status).toBe(200);
  expect((await ask(phone, { draftId: 'draft_of_so_many_next' })).status).toBe(200);
  expect((await ask(phone, { draftId: 'draft_of_so_many_last' })).status).toBe(429);
  app.clock.advance({ seconds: 60 });
  expect((await ask(phone, { draftId: 'draft_of_so_many_last' })).status).toBe(200);
});

test('a code arrives in the language of whoever asks, ends with the line that browsers read, and confirms the phone', async () => {
  const asked = await ask();
  expect(asked.body).toMatchObject({ phone: '+351 912 345 678' });
  expect(Date.parse(asked.body.resendAt) - Date.parse(asked.body.now)).toBe(60_000);
  expect(Date.parse(asked.body.expiresAt) - Date.parse(asked.body.now)).toBe(5 * 60_000);
  const code = await lastCode();
  expect(await texts()).toEqual([`${code} is your code for booking at Salon. Tell it to nobody.\n\n@salon.test #${code}`]);
  const { status, body } = await confirm(code);
  expect([status, body.phone]).toEqual([200, '+351 912 345 678']);
  await take(body.proof);
  // another time with the same draft needs no other code
  await take(body.proof);
  const { rows } = await sql<{ used: boolean }>`select used_at is not null used from phone_codes where draft_id = ${draft()}`.execute(
    app.database.read,
  );
  expect(rows).toEqual([{ used: true }]);
});

test('the message names the page on which the code is typed: ours, or a partner’s that a booking link allows, and no other', async () => {
  await switchSms(true);
  await sql`update booking_links set allowed_origins = '{https://partner.example:8443}'`.execute(app.database.read);
  const from = async (origin: string | undefined, more: string) => {
    const payload = { draftId: draft(more), phone: PHONE, language: 'en' };
    app.clock.advance({ minutes: 1 });
    await app.http.inject({ method: 'POST', url: base, payload, ...(origin ? { headers: { origin } } : {}) });
    return (await texts()).at(-1)?.split('\n').at(-1)?.split(' ')[0];
  };
  expect(await from(undefined, 'a')).toBe('@salon.test');
  expect(await from('http://salon.test', 'b')).toBe('@salon.test');
  expect(await from('https://partner.example:8443', 'c')).toBe('@partner.example:8443');
  expect(await from('https://partner.example', 'd'), 'another origin').toBe('@salon.test');
  expect(await from('null', 'e')).toBe('@salon.test');
  await sql`update booking_links set allowed_origins = '{}'`.execute(app.database.read);
});

test('the proof of one draft or phone is none for another, an invented one is none, and after a day it is none any more', async () => {
  await ask();
  const { proof } = (await confirm(await lastCode())).body;
  await ask('+351 912 345 679', { draftId: draft('b') });
  const refusal = { code: 'HF013' };
  await expect(take(proof, { draftId: draft('b') })).rejects.toMatchObject(refusal);
  await expect(take(proof, { phone: '+351912345679' })).rejects.toMatchObject(refusal);
  await expect(take('')).rejects.toMatchObject(refusal);
  await expect(take(`${proof}x`)).rejects.toMatchObject(refusal);
  app.clock.advance({ minutes: 24 * 60 - 1 });
  await take(proof);
  app.clock.advance({ minutes: 1 });
  await expect(take(proof)).rejects.toMatchObject(refusal);
});

test('five tries, and then even the right code is no good; a new one is', async () => {
  await ask();
  const code = await lastCode();
  const wrong = another(code);
  const answers = [];
  for (let no = 0; no < 5; no++) answers.push((await confirm(wrong)).body.detail);
  expect(answers.map((detail) => [detail['because'], detail['triesLeft']])).toEqual([4, 3, 2, 1, 0].map((left) => ['wrong', left]));
  const late = await confirm(code);
  expect([late.status, late.body.code, late.body.detail['because']]).toEqual([409, 'wrong_code', 'too_many_tries']);
  app.clock.advance({ seconds: 60 });
  await ask();
  expect((await confirm(await lastCode())).status).toBe(200);
});

test('a code is good until the last moment of its five minutes, and the clock of the client does not matter', async () => {
  await ask();
  const code = await lastCode();
  app.clock.advance({ seconds: 299 });
  expect((await confirm(code)).status).toBe(200);
  app.clock.advance({ seconds: 1 });
  expect((await confirm(code)).body.detail['because']).toBe('run_out');
  expect((await confirm('000000', { draftId: draft('nobody') })).body.detail['because']).toBe('run_out');
});

test('two tabs of one booking share a code; asking again within a minute sends nothing, and after it the older code is void', async () => {
  const first = await ask();
  app.clock.advance({ seconds: 59 });
  const second = await ask();
  expect(second.body).toMatchObject({ resendAt: first.body.resendAt, expiresAt: first.body.expiresAt });
  const older = await lastCode();
  expect(gateway.calls.length).toBe(1);
  const proofs = [await confirm(older), await confirm(older)].map(({ body }) => body.proof);
  expect(proofs[0]).toBe(proofs[1]);
  app.clock.advance({ seconds: 1 });
  await ask();
  const newer = await lastCode();
  expect(gateway.calls.length).toBe(2);
  expect((await confirm(older)).body.detail['because']).toBe('wrong');
  expect((await confirm(newer)).status).toBe(200);
});

test('whoever asks twenty times from one address waits an hour; one phone gets five codes a day, whoever asks', async () => {
  for (let no = 0; no < 20; no++)
    expect((await ask(`+3519321${String(no).padStart(2, '0')}000`, { from: '203.0.113.7', draftId: draft(`a${no}`) })).status).toBe(200);
  const refused = await ask('+351933000000', { from: '203.0.113.7', draftId: draft('a20') });
  expect([refused.status, refused.body.code, refused.body.detail['limit']]).toEqual([429, 'too_many_requests', 'address']);
  expect((await ask('+351933000000', { from: '203.0.113.8', draftId: draft('a20') })).status).toBe(200);
  app.clock.advance({ minutes: 24 * 60 });
  const since = app.clock.now().getTime();
  for (let no = 0; no < 5; no++) {
    expect((await ask('+351934000000', { from: `198.51.100.${no}`, draftId: draft(`p${no}`) })).status).toBe(200);
    app.clock.advance({ minutes: 1 });
  }
  const sixth = await ask('+351934000000', { from: '198.51.100.9', draftId: draft('p6') });
  expect([sixth.status, sixth.body.detail['limit'], sixth.body.detail['retryAt']]).toEqual([
    429,
    'phone',
    new Date(since + 24 * 3_600_000).toISOString(),
  ]);
});

test('the owner’s budget is the most that is sent in a day, and changes only on what was seen', async () => {
  const { body } = await owner.here<PhoneCodes>('GET', 'phone-codes');
  expect(body).toMatchObject({ codesPerDay: 200, version: 0, smsIsOn: true, blocked: [] });
  expect((await owner.here('PUT', 'phone-codes/budget', { codesPerDay: 3, version: 0 })).status).toBe(200);
  expect((await owner.here('PUT', 'phone-codes/budget', { codesPerDay: 500, version: 0 })).status).toBe(409);
  // numbers of many operators, so that no prefix is to blame
  const numbers = ['+4915112345670', '+447911123456', '+33612345678', '+34612345678'];
  const answers = [];
  for (const [no, number] of numbers.entries()) answers.push(await ask(number, { draftId: draft(`n${no}`) }));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(answers[3]?.body.detail['limit']).toBe('location');
  expect((await texts()).length).toBe(3);
  expect((await owner.here<PhoneCodes>('GET', 'phone-codes')).body.lastDay).toEqual({ sent: 3, confirmed: 0, heldBack: 0 });
  await owner.here('PUT', 'phone-codes/budget', { codesPerDay: 200, version: 1 });
});

test('a thousand numbers of one prefix cost twenty messages: the rest are answered as before and sent nothing, until staff lift the block', async () => {
  const number = (no: number) => `+35196${String(1_000_000 + no).padStart(7, '0')}`;
  const answers = await Promise.all(
    Array.from({ length: 1000 }, (_, no) => ask(number(no), { draftId: draft(`t${no}`), from: `10.0.${Math.floor(no / 15)}.1` })),
  );
  expect(new Set(answers.map(({ status, body }) => `${status} ${Object.keys(body).sort().join()}`)).size).toBe(1);
  await app.background.settleDown();
  expect(gateway.calls.length).toBe(20);
  const { blocked, lastDay } = (await owner.here<PhoneCodes>('GET', 'phone-codes')).body;
  expect(blocked.map(({ prefix, numbers }) => [prefix, numbers])).toEqual([['+35196100', 20]]);
  expect(lastDay).toEqual({ sent: 20, confirmed: 0, heldBack: 980 });
  const waiting = (await owner.here<AttentionList>('GET', 'attention')).body.items.filter(({ kind }) => kind === 'codes_blocked');
  expect(waiting.map(({ subject, place }) => [subject.id, place])).toEqual([['+35196100', 'phone_confirmation']]);
  // neighbours outside the block are sent codes as ever
  await ask('+351962000000', { draftId: draft('other'), from: '10.9.9.9' });
  await app.background.settleDown();
  expect(gateway.calls.length).toBe(21);

  expect((await owner.here('POST', 'phone-codes/unblocked-prefixes', { prefix: '+35196100' })).status).toBe(200);
  expect((await owner.here('POST', 'phone-codes/unblocked-prefixes', { prefix: '+35196100' })).status).toBe(404);
  expect((await owner.here<AttentionList>('GET', 'attention')).body.items.filter(({ kind }) => kind === 'codes_blocked')).toEqual([]);
  await ask(number(1001), { draftId: draft('again'), from: '10.9.9.8' });
  await app.background.settleDown();
  expect(gateway.calls.length).toBe(22);
});

test('where people confirm what they are sent, no prefix is blocked', async () => {
  for (let no = 0; no < 40; no++) {
    const one = { phone: `+35191700${String(1000 + no)}`, draftId: draft(`c${no}`) };
    await ask(one.phone, { draftId: one.draftId, from: `10.1.${no}.1` });
    if (no % 3 === 0) expect((await confirm(await codeFor(one.phone), one)).status).toBe(200);
  }
  await app.background.settleDown();
  expect(gateway.calls.length).toBe(40);
});

test('the code stands in no row, no list of messages and no log; staff see dots', async () => {
  await ask();
  const code = await lastCode();
  const { messages } = (await owner.here<MessageLog>('GET', 'messages')).body;
  expect(messages[0]).toMatchObject({ kind: 'phone_code', channel: 'sms', status: 'sent', recipient: '+35191•••5678' });
  expect(messages[0]?.body).toContain('•••••• is your code');
  const { rows: tables } = await sql<{ name: string }>`
    select table_name name from information_schema.columns where table_schema = 'public' and column_name = 'chain_id'`.execute(app.database.read);
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`select t::text "row" from ${sql.table(name)} t`.execute(app.database.read);
    expect(rows.filter(({ row }) => row.includes(`#${code}`) || row.includes(`${code} is your code`))).toEqual([]);
  }
});

test('a code that nobody could use any more is not sent', async () => {
  await ask();
  app.clock.advance({ minutes: 5 });
  await app.background.settleDown();
  expect(gateway.calls.length).toBe(0);
});

test('after a week nobody knows any more that a code was sent to a number', async () => {
  await ask();
  await app.background.settleDown();
  app.clock.advance({ minutes: 8 * 24 * 60 });
  await app.background.settleDown();
  const { rows } = await sql<{ n: number }>`select count(*)::int n from phone_codes`.execute(app.database.read);
  expect(rows).toEqual([{ n: 0 }]);
});

const demand = async (phoneConfirmation: string) => {
  await sql`update booking_links set settings = settings || jsonb_build_object('phoneConfirmation', ${phoneConfirmation}::text)`.execute(
    app.database.read,
  );
};
/** What a client wishes for in two days, in the draft of this test and with its phone. */
const wishAt = async (serviceId: string, hour: number) => {
  const startsAt = new Date(Math.ceil(app.clock.now().getTime() / 86_400_000) * 86_400_000 + 24 * 3_600_000 + hour * 3_600_000).toISOString();
  const wish = (await wishFor(app, { serviceIds: [serviceId], staffId: 'anna', startsAt }))(1);
  return { ...wish, draftId: draft(), client: { ...wish.client, phone: PHONE } };
};

test('a link that demands it takes no prepaid booking without the proof, and any other time of the draft with it', async () => {
  await switchSms(true);
  await demand('before_payment');
  const client = clientOf(app);
  const wish = await wishAt('cut', 10);
  const refused = await client.book(wish);
  expect([refused.status, (refused.body as unknown as ProblemAnswer).code]).toEqual([409, 'phone_not_confirmed']);
  await ask();
  const { proof } = (await confirm(await lastCode())).body;
  const elsewhere = await client.book({ ...wish, phoneConfirmation: proof, client: { ...wish.client, phone: '+351912345670' } });
  expect(elsewhere.status).toBe(409);
  const first = await client.book({ ...wish, phoneConfirmation: proof });
  const moved = await client.book({ ...(await wishAt('cut', 12)), phoneConfirmation: proof });
  expect([first.status, moved.status]).toEqual([201, 201]);
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int n from bookings where draft_id = ${draft()} and phone_confirmed_at is not null`.execute(app.database.read);
  expect(rows).toEqual([{ n: 2 }]);
  // where nothing is paid online nobody is asked
  drafts += 1;
  expect((await client.book(await wishAt('comb', 14))).status).toBe(201);
  await demand('always');
  drafts += 1;
  expect((await client.book(await wishAt('comb', 15))).status).toBe(409);
  await demand('off');
});

test('without SMS a link cannot demand it, and one that did takes bookings without it', async () => {
  await demand('always');
  await switchSms(false);
  expect((await clientOf(app).book(await wishAt('comb', 10))).status).toBe(201);
  const { links } = (await owner.here('GET', 'booking-links')).body as { links: { id: string; version: string; settings: object }[] };
  const [link] = links;
  await demand('off');
  const wish = {
    version: '',
    name: 'Main',
    slug: 'main',
    measurementId: null,
    allowedOrigins: [],
    settings: { ...link?.settings, phoneConfirmation: 'always' },
  };
  const now = ((await owner.here('GET', 'booking-links')).body as { links: { version: string }[] }).links[0]?.version;
  const refused = await owner.here<ProblemAnswer>('PUT', `booking-links/${link?.id}`, { ...wish, version: now });
  expect([refused.status, refused.body.code]).toEqual([409, 'not_ready']);
  await switchSms(true);
  const again = ((await owner.here('GET', 'booking-links')).body as { links: { version: string }[] }).links[0]?.version;
  expect((await owner.here('PUT', `booking-links/${link?.id}`, { ...wish, version: again })).status).toBe(200);
  await demand('off');
});
