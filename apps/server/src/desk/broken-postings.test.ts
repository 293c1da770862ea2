import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SqlSource } from '../kit/sql-source.ts';
import { accountDesk, visitOf } from '../testing/accounts-of.ts';
import { signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { auditEverything } from './audit.ts';

/** The operation whose postings are written with a cent too little, and how many were. */
let spoilt: string | undefined;
/** What another hand writes about a payment from what was held: the place among the values, and what stands there then. */
let misspent: { readonly at: number; readonly as: (value: unknown) => unknown } | undefined;
let hit = 0;
function byAnotherHand(inner: SqlSource): SqlSource {
  const spoil = (value: unknown) => {
    if (spoilt === undefined || typeof value !== 'string' || !value.startsWith('[{"posting_no"')) return value;
    const postings = JSON.parse(value) as { operation: string; amount_minor: string }[];
    for (const one of postings.filter(({ operation }) => operation === spoilt)) {
      one.amount_minor = String(BigInt(one.amount_minor) - 1n);
      hit++;
    }
    return JSON.stringify(postings);
  };
  const misspend = (text: string, values: readonly unknown[] | undefined) => {
    if (!misspent || !text.includes('insert into account_payments') || values?.[6] === null) return values;
    const { at, as } = misspent;
    hit++;
    return values?.map((value, n) => (n === at ? as(value) : value));
  };
  return {
    connect: async () => {
      const connection = await inner.connect();
      return {
        query: (text, values, name) => connection.query(text, misspend(text, values?.map(spoil)), name),
        release: (broken) => connection.release(broken),
      };
    },
    close: () => inner.close(),
  };
}

let app: TestApp;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_cut: { price: 5000, minutes: 15, status: 'available' } },
      staff: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`stf_${n}`, { status: 'available' as const }])),
    },
    listen: false,
    wrap: byAnotherHand,
  });
});
afterAll(() => app.close());

/** What the audit says of money that was held. */
const ofHolds = async () => (await auditEverything(app.payments, [])).disagreements.filter(({ says }) => says.startsWith('of what was held')).length;
const disagreements = async () => (await auditEverything(app.payments, [])).disagreements.length;

test('negative control: books that are a cent short of what was paid, put on an account or spent from one are seen each time', async () => {
  const desk = accountDesk(app, await signInAs(app, 'owner'));
  const visit = await visitOf(app);
  const account = `${visit.clientId}~EUR`;
  await desk.topUp(account, 1000);
  await desk.cash(visit.id, 500);
  await desk.pay(visit.id, account, 300);
  expect(await disagreements(), 'written as it should be').toBe(0);
  const deeds = {
    top_up: () => desk.topUp(account, 700),
    payment: () => desk.cash(visit.id, 400),
    spend: () => desk.pay(visit.id, account, 200),
  };
  for (const [operation, deed] of Object.entries(deeds)) {
    const before = await disagreements();
    hit = 0;
    spoilt = operation;
    expect([operation, (await deed()).status]).toEqual([operation, 200]);
    spoilt = undefined;
    expect([operation, hit]).toEqual([operation, 1]);
    expect(await disagreements(), `${operation} is a cent short`).toBeGreaterThan(before);
  }
});

test('negative control: what was held and pays another amount, from another account or for another visit is seen', async () => {
  const desk = accountDesk(app, await signInAs(app, 'owner'));
  const [visit, other] = [await visitOf(app), await visitOf(app)];
  const account = `${visit.clientId}~EUR`;
  await desk.topUp(account, 5000);
  /** What the client has on their account is held, and spent when the rest is paid at the desk. */
  const heldAndSpent = async () => {
    const { id } = await visitOf(app);
    expect((await desk.hold(id, account, 1000)).status).toBe(200);
    expect((await desk.cash(id, 4000)).status).toBe(200);
  };
  await heldAndSpent();
  expect(await ofHolds(), 'written as it should be').toBe(0);
  const lies = {
    amount: { at: 7, as: (value: unknown) => BigInt(value as bigint) - 1n },
    account: { at: 5, as: () => other.clientId },
    visit: { at: 3, as: () => other.id },
    'no hold at all': { at: 6, as: () => null },
  };
  let seen = 0;
  for (const [what, lie] of Object.entries(lies)) {
    hit = 0;
    misspent = lie;
    await heldAndSpent();
    misspent = undefined;
    expect([what, hit]).toEqual([what, 1]);
    expect([what, await ofHolds()]).toEqual([what, ++seen]);
  }
});
