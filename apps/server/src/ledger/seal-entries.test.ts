import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mintScope, type Scope } from '../access/scope.ts';
import { createDatabase, type Database, type Queryable } from '../kit/database.ts';
import { newIdAt } from '../kit/new-id.ts';
import { postgresSource } from '../kit/postgres.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { checkBooks } from './check-books.ts';
import { openAccount } from './open-account.ts';
import { postEntry } from './post-entry.ts';
import { reverseEntry } from './reverse-entry.ts';
import { sealEntries } from './seal-entries.ts';

let clock = new Date('2026-03-02T09:00:00Z');
let made = 0;
// ids of one millisecond have no order: each here has a millisecond of its own
const deps = { now: () => clock, newId: (kind: string) => newIdAt(kind, new Date(clock.getTime() + ++made)) };
const [kyiv, lviv] = ['loc_kyiv', 'loc_lviv'].map((id) => mintScope('cha_sealed', id)) as [Scope, Scope];

let db: TestDatabase;

async function open(): Promise<void> {
  db = await testDatabase({ connections: 24 });
  clock = new Date('2026-03-02T09:00:00Z');
}

const seal = (database: Database = db, batch?: number) => sealEntries({ db: database, now: deps.now }, batch === undefined ? {} : { batch });

/** Money comes into the register. `meanwhile` goes on before it is committed. */
function pay(scope: Scope, id: string, { database = db as Pick<Database, 'transaction'>, meanwhile = async () => {} } = {}) {
  return database.transaction(async (tx) => {
    const from = await openAccount(tx, deps, scope, { kind: 'prepayments', ownerId: '', currency: 'EUR' });
    const to = await openAccount(tx, deps, scope, { kind: 'register', ownerId: 'main', currency: 'EUR' });
    await postEntry(tx, deps, {
      scope,
      cause: { kind: 'test', id },
      happenedAt: clock,
      memo: `“${id}” 💶`,
      by: { id: 'usr_1', name: 'Оля' },
      postings: [{ from, to, amountMinor: 100n, currency: 'EUR', operation: 'payment', itemId: 'services', purpose: { kind: 'appointment', id } }],
    });
    await meanwhile();
  });
}

async function seals(scope: Scope) {
  const { rows } = await sql<{ seq: bigint; cause: string; hash: string }>`
    select s.seq, e.cause_id cause, encode(s.hash, 'hex') hash from ledger_seals s join ledger_entries e using (chain_id, entry_id)
     where s.location_id = ${scope.locationId} order by s.seq`.execute(db.read);
  return rows;
}

const faults = async (q: Queryable = db.read) =>
  (await checkBooks(q)).map((fault) => (fault.kind === 'seal' ? `${fault.locationId} ${fault.seq}: ${fault.says}` : fault.kind));

/** What the audit says after somebody who may do anything with the database has done this; nothing of it stays. */
async function faultsAfter(statement: string): Promise<readonly string[]> {
  let found: readonly string[] = [];
  await db
    .transaction(async (tx) => {
      for (const table of ['ledger_entries', 'ledger_postings', 'ledger_seals'])
        await sql.raw(`alter table ${table} disable trigger user`).execute(tx);
      await sql.raw(statement).execute(tx);
      found = await faults(tx);
      throw new Error('undone');
    })
    .catch(() => {});
  return found;
}

describe('what is written is sealed afterwards', () => {
  beforeEach(open);
  afterEach(() => db.close());

  test('each location has a chain of its own, and nothing waits any more', async () => {
    for (const n of [1, 2, 3]) await pay(kyiv, `k${n}`);
    await pay(lviv, 'l1');
    expect(await seal()).toBe(4);
    expect(await seal()).toBe(0);
    expect((await seals(kyiv)).map(({ seq, cause }) => `${seq} ${cause}`)).toEqual(['1 k1', '2 k2', '3 k3']);
    expect((await seals(lviv)).map(({ seq }) => seq)).toEqual([1n]);
    expect(await faults()).toEqual([]);
  });

  test('the hash is what the guide says, computed by hand', async () => {
    await pay(kyiv, 'first');
    await db.transaction((tx) =>
      reverseEntry(tx, deps, kyiv, { of: { kind: 'test', id: 'first' }, cause: { kind: 'undo', id: 'first' }, memo: '', at: clock }),
    );
    await seal();
    const { rows } = await sql<{ entry_id: string; from_account_id: string; to_account_id: string }>`
      select * from ledger_entries join ledger_postings using (chain_id, entry_id) order by ledger_entries.reverses_entry_id nulls first`.execute(
      db.read,
    );
    const [first, undo] = rows;
    const time = '"happenedAt":"2026-03-02T09:00:00.000000Z","recordedAt":"2026-03-02T09:00:00.000000Z"';
    const [owed, till] = [`["${first?.from_account_id}","prepayments","","EUR"]`, `["${first?.to_account_id}","register","main","EUR"]`];
    const texts = [
      `{"entry":"${first?.entry_id}","chain":"cha_sealed","location":"loc_kyiv","cause":["test","first"],${time},"memo":"“first” 💶","by":["usr_1","Оля"],"reverses":null,"postings":[{"no":0,"from":${owed},"to":${till},"amount":"100","currency":"EUR","operation":"payment","item":"services","purpose":["appointment","first"]}]}`,
      `{"entry":"${undo?.entry_id}","chain":"cha_sealed","location":"loc_kyiv","cause":["undo","first"],${time},"memo":"","by":null,"reverses":"${first?.entry_id}","postings":[{"no":0,"from":${till},"to":${owed},"amount":"100","currency":"EUR","operation":"payment","item":"services","purpose":["appointment","first"]}]}`,
    ];
    let before = Buffer.alloc(32);
    const expected = texts.map((text) => {
      before = createHash('sha256')
        .update(Buffer.concat([before, Buffer.from(text, 'utf8')]))
        .digest();
      return before.toString('hex');
    });
    expect((await seals(kyiv)).map(({ hash }) => hash)).toEqual(expected);
  });

  test('an entry that commits late, with an earlier id and time, is sealed later and not skipped', async () => {
    let release: (() => void) | undefined;
    const held = new Promise<void>((done) => {
      release = done;
    });
    let written: (() => void) | undefined;
    const isWritten = new Promise<void>((done) => {
      written = done;
    });
    const late = pay(kyiv, 'late', {
      meanwhile: async () => {
        written?.();
        await held;
      },
    });
    await isWritten;
    clock = new Date(clock.getTime() + 60_000);
    await db.transaction(async (tx) => {
      const from = await openAccount(tx, deps, kyiv, { kind: 'item', ownerId: 'rent', currency: 'EUR' });
      const to = await openAccount(tx, deps, kyiv, { kind: 'opening', ownerId: '', currency: 'EUR' });
      const postings = [{ from, to, amountMinor: 5n, currency: 'EUR', operation: 'manual' as const }];
      await postEntry(tx, deps, { scope: kyiv, cause: { kind: 'test', id: 'later, but at once' }, happenedAt: clock, memo: '', postings });
    });
    expect(await seal()).toBe(1);
    release?.();
    await late;
    expect(await seal()).toBe(1);
    expect((await seals(kyiv)).map(({ cause }) => cause)).toEqual(['later, but at once', 'late']);
    expect(await faults()).toEqual([]);
  });

  test('24 tills write while four processes seal in small batches: one chain without a fork or a gap', async () => {
    const processes = await Promise.all(Array.from({ length: 4 }, async () => createDatabase(postgresSource(db.url, { connections: 3 }))));
    let writing = true;
    const sealing = processes.map(async (database) => {
      while (writing) await seal(database, 7);
    });
    await Promise.all(
      Array.from({ length: 24 }, async (_, till) => {
        for (let n = 0; n < 12; n++) await pay(n % 3 === 0 ? lviv : kyiv, `${till}/${n}`);
      }),
    );
    writing = false;
    await Promise.all(sealing);
    while ((await seal(processes[0], 50)) > 0);
    for (const scope of [kyiv, lviv]) {
      const chain = await seals(scope);
      expect(chain.map(({ seq }) => seq)).toEqual(chain.map((_, at) => BigInt(at + 1)));
    }
    expect((await seals(kyiv)).length + (await seals(lviv)).length).toBe(24 * 12);
    expect(await faults()).toEqual([]);
    for (const one of processes) await one.close();
  });

  test('a sealer that dies before its commit leaves nothing behind; another one goes on', async () => {
    for (const n of [1, 2, 3, 4]) await pay(kyiv, `k${n}`);
    await seal(db, 2);
    await expect(
      db.transaction(async (tx) => {
        await sealEntries({ db: { ...db, read: tx, transaction: (deed) => deed(tx) }, now: deps.now });
        throw new Error('died');
      }),
    ).rejects.toThrow('died');
    expect(await seals(kyiv)).toHaveLength(2);
    expect(await seal()).toBe(2);
    expect(await faults()).toEqual([]);
  });
});

describe('what was sealed stays as it was', () => {
  afterAll(() => db.close());
  beforeAll(async () => {
    await open();
    for (const n of [1, 2, 3]) await pay(kyiv, `k${n}`);
    await seal();
    await pay(kyiv, 'waits');
    expect(await faults()).toEqual([]);
  });

  test.each(['update ledger_seals set seq = 9', 'delete from ledger_seals', 'truncate ledger_seals'])('nobody can %s', async (statement) => {
    await expect(sql.raw(statement).execute(db.read)).rejects.toMatchObject({ code: 'HF900' });
  });

  test.each([
    ['a memo', `update ledger_entries set memo = 'x' where cause_id = 'k2'`, ['loc_kyiv 2: the entry is not what was sealed']],
    ['who did it', `update ledger_entries set by_name = null where cause_id = 'k2'`, ['loc_kyiv 2: the entry is not what was sealed']],
    [
      'a moment',
      `update ledger_entries set recorded_at = recorded_at + interval '1 us' where cause_id = 'k3'`,
      ['loc_kyiv 3: the entry is not what was sealed'],
    ],
    [
      'the day of a posting alone',
      `update ledger_postings set happened_at = happened_at + interval '1 day' where purpose_id = 'k1'`,
      ['loc_kyiv 1: the entry is not what was sealed'],
    ],
    ['an item', `update ledger_postings set item_id = 'goods' where purpose_id = 'k3'`, ['loc_kyiv 3: the entry is not what was sealed']],
    [
      'an amount',
      `update ledger_postings set amount_minor = 1 where purpose_id = 'k2'`,
      ['balance', 'balance', 'loc_kyiv 2: the entry is not what was sealed'],
    ],
    ['the last hash', `update ledger_seals set hash = sha256('x') where seq = 3`, ['loc_kyiv 3: the entry is not what was sealed']],
    [
      'a seal that is gone',
      `delete from ledger_seals where seq = 2`,
      ['loc_kyiv 2: a seal or its entry is missing', 'loc_kyiv null: has no seal and waits for none'],
    ],
    ['an entry that will never be sealed', `delete from ledger_unsealed`, ['loc_kyiv null: has no seal and waits for none']],
    [
      'a posting put in afterwards',
      `insert into ledger_postings select chain_id, entry_id, 1, from_account_id, to_account_id, 5, currency, null, null, location_id, happened_at, 'payment', null from ledger_postings where purpose_id = 'k1'`,
      ['balance', 'balance', 'loc_kyiv 1: the entry is not what was sealed'],
    ],
  ])('%s that was tampered with is found by the audit', async (_, statement, expected) => {
    expect(await faultsAfter(statement)).toEqual(expected);
  });
});
