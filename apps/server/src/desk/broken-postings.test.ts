import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SqlSource } from '../kit/sql-source.ts';
import { accountDesk, visitOf } from '../testing/accounts-of.ts';
import { signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { auditEverything } from './audit.ts';

/** The operation whose postings are written with a cent too little, and how many were. */
let spoilt: string | undefined;
let hit = 0;
function shortOfACent(inner: SqlSource): SqlSource {
  const spoil = (value: unknown) => {
    if (spoilt === undefined || typeof value !== 'string' || !value.startsWith('[{"posting_no"')) return value;
    const postings = JSON.parse(value) as { operation: string; amount_minor: string }[];
    for (const one of postings.filter(({ operation }) => operation === spoilt)) {
      one.amount_minor = String(BigInt(one.amount_minor) - 1n);
      hit++;
    }
    return JSON.stringify(postings);
  };
  return {
    connect: async () => {
      const connection = await inner.connect();
      return {
        query: (text, values, name) => connection.query(text, values?.map(spoil), name),
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
    wrap: shortOfACent,
  });
});
afterAll(() => app.close());

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
