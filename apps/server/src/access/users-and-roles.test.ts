import type { Role, Roles } from '@holdfast/contract/roles';
import type { User, UserPlace, Users } from '@holdfast/contract/users';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { keepingOwners } from './begin-user-change.ts';

interface Refusal {
  readonly code: string;
  readonly detail: Record<string, unknown>;
}

let app: TestApp;
let owner: StaffUser;
let administrator: StaffUser;

beforeAll(async () => {
  app = await testApp({
    salon: { services: { cut: { price: 4000, minutes: 60, status: 'required' } }, staff: { anna: { status: 'available' } } },
    listen: false,
  });
  await sql`
    insert into locations (chain_id, location_id, slug, name, country, currency, time_zone, default_language, languages, position, created_at)
    values (${app.scope.chainId}, 'loc_second', 'second', 'Second', 'PT', 'EUR', 'Europe/Lisbon', 'en', '{en}', 1, now())`.execute(app.database.read);
});
afterAll(() => app.close());
beforeEach(async () => {
  await sql`update users set disabled_at = now()`.execute(app.database.read);
  owner = await signInAs(app, 'owner');
  administrator = await signInAs(app, 'administrator');
});

const here = (role: string, staffId: string | null = null): UserPlace => ({ locationId: app.scope.locationId, role, staffId });
const second = (role: string): UserPlace => ({ locationId: 'loc_second', role, staffId: null });
const person = { name: 'Maria', language: 'pt' as const };
let invitations = 0;
const invite = (by: StaffUser, ...places: UserPlace[]) =>
  by.call<User & Refusal>('POST', 'users', { ...person, email: `maria${invitations++}@example.com`, places });
const see = async (by: StaffUser, id: string) => (await by.call<User & Refusal>('GET', `users/${id}`)).body;
/** Changes only what is given. */
async function change(by: StaffUser, id: string, part: Partial<Omit<User, 'places'>> & { places?: UserPlace[] }) {
  const { name, email, language, version, places } = await see(by, id);
  const kept = places.map(({ locationId, role, staffId }) => ({ locationId, role, staffId }));
  return by.call<User & Refusal>('PUT', `users/${id}`, { name, email, language, version, places: kept, ...part });
}
const alsoSecond = (user: StaffUser, role: string) =>
  sql`insert into user_locations (chain_id, user_id, location_id, role) values (${app.scope.chainId}, ${user.userId}, 'loc_second', ${role})`.execute(
    app.database.read,
  );
async function audited(id: string) {
  const { rows } = await sql<{ action: string; before: unknown; after: unknown }>`
    select action, before, after from audit_log where subject_id = ${id} order by at, audit_id`.execute(app.database.read);
  return rows;
}

test('whoever is invited is in the list, with what they may do, and has not been here', async () => {
  const { status, body } = await invite(owner, here('reception', 'anna'));
  expect([status, body.state, body.lastSeenAt, body.places]).toEqual([200, 'invited', null, [{ ...here('reception', 'anna'), locked: false }]]);
  const { users } = (await owner.call<Users>('GET', 'users')).body;
  expect(users.find(({ id }) => id === body.id)?.email).toBe(body.email);
  expect((await owner.call('POST', `users/${body.id}/invitations`)).status).toBe(200);
});

test('one e-mail address is one user of a chain, however it is written', async () => {
  const { body } = await invite(owner, here('reception'));
  const again = await owner.call<Refusal>('POST', 'users', { ...person, email: ` ${body.email.toUpperCase()}`, places: [here('reception')] });
  expect([again.status, again.body.code]).toEqual([409, 'already_there']);
});

test('an administrator makes no owners, and touches none', async () => {
  expect((await invite(administrator, here('owner'))).body.code).toBe('right_missing');
  const other = await signInAs(app, 'owner');
  expect((await see(administrator, other.userId)).locked).toBe('beyond_your_rights');
  expect((await change(administrator, other.userId, { email: 'mine@example.com' })).body.code).toBe('right_missing');
  expect((await change(administrator, other.userId, { places: [here('reception')] })).body.code).toBe('right_missing');
  expect((await administrator.call<Refusal>('PUT', `users/${other.userId}/disabled`, { disabled: true })).body.code).toBe('right_missing');
  expect((await administrator.call<Refusal>('DELETE', `users/${other.userId}/sessions`)).body.code).toBe('right_missing');
});

test('nobody changes their own role, takes it, or disables themselves', async () => {
  expect((await change(administrator, administrator.userId, { places: [here('owner')] })).body.code).toBe('not_yourself');
  expect((await change(owner, owner.userId, { places: [here('reception')] })).body.code).toBe('not_yourself');
  expect((await change(owner, owner.userId, { places: [] })).body.code).toBe('not_yourself');
  expect((await owner.call<Refusal>('PUT', `users/${owner.userId}/disabled`, { disabled: true })).body.code).toBe('not_yourself');
  // which team member one is, is no right
  expect((await change(owner, owner.userId, { places: [here('owner', 'anna')] })).status).toBe(200);
});

test('a role that was changed counts from the next request on', async () => {
  const user = await signInAs(app, 'reception');
  expect((await user.call('GET', 'users')).status).toBe(403);
  expect((await change(owner, user.userId, { places: [here('administrator')] })).status).toBe(200);
  expect((await user.call('GET', 'users')).status).toBe(200);
  expect((await audited(user.userId)).at(-1)).toEqual({
    action: 'user.role_changed',
    before: { role: 'reception' },
    after: { role: 'administrator' },
  });
});

test('what somebody does where I edit no users I do not see and do not lose', async () => {
  const user = await signInAs(app, 'reception');
  await alsoSecond(user, 'accountant');
  const seen = await see(owner, user.userId);
  expect([seen.places.map(({ locationId }) => locationId), seen.elsewhere, seen.locked]).toEqual([['loc_test'], 1, 'elsewhere']);
  // with the e-mail would go what they may do there
  expect((await change(owner, user.userId, { email: 'other@example.com' })).body.code).toBe('right_missing');
  expect((await change(owner, user.userId, { places: [second('owner')] })).body.code).toBe('not_found');
  // taking what I see leaves the rest; then they are not mine to see any more
  expect((await change(owner, user.userId, { places: [] })).body).toMatchObject({ places: [], elsewhere: 1 });
  expect((await see(owner, user.userId)).code).toBe('not_found');
  const { rows } = await sql`select location_id, role from user_locations where user_id = ${user.userId} order by 1`.execute(app.database.read);
  expect(rows).toEqual([{ location_id: 'loc_second', role: 'accountant' }]);
});

test('who works only elsewhere in the chain is not there for me', async () => {
  const user = await signInAs(app, 'reception');
  await sql`update user_locations set location_id = 'loc_second' where user_id = ${user.userId}`.execute(app.database.read);
  expect((await see(owner, user.userId)).code).toBe('not_found');
  expect((await owner.call<Users>('GET', 'users')).body.users.map(({ id }) => id)).not.toContain(user.userId);
  for (const [method, path, body] of [
    ['PUT', 'disabled', { disabled: true }],
    ['POST', 'invitations', undefined],
    ['DELETE', 'sessions', undefined],
  ] as const) {
    expect((await owner.call<Refusal>(method, `users/${user.userId}/${path}`, body)).body.code).toBe('not_found');
  }
});

test('somebody always has a place: who is to do nothing is disabled', async () => {
  const user = await signInAs(app, 'reception');
  expect((await change(owner, user.userId, { places: [] })).body.code).toBe('invalid_request');
  expect((await change(owner, user.userId, { places: [here('reception', 'nobody')] })).body.code).toBe('not_found');
  expect((await change(owner, user.userId, { places: [here('rol_none')] })).body.code).toBe('not_found');
});

test('two who change one user at once: the second is told, nothing is overwritten', async () => {
  const user = await signInAs(app, 'reception');
  const { version, places: _, ...seen } = await see(owner, user.userId);
  const wish = (name: string) => ({ name, email: seen.email, language: seen.language, version, places: [here('reception')] });
  expect((await owner.call('PUT', `users/${user.userId}`, wish('First'))).status).toBe(200);
  const late = await administrator.call<Refusal>('PUT', `users/${user.userId}`, wish('Second'));
  expect([late.status, late.body.code, (await see(owner, user.userId)).name]).toEqual([409, 'changed_meanwhile', 'First']);
});

test('a new e-mail address ends the invitation that went to the old one', async () => {
  const { body } = await invite(owner, here('reception'));
  await change(owner, body.id, { email: `new${body.email}` });
  const { rows } = await sql`select 1 from user_tokens where user_id = ${body.id} and used_at is null`.execute(app.database.read);
  expect(rows).toEqual([]);
});

test('whoever is disabled is out at once, and enabling does not bring their session back', async () => {
  const user = await signInAs(app, 'reception');
  expect((await owner.call<User>('PUT', `users/${user.userId}/disabled`, { disabled: true })).body.state).toBe('disabled');
  expect((await user.call('GET', 'session')).status).toBe(401);
  expect((await owner.call<User>('PUT', `users/${user.userId}/disabled`, { disabled: false })).body.state).toBe('active');
  expect((await user.call('GET', 'session')).status).toBe(401);
  expect((await audited(user.userId)).map(({ action }) => action).sort()).toEqual(['user.disabled', 'user.enabled']);
});

test('ending one’s own sessions keeps the one at hand', async () => {
  expect((await owner.call('DELETE', `users/${owner.userId}/sessions`)).body).toEqual({ ended: 0 });
  expect((await owner.call('GET', 'session')).status).toBe(200);
  const user = await signInAs(app, 'reception');
  expect((await owner.call('DELETE', `users/${user.userId}/sessions`)).body).toEqual({ ended: 1 });
  expect((await user.call('GET', 'session')).status).toBe(401);
});

const plain = { rights: ['calendar.see'], registers: null, lastDays: {}, refundLimitMinor: null };
let named = 0;
const makeRole = (by: StaffUser, part: object) => by.call<Role & Refusal>('POST', 'roles', { name: `Role ${named++}`, ...plain, ...part });

test('a role of one’s own allows what its maker may, and no more', async () => {
  expect((await makeRole(administrator, { rights: ['clients.erase'] })).body.code).toBe('right_missing');
  const { body: made } = await makeRole(administrator, {
    rights: ['transactions.edit', 'refunds.make'],
    lastDays: { 'transactions.edit': 3 },
    refundLimitMinor: 500,
  });
  expect([made.lastDays, made.refundLimitMinor, made.locked]).toEqual([{ 'transactions.edit': 3 }, 500, null]);
  const user = await signInAs(app, made.id);
  expect((await user.call<{ locations: { rights: string[] }[] }>('GET', 'session')).body.locations[0]?.rights).toEqual([
    'refunds.make',
    'transactions.edit',
  ]);
});

test('what a role is limited by without having the right is left out', async () => {
  const { body } = await makeRole(owner, { lastDays: { 'transactions.edit': 3 }, refundLimitMinor: 500 });
  expect([body.lastDays, body.refundLimitMinor]).toEqual([{}, null]);
});

test('a role is changed for everybody who has it, but not by themselves, and not over somebody’s head', async () => {
  const { body: role } = await makeRole(owner, { rights: ['users.edit', 'calendar.see'] });
  const wish = (rights: readonly string[], version: number) => ({ name: role.name, ...plain, rights, version });
  const user = await signInAs(app, role.id);
  expect((await user.call<Refusal>('PUT', `roles/${role.id}`, wish(['calendar.see'], 1))).body.code).toBe('not_yourself');
  expect((await user.call<Roles>('GET', 'roles')).body.roles.find(({ id }) => id === role.id)?.locked).toBe('yours');
  expect((await owner.call<Role>('PUT', `roles/${role.id}`, wish(['calendar.see'], 1))).body).toMatchObject({
    rights: ['calendar.see'],
    version: 2,
    users: 1,
  });
  expect((await user.call('GET', 'roles')).status).toBe(403);
  expect((await owner.call<Refusal>('PUT', `roles/${role.id}`, wish([], 1))).body.code).toBe('changed_meanwhile');
  // held where I edit no users
  await alsoSecond(user, role.id);
  expect((await owner.call<Refusal>('PUT', `roles/${role.id}`, wish([], 2))).body.code).toBe('right_missing');
});

test('a role that somebody has cannot be deleted, not even while it is being given', async () => {
  const { body: role } = await makeRole(owner, {});
  const { body: user } = await invite(owner, here(role.id));
  expect((await owner.call<Refusal>('DELETE', `roles/${role.id}`)).body.code).toBe('still_used');
  await change(owner, user.id, { places: [here('reception')] });
  expect((await owner.call('DELETE', `roles/${role.id}`)).status).toBe(200);
  expect((await owner.call<Refusal>('DELETE', `roles/${role.id}`)).body.code).toBe('not_found');
  expect((await owner.call<Refusal>('DELETE', 'roles/reception')).body.code).toBe('not_found');
  await expect(
    sql`update user_locations set role = ${role.id} where user_id = ${user.id}`.execute(app.database.read),
    'past the application',
  ).rejects.toThrow('user_locations_own_role');
});

test('two roles of one name would be mistaken for each other; a register must exist', async () => {
  const { body: role } = await makeRole(owner, {});
  expect((await makeRole(owner, { name: role.name })).body.code).toBe('already_there');
  expect((await makeRole(owner, { registers: ['acc_none'] })).body.code).toBe('not_found');
  const { registers } = (await owner.call<Roles>('GET', 'roles')).body;
  expect(registers.map(({ name }) => name)).toEqual(['main', 'card']);
  expect((await makeRole(owner, { registers: registers.map(({ id }) => id) })).body.registers).toHaveLength(2);
});

test('whatever deed would leave a location without an owner who can sign in is undone', async () => {
  const { chainId } = app.scope;
  const deed = app.database.transaction((tx) =>
    keepingOwners(tx, chainId, () => sql`update users set disabled_at = now() where user_id = ${owner.userId}`.execute(tx)),
  );
  await expect(deed).rejects.toMatchObject({ code: 'last_owner', detail: { locationIds: [app.scope.locationId] } });
  expect((await owner.call<User>('GET', `users/${owner.userId}`)).body).toMatchObject({ state: 'active', onlyOwnerAt: [app.scope.locationId] });
});
