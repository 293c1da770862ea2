import type { Client, Clients } from '@holdfast/contract/clients';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mergeRows } from '../clients/merge-rows.ts';
import { lockClient } from '../clients/write-client.ts';
import { clientOf } from '../testing/call.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';
import { auditEverything } from './audit.ts';

let app: TestApp;
let owner: StaffUser;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { cut: { price: 4000, minutes: 60, status: 'required' }, comb: { price: 1000, minutes: 15, status: 'not_available' } },
      staff: { anna: { status: 'available' } },
    },
  });
  owner = await signInAs(app, 'owner');
});
afterAll(() => app.close());

const person = (name: string, phone = '', more: object = {}) => ({ name, phone, email: '', language: 'en', note: '', ...more });
const add = async (name: string, phone = '', more: object = {}) => {
  const { status, body } = await owner.call<Client>('POST', 'clients', person(name, phone, more));
  expect([name, status]).toEqual([name, 201]);
  return body;
};
const found = async (search: string, who = owner) => {
  const { body } = await who.call<Clients>('GET', `clients?search=${encodeURIComponent(search)}`);
  return body.clients.map(({ name }) => name);
};
const book = async (n: number, serviceId: string, startsAt: string) => {
  const wish = (await wishFor(app, { serviceIds: [serviceId], staffId: 'anna', startsAt }))(n);
  const { body } = await clientOf(app).book(wish);
  const { rows } = await sql<{ client_id: string; booking_id: string }>`
    select client_id, booking_id from bookings where draft_id = ${wish.draftId}`.execute(app.database.read);
  return { token: body.token, clientId: rows[0]?.client_id ?? '', bookingId: rows[0]?.booking_id ?? '', wish };
};
const faults = async () => (await auditEverything(app.payments)).disagreements;

test('a client is found by any part of name or phone, with or without accents, capitals and the zero in front', async () => {
  await add('Inês Sá Moreira', '912 345 678', { email: 'ines@example.com' });
  for (const search of ['ines', 'INÊS', 'moreira sa', 'sá', '912 345', '345678', '+351 912', 'nes@exam', '0912']) {
    expect([search, await found(search)]).toEqual([search, ['Inês Sá Moreira']]);
  }
  for (const search of ['inês lima', '%', '_', '9123456789']) expect([search, await found(search)]).toEqual([search, []]);
});

test('a long list comes page by page, each client once', async () => {
  for (let n = 0; n < 7; n++) await add(`Paged ${n}`);
  const names: string[] = [];
  for (let after = ''; ; ) {
    const { body } = await owner.call<Clients>('GET', `clients?search=paged&limit=3${after}`);
    names.push(...body.clients.map(({ name }) => name));
    if (!body.next) break;
    after = `&after=${body.next}`;
  }
  expect(names).toEqual(Array.from({ length: 7 }, (_, n) => `Paged ${n}`));
  expect((await owner.call<{ code: string }>('GET', 'clients?after=nonsense')).body.code).toBe('invalid_request');
});

test('two clients cannot have one phone; whoever has it is named', async () => {
  const first = await add('First', '+351 910 000 001');
  const second = await owner.call<{ code: string; detail: { clientId: string } }>('POST', 'clients', person('Second', '910000001'));
  expect([second.status, second.body.code, second.body.detail.clientId]).toEqual([409, 'already_there', first.id]);
  expect((await owner.call<{ code: string }>('POST', 'clients', person('Third', '12'))).body.code).toBe('invalid_phone');
});

test('of two who correct the same client the second is told, and the log says which fields, not what was in them', async () => {
  const { id, version } = await add('Typo');
  const wish = { version, ...person('Corrected', '', { note: 'private' }) };
  expect((await owner.call('PUT', `clients/${id}`, wish)).status).toBe(200);
  expect((await owner.call<{ code: string }>('PUT', `clients/${id}`, { ...wish, name: 'Other' })).body.code).toBe('changed_meanwhile');
  const { rows } = await sql<{ after: unknown }>`select after from audit_log where action = 'client.changed' and subject_id = ${id}`.execute(
    app.database.read,
  );
  expect(rows).toEqual([{ after: { fields: ['name', 'note'] } }]);
});

test('who may not see contacts sees names only', async () => {
  await add('Secret Phone', '+351 910 000 009', { email: 'secret@example.com' });
  const member = await signInAs(app, 'team_member');
  const { body } = await member.call<Clients>('GET', 'clients?search=secret');
  expect(body.clients.map(({ name, phone, email }) => ({ name, phone, email }))).toEqual([{ name: 'Secret Phone', phone: null, email: null }]);
  expect((await member.call('POST', 'clients', person('X'))).status).toBe(403);
});

test('a team member sees of a client the visits with themself, and no money', async () => {
  const { clientId } = await book(77, 'comb', '2026-03-09T10:00:00Z');
  const seen = async (staffId?: string) => {
    const member = await signInAs(app, 'team_member', staffId ? { staffId } : {});
    const { body } = await member.call<Client>('GET', `clients/${clientId}`);
    return [body.visits.map(({ staffName, paidMinor }) => [staffName, paidMinor]), body.money];
  };
  expect(await seen('anna')).toEqual([[['anna', null]], []]);
  expect(await seen()).toEqual([[], []]);
});

test('one person who was there twice is one: visits and the money on the account come along, and both phones book as the same client', async () => {
  // a held time that was paid when it was gone: credit on the account of whoever it was
  const late = await book(1, 'cut', '2026-03-04T10:00:00Z');
  const page = await clientOf(app).startPayment(late.token);
  const session = clientOf(app).sessionOf(page.body);
  await sql`update appointments set status = 'cancelled' where booking_id = ${late.bookingId}`.execute(app.database.read);
  await sql`delete from occupancy where source_id in (select appointment_id from appointments where booking_id = ${late.bookingId})`.execute(
    app.database.read,
  );
  app.sandbox.pay(session, { card: '4242424242424242' });
  await clientOf(app).comeBack(late.token);
  const survivor = await book(2, 'comb', '2026-03-05T10:00:00Z');
  const before = (await owner.call<Client>('GET', `clients/${survivor.clientId}`)).body;

  const merged = await owner.call<Client>('POST', `clients/${survivor.clientId}/merge`, { version: before.version, other: late.clientId });
  expect(merged.status).toBe(200);
  expect(merged.body.money).toEqual([{ currency: 'EUR', paidMinor: 0, creditMinor: 4000 }]);
  expect(merged.body.visits.length).toBe(2);
  expect(merged.body.otherPhones).toEqual([late.wish.client.phone]);
  expect((await owner.call<Client>('GET', `clients/${late.clientId}`)).body.mergedInto).toBe(survivor.clientId);

  const again = (await wishFor(app, { serviceIds: ['comb'], staffId: 'anna', startsAt: '2026-03-06T10:00:00Z' }))(1);
  await clientOf(app).book(again);
  const { rows } = await sql<{ client_id: string }>`select client_id from bookings where draft_id = ${again.draftId}`.execute(app.database.read);
  expect(rows[0]?.client_id).toBe(survivor.clientId);
  expect(await faults()).toEqual([]);
});

test('two who merge the same pair the other way round: one of them is told', async () => {
  const [a, b] = [await add('Twin', '+351 910 000 021'), await add('Twin', '+351 910 000 022')];
  expect(a.lookAlikes).toEqual([]);
  expect((await owner.call<Client>('GET', `clients/${a.id}`)).body.lookAlikes.map(({ id }) => id)).toEqual([b.id]);
  const answers = await Promise.all([
    owner.call('POST', `clients/${a.id}/merge`, { version: a.version, other: b.id }),
    owner.call('POST', `clients/${b.id}/merge`, { version: b.version, other: a.id }),
  ]);
  expect(answers.map(({ status }) => status).sort((one, other) => one - other)).toEqual([200, 404]);
});

test('a client who asks to be forgotten is forgotten everywhere; visits and money stay', async () => {
  const { clientId, token } = await book(40, 'cut', '2026-03-07T10:00:00Z');
  const page = await clientOf(app).startPayment(token);
  app.sandbox.pay(clientOf(app).sessionOf(page.body), { card: '4242424242424242' });
  await clientOf(app).comeBack(token);
  const present = async () => (await owner.call<Client>('GET', `clients/${clientId}`)).body;
  const refused = await owner.call<{ code: string; detail: unknown }>('POST', `clients/${clientId}/erasure`, { version: (await present()).version });
  expect([refused.status, refused.body.code, refused.body.detail]).toEqual([409, 'still_used', { upcoming: 1 }]);

  // as it is kept at a provider that has no page of its own
  await sql`
    update payment_attempts set page = ${JSON.stringify({ returnUrl: `https://salon.test/b/${token}` })}::jsonb
     where order_id in (select booking_id from bookings where client_id = ${clientId})`.execute(app.database.read);
  await app.pass({ minutes: 7 * 24 * 60 });
  const { status, body } = await owner.call<Client>('POST', `clients/${clientId}/erasure`, { version: (await present()).version });
  expect([status, body.name, body.phone, body.visits.length, body.money]).toEqual([
    200,
    '',
    null,
    1,
    [{ currency: 'EUR', paidMinor: 4000, creditMinor: 0 }],
  ]);
  const everything = await sql<{ n: string }>`
    select string_agg(t.row::text, '') n from (
      select to_jsonb(c) row from clients c union all select to_jsonb(b) from bookings b union all select to_jsonb(a) from appointments a
      union all select to_jsonb(p) from payment_attempts p union all select jsonb_build_object('raw', encode(raw, 'escape')) from webhook_inbox
      union all select to_jsonb(l) from audit_log l union all select to_jsonb(o) from outbox o) t`.execute(app.database.read);
  expect(everything.rows[0]?.n).not.toMatch(/Client 40|351912010040/);
  expect(everything.rows[0]?.n).not.toContain(token);
  expect(await found('Client 40')).toEqual([]);
  expect(await faults()).toEqual([]);
});

test('the file of all clients runs nothing in a table program', async () => {
  await add('=HYPERLINK("http://x")');
  const answer = await app.http.inject({ method: 'GET', url: '/api/v1/admin/clients.csv', headers: { cookie: owner.cookie } });
  expect(answer.body).toContain(`"'=HYPERLINK(""http://x"")"`);
  expect(answer.body.split('\r\n').length).toBeGreaterThan(5);
});

test('nobody is booked as a client who is becoming another at that moment', async () => {
  const [survivor, other] = [await add('Vera Um', '913 000 001'), await add('Vera Dois', '913 000 002')];
  const [holds, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const merging = app.database.transaction(async (tx) => {
    await lockClient(tx, app.scope.chainId, other.id);
    holds.resolve();
    await gate.promise;
    await mergeRows(tx, app.scope.chainId, survivor.id, other.id);
  });
  await holds.promise;
  const wish = (client: object, startsAt: string) =>
    owner.here<{ code?: string; client?: { id: string } }>('POST', 'appointments', {
      client,
      staffId: 'anna',
      startsAt,
      services: [{ serviceId: 'comb', costMinor: null }],
      durationMinutes: null,
      comment: '',
      outsideHours: false,
    });
  const bookings = Promise.all([
    wish({ clientId: other.id }, '2026-03-26T10:00:00.000Z'),
    wish({ name: 'Vera', phone: '913 000 002', email: '' }, '2026-03-26T12:00:00.000Z'),
  ]);
  for (let waiting = 0; waiting < 2; ) {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(app.database.read);
    waiting = rows[0]?.n ?? 0;
  }
  gate.resolve();
  await merging;
  const [chosen, recognised] = await bookings;
  expect([chosen.status, chosen.body.code, recognised.body.client?.id]).toEqual([404, 'not_found', survivor.id]);
});
