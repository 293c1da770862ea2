import type { Request } from 'autocannon';
import type pg from 'pg';

export const CHAIN = 'chn_bench';
export const LOCATION = 'loc_bench';
export const SERVICE = 'svc_cut';
export const PRICE_MINOR = 25_000;
export const PATH = '/api/v1/locations/bench/salon/bookings';

const STAFF = 40;
const MINUTES = 15;
/** Times of one team member from the day after tomorrow on, as far as anybody may book. */
const TIMES = (360 * 1440) / MINUTES;
const DAY_MS = 86_400_000;

export function staffName(n: number): string {
  return `stf_${String(n).padStart(3, '0')}`;
}

/**
 * A location whose 40 people work day and night, so that a bench does not run out of times: one service of 15 minutes that has to be paid in advance. The limits
 * on holding are those of a new location.
 */
export async function fillSalon(client: pg.Client): Promise<void> {
  await client.query(`insert into chains values ($1, 'bench', 'Bench', false, now())`, [CHAIN]);
  await client.query(
    `insert into locations (chain_id, location_id, slug, name, country, currency, time_zone, default_language, languages, step_minutes, lead_minutes, horizon_days, terms, created_at)
     values ($1, $2, 'salon', 'Salon', 'UA', 'UAH', 'Europe/Kyiv', 'uk', '{uk,en}', $3, 60, 366,
             jsonb_build_object('en', repeat('Please come on time; what was paid in advance is given back until a day before. ', 5)), now())`,
    [CHAIN, LOCATION, MINUTES],
  );
  await client.query(
    `insert into company_details (chain_id, location_id, legal_name, registration_number, legal_address) values ($1, $2, 'Bench', '1', 'Kyiv')`,
    [CHAIN, LOCATION],
  );
  await client.query(`insert into service_categories values ($1, $2, 'cat_hair', 'Hair', 0)`, [CHAIN, LOCATION]);
  await client.query(
    `insert into services (chain_id, location_id, service_id, category_id, name, price_min_minor, price_max_minor, duration_minutes, online_payment)
     values ($1, $2, $3, 'cat_hair', 'Fringe', $4, $4, $5, 'required')`,
    [CHAIN, LOCATION, SERVICE, PRICE_MINOR, MINUTES],
  );
  await client.query(
    `insert into staff (chain_id, location_id, staff_id, name, position, online_payment)
     select $1, $2, 'stf_' || lpad(n::text, 3, '0'), 'Person ' || n, n, 'available' from generate_series(0, $3::int - 1) n`,
    [CHAIN, LOCATION, STAFF],
  );
  await client.query(
    `insert into staff_services (chain_id, location_id, staff_id, service_id) select chain_id, location_id, staff_id, $1 from staff`,
    [SERVICE],
  );
  await client.query(
    `insert into staff_week_hours (chain_id, location_id, staff_id, weekday, works)
     select chain_id, location_id, staff_id, weekday, '{[0,1440)}' from staff, generate_series(1, 7) weekday`,
  );
}

/** Client number n's own time: all over the calendar, never the same one twice (7919 is prime and divides neither factor). */
export function timeOf(n: number): { staffId: string; startsAt: string } {
  const place = (n * 7919) % (STAFF * TIMES);
  const first = (Math.floor(Date.now() / DAY_MS) + 2) * DAY_MS;
  return { staffId: staffName(place % STAFF), startsAt: new Date(first + Math.floor(place / STAFF) * MINUTES * 60_000).toISOString() };
}

/** The request of client number n for a time: their own draft, phone and network address. */
export function bookingRequest(n: number, quoteId: string, { staffId, startsAt } = timeOf(n)): { headers: Record<string, string>; body: string } {
  const client = `"client":{"name":"Client ${n}","phone":"+38050${1_000_000 + n}","email":""}`;
  const wished = `"appointments":[{"serviceIds":["${SERVICE}"],"staffId":"${staffId}","startsAt":"${startsAt}","payServiceIds":[]}]`;
  return {
    headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}` },
    body: `{"draftId":"draft_${String(n).padStart(16, '0')}","quoteId":"${quoteId}",${wished},${client},"comment":"","language":"en","consent":{"terms":true,"termsVersion":1}}`,
  };
}

/** What autocannon sends: every request is the next client's. */
export function everyClient(quoteId: string): readonly Request[] {
  let n = 0;
  return [
    {
      method: 'POST',
      path: PATH,
      setupRequest: (request) => ({ ...request, ...bookingRequest(n++, quoteId) }),
    },
  ];
}
