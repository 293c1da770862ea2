// A location with a million postings of three years: visits paid in cash, by card and online, income and tax of each, client accounts that are filled and
// spent, wages, rent and materials by hand, transfers, fees and payouts. Everything is dated as it would have been; nothing is sealed yet.
//
// For a bench or a look of one's own:
//   node bench/finance/seed-books.ts                    a throw-away PostgreSQL, seeded, kept until Ctrl-C; prints its address
//   node bench/finance/seed-books.ts postgres://…       into a migrated, empty database of yours
//   import { seedBooks } from '../finance/seed-books.ts'  inside a bench: benchServer().database('name', (client) => seedBooks(client))
//   VISITS=20000                                         fewer of them (a posting is about a third of a visit)
import pg from 'pg';
import { benchServer } from '../kit/bench-database.ts';

export const CHAIN = 'chn_finance';
export const LOCATION = 'loc_finance';
/** A second location, whose books are empty. */
export const FRESH = 'loc_fresh';
export const ZONE = 'Europe/Kyiv';
const CURRENCY = 'UAH';
const [DAYS, STAFF, CLIENTS] = [1095, 20, 8000];
const MONTH_DAYS = 31;

export interface SeedWish {
  readonly visits?: number;
  /** The last day of the three years; yesterday, if nothing is said. */
  readonly until?: Date;
}

/** Fills an empty, migrated database. What costs most (foreign keys, balances kept with every posting) is left out while it does; the balances are added up at the end. */
export async function seedBooks(client: pg.Client, { visits = 316_000, until = new Date(Date.now() - 86_400_000) }: SeedWish = {}): Promise<void> {
  const end = until.toISOString().slice(0, 10);
  await client.query('begin');
  await client.query('set local synchronous_commit = off');
  await fillSalon(client);
  await fillAccounts(client);
  await client.query(`
    create temp table visit on commit drop as
    select n, 'apt_fin' || lpad(n::text, 8, '0') apt, 'cli_' || (n * 7919 % ${CLIENTS}) cli, 'stf_' || (n % ${STAFF}) stf, 'srv_' || (n * 13 % 12) srv,
           (30000 + n * 7717 % 120000)::bigint price,
           (timestamp '${end}' - interval '${DAYS} days' + (n::float8 * ${DAYS} / ${visits}) * interval '1 day')::date + interval '9 hours' + (n * 15 % 660) * interval '1 minute' starts,
           case when n % 10 < 4 then 'main' when n % 10 < 7 then 'card' when n % 10 < 9 then 'online' else 'account' end method
      from generate_series(0::bigint, ${visits - 1}::bigint) n`);
  await client.query(
    `alter table visit add column starts_at timestamptz; update visit set starts_at = starts at time zone '${ZONE}'; create index on visit (starts); analyze visit`,
  );
  for (const table of ['bookings', 'appointments', 'appointment_services', 'ledger_entries', 'ledger_postings'])
    await client.query(`alter table ${table} disable trigger all`);
  await fillVisits(client);
  // who writes an entry says who else has to know of it; what its postings add up to is said once, at the end
  await client.query('alter table ledger_entries enable trigger user');
  for (let day = DAYS; day > -2; day -= MONTH_DAYS) await fillMonth(client, `date '${end}' - ${day}`, `date '${end}' - ${day - MONTH_DAYS}`);
  await addUp(client);
  for (const table of ['bookings', 'appointments', 'appointment_services', 'ledger_entries', 'ledger_postings'])
    await client.query(`alter table ${table} enable trigger all`);
  await client.query('delete from live_changes');
  await client.query('commit');
}

async function fillSalon(client: pg.Client): Promise<void> {
  await client.query(`insert into chains (chain_id, slug, name, created_at) values ('${CHAIN}', 'finance', 'Finance', now())`);
  await client.query(`
    insert into locations (chain_id, location_id, slug, name, country, currency, time_zone, default_language, languages, created_at)
    select '${CHAIN}', id, slug, slug, 'UA', '${CURRENCY}', '${ZONE}', 'uk', '{uk,en,pt}', now() from (values ('${LOCATION}', 'full'), ('${FRESH}', 'fresh')) l (id, slug)`);
  await client.query(
    `insert into service_categories (chain_id, location_id, category_id, name) values ('${CHAIN}', '${LOCATION}', 'cat_all', 'All')`,
  );
  await client.query(`
    insert into services (chain_id, location_id, service_id, category_id, name, price_min_minor, price_max_minor, duration_minutes)
    select '${CHAIN}', '${LOCATION}', 'srv_' || n, 'cat_all', 'Service ' || n, 30000 + n * 1000, 30000 + n * 1000, 60 from generate_series(0, 11) n`);
  await client.query(`
    insert into staff (chain_id, location_id, staff_id, name, position, online_payment)
    select '${CHAIN}', '${LOCATION}', 'stf_' || n, 'Person ' || n, n, 'available' from generate_series(0, ${STAFF - 1}) n`);
  await client.query(`
    insert into clients (chain_id, client_id, name, phone, language, created_at)
    select '${CHAIN}', 'cli_' || n, 'Client ' || n, '+38067' || lpad(n::text, 7, '0'), 'uk', now() from generate_series(0, ${CLIENTS - 1}) n`);
}

async function fillAccounts(client: pg.Client): Promise<void> {
  await client.query(`
    insert into ledger_accounts (chain_id, account_id, location_id, kind, owner_id, currency, created_at)
    select '${CHAIN}', id, '${LOCATION}', kind, owner, '${CURRENCY}', now() from (values
      ('acc_main', 'register', 'main'), ('acc_card', 'register', 'card'), ('acc_safe', 'register', 'reg_safe'),
      ('acc_stripe', 'clearing', 'con_stripe'), ('acc_liqpay', 'clearing', 'con_liqpay'), ('acc_prepayments', 'prepayments', ''), ('acc_unplaced', 'unplaced', ''),
      ('acc_income', 'income', 'normal'), ('acc_tax', 'tax', 'normal'), ('acc_fees_stripe', 'fees', 'con_stripe'), ('acc_fees_liqpay', 'fees', 'con_liqpay'),
      ('acc_wages', 'item', 'wages'), ('acc_rent', 'item', 'rent'), ('acc_materials', 'item', 'materials')) a (id, kind, owner)`);
  await client.query(`
    insert into ledger_accounts (chain_id, account_id, location_id, kind, owner_id, currency, created_at)
    select '${CHAIN}', 'acc_cli_' || n, '${LOCATION}', 'client', 'cli_' || n, '${CURRENCY}', now() from generate_series(0, ${CLIENTS - 1}) n`);
  await client.query(`
    insert into cash_registers (chain_id, location_id, account_id, name, kind, position) values ('${CHAIN}', '${LOCATION}', 'acc_safe', 'Safe', 'cash', 2) on conflict do nothing`);
  await client.query(`
    insert into provider_connections (chain_id, connection_id, location_id, provider, label, credentials, credential_hints, sandbox, register_account_id, created_at)
    select '${CHAIN}', 'con_' || p, '${LOCATION}', p, initcap(p), ''::bytea, '{}', true, 'acc_card', now() from unnest(array['stripe', 'liqpay']) p`);
}

async function fillVisits(client: pg.Client): Promise<void> {
  await client.query(`
    insert into bookings (chain_id, booking_id, location_id, client_id, language, contact, currency, created_at)
    select '${CHAIN}', 'bkg' || substr(apt, 4), '${LOCATION}', cli, 'uk', '{}', '${CURRENCY}', starts_at - interval '5 days' from visit`);
  await client.query(`
    insert into appointments (chain_id, appointment_id, booking_id, line_no, location_id, client_id, staff_id, any_staff, status, starts_at, ends_at, busy,
                              price_min_minor, price_max_minor, due_minor, paid_minor, currency, required, terms, booked_by, created_at, changed_at)
    select '${CHAIN}', apt, 'bkg' || substr(apt, 4), 0, '${LOCATION}', cli, stf, false, 'arrived', starts_at, starts_at + interval '1 hour',
           tstzrange(starts_at, starts_at + interval '1 hour'), price, price, 0, price, '${CURRENCY}', false, '{}', 'staff', starts_at - interval '5 days', starts_at
      from visit`);
  await client.query(`
    insert into appointment_services (chain_id, appointment_id, line_no, service_id, name, duration_minutes, price_min_minor, price_max_minor, policy, pay)
    select '${CHAIN}', apt, 0, srv, 'Service ' || substr(srv, 5), 60, price, price, '{"status":"not_available","reason":"method_off"}', 'later' from visit`);
  await client.query(`
    insert into appointment_income (chain_id, appointment_id, location_id, steps) select '${CHAIN}', apt, '${LOCATION}', 1 from visit`);
}

/** All that a month moved. An entry's id sorts by its time, as an id of the product's own does. */
async function fillMonth(client: pg.Client, from: string, to: string): Promise<void> {
  await client.query(`
    create temp table moved on commit drop as
    with paid as (
      -- online and from the account: some days before; at the desk: when it is over
      select v.*, case when method = 'online' then starts_at - (1 + n % 4) * interval '1 day' when method = 'account' then starts_at - interval '1 minute'
                       else starts_at + interval '62 minutes' end + (n % 60000) * interval '1 ms' as moment
        from visit v where starts >= ${from} and starts < ${to})
    select moment, 'p' || n k, case when method = 'online' then 'payment_captured' when method = 'account' then 'account_payment' else 'desk_payment' end cause_kind,
           case when method in ('main', 'card') then 'usr_desk' end by_id, 0 no, 'acc_prepayments' f,
           case method when 'online' then case when n % 2 = 0 then 'acc_stripe' else 'acc_liqpay' end when 'account' then 'acc_' || cli else 'acc_' || method end t,
           price amount, case method when 'account' then 'spend' else 'payment' end operation, 'services' item, 'appointment' pk, apt pid from paid
    union all
    -- whoever pays from an account has filled it before
    select moment - interval '10 minutes', 'u' || n, 'account_top_up', 'usr_desk', 0, 'acc_' || cli, 'acc_main', price, 'top_up', 'top_ups', null, null from paid where method = 'account'
    union all
    select starts_at + interval '65 minutes' + (n % 60000) * interval '1 ms', 'i' || n, 'income', null, 0, 'acc_income', 'acc_prepayments', price - price / 6, 'income', 'services', 'appointment', apt from paid
    union all
    select starts_at + interval '65 minutes' + (n % 60000) * interval '1 ms', 'i' || n, 'income', null, 1, 'acc_tax', 'acc_prepayments', price / 6, 'tax', 'services', 'appointment', apt from paid
    union all
    select moment + interval '3 hours', 'f' || n, 'provider_fee', null, 0, case when n % 2 = 0 then 'acc_stripe' else 'acc_liqpay' end,
           case when n % 2 = 0 then 'acc_fees_stripe' else 'acc_fees_liqpay' end, price / 50, 'fee', 'acquiring', null, null from paid where method = 'online' and n % 20 = 7
    union all
    select d + interval '20 hours', 'w' || extract(epoch from d)::bigint || s, 'manual_entry', 'usr_desk', 0, 'acc_main', 'acc_wages', 90000, 'manual', 'wages', null, null
      from generate_series((${from})::timestamptz, (${to})::timestamptz - interval '1 day', interval '1 day') d, generate_series(1, 3) s
    union all
    select d + interval '21 hours', 'm' || extract(epoch from d)::bigint, 'manual_entry', 'usr_desk', 0, 'acc_card', 'acc_materials', 45000, 'manual', 'materials', null, null
      from generate_series((${from})::timestamptz, (${to})::timestamptz - interval '1 day', interval '1 day') d
    union all
    select d + interval '22 hours', 't' || extract(epoch from d)::bigint, 'manual_entry', 'usr_desk', 0, 'acc_main', 'acc_safe', 500000, 'transfer', null, null, null
      from generate_series((${from})::timestamptz, (${to})::timestamptz - interval '1 day', interval '1 day') d`);
  await client.query(`update moved set amount = 1 where amount < 1`);
  const id = `'ent_' || to_char(moment at time zone 'UTC', 'YYYYMMDDHH24MISSMS') || k`;
  await client.query(`
    insert into ledger_entries (chain_id, entry_id, location_id, cause_kind, cause_id, happened_at, recorded_at, memo, by_id, by_name)
    select '${CHAIN}', ${id}, '${LOCATION}', cause_kind, k, moment, moment, '', by_id, case when by_id is not null then 'Reception' end from moved where no = 0 order by moment`);
  await client.query(`
    insert into ledger_postings (chain_id, entry_id, posting_no, from_account_id, to_account_id, amount_minor, currency, purpose_kind, purpose_id, operation, item_id, location_id, happened_at)
    select '${CHAIN}', ${id}, no, f, t, amount, '${CURRENCY}', pk, pid, operation, item, '${LOCATION}', moment from moved order by moment`);
  await client.query('drop table moved');
}

/** The balances and totals that the database would have kept, posting by posting. */
async function addUp(client: pg.Client): Promise<void> {
  const moved = `(select chain_id, to_account_id account_id, happened_at, amount_minor came, 0 went from ledger_postings
                  union all select chain_id, from_account_id, happened_at, 0, amount_minor from ledger_postings) m`;
  await client.query('alter table ledger_accounts disable trigger ledger_accounts_guard_balance');
  await client.query(`
    update ledger_accounts a set balance_minor = x.sum from (select chain_id, account_id, sum(came - went) sum from ${moved} group by 1, 2) x
     where x.chain_id = a.chain_id and x.account_id = a.account_id and x.sum <> 0`);
  await client.query('alter table ledger_accounts enable trigger ledger_accounts_guard_balance');
  await client.query(`
    insert into ledger_day_totals (chain_id, account_id, day, in_minor, out_minor)
    select chain_id, account_id, (happened_at at time zone 'UTC')::date, sum(came), sum(went)
      from ${moved} join ledger_accounts a using (chain_id, account_id) where a.kind <> 'client' group by 1, 2, 3`);
  await client.query(`
    insert into prepayments_owed (chain_id, account_id, purpose_id)
    select chain_id, 'acc_prepayments', purpose_id from ledger_postings where 'acc_prepayments' in (from_account_id, to_account_id)
     group by 1, 2, 3 having sum(case from_account_id when 'acc_prepayments' then amount_minor else -amount_minor end) <> 0`);
}

async function main(url: string | undefined): Promise<void> {
  const wish = process.env['VISITS'] ? { visits: Number(process.env['VISITS']) } : {};
  const began = performance.now();
  const report = async (client: pg.Client) => {
    const { rows } = await client.query<{ n: string }>('select count(*) n from ledger_postings');
    console.log(`${rows[0]?.n} postings in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  };
  if (url) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await seedBooks(client, wish);
    await client.query('vacuum (analyze)');
    await report(client);
    await client.end();
    return;
  }
  const server = await benchServer();
  const address = await server.database('finance', async (client) => {
    await seedBooks(client, wish);
    await report(client);
  });
  console.log(address);
  await new Promise((stop) => process.once('SIGINT', stop));
  await server.stop();
}

if (import.meta.main) await main(process.argv[2]);
