import type pg from 'pg';

/** The month that is asked for, and the moment at which it is asked: fixed, so that every run measures the same work. */
export const NOW = '2026-11-22T10:00:00Z';
export const FROM = '2026-11-23';
export const CHAIN = 'chn_bench';
export const LOCATION = 'loc_bench';
export const SERVICE = 'svc_cut';

/**
 * A location in Kyiv whose team works every day 09:00–18:00 with an hour's break; one service of 30 minutes, offered every 15. Each half hour is
 * taken with a chance of one half, for `aheadDays` from FROM on and `pastDays` before it.
 */
export async function fillSalon(client: pg.Client, { staff = 10, aheadDays = 62, pastDays = 30 } = {}): Promise<void> {
  await client.query('select setseed(0.5)');
  await client.query(`insert into chains values ($1, 'bench', 'Bench', false, $2)`, [CHAIN, NOW]);
  await client.query(
    `insert into locations (chain_id, location_id, slug, name, country, currency, time_zone, default_language, languages, step_minutes, lead_minutes, horizon_days, terms, created_at)
     values ($1, $2, 'salon', 'Salon', 'UA', 'UAH', 'Europe/Kyiv', 'uk', '{uk}', 15, 60, 90, '{}', $3)`,
    [CHAIN, LOCATION, NOW],
  );
  await client.query(`insert into service_categories values ($1, $2, 'cat_hair', 'Hair', 0)`, [CHAIN, LOCATION]);
  await client.query(
    `insert into services (chain_id, location_id, service_id, category_id, name, price_min_minor, price_max_minor, duration_minutes)
     values ($1, $2, $3, 'cat_hair', 'Haircut', 50000, 50000, 30)`,
    [CHAIN, LOCATION, SERVICE],
  );
  await client.query(
    `insert into staff (chain_id, location_id, staff_id, name, position) select $1, $2, 'stf_' || md5(n::text), 'Person ' || n, n from generate_series(1, $3::int) n`,
    [CHAIN, LOCATION, staff],
  );
  await client.query(
    `insert into staff_services (chain_id, location_id, staff_id, service_id) select chain_id, location_id, staff_id, $1 from staff`,
    [SERVICE],
  );
  await client.query(
    `insert into staff_week_hours (chain_id, location_id, staff_id, weekday, works, breaks)
     select chain_id, location_id, staff_id, weekday, '{[540,1080)}', '{[780,840)}' from staff, generate_series(1, 7) weekday`,
  );
  // in the order in which it was booked, which is not the order of the calendar
  await client.query(
    `insert into occupancy (chain_id, location_id, resource_id, span, source_kind, source_id)
     select chain_id, location_id, staff_id, tstzrange(at, at + interval '30 minutes'), 'appointment', 'apt_' || row_number() over ()
       from (select s.chain_id, s.location_id, s.staff_id, (d::date + make_interval(mins => 540 + slot * 30)) at time zone 'Europe/Kyiv' as at
               from staff s, generate_series($1::date - $2::int, $1::date + $3::int, interval '1 day') d, generate_series(0, 17) slot
              where slot not in (8, 9) and random() < 0.5 order by d + make_interval(days => (random() * 20)::int)) x`,
    [FROM, pastDays, aheadDays],
  );
}
