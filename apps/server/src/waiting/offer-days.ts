import { sql } from 'kysely';
import { mintScope, type Scope } from '../access/scope.ts';
import type { BookingRules } from '../booking/booking-rules.ts';
import { dealWith, rankByDeal } from '../booking/deal.ts';
import { freshRules } from '../booking/fresh-rules.ts';
import { Problem } from '../kit/problem.ts';
import { findFreeTimes } from '../schedule/answer-free-times.ts';
import { localDayNumber, MINUTE_MS, offsetAt } from '../schedule/local-day.ts';
import type { WaitingContext } from './context.ts';
import { type EntryRow, entriesOf } from './store.ts';

/** Another request may be faster with a time: so many are tried before the next look. */
const TRIES = 5;

/**
 * Looks at the days of which time was freed and for which somebody waits: in the order of the line, each is offered the first time that fits. Looks are forgotten
 * only when they were looked at, so whoever dies in between leaves them to the next; two who look at once set aside different times, or one of them none. One that
 * fails goes behind all others. Answers how many it looked at.
 */
export async function offerDays(ctx: WaitingContext, { limit }: { limit: number }): Promise<number> {
  const { rows } = await sql<{ chainId: string; locationId: string; day: string; last: bigint }>`
    select chain_id "chainId", location_id "locationId", day::text "day", max(look_no) "last" from waiting_looks group by 1, 2, 3 order by 4 limit ${limit}`.execute(
    ctx.db.read,
  );
  let looked = 0;
  for (const { chainId, locationId, day, last } of rows) {
    try {
      await offerDay(ctx, mintScope(chainId, locationId), day);
      looked++;
    } catch (error) {
      ctx.log.error({ err: error, locationId, day }, 'a day that is waited for could not be looked at; it is tried again');
      await sql`insert into waiting_looks (chain_id, location_id, day) values (${chainId}, ${locationId}, ${day}::date)`.execute(ctx.db.read);
    }
    await sql`
      delete from waiting_looks where chain_id = ${chainId} and location_id = ${locationId} and day = ${day}::date and look_no <= ${last}`.execute(
      ctx.db.read,
    );
  }
  return looked;
}

async function offerDay(ctx: WaitingContext, scope: Scope, day: string): Promise<void> {
  const rules = await freshRules(ctx, scope);
  const passedOver: EntryRow[] = [];
  for (const entry of await entriesOf(ctx.db.read, scope, { day })) {
    if (entry.status !== 'waiting') continue;
    if (!(await offerTime(ctx, scope, rules, entry, day))) {
      passedOver.push(entry);
      continue;
    }
    for (const { entryId } of passedOver) {
      await sql`
        select note_waiting(w, ${ctx.now()}, 'skipped', ${JSON.stringify({ because: 'does_not_fit', lineNo: entry.lineNo })}::jsonb) from waiting_entries w
         where w.chain_id = ${scope.chainId} and w.entry_id = ${entryId} and w.status = 'waiting'`.execute(ctx.db.read);
    }
  }
}

async function offerTime(ctx: WaitingContext, scope: Scope, rules: BookingRules, entry: EntryRow, day: string): Promise<boolean> {
  const serviceIds = [...(entry.serviceIds ?? [])];
  for (let tries = 0; tries < TRIES; tries++) {
    const found = await firstFit(ctx, scope, rules, { ...entry, serviceIds }, day);
    if (!found) return false;
    const { startsAt, staffId, from, to } = found;
    const { rows } = await sql<{ offered: boolean }>`
      select offer_time(${scope.chainId}, ${entry.entryId}, ${staffId}, tstzrange(${from}::timestamptz, ${to}::timestamptz), ${startsAt}, ${ctx.now()}) offered`.execute(
      ctx.db.read,
    );
    if (rows[0]?.offered) return true;
  }
  return false;
}

async function firstFit(
  ctx: WaitingContext,
  scope: Scope,
  rules: BookingRules,
  { serviceIds, staffId: wanted, fromMinute, toMinute, quoteId }: Omit<EntryRow, 'serviceIds'> & { readonly serviceIds: string[] },
  day: string,
): Promise<{ startsAt: Date; staffId: string; from: Date; to: Date } | undefined> {
  const { timeZone } = rules.catalog.location;
  const deps = { db: ctx.db, now: ctx.now, rules: ctx.rules, rank: rankByDeal };
  const free = await findFreeTimes(deps, scope, { serviceIds, staff: wanted ?? 'all', fromDay: day, days: 1 }).catch((error: unknown) => {
    // what is not offered any more fits never
    if (error instanceof Problem) return { days: [] };
    throw error;
  });
  for (const { at, staff } of free.days[0]?.times ?? []) {
    const startsAt = new Date(at);
    const minute = minuteOf(timeZone, startsAt);
    // whom a promise was given for, where several would do it
    const staffId = (quoteId === null ? undefined : staff.find((id) => dealWith(rules, id, serviceIds)?.terms === quoteId)) ?? staff[0];
    if (staffId === undefined || minute < (fromMinute ?? 0) || minute > (toMinute ?? 1440)) continue;
    const deal = dealWith(rules, staffId, serviceIds);
    if (!deal) continue;
    const start = startsAt.getTime();
    return { startsAt, staffId, from: new Date(start - deal.time.beforeMs), to: new Date(start + deal.time.lengthMs + deal.time.afterMs) };
  }
  return undefined;
}

function minuteOf(timeZone: string, at: Date): number {
  const ms = at.getTime();
  return (ms + offsetAt(timeZone, ms)) / MINUTE_MS - localDayNumber(timeZone, ms) * 1440;
}
