import type { MyBookings } from '@holdfast/contract/my-bookings';
import type { PhoneConfirmed } from '@holdfast/contract/phone-codes';
import type { ProblemAnswer } from '@holdfast/contract/problem';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Gateway, openGateway } from '../messages/testing/carriers.ts';
import { call, clientOf } from '../testing/call.ts';
import { signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

const base = '/api/v1/locations/test/salon';
const DRAFT = 'draft_to_see_my_bookings';
const phoneOf = (n: number) => `+3519120${10000 + n}`;

let app: TestApp;
let gateway: Gateway;
let client: ReturnType<typeof clientOf>;

beforeAll(async () => {
  gateway = await openGateway();
  app = await testApp({
    salon: { services: { cut: { price: 4000, minutes: 60, status: 'not_available' } }, staff: { anna: { status: 'available' } } },
    listen: false,
  });
  client = clientOf(app);
  const owner = await signInAs(app, 'owner');
  const through = { adapter: 'http', url: `${gateway.origin}/sms`, token: 'a-token-of-the-gateway' };
  await owner.here('PUT', 'messages/channels/sms', { version: null, enabled: true, sender: 'Salon', through });
  const book = async (n: number, startsAt: string) => {
    const { status, body } = await client.book((await wishFor(app, { serviceIds: ['cut'], staffId: 'anna', startsAt }))(n));
    expect(status).toBe(201);
    return body;
  };
  await book(1, '2026-03-04T10:00:00.000Z');
  await book(1, '2026-03-03T15:00:00.000Z');
  await book(2, '2026-03-05T10:00:00.000Z');
});
afterAll(async () => {
  await app.close();
  await gateway.close();
});

async function signIn(phone: string, draftId = DRAFT): Promise<string> {
  gateway.calls.length = 0;
  expect((await call(app, 'POST', `${base}/phone-codes`, { draftId, phone, language: 'en' })).status).toBe(200);
  await app.background.settleDown();
  const sent = gateway.calls.map(({ body }) => JSON.parse(body) as { to: string; text: string });
  const code = /#(\d{6})$/.exec(sent.findLast(({ to }) => to === phone)?.text ?? '')?.[1];
  return (await call<PhoneConfirmed>(app, 'POST', `${base}/phone-codes/confirmation`, { draftId, phone, code })).body.proof;
}
const see = (phone: string, proof: string, draftId = DRAFT) =>
  call<MyBookings & ProblemAnswer>(app, 'POST', `${base}/my-bookings`, { draftId, phone, proof });

test('whoever confirms the phone sees all that was booked with it, and nothing of anybody else', async () => {
  const proof = await signIn(phoneOf(1));
  const { status, body } = await see(phoneOf(1), proof);
  expect([status, body.upcoming.map(({ startsAt }) => startsAt), body.past]).toEqual([
    200,
    ['2026-03-03T15:00:00.000Z', '2026-03-04T10:00:00.000Z'],
    [],
  ]);
  const [next] = body.upcoming;
  expect(next).toMatchObject({
    status: 'waiting',
    services: ['cut'],
    staffName: 'anna',
    places: 1,
    location: { slug: 'salon', timeZone: 'Europe/Lisbon' },
  });
  expect((await client.see(next?.token ?? '')).body).toMatchObject({ canCancel: true });
});

test('what was cancelled, and what is over, stands apart', async () => {
  const proof = await signIn(phoneOf(2), 'draft_of_the_second_client');
  const before = (await see(phoneOf(2), proof, 'draft_of_the_second_client')).body;
  await client.cancel(before.upcoming[0]?.token ?? '');
  const after = (await see(phoneOf(2), proof, 'draft_of_the_second_client')).body;
  expect([after.upcoming, after.past.map(({ status }) => status)]).toEqual([[], ['cancelled']]);
});

test('a phone that nobody booked with has nothing, and the answer says no more', async () => {
  const proof = await signIn('+351912999999', 'draft_of_a_stranger_here');
  expect((await see('+351912999999', proof, 'draft_of_a_stranger_here')).body).toMatchObject({ upcoming: [], past: [] });
});

test('a proof opens nothing with another phone, another draft, made up, or a day later', async () => {
  const proof = await signIn(phoneOf(1), 'draft_for_the_last_test_1');
  const refused = async (phone: string, which: string, draftId: string) => {
    const { status, body } = await see(phone, which, draftId);
    expect([status, body.code, body.upcoming]).toEqual([409, 'phone_not_confirmed', undefined]);
  };
  await refused(phoneOf(2), proof, 'draft_for_the_last_test_1');
  await refused(phoneOf(1), proof, 'draft_for_the_last_test_2');
  await refused(phoneOf(1), 'made-up', 'draft_for_the_last_test_1');
  app.clock.advance({ minutes: 24 * 60 + 1 });
  await refused(phoneOf(1), proof, 'draft_for_the_last_test_1');
});

test('bookings of a client who was merged into another are that one’s', async () => {
  const { rows } = await sql<{ phone: string; id: string }>`select phone, client_id id from clients order by phone`.execute(app.database.read);
  const [one, other] = [rows.find(({ phone }) => phone === phoneOf(1)), rows.find(({ phone }) => phone === phoneOf(2))];
  await sql`update clients set merged_into = ${one?.id} where client_id = ${other?.id}`.execute(app.database.read);
  const proof = await signIn(phoneOf(2), 'draft_after_the_merging');
  const { body } = await see(phoneOf(2), proof, 'draft_after_the_merging');
  expect(body.past.concat(body.upcoming).length).toBeGreaterThanOrEqual(2);
});
