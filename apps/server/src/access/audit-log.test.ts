import type { AuditChoices, AuditPage } from '@holdfast/contract/audit';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type Audited, noteAudit } from './note-audit.ts';

let app: TestApp;
let accountant: StaffUser;
let owner: StaffUser;

beforeAll(async () => {
  app = await testApp({
    salon: { services: { cut: { price: 4000, minutes: 60, status: 'required' } }, staff: { anna: { status: 'available' } } },
    listen: false,
  });
  accountant = await signInAs(app, 'accountant');
  owner = await signInAs(app, 'owner');
  const { chainId, locationId } = app.scope;
  const note = (chain: string, minutes: number, audited: Audited, name = 'Olena') =>
    noteAudit(
      app.database.read,
      { newId: app.salon.newId, now: () => new Date(Date.UTC(2026, 2, 1, 23, minutes)) },
      { chainId: chain, userId: 'usr_olena', name, address: '192.0.2.1', requestId: 'req_1' },
      audited,
    );
  const service = { action: 'service.changed', subject: { kind: 'service', id: 'cut' }, locationId };
  await note(chainId, 0, { ...service, before: { price: 1 }, after: { price: 2 } });
  // two in one millisecond
  await note(chainId, 30, { ...service, action: 'service.created' });
  await note(chainId, 30, service);
  await note(chainId, 59, { action: 'role.created', subject: { kind: 'role', id: 'rol_1' }, after: { name: '=HYPERLINK("http://x")' } }, '=cmd()');
  await note(chainId, 61, { ...service, locationId: 'loc_other' });
  await note('chn_other', 61, { ...service, subject: { kind: 'service', id: 'theirs' } });
});
afterAll(() => app.close());

const read = async (query = '') => (await accountant.call<AuditPage>('GET', `audit-log${query}`)).body;
const actions = async (query = '') => (await read(query)).entries.map(({ action }) => action);

test('the log begins with the newest, and tells what it was, what it is, and what it is called today', async () => {
  const { entries, next } = await read();
  expect([entries.length, next]).toEqual([4, null]);
  expect(entries[0]).toMatchObject({ action: 'role.created', userName: '=cmd()', address: '192.0.2.1', locationId: null });
  expect(entries.at(-1)).toMatchObject({ before: { price: 1 }, after: { price: 2 }, subject: { kind: 'service', id: 'cut', name: 'cut' } });
});

test('page by page nothing is left out or shown twice, also of the same moment', async () => {
  const seen: string[] = [];
  let after = '';
  for (;;) {
    const { entries, next } = await read(`?limit=1${after}`);
    seen.push(...entries.map(({ id }) => id));
    if (!next) break;
    after = `&after=${next}`;
  }
  expect(seen).toEqual((await read()).entries.map(({ id }) => id));
});

test('nobody reads of other chains, or of locations where they may not see the log', async () => {
  const everything = JSON.stringify(await read());
  expect([everything.includes('theirs'), everything.includes('loc_other')]).toEqual([false, false]);
  expect((await read('?location=loc_other')).entries).toEqual([]);
  expect((await read('?subject=theirs')).entries).toEqual([]);
});

test('days are those of the place', async () => {
  // 23:00–23:59 UTC of 1 March are already 2 March in Kyiv
  expect(await actions('?from=2026-03-02&zone=Europe/Kyiv')).toHaveLength(4);
  expect(await actions('?from=2026-03-02&zone=Europe/Lisbon')).toHaveLength(0);
  expect(await actions('?to=2026-03-01&zone=Europe/Lisbon')).toHaveLength(4);
  expect(await actions('?from=0000-01-01&to=9999-12-31')).toHaveLength(4);
  expect((await accountant.call('GET', 'audit-log?zone=Nowhere/Land')).status).toBe(400);
});

test('one kind, one action, one person, one thing', async () => {
  expect(await actions('?action=role')).toEqual(['role.created']);
  expect(await actions('?action=service.changed')).toHaveLength(2);
  expect(await actions('?action=serv')).toEqual([]);
  expect(await actions('?user=usr_olena&subject=cut')).toHaveLength(3);
  expect(await actions('?user=usr_nobody')).toEqual([]);
});

test('what can be chosen is what there is', async () => {
  const { body } = await accountant.call<AuditChoices>('GET', 'audit-choices');
  expect(body.actions).toEqual(['role.created', 'service.changed', 'service.created']);
  expect(body.users.map(({ id }) => id)).toEqual(['usr_olena']);
  expect(body.locations.map(({ id }) => id)).toEqual([app.scope.locationId]);
});

test('as a file no line is a formula, and everything is in it however long it is', async () => {
  const { chainId, locationId } = app.scope;
  await sql`
    insert into audit_log (chain_id, audit_id, location_id, at, user_name, address, request_id, action, subject_kind, subject_id)
    select ${chainId}, 'aud_' || n, ${locationId}, '2026-02-01', 'x', '', '', 'service.changed', 'service', 'cut' from generate_series(1, 1200) n`.execute(
    app.database.read,
  );
  const answer = await app.http.inject({ method: 'GET', url: '/api/v1/admin/audit-log.csv', headers: { cookie: accountant.cookie } });
  expect([answer.statusCode, answer.headers['content-type'], answer.headers['content-disposition']]).toEqual([
    200,
    'text/csv; charset=utf-8',
    'attachment; filename="audit-log-2026-03-02.csv"',
  ]);
  const lines = answer.body.trimEnd().split('\r\n');
  expect(lines).toHaveLength(1 + 4 + 1200);
  expect(lines[1]).toContain(`"'=cmd()"`);
  expect(new Set(lines).size).toBe(lines.length);
  const filtered = await app.http.inject({ method: 'GET', url: '/api/v1/admin/audit-log.csv?action=role', headers: { cookie: owner.cookie } });
  expect(filtered.body.trimEnd().split('\r\n')).toHaveLength(2);
});
