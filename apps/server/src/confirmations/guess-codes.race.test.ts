import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mintScope } from '../access/scope.ts';
import { newSealingKey } from '../kit/seal.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { openSalon, SALON } from '../testing/test-salon.ts';
import { codeKeys } from './code-keys.ts';

let db: TestDatabase;
const codes = codeKeys(newSealingKey());
const scope = mintScope(SALON.chainId, SALON.locationId);
const at = new Date('2026-03-02T09:00:00Z');
const PHONE = '+351912345678';

beforeAll(async () => {
  db = await testDatabase({ connections: 50 });
  await openSalon(db, { at, services: {}, staff: {} });
});
afterAll(() => db.close());

const question = (id: string, draft: string, phone = PHONE, now = at) => ({
  chain: scope.chainId,
  location: scope.locationId,
  now: now.toISOString(),
  id,
  outboxId: `out_${id}`,
  draft,
  phone,
  language: 'en',
  host: 'salon.test',
  addressHash: id,
  codeHash: codes.hashOf(scope, draft, phone, '123456').toString('hex'),
  proofHash: '00',
  expiresAt: new Date(now.getTime() + 300_000).toISOString(),
  resendSeconds: 60,
  perPhone: 5,
  perAddress: 20,
  perDay: 200,
  blockDays: 7,
  prefixes: [],
});
const ask = async (wish: object) => {
  const { rows } = await sql<{ answer: { outcome: string } }>`select ask_phone_code(${JSON.stringify(wish)}::jsonb) answer`.execute(db.read);
  return rows[0]?.answer.outcome;
};
/** Fifty guesses at once, all wrong; how many of them were compared. */
const guess = async (draft: string, trying: string) => {
  const outcomes = await Promise.all(
    Array.from({ length: 50 }, async (_, no) => {
      const hash = codes.hashOf(scope, draft, PHONE, String(no).padStart(6, '0'));
      const { rows } = await sql<{ tried: { outcome: string } }>`
        select ${sql.raw(trying)}(${scope.chainId}, ${scope.locationId}, ${draft}, ${PHONE}, ${hash}, ${at}) tried`.execute(db.read);
      return rows[0]?.tried.outcome;
    }),
  );
  return outcomes.filter((one) => one === 'wrong').length;
};

test('of fifty guesses at once five count, whatever their order', async () => {
  for (let round = 0; round < 5; round++) {
    const draft = `draft_of_a_race_${round}`;
    await sql`delete from phone_codes`.execute(db.read); // one phone is sent one a minute
    await ask(question(`cod_${round}`, draft));
    expect(await guess(draft, 'try_phone_code')).toBe(5);
  }
});

test('(negative control) with the row not locked and a moment to think, more than five are compared', async () => {
  await sql`
    create function try_without_lock(chain text, place text, draft text, number text, hash bytea, at timestamptz) returns jsonb language plpgsql as $$
    declare code record;
    begin
      select c.* into code from phone_codes c where c.chain_id = chain and c.draft_id = draft and c.phone = number;
      if code.tries >= 5 then return jsonb_build_object('outcome', 'too_many_tries'); end if;
      perform pg_sleep(0.02);
      update phone_codes set tries = least(code.tries + 1, 5) where chain_id = chain and code_id = code.code_id;
      return jsonb_build_object('outcome', case when code.code_hash = hash then 'confirmed' else 'wrong' end);
    end $$`.execute(db.read);
  await sql`delete from phone_codes`.execute(db.read);
  await ask(question('cod_control', 'draft_of_a_control'));
  expect(await guess('draft_of_a_control', 'try_without_lock')).toBeGreaterThan(5);
});

test('fifty tabs that ask at once get one code, also for fifty drafts with one phone: one a minute, and five a day', async () => {
  await sql`delete from phone_codes`.execute(db.read);
  const same = await Promise.all(Array.from({ length: 50 }, (_, no) => ask(question(`cod_same_${no}`, 'draft_of_fifty_tabs'))));
  expect(same.filter((one) => one === 'asked').length).toBe(1);
  const asked: number[] = [];
  for (let minute = 0; minute < 7; minute++) {
    const now = new Date(at.getTime() + minute * 61_000);
    const drafts = await Promise.all(
      Array.from({ length: 50 }, (_, no) => ask(question(`cod_${minute}_${no}`, `draft_of_minute_${minute}_${no}`, '+351912345679', now))),
    );
    asked.push(drafts.filter((one) => one === 'asked').length);
  }
  expect(asked).toEqual([1, 1, 1, 1, 1, 0, 0]);
});
