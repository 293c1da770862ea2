import type { PhoneCodes } from '@holdfast/contract/phone-codes';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { invariant } from '../kit/problem.ts';
import { limits } from './confirmation-rules.ts';
import type { ConfirmationContext } from './context.ts';

interface Row {
  readonly codesPerDay: number;
  readonly version: number;
  readonly timeZone: string;
  readonly sent: number;
  readonly confirmed: number;
  readonly heldBack: number;
}

/** The budget of codes, what was sent of it in the last 24 hours, and the prefixes that are blocked now. */
export async function readPhoneCodes(ctx: Pick<ConfirmationContext, 'db' | 'now' | 'smsIsOn'>, scope: Scope): Promise<PhoneCodes> {
  const { chainId, locationId } = scope;
  const at = ctx.now();
  const dayAgo = new Date(at.getTime() - 24 * 3_600_000);
  const { rows } = await sql<Row>`
    select coalesce(b.codes_per_day, ${limits.perLocationInADay}::int) "codesPerDay", coalesce(b.version, 0) version, l.time_zone "timeZone", c.* from locations l
      left join phone_code_budgets b on b.chain_id = l.chain_id and b.location_id = l.location_id
      cross join lateral (
        select count(*) filter (where sent)::int sent, count(*) filter (where confirmed_at is not null)::int confirmed, count(*) filter (where not sent)::int "heldBack"
          from phone_codes x where x.chain_id = l.chain_id and x.location_id = l.location_id and x.asked_at > ${dayAgo}) c
     where l.chain_id = ${chainId} and l.location_id = ${locationId}`.execute(ctx.db.read);
  const [row] = rows;
  invariant(row, 'a scope has a location');
  const blocked = await sql<{ prefix: string; numbers: number; blockedAt: Date; blockedUntil: Date }>`
    select prefix, numbers, blocked_at "blockedAt", blocked_until "blockedUntil" from blocked_prefixes
     where chain_id = ${chainId} and location_id = ${locationId} and blocked_until > ${at} order by blocked_at desc, prefix limit 200`.execute(
    ctx.db.read,
  );
  const { codesPerDay, version, timeZone, sent, confirmed, heldBack } = row;
  return {
    codesPerDay,
    version,
    smsIsOn: await ctx.smsIsOn(scope),
    lastDay: { sent, confirmed, heldBack },
    blocked: blocked.rows.map((one) => ({ ...one, blockedAt: one.blockedAt.toISOString(), blockedUntil: one.blockedUntil.toISOString() })),
    now: at.toISOString(),
    timeZone,
  };
}
