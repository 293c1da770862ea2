import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SqlSource } from '../kit/sql-source.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';

const ROUNDS = 15;
const salon = { services: { cut: { price: 4000, minutes: 60, status: 'required' as const } }, staff: { anna: { status: 'available' as const } } };

let app: TestApp;
let unprotected: TestApp;

beforeAll(async () => {
  app = await testApp({ salon, listen: false });
  unprotected = await testApp({ salon, listen: false, wrap: withoutTheLock });
});
afterAll(async () => {
  await app.close();
  await unprotected.close();
});

/** The program without what makes changes of users come one after the other. */
function withoutTheLock(source: SqlSource): SqlSource {
  return {
    async connect() {
      const connection = await source.connect();
      return {
        query: (text, values, name) =>
          connection.query(text.replace('from chains where chain_id = $1 for no key update', 'from chains where chain_id = $1'), values, name),
        release: (broken) => connection.release(broken),
      };
    },
    close: () => source.close(),
  };
}

type Deed = (by: StaffUser, other: StaffUser, of: TestApp) => Promise<{ status: number }>;

const demote: Deed = async (by, other, of) => {
  const { body } = await by.call('GET', `users/${other.userId}`);
  const { name, email, language, version } = body;
  const places = [{ locationId: of.scope.locationId, role: 'reception', staffId: null }];
  return by.call('PUT', `users/${other.userId}`, { name, email, language, version, places });
};
const disable: Deed = (by, other) => by.call('PUT', `users/${other.userId}/disabled`, { disabled: true });

/** So many owners, each of whom does it to the next one, all at once. How many owners who can sign in are left? */
async function ring(of: TestApp, owners: number, deed: Deed): Promise<number> {
  const { chainId } = of.scope;
  await sql`update users set disabled_at = now() where chain_id = ${chainId}`.execute(of.database.read);
  const all = await Promise.all(Array.from({ length: owners }, () => signInAs(of, 'owner')));
  await Promise.all(all.map((one, n) => deed(one, all[(n + 1) % owners] as StaffUser, of)));
  const { rows } = await sql<{ n: number }>`
    select count(*)::int n from users u join user_locations p on p.chain_id = u.chain_id and p.user_id = u.user_id
     where u.chain_id = ${chainId} and p.role = 'owner' and u.disabled_at is null`.execute(of.database.read);
  return rows[0]?.n ?? 0;
}

test.each([
  ['take each other’s role', demote],
  ['disable each other', disable],
])('when owners %s at the same moment, one is left', async (_name, deed) => {
  for (let round = 0; round < ROUNDS; round++) {
    expect(await ring(app, 2, deed)).toBe(1);
    expect(await ring(app, 3, deed)).toBeGreaterThan(0);
  }
});

test('without the lock this race would leave nobody: the race is real', async () => {
  let ownerless = 0;
  for (let round = 0; round < ROUNDS && ownerless === 0; round++) if ((await ring(unprotected, 2, disable)) === 0) ownerless++;
  expect(ownerless).toBe(1);
});
