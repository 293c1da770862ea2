import type { Taxes } from '@holdfast/contract/taxes';
import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Scope } from '../access/scope.ts';
import { switchOnlinePayment } from '../payments/connect-provider.ts';
import { secondLocation } from './accounts-of.ts';
import { clientOf } from './call.ts';
import type { Death } from './crashing.ts';
import { confirmPhone } from './memberships-of.ts';
import { acceptPayouts, entriesOf, moneyPlays } from './money-deeds.ts';
import { dealt, type MoneyDeed, type MoneyStep, moneyDeeds } from './money-history.ts';
import type { MoneyTable, MoneyVisit } from './money-table.ts';
import { MortalServer } from './mortal-server.ts';
import { type StaffUser, signInAs } from './sign-in-as.ts';
import { KEYS, type TestApp, testApp } from './test-app.ts';
import { wishFor } from './wishes.ts';

const PEOPLE = 40;
const DAY = 24 * 60;
/** How many deeds each history plays besides its own, so that a few histories play all there are. */
const DEALT = 12;
/** No deed takes as long as that, however busy the machine: one that gives no answer is named. */
const LONGEST_MS = 120_000;

export interface MoneyWorld {
  readonly app: TestApp;
  /** Plays it, lets everything that is still to come, come, and answers what went wrong on the way. */
  play(steps: readonly MoneyStep[], deaths: readonly Death[]): Promise<readonly string[]>;
  readonly died: Readonly<Record<string, number>>;
  /** Which deeds no history has played. */
  neverPlayed(): readonly MoneyDeed[];
  /** How often money really went each way: a run in which some way was never gone has shown nothing about it. */
  ways(): Promise<Readonly<Record<string, number>>>;
  /** What the provider still owes: all that moved there, less what it has paid out. */
  owed(currency: string): Promise<bigint>;
  close(): Promise<void>;
}

/** A chain of two locations, a provider that pays out, and a clock that only histories move. */
export async function moneyWorld(): Promise<MoneyWorld> {
  const app = await testApp({
    salon: {
      services: { srv_cut: { price: 1000, minutes: 15, status: 'available' }, srv_color: { price: 1000, minutes: 15, status: 'required' } },
      staff: Object.fromEntries(Array.from({ length: PEOPLE }, (_, n) => [`stf_${n}`, { status: 'available' as const }])),
    },
    listen: false,
  });
  const second = await secondLocation(app, await signInAs(app, 'owner'));
  await app.database.transaction((tx) => switchOnlinePayment(tx, app.scope, { method: 'visit_link', enabled: true, connectionId: app.connectionId }));
  const there = await visitsThere(app, second);
  const played = new Set<MoneyDeed>();
  let histories = 0;
  const died: Record<string, number> = { database: 0, provider: 0, outbox: 0 };
  let booked = 0;
  return {
    app,
    died,
    async play(steps, deaths) {
      app.sandbox.events.hold();
      const server = await MortalServer.start(app, deaths);
      const table = await sitDown(server, second, () => timeFor(app, booked++), there);
      const more = dealt(histories++, DEALT, steps.length);
      for (const together of atOnce([...steps, ...more])) {
        const all = together.map(async (step) => {
          const keyed: MoneyTable['keyed'] = (ask) => repeated(table, step, together.length > 1, ask);
          played.add(step.deed);
          await answered(step, async () => moneyPlays[step.deed]({ ...table, keyed }, step));
        });
        await Promise.all(all);
      }
      await settleDown(table);
      for (const [surface, times] of Object.entries(server.died)) died[surface] = (died[surface] ?? 0) + times;
      await server.close();
      return server.troubles;
    },
    neverPlayed: () => [...new Set(moneyDeeds)].filter((deed) => !played.has(deed)),
    async ways() {
      const { rows } = await sql<{ way: string; n: number }>`
        select p.operation || case when e.reverses_entry_id is null then '' else ' undone' end way, count(*)::int n
          from ledger_postings p join ledger_entries e on e.chain_id = p.chain_id and e.entry_id = p.entry_id group by 1
        union all
        select case when status = 'spent' and key = hold_id and look_at = made_at then 'part taken again' else 'part ' || coalesce(ended_because, status) end, count(*)::int
          from account_holds where toward = 'prepayment' group by 1 order by 1`.execute(app.database.read);
      return Object.fromEntries(rows.map(({ way, n }) => [way, n]));
    },
    owed: (currency) => owedBy(app, currency),
    close: () => app.close(),
  };
}

/** A deed that gives no answer is named, with all it was: else a run only stands still. */
async function answered<T>(what: MoneyStep | string, ask: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${JSON.stringify(what)} gave no answer within ${LONGEST_MS} ms`)), LONGEST_MS);
  });
  try {
    return await Promise.race([ask(), late]);
  } finally {
    clearTimeout(timer);
  }
}

type BookThere = (owner: StaffUser) => Promise<string>;

/** The second location sells one thing, and has one person for each visit there. */
async function visitsThere(app: TestApp, second: Scope): Promise<BookThere> {
  const { chainId, locationId } = second;
  const tax = async (user: StaffUser) => {
    const made = await user.here<Taxes>('POST', 'taxes', { name: 'VAT', basisPoints: 2300, inclusive: true });
    const rateId = made.body.rates[0]?.rateId ?? null;
    expect((await user.here('PUT', 'taxes/use', { defaultRate: { was: null, becomes: rateId }, services: [] })).status).toBe(200);
  };
  await tax(await signInAs(app, 'owner'));
  await sql`insert into service_categories (chain_id, location_id, category_id, name) values (${chainId}, ${locationId}, 'cat_there', 'All')`.execute(
    app.database.read,
  );
  await sql`
    insert into services (chain_id, location_id, service_id, category_id, name, price_min_minor, price_max_minor, duration_minutes, buffer_after_minutes, online_payment)
    values (${chainId}, ${locationId}, 'srv_there', 'cat_there', 'There', 2000, 2000, 15, 0, 'available')`.execute(app.database.read);
  let people = 0;
  return async (owner) => {
    const staffId = `stf_there_${people++}`;
    await sql`
      with person as (
        insert into staff (chain_id, location_id, staff_id, name, online_payment, position) values (${chainId}, ${locationId}, ${staffId}, ${staffId}, 'available', ${people})),
      hours as (
        insert into staff_week_hours (chain_id, location_id, staff_id, weekday, works) select ${chainId}, ${locationId}, ${staffId}, weekday, '{[480,1200)}' from generate_series(1, 7) weekday)
      insert into staff_services (chain_id, location_id, staff_id, service_id) values (${chainId}, ${locationId}, ${staffId}, 'srv_there')`.execute(
      app.database.read,
    );
    const day = (Math.floor(app.clock.now().getTime() / 86_400_000) + 2) * 86_400_000;
    const booked = await owner.call<{ id: string }>('POST', `locations/${locationId}/appointments`, {
      client: { name: 'Rita', phone: '', email: '' },
      staffId,
      startsAt: new Date(day + 12 * 3_600_000).toISOString(),
      services: [{ serviceId: 'srv_there', costMinor: null }],
      durationMinutes: null,
      comment: '',
      outsideHours: true,
    });
    expect(booked.status, JSON.stringify(booked.body)).toBeLessThan(300);
    return booked.body.id;
  };
}

async function sitDown(server: MortalServer, second: Scope, nextTime: MoneyTable['nextTime'], bookThere: BookThere): Promise<MoneyTable> {
  const { app } = server;
  const owner = await signInAs(app, 'owner');
  await sql`insert into user_locations (chain_id, user_id, location_id, role) values (${second.chainId}, ${owner.userId}, ${second.locationId}, 'owner')`.execute(
    app.database.read,
  );
  const visits: MoneyVisit[] = [];
  // the third visit of each history is to be prepaid
  for (const pay of [[], [], ['srv_cut']]) visits.push(await book(app, nextTime(), pay));
  return { server, app, owner, second, visits, nextTime, visitThere: await bookThere(owner), pages: [], keyed: (ask) => ask() };
}

function timeFor(app: TestApp, no: number): ReturnType<MoneyTable['nextTime']> {
  const day = (Math.floor(app.clock.now().getTime() / 86_400_000) + 2) * 86_400_000;
  return { no, staffId: `stf_${no % PEOPLE}`, startsAt: new Date(day + (9 + (Math.floor(no / PEOPLE) % 8)) * 3_600_000).toISOString() };
}

/** By somebody new, whose telephone is confirmed. */
async function book(app: TestApp, { no, staffId, startsAt }: ReturnType<MoneyTable['nextTime']>, pay: readonly string[]): Promise<MoneyVisit> {
  const wish = (await wishFor(app, { serviceIds: ['srv_cut'], staffId, startsAt, pay }))(no);
  const { body } = await clientOf(app).book({ ...wish, phoneConfirmation: await confirmPhone(app, wish.draftId, wish.client.phone) });
  const id = body.appointments[0]?.id ?? '';
  const { rows } = await sql<{ clientId: string }>`select client_id "clientId" from appointments where appointment_id = ${id}`.execute(
    app.database.read,
  );
  return { id, clientId: rows[0]?.clientId ?? '', client: no, token: body.token };
}

/** What is done while the one before it is, belongs together with that. */
function atOnce(steps: readonly MoneyStep[]): readonly (readonly MoneyStep[])[] {
  const groups: MoneyStep[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last && step.meanwhile) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

/** The request comes again: what comes again has no effect of its own. */
async function repeated<T>(table: MoneyTable, step: MoneyStep, amongOthers: boolean, ask: () => Promise<T>): Promise<T> {
  if (step.again === 'no') return ask();
  if (step.again === 'at_once') {
    const [first] = await Promise.all([ask(), ask()]);
    return first;
  }
  const first = await ask();
  await table.server.afterwards();
  const before = await entriesOf(table.app);
  await ask();
  await table.server.afterwards();
  // what others do meanwhile is entered as well
  if (!amongOthers) expect(await entriesOf(table.app), `${JSON.stringify(step)} came again`).toBe(before);
  return first;
}

/** Everything that is still to come comes in the end: events, refunds, time, fees, payouts. */
async function settleDown(table: MoneyTable): Promise<void> {
  const { server, app } = table;
  const { sandbox, clock } = app;
  await answered('another process', () => server.recover());
  sandbox.faults.clear();
  sandbox.answerRefunds('succeeded');
  await answered('the last events', () => sandbox.events.release({ times: 2, shuffle: true }));
  await answered('what follows from them', () => server.rest());
  const settled = new Set<string>();
  for (const minutes of [70, 2 * DAY, 90, 4 * DAY, 90, 90]) {
    await settleRefunds(table, settled);
    clock.advance({ minutes });
    await sandbox.tick();
    await answered(`the events of the next ${minutes} minutes`, () => sandbox.events.release({ shuffle: true }));
    await answered(`what follows in the next ${minutes} minutes`, () => server.rest());
    await answered('accepting payouts', () => acceptPayouts(table));
  }
}

/** The provider decides on what it has not yet given back. One whose answer was lost is known to be such only when it was asked about again. */
async function settleRefunds({ app }: MoneyTable, settled: Set<string>): Promise<void> {
  const { rows } = await sql<{ id: string }>`select provider_refund_id id from payment_refunds where status = 'pending' order by 1`.execute(
    app.database.read,
  );
  for (const { id } of rows.filter((one) => !settled.has(one.id))) {
    app.sandbox.settleRefund(id, settled.size % 2 === 0);
    settled.add(id);
  }
}

async function owedBy({ sandbox }: TestApp, currency: string): Promise<bigint> {
  let sum = 0n;
  let after = '';
  for (;;) {
    const answer = await fetch(`${sandbox.origin}/v1/balance_transactions?limit=100&currency=${currency.toLowerCase()}${after}`, {
      headers: { authorization: `Bearer ${KEYS.secretKey}` },
    });
    const { data, has_more } = (await answer.json()) as { data: { id: string; net: number }[]; has_more: boolean };
    for (const { net } of data) sum += BigInt(net);
    if (!has_more) return sum;
    after = `&starting_after=${data.at(-1)?.id}`;
  }
}
