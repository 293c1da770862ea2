import type { AttentionList } from '@holdfast/contract/attention';
import type { MembershipCover, MembershipsOfClient, MyMemberships } from '@holdfast/contract/memberships';
import type { RefundList } from '@holdfast/contract/refunds';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { switchOnlinePayment } from '../payments/connect-provider.ts';
import { call, clientOf } from '../testing/call.ts';
import { confirmPhone, membershipDesk, phoneOf } from '../testing/memberships-of.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';
import { auditEverything } from './audit.ts';

let app: TestApp;
let owner: StaffUser;
let desk: ReturnType<typeof membershipDesk>;
let hour = 0;

beforeAll(async () => {
  app = await testApp({
    salon: {
      services: {
        srv_yoga: { price: 2000, minutes: 60, status: 'not_available' },
        srv_club: { price: 3000, minutes: 60, status: 'required' },
        srv_cut: { price: 5000, minutes: 60, status: 'required' },
      },
      staff: Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`stf_${n}`, { status: 'available' as const }])),
    },
  });
  await sql`update services set membership = 'either' where service_id = 'srv_yoga'`.execute(app.database.read);
  await sql`update services set membership = 'members' where service_id = 'srv_club'`.execute(app.database.read);
  await app.database.transaction((tx) => switchOnlinePayment(tx, app.scope, { method: 'visit_link', enabled: true, connectionId: app.connectionId }));
  owner = await signInAs(app, 'owner');
  desk = membershipDesk(app, owner);
  await confirmPhone(app, 'nobody', phoneOf(0));
});
afterAll(async () => {
  expect((await auditEverything(app.payments)).disagreements).toEqual([]);
  await app.close();
});

/** Somebody else's time each, on one day after another. */
const nextTime = (days = 3) => {
  const at = new Date(Date.UTC(2026, 2, 2 + days, 9 + (hour % 8)));
  const staffId = `stf_${Math.floor(hour++ / 8) % 20}`;
  return { staffId, startsAt: at.toISOString() };
};
const yoga = (days?: number) => ({ serviceIds: ['srv_yoga'], ...nextTime(days) });

test('a membership of ten visits is sold for cash, once, and the salon owes what is not used', async () => {
  const clientId = await desk.client(1);
  const type = await desk.type();
  const key = desk.key();
  const [first] = await Promise.all([desk.sell(clientId, type, { key }), desk.sell(clientId, type, { key })]);
  expect(first.body.memberships).toMatchObject([
    { visits: 10, left: 10, state: 'active', priceMinor: 10_000, earnedMinor: 0, refundableMinor: 10_000 },
  ]);
  expect((await desk.see(clientId)).by).toBe('owner');
  const other = await desk.client(2);
  expect((await desk.sell(other, type, { key })).body.code).toBe('already_there');
  expect((await desk.sell(clientId, { ...type, priceMinor: 9_000 })).body).toMatchObject({
    code: 'changed_meanwhile',
    detail: { priceMinor: 10_000 },
  });
  const { body } = await owner.here<{ groups: { rows: { values: unknown[] }[] }[] }>('GET', 'reports/outstanding?from=2026-03-02&to=2026-03-02');
  expect(body.groups[0]?.rows.map(({ values }) => values.slice(0, 2))).toContainEqual([10_000, 'membership']);
});

test('a visit is reserved with the booking, nothing is due for it, and it is used when it is over', async () => {
  const { clientId } = await desk.sold(3);
  const booked = await desk.book(3, yoga(1));
  expect(booked.status).toBe(201);
  expect(booked.body).toMatchObject({ status: 'waiting', dueMinor: 0 });
  expect(await desk.see(clientId)).toMatchObject({ reserved: 1, used: 0, left: 9 });
  expect(await desk.checkout(booked.id)).toMatchObject({ costMinor: 0, dueMinor: 0 });
  await app.pass({ minutes: 60 * 48 });
  expect(await desk.see(clientId)).toMatchObject({
    reserved: 0,
    used: 1,
    left: 9,
    earnedMinor: 1000,
    refundableMinor: 9000,
    history: [{ status: 'used', because: 'visit' }],
  });
});

test('without a confirmed phone nothing is booked with a membership, and members only means members only', async () => {
  await desk.sold(4);
  const wish = await desk.coveredWish(4, yoga(4));
  const { phoneConfirmation: _proof, ...unproven } = wish;
  const client = clientOf(app);
  expect((await client.book(unproven)).body).toMatchObject({ code: 'phone_not_confirmed' });
  expect((await client.book({ ...wish, phoneConfirmation: 'something' })).body).toMatchObject({ code: 'phone_not_confirmed' });
  const club = (await wishFor(app, { serviceIds: ['srv_club'], ...nextTime(4) }))(4);
  expect((await client.book(club)).body).toMatchObject({ code: 'membership_needed', detail: { serviceId: 'srv_club' } });
  expect((await desk.book(4, { serviceIds: ['srv_cut'], ...nextTime(4) }, 'cut')).body).toMatchObject({ code: 'membership_not_usable' });
  expect((await desk.book(4, { serviceIds: ['srv_club'], ...nextTime(4) }, 'club')).status).toBe(201);
});

test.each([
  ['nobody sold them one', undefined, 'none'],
  ['it does not cover this service', { serviceIds: ['srv_club'] }, 'not_covered'],
  ['it ends before the visit', { period: { count: 2, unit: 'days' as const } }, 'ends_before'],
  ['it is used up', { visits: 1 }, 'used_up'],
])('a booking says why no membership covers it: %s', async (why, wish, reason) => {
  const n = 10 + why.length;
  if (wish) await desk.sold(n, wish);
  if (reason === 'used_up') expect((await desk.book(n, yoga(3))).status).toBe(201);
  expect((await desk.book(n, yoga(5), 'again')).body).toMatchObject({ code: 'membership_not_usable', detail: { reason } });
});

test('cancelled in time it comes back, cancelled late it is used, and staff may decide otherwise', async () => {
  const { clientId } = await desk.sold(5, { lateHours: 24 });
  const client = clientOf(app);
  const early = await desk.book(5, yoga(6));
  await client.cancel(early.token);
  expect(await desk.see(clientId)).toMatchObject({ reserved: 0, used: 0, left: 10, history: [{ status: 'returned', because: 'cancelled' }] });
  const soon = { serviceIds: ['srv_yoga'], staffId: 'stf_19', startsAt: new Date(app.clock.now().getTime() + 2 * 3_600_000).toISOString() };
  const late = await desk.book(5, soon);
  expect(late.status).toBe(201);
  expect((await client.cancel(late.token)).status).toBe(200);
  expect(await desk.see(clientId)).toMatchObject({ reserved: 0, used: 1, left: 9 });
  const again = await desk.book(5, { ...soon, staffId: 'stf_18' });
  const cancel = { version: (await desk.checkout(again.id)).version, because: 'the teacher is ill', refund: 'all' };
  expect((await owner.here('POST', `appointments/${again.id}/cancellation`, cancel)).status).toBe(200);
  expect(await desk.see(clientId)).toMatchObject({ reserved: 0, used: 1, left: 9 });
});

test('who does not come uses the visit, and taking that back reserves it again', async () => {
  const { clientId } = await desk.sold(6);
  const booked = await desk.book(6, yoga(7));
  const step = async (name: string) =>
    owner.here('POST', `appointments/${booked.id}/steps`, { version: (await desk.checkout(booked.id)).version, step: name });
  expect((await step('markNoShow')).status).toBe(200);
  expect(await desk.see(clientId)).toMatchObject({ used: 1, reserved: 0, history: [{ because: 'no_show' }] });
  expect((await step('undoNoShow')).status).toBe(200);
  expect(await desk.see(clientId)).toMatchObject({ used: 0, reserved: 1 });
});

test('at the desk a visit is paid with a membership, and that is undone', async () => {
  const { clientId } = await desk.sold(7);
  const wish = (await wishFor(app, { serviceIds: ['srv_yoga'], ...nextTime(7) }))(7);
  const booked = await clientOf(app).book(wish);
  const id = booked.body.appointments[0]?.id ?? '';
  expect(await desk.checkout(id)).toMatchObject({ dueMinor: 2000, cover: { offer: [{ membershipName: expect.any(String) }], covered: [] } });
  expect((await desk.cover(id)).body).toMatchObject({ dueMinor: 0, costMinor: 0, cover: { covered: [{ status: 'reserved' }] } });
  expect(await desk.see(clientId)).toMatchObject({ reserved: 1 });
  expect((await desk.cover(id, true)).body).toMatchObject({ dueMinor: 2000, cover: { covered: [] } });
  expect(await desk.see(clientId)).toMatchObject({ reserved: 0, left: 10 });
});

test('at the desk the last visit pays for one of two services, and the other is paid another way', async () => {
  await desk.sold(45, { visits: 1 });
  const both = (await wishFor(app, { serviceIds: ['srv_yoga', 'srv_yoga'], ...nextTime(9) }))(45);
  const booked = await clientOf(app).book(both);
  const visit = booked.body.appointments[0]?.id ?? '';
  expect(await desk.checkout(visit)).toMatchObject({ costMinor: 4000 });
  expect((await desk.cover(visit)).status).toBe(200);
  expect(await desk.checkout(visit)).toMatchObject({ costMinor: 2000, dueMinor: 2000 });
  expect((await desk.cover(visit)).body).toMatchObject({ code: 'membership_not_usable', detail: { reason: 'used_up' } });
});

test('the one that ends first is used first', async () => {
  const { clientId, id: long } = await desk.sold(8, { period: { count: 90, unit: 'days' } });
  const { id: short } = await desk.sold(8, { period: { count: 30, unit: 'days' } });
  await desk.sold(8);
  await desk.book(8, yoga(8));
  expect((await desk.see(clientId, short)).reserved).toBe(1);
  expect((await desk.see(clientId, long)).reserved).toBe(0);
});

test('what was reserved while it lasted stays, although it ends before the visit is over; then the rest is earned', async () => {
  const { clientId } = await desk.sold(9, { visits: 3, priceMinor: 1000, period: { count: 12, unit: 'days' } });
  const booked = await desk.book(9, yoga(9));
  expect(booked.status).toBe(201);
  await app.pass({ minutes: 60 * 24 * 8 });
  expect(await desk.see(clientId)).toMatchObject({ used: 1, earnedMinor: 333, refundableMinor: 667 });
  await app.pass({ minutes: 60 * 24 * 10 });
  expect(await desk.see(clientId)).toMatchObject({ state: 'ended', earnedMinor: 1000, refundableMinor: 0 });
});

test('freezing adds days at its end, only as often as was sold, and not over a booked visit', async () => {
  const { clientId, id } = await desk.sold(40, { visits: null, period: { count: 30, unit: 'days' }, freezeDays: 10, freezeTimes: 1 });
  const before = await desk.see(clientId);
  expect((await desk.deed(id, 'freeze', { version: before.version, days: 11 })).body).toMatchObject({ detail: { reason: 'too_long' } });
  expect((await desk.deed(id, 'freeze', { version: before.version, days: 7 })).status).toBe(200);
  const frozen = await desk.see(clientId);
  expect(frozen).toMatchObject({ state: 'frozen', freeze: { daysLeft: 3, timesLeft: 0 } });
  expect(Date.parse(frozen.endsAt ?? '') - Date.parse(before.endsAt ?? '')).toBe(7 * 86_400_000);
  const soon = { serviceIds: ['srv_yoga'], staffId: 'stf_17', startsAt: new Date(app.clock.now().getTime() + 86_400_000).toISOString() };
  expect((await desk.book(40, soon)).body).toMatchObject({ detail: { reason: 'frozen' } });
  expect((await desk.deed(id, 'unfreeze', { version: frozen.version })).status).toBe(200);
  expect((await desk.see(clientId)).endsAt).toBe(before.endsAt);
  expect((await desk.book(40, soon, 'again')).status).toBe(201);
});

test('a period earns with its days, and what is left goes back', async () => {
  const { clientId, id } = await desk.sold(41, { visits: null, priceMinor: 3000, period: { count: 30, unit: 'days' } });
  await app.pass({ minutes: 60 * 24 * 10 });
  const after = await desk.see(clientId);
  expect(after).toMatchObject({ earnedMinor: 1000, refundableMinor: 2000 });
  expect((await desk.deed(id, 'refund', { version: after.version, because: 'moves away' })).status).toBe(200);
  expect(await desk.see(clientId)).toMatchObject({ state: 'refunded', refundedMinor: 2000, earnedMinor: 1000 });
  await app.pass({ minutes: 1 });
});

test('a sale by mistake is undone as a whole; while a visit is booked nothing goes back', async () => {
  const { clientId, id } = await desk.sold(42);
  const day = new Date(app.clock.now().getTime() + 3 * 86_400_000).toISOString().slice(0, 10);
  const booked = await desk.book(42, { serviceIds: ['srv_yoga'], staffId: 'stf_16', startsAt: `${day}T10:00:00.000Z` });
  const seen = await desk.see(clientId);
  expect((await desk.deed(id, 'refund', { version: seen.version, because: 'a mistake' })).body).toMatchObject({
    code: 'still_used',
    detail: { reserved: 1 },
  });
  await clientOf(app).cancel(booked.token);
  const { version } = await desk.see(clientId);
  expect((await desk.deed(id, 'refund', { version, because: 'a mistake' })).status).toBe(200);
  expect(await desk.see(clientId)).toMatchObject({ state: 'refunded', refundedMinor: 10_000 });
  expect((await desk.book(42, { serviceIds: ['srv_yoga'], staffId: 'stf_16', startsAt: `${day}T12:00:00.000Z` })).body).toMatchObject({
    detail: { reason: 'none' },
  });
});

test('a membership goes back within the role’s limit, and above the location’s limit by two people', async () => {
  const clientId = await desk.client(44);
  await desk.sell(clientId, await desk.type());
  const { id, version } = await desk.see(clientId);
  const role = app.salon.newId('rol');
  await sql`
    insert into roles (chain_id, role_id, name, rights, refund_limit_minor, created_at)
    values (${app.scope.chainId}, ${role}, ${role}, '{checkout.see,transactions.delete,refunds.make}', 1000, ${app.clock.now()})`.execute(
    app.database.read,
  );
  const refund = (who: StaffUser) =>
    who.here<{ code: string; detail: object; memberships: object[] }>('POST', `memberships/${id}/refund`, { version, because: 'moves away' });
  expect((await refund(await signInAs(app, role))).body).toMatchObject({ code: 'right_missing', detail: { because: 'over_limit' } });
  await owner.here('PUT', 'refund-settings', { secondPersonFromMinor: 2000 });
  expect((await refund(owner)).body.memberships).toMatchObject([{ state: 'active', refundAsked: { by: 'owner', byYou: true, amountMinor: 10_000 } }]);
  expect((await refund(owner)).body.code).toBe('second_person_needed');
  expect((await owner.here<RefundList>('GET', 'refunds')).body.asked).toMatchObject([
    { of: { kind: 'membership', id }, client: { id: clientId }, amountMinor: 10_000 },
  ]);
  const { body } = await refund(await signInAs(app, 'administrator'));
  expect((await owner.here<RefundList>('GET', 'refunds')).body.asked).toEqual([]);
  expect(body.memberships).toMatchObject([{ state: 'refunded', refundedMinor: 10_000, refundAsked: null }]);
  await owner.here('PUT', 'refund-settings', { secondPersonFromMinor: null });
});

test('a client buys one on the page, pays it at the provider, and books with it', async () => {
  const type = await desk.type({ priceMinor: 4000, visits: 2 });
  const base = '/api/v1/locations/test/salon';
  const draftId = 'draft_of_a_membership';
  const client = { name: 'Nina', phone: phoneOf(43), email: '' };
  const wish = { draftId, typeId: type.id, priceMinor: 4000, client, language: 'en', phoneConfirmation: 'nothing' };
  expect((await call<{ code: string }>(app, 'POST', `${base}/memberships`, wish)).body.code).toBe('phone_not_confirmed');
  const phoneConfirmation = await confirmPhone(app, draftId, phoneOf(43));
  const bought = await call<{ pageUrl: string; token: string }>(app, 'POST', `${base}/memberships`, { ...wish, phoneConfirmation });
  expect(bought.status).toBe(200);
  const again = await call<{ pageUrl: string }>(app, 'POST', `${base}/memberships`, { ...wish, phoneConfirmation });
  expect(again.body.pageUrl).toBe(bought.body.pageUrl);
  app.sandbox.pay(new URL(bought.body.pageUrl).pathname.split('/').at(-1) ?? '');
  await app.pass({ minutes: 1 });
  expect((await call(app, 'GET', `/api/v1/membership-links/${bought.body.token}`)).body).toMatchObject({ state: 'paid' });
  const clientId = await desk.client(43);
  expect(await desk.see(clientId)).toMatchObject({ state: 'active', left: 2, way: 'link' });
  const day = new Date(app.clock.now().getTime() + 3 * 86_400_000).toISOString().slice(0, 10);
  const wished = { serviceIds: ['srv_yoga'], startsAt: `${day}T10:00:00.000Z` };
  const asked = await call(app, 'POST', `${base}/membership-cover`, { draftId, phone: phoneOf(43), phoneConfirmation, appointments: [wished] });
  expect(asked.body).toMatchObject({ services: [{ line: 0, serviceId: 'srv_yoga', membership: { left: 2, visits: 2 } }] });
  const booked = await desk.book(43, { ...wished, staffId: 'stf_15' });
  expect(booked.status).toBe(201);
  expect((await call(app, 'GET', `/api/v1/bookings/${booked.token}/memberships`)).body).toMatchObject({
    memberships: [{ left: 1, history: [{ status: 'reserved' }] }],
  });
  // the page of everything that goes with a phone: only for whoever has confirmed it, and only theirs
  const mine = (asked: object) => call<MyMemberships & { code: string }>(app, 'POST', `${base}/my-memberships`, asked);
  const proof = phoneConfirmation;
  expect((await mine({ draftId, phone: phoneOf(43), proof })).body).toMatchObject({
    clientName: 'Client 43',
    memberships: [
      { left: 1, reserved: 1, timeZone: 'Europe/Lisbon', pageUrl: expect.stringContaining('/membership/'), booked: [{ token: booked.token }] },
    ],
  });
  for (const wrong of [{ phone: phoneOf(1) }, { proof: 'made-up' }, { draftId: 'draft_of_somebody_else' }])
    expect((await mine({ draftId, phone: phoneOf(43), proof, ...wrong })).body.code).toBe('phone_not_confirmed');
  await clientOf(app).cancel(booked.token);
  const { id, version } = await desk.see(clientId);
  expect((await desk.deed(id, 'refund', { version, because: 'moves away' })).status).toBe(200);
  await app.pass({ minutes: 5 });
  expect(await desk.see(clientId)).toMatchObject({ state: 'refunded', refundedMinor: 4000 });
});

test('who confirms another telephone in the same tab buys a membership for that one, and clicking twice on a second one is one more', async () => {
  const type = await desk.type({ priceMinor: 3500, visits: 5 });
  const draftId = 'draft_of_two_phones_1';
  const page = (body: { pageUrl: string }) => new URL(body.pageUrl).pathname.split('/').at(-1) ?? '';
  const buy = async (of: number, priceMinor = 3500) => {
    const phoneConfirmation = await confirmPhone(app, draftId, phoneOf(of));
    const client = { name: `Client ${of}`, phone: phoneOf(of), email: '' };
    const wish = { draftId, typeId: type.id, priceMinor, client, language: 'en', phoneConfirmation };
    return (await call<{ pageUrl: string }>(app, 'POST', '/api/v1/locations/test/salon/memberships', wish)).body;
  };
  const bought = await buy(46);
  const other = await buy(47);
  expect(page(other)).not.toBe(page(bought));
  app.sandbox.pay(page(other));
  await app.pass({ minutes: 1 });
  expect(await desk.see(await desk.client(47))).toMatchObject({ state: 'active', left: 5 });
  expect(await desk.see(await desk.client(46))).toMatchObject({ state: 'offered' });
  const [once, twice] = await Promise.all([buy(47), buy(47)]);
  expect(page(once)).toBe(page(twice));
  expect(page(await buy(47))).toBe(page(once));
  // the salon sells it with fewer visits from now on, at the same price: who goes to pay now buys what the page says
  await sql`update membership_types set visits = 4 where type_id = ${type.id}`.execute(app.database.read);
  const fewer = await buy(47);
  expect(page(fewer)).not.toBe(page(once));
  app.sandbox.pay(page(fewer));
  await app.pass({ minutes: 1 });
  const theirs = (await owner.here<MembershipsOfClient>('GET', `clients/${await desk.client(47)}/memberships`)).body.memberships;
  const shown = theirs.map(({ visits, state }) => `${visits} visits, ${state}`);
  expect(shown.toSorted()).toEqual(['4 visits, active', '5 visits, active', '5 visits, offered']);
});

test.each([
  ['two services of one visit', (at: string) => ({ appointments: [{ serviceIds: ['srv_yoga', 'srv_club'], startsAt: at }] }), 2],
  [
    'three visits, of which two are left',
    (at: string) => ({ appointments: Array.from({ length: 3 }, () => ({ serviceIds: ['srv_yoga'], startsAt: at })) }),
    2,
  ],
])('one visit left on each of two memberships covers %s', async (what, asked, covers) => {
  const n = 48 + covers + what.length;
  await desk.sold(n, { visits: 1 });
  await desk.sold(n, { visits: 1 });
  const draftId = `draft_of_the_cover_${n}`;
  const phoneConfirmation = await confirmPhone(app, draftId, phoneOf(n));
  const day = new Date(app.clock.now().getTime() + 3 * 86_400_000).toISOString().slice(0, 10);
  const wish = { draftId, phone: phoneOf(n), phoneConfirmation, ...asked(`${day}T10:00:00.000Z`) };
  const { body } = await call<MembershipCover>(app, 'POST', '/api/v1/locations/test/salon/membership-cover', wish);
  const found = body.services.map(({ membership }) => membership?.id ?? null);
  expect(found.filter((id) => id !== null)).toHaveLength(covers);
  expect(new Set(found.filter((id) => id !== null)).size).toBe(covers);
  expect(body.services.filter(({ reason }) => reason !== null).map(({ reason }) => reason)).toEqual(
    found.filter((id) => id === null).map(() => 'used_up'),
  );
});

test('a refund that the provider refuses stands before a person with the client it belongs to, until it is asked for again', async () => {
  const type = await desk.type({ priceMinor: 3000, visits: 3 });
  const draftId = 'draft_of_a_refund';
  const phoneConfirmation = await confirmPhone(app, draftId, phoneOf(44));
  const client = { name: 'Olha', phone: phoneOf(44), email: '' };
  const wish = { draftId, typeId: type.id, priceMinor: 3000, client, language: 'en', phoneConfirmation };
  const bought = await call<{ pageUrl: string }>(app, 'POST', '/api/v1/locations/test/salon/memberships', wish);
  app.sandbox.pay(new URL(bought.body.pageUrl).pathname.split('/').at(-1) ?? '');
  await app.pass({ minutes: 1 });
  const clientId = await desk.client(44);
  const refund = async () => {
    const { id, version } = await desk.see(clientId);
    expect((await owner.here('POST', `memberships/${id}/refund`, { version, because: 'asked to' })).status).toBe(200);
  };
  app.sandbox.faults.add({ match: 'refund', kind: 'status500', times: 3 });
  await refund();
  await sql`update payment_refunds set status = 'failed', look_at = null, done_at = ${app.clock.now()}, last_error = 'no' where status in ('intended', 'pending')`.execute(
    app.database.read,
  );
  app.sandbox.faults.clear();
  expect(await desk.see(clientId)).toMatchObject({ state: 'active', left: 3, mayRefund: true });
  const waiting = async () =>
    (await owner.here<AttentionList>('GET', 'attention?state=open')).body.items.filter(({ kind }) => kind === 'refund_failed');
  expect(await waiting()).toMatchObject([
    { client: { id: clientId }, amountMinor: 3000, place: 'client', actions: [{ action: 'note', whyNot: null }] },
  ]);
  app.clock.advance({ seconds: 1 });
  await refund();
  for (let minutes = 0; minutes < 20; minutes += 5) await app.pass({ minutes: 5 });
  expect(await desk.see(clientId)).toMatchObject({ state: 'refunded', refundedMinor: 3000 });
  expect(await waiting()).toEqual([]);
});
