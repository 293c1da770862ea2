import { builtInRoleNames, type Right, rights } from '@holdfast/contract/rights';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { testDatabase } from '../testing/test-database.ts';
import { covers, mayGive, type Powers, powersOf, whyLocked } from './role-rules.ts';
import { mintScope } from './scope.ts';
import type { Place } from './who.ts';

const own = (allowed: readonly Right[], limits: Partial<Omit<Powers, 'rights' | 'role'>> = {}): Powers => ({
  role: 'rol_own',
  rights: new Set(allowed),
  registers: undefined,
  lastDays: {},
  refundLimitMinor: undefined,
  ...limits,
});
const at = (...held: readonly (readonly [string, Powers])[]): ReadonlyMap<string, Place> =>
  new Map(held.map(([id, powers]) => [id, { ...powers, scope: mintScope('chn', id), staffId: undefined }]));
const builtIn = (role: string) => powersOf(role, null);

test('whoever gives a role holds all of its rights', () => {
  const names = (mine: string) => builtInRoleNames.filter((role) => covers(builtIn(mine), builtIn(role)));
  expect(names('owner')).toEqual([...builtInRoleNames]);
  expect(names('administrator')).toEqual(['administrator', 'reception', 'team_member', 'accountant']);
  expect(names('reception')).toEqual(['reception', 'team_member']);
  expect(names('accountant')).toEqual(['accountant']);
});

test('only an owner makes owners: every right there is does not', () => {
  expect(covers(own(rights), builtIn('owner'))).toBe(false);
  expect(covers(builtIn('owner'), own(rights))).toBe(true);
});

test('nobody gives a right further than they have it themself', () => {
  const mine = own(['users.edit', 'refunds.make', 'transactions.edit'], {
    registers: new Set(['main']),
    lastDays: { 'transactions.edit': 7 },
    refundLimitMinor: 5000n,
  });
  const role = (limits: Partial<Powers>) => own(['refunds.make', 'transactions.edit'], { ...mine, ...limits, rights: mine.rights } as Powers);
  expect(covers(mine, role({}))).toBe(true);
  expect(covers(mine, role({ registers: new Set() }))).toBe(true);
  expect(covers(mine, role({ registers: undefined }))).toBe(false);
  expect(covers(mine, role({ registers: new Set(['main', 'card']) }))).toBe(false);
  expect(covers(mine, role({ lastDays: { 'transactions.edit': 8 } }))).toBe(false);
  expect(covers(mine, role({ lastDays: {} }))).toBe(false);
  expect(covers(mine, role({ refundLimitMinor: 5001n }))).toBe(false);
  expect(covers(mine, role({ refundLimitMinor: undefined }))).toBe(false);
  // a limit of a right that is not given says nothing
  expect(covers(mine, own(['users.edit'], { registers: new Set(['main']) }))).toBe(true);
});

test('a role is given only where one edits users oneself', () => {
  const places = at(['kyiv', builtIn('administrator')], ['lisbon', builtIn('reception')]);
  expect(['kyiv', 'lisbon', 'porto'].map((id) => mayGive(places, id, builtIn('team_member')))).toEqual([true, false, false]);
});

test('an e-mail is changed only by who could give all that its user may do', () => {
  const admin = at(['kyiv', builtIn('administrator')]);
  expect(whyLocked(admin, [{ locationId: 'kyiv', powers: builtIn('reception') }])).toBeUndefined();
  expect(whyLocked(admin, [{ locationId: 'kyiv', powers: builtIn('owner') }])).toBe('beyond_your_rights');
  expect(
    whyLocked(admin, [
      { locationId: 'kyiv', powers: builtIn('reception') },
      { locationId: 'lisbon', powers: builtIn('team_member') },
    ]),
  ).toBe('elsewhere');
});

test('a role or a right that this version does not know allows nothing', () => {
  expect([...powersOf('director', null).rights]).toEqual([]);
  expect([...powersOf('rol_own', { rights: ['calendar.see', 'moon.see'], registers: null, lastDays: {}, refundLimit: null }).rights]).toEqual([
    'calendar.see',
  ]);
  expect([...powersOf('constructor', null).rights]).toEqual([]);
});

test('the database knows the same built-in roles as the contract', async () => {
  const db = await testDatabase({ connections: 1 });
  const { rows } = await sql<{ rule: string }>`
    select pg_get_expr(d.adbin, d.adrelid) rule from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
     where a.attrelid = 'user_locations'::regclass and a.attname = 'own_role'`.execute(db.read);
  await db.close();
  const named = [...(rows[0]?.rule ?? '').matchAll(/'(\w+)'::text/g)].map(([, name]) => name);
  expect(named).toEqual([...builtInRoleNames]);
});
