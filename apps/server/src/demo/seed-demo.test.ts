import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDatabase, type Database } from '../kit/database.ts';
import { embeddedSource } from '../kit/embedded.ts';
import { migrate } from '../kit/migrate.ts';
import { newIdAt } from '../kit/new-id.ts';
import { type TestDatabase, testDatabase } from '../testing/test-database.ts';
import { seedDemo } from './seed-demo.ts';

// a Friday shortly before noon; the clocks of both locations go back within the three weeks that follow
const now = () => new Date('2026-10-16T09:40:00Z');
const newId = (kind: string) => newIdAt(kind, now());
let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
  await seedDemo({ db, now, newId });
});
afterAll(() => db.close());

async function all<Row>(query: ReturnType<typeof sql<Row>>): Promise<readonly Row[]> {
  return (await query.execute(db.read)).rows;
}

test('the demo has three locations in different countries, currencies and time zones, each in three languages, Lisbon in Arabic too', async () => {
  const rows = await all(sql<{ slug: string; languages: string[]; words: string[] }>`
    select slug, country, currency, time_zone, default_language, languages, array(select jsonb_object_keys(terms) order by 1) words from locations order by position`);
  expect(rows).toMatchObject([
    { slug: 'kyiv', country: 'UA', currency: 'UAH', time_zone: 'Europe/Kyiv', default_language: 'uk' },
    { slug: 'lisbon', country: 'PT', currency: 'EUR', time_zone: 'Europe/Lisbon', default_language: 'pt' },
    { slug: 'saopaulo', country: 'BR', currency: 'BRL', time_zone: 'America/Sao_Paulo', default_language: 'pt' },
  ]);
  for (const row of rows) {
    const wanted = [...(row.slug === 'lisbon' ? ['ar'] : []), 'en', 'pt', 'uk'];
    expect(row.words).toEqual(wanted);
    expect([...row.languages].sort()).toEqual(wanted);
  }
});

test('each location has three categories, twelve services and five team members, and company details', async () => {
  const rows = await all(sql`
    select l.slug,
           (select count(*)::int from service_categories c where c.location_id = l.location_id) categories,
           (select count(*)::int from services s where s.location_id = l.location_id) services,
           (select count(*)::int from staff s where s.location_id = l.location_id) staff,
           (select count(*)::int from company_details d where d.location_id = l.location_id) company
      from locations l order by position`);
  expect(rows).toEqual(['kyiv', 'lisbon', 'saopaulo'].map((slug) => ({ slug, categories: 3, services: 12, staff: 5, company: 1 })));
});

test('every pair of payment statuses, service by team member, can be met at each location', async () => {
  const rows = await all(sql<{ location_id: string; pairs: number }>`
    select x.location_id, count(distinct (s.online_payment, p.online_payment))::int pairs from staff_services x
      join services s using (chain_id, location_id, service_id) join staff p using (chain_id, location_id, staff_id) group by 1 order by 1`);
  expect(rows).toEqual([
    { location_id: 'loc_kyiv', pairs: 9 },
    { location_id: 'loc_lisbon', pairs: 9 },
    { location_id: 'loc_saopaulo', pairs: 9 },
  ]);
});

test('somebody has a price and a length of their own, and nobody does everything', async () => {
  const rows = await all(sql`
    select count(*) filter (where price_min_minor is not null) > 3 own_price, count(*) filter (where duration_minutes is not null) > 1 own_length, max(does) < 12 choosy
      from (select *, count(*) over (partition by location_id, staff_id) does from staff_services) x group by location_id`);
  expect(rows).toEqual(Array(3).fill({ own_price: true, own_length: true, choosy: true }));
});

test('every appointment lies, buffers included, in the hours and outside the breaks of its team member', async () => {
  const astray = await all(sql<{ appointment_id: string }>`
    select a.appointment_id from appointments a
      join locations l using (chain_id, location_id)
      cross join lateral (select lower(a.busy) at time zone l.time_zone from_at, upper(a.busy) at time zone l.time_zone to_at) at_place
      left join staff_day_hours d on d.chain_id = a.chain_id and d.location_id = a.location_id and d.staff_id = a.staff_id and d.day = from_at::date
      left join staff_week_hours w on w.chain_id = a.chain_id and w.location_id = a.location_id and w.staff_id = a.staff_id and w.weekday = extract(isodow from from_at)
     where not coalesce(int4range((extract(hour from from_at) * 60 + extract(minute from from_at))::int, (extract(hour from to_at) * 60 + extract(minute from to_at))::int)
                <@ (coalesce(d.works, w.works) - coalesce(d.breaks, w.breaks)), false)
        or exists (select 1 from occupancy o where o.source_kind = 'break' and o.resource_id = a.staff_id and o.span && a.busy)`);
  expect(astray).toEqual([]);
});

test('an appointment takes time exactly while its status does, and exactly its own', async () => {
  const wrong = await all(sql`
    select a.appointment_id, a.status from appointments a
      full join (select * from occupancy where source_kind = 'appointment') o on o.chain_id = a.chain_id and o.source_id = a.appointment_id
     where (a.status in ('waiting', 'confirmed', 'arrived', 'no_show')) is distinct from (o.source_id is not null)
        or (o.source_id is not null and (o.span <> a.busy or o.resource_id <> a.staff_id or o.frees_at is not null))`);
  expect(wrong).toEqual([]);
});

test('what has passed is settled, what is ahead is not, and nothing has happened in the future', async () => {
  const statuses = await all(sql<{ status: string; past: boolean; n: number }>`
    select status, starts_at <= ${now()} past, count(*)::int n from appointments group by 1, 2 order by 2, 1`);
  expect(statuses.map(({ status, past }) => `${past ? 'past' : 'ahead'} ${status}`)).toEqual([
    'ahead cancelled',
    'ahead confirmed',
    'ahead waiting',
    'past arrived',
    'past cancelled',
    'past no_show',
  ]);
  const early = await all(sql`
    select 1 from appointments a join appointment_changes c using (chain_id, appointment_id) join bookings b using (chain_id, booking_id)
     where c.at > ${now()} or a.created_at >= a.starts_at or b.created_at <> a.created_at or (c.change_no = 1) <> (c.what = 'booked')`);
  expect(early).toEqual([]);
});

test('an appointment keeps what was agreed, and asks for no money online', async () => {
  const wrong = await all(sql`
    select a.appointment_id from appointments a
      join lateral (select sum(price_min_minor) low, sum(price_max_minor) high, sum(duration_minutes) minutes, bool_and(pay = 'later' and policy->>'reason' = 'method_off') later
                      from appointment_services s where s.chain_id = a.chain_id and s.appointment_id = a.appointment_id) s on true
     where s.low is distinct from a.price_min_minor or s.high is distinct from a.price_max_minor or not s.later or a.due_minor <> 0 or a.paid_minor <> 0 or a.required
        or a.ends_at - a.starts_at <> s.minutes * interval '1 minute' or a.terms->>'text' = '' or a.consent->>'version' <> '1'`);
  expect(wrong).toEqual([]);
});

test('calendars are about half full, the next three weeks too', async () => {
  const [full] = await all(sql<{ share: number; appointments: number }>`
    with worked as (
      select coalesce(d.works, w.works) - coalesce(d.breaks, w.breaks) at_work
        from staff s cross join generate_series(${now()}::date + 1, ${now()}::date + 21, interval '1 day') g(date)
        left join staff_day_hours d on d.staff_id = s.staff_id and d.day = g.date::date
        left join staff_week_hours w on w.staff_id = s.staff_id and w.weekday = extract(isodow from g.date))
    select (select sum(extract(epoch from upper(span) - lower(span)) / 60)::float8 from occupancy where source_kind = 'appointment' and lower(span) >= ${now()}::date + 1)
           / (select sum(upper(part) - lower(part))::float8 from worked, unnest(at_work) part) share,
           (select count(*)::int from appointments) appointments`);
  expect(full?.share).toBeGreaterThan(0.35);
  expect(full?.share).toBeLessThan(0.65);
  expect(full?.appointments).toBeGreaterThan(500);
});

test('nobody who books is in two places at once', async () => {
  const torn = await all(sql`
    select a.appointment_id from appointments a join appointments b on b.client_id = a.client_id and b.appointment_id > a.appointment_id
     where tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at) and 'cancelled' not in (a.status, b.status)`);
  expect(torn).toEqual([]);
});

test('seeding twice, or by two processes at once, makes one demo', async () => {
  const other = await testDatabase();
  await Promise.all([seedDemo({ db: other, now, newId }), seedDemo({ db: other, now, newId })]);
  await seedDemo({ db: other, now: () => new Date('2026-10-18T12:00:00Z'), newId });
  expect(await contents(other)).toEqual(await contents(db));
  await other.close();
});

test('the embedded database gets the same demo, to the last byte', async () => {
  const source = await embeddedSource('memory');
  await migrate(source);
  const embedded = createDatabase(source);
  await seedDemo({ db: embedded, now, newId });
  expect(await contents(embedded)).toEqual(await contents(db));
  await embedded.close();
});

test('the books of every location are open: two registers each, in their own currency', async () => {
  const accounts = await all(sql`select location_id, owner_id, currency from ledger_accounts where kind = 'register' order by 1, 2`);
  expect(accounts).toEqual([
    { location_id: 'loc_kyiv', owner_id: 'card', currency: 'UAH' },
    { location_id: 'loc_kyiv', owner_id: 'main', currency: 'UAH' },
    { location_id: 'loc_lisbon', owner_id: 'card', currency: 'EUR' },
    { location_id: 'loc_lisbon', owner_id: 'main', currency: 'EUR' },
    { location_id: 'loc_saopaulo', owner_id: 'card', currency: 'BRL' },
    { location_id: 'loc_saopaulo', owner_id: 'main', currency: 'BRL' },
  ]);
});

/** A fingerprint of every seeded table: the same seed at the same moment is the same to the last byte. */
async function contents(database: Pick<Database, 'read'>): Promise<Record<string, unknown>> {
  const tables = ['chains', 'locations', 'services', 'staff', 'staff_services', 'staff_week_hours', 'staff_day_hours', 'clients'];
  tables.push('bookings', 'appointments', 'appointment_services', 'appointment_changes', 'occupancy');
  const prints: Record<string, unknown> = {};
  for (const table of tables) {
    const { rows } = await sql<{ n: number; print: string }>`
      select count(*)::int n, md5(string_agg(t::text, '|' order by t::text collate "C")) print from ${sql.table(table)} t`.execute(database.read);
    prints[table] = rows[0];
  }
  return prints;
}
