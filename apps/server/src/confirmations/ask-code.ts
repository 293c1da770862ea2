import type { PhoneCode, PhoneCodeWish } from '@holdfast/contract/phone-codes';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { openAttention } from '../payments/open-attention.ts';
import { proofHash } from './code-keys.ts';
import { codeTimes, limits, prefixesOf, RESEND_SECONDS } from './confirmation-rules.ts';
import type { ConfirmationContext } from './context.ts';
import { phoneAt } from './phone-at.ts';

type Asked =
  | { readonly outcome: 'asked' | 'waiting'; readonly askedAt: string; readonly expiresAt: string; readonly blocked?: string | null }
  | { readonly outcome: 'refused'; readonly limit: 'phone' | 'address' | 'location'; readonly retryAt: string };

/** From where somebody asks. */
interface AskedFrom {
  readonly address: string;
  /** Of the page, as the browser says; undefined: ours. */
  readonly origin?: string | undefined;
}

/**
 * Sends a code to a telephone, for one draft. Whose number it is, whether it is known, and whether its prefix is blocked makes no difference to the answer:
 * of a blocked one nothing is sent, and who asked sees what everybody sees. Asking again within a minute sends nothing and answers the code on its way.
 *
 * Refuses with `invalid_phone`, `not_ready` (no SMS here), `too_many_requests` (with `limit` and `retryAt`).
 */
export async function askCode(ctx: ConfirmationContext, scope: Scope, wish: PhoneCodeWish, from: AskedFrom): Promise<PhoneCode> {
  const number = await phoneAt(ctx.db.read, scope, wish.phone);
  if (!(await ctx.smsIsOn(scope))) throw new Problem('not_ready', 409, 'This location sends no SMS.', { missing: 'sms' });
  const at = ctx.now();
  const question = questionOf(
    ctx,
    scope,
    { ...wish, phone: number.e164 },
    { address: from.address, host: await hostOf(ctx, scope, from.origin) },
    at,
  );
  const asked = await ctx.db.transaction(async (tx) => {
    const { rows } = await sql<{ answer: Asked }>`select ask_phone_code(${JSON.stringify(question)}::jsonb) answer`.execute(tx);
    invariant(rows[0], 'ask_phone_code answers');
    const { answer } = rows[0];
    if (answer.outcome === 'asked' && answer.blocked)
      await openAttention(tx, ctx, scope, at, {
        kind: 'codes_blocked',
        subject: { kind: 'phone_prefix', id: answer.blocked },
        detail: { prefix: answer.blocked },
      });
    return answer;
  });
  if (asked.outcome === 'refused') throw tooMany(asked, at);
  const { resendAt } = codeTimes(new Date(asked.askedAt));
  return {
    phone: number.shown,
    resendAt: resendAt.toISOString(),
    expiresAt: new Date(asked.expiresAt).toISOString(),
    now: at.toISOString(),
  };
}

/**
 * On which host the code is going to be typed: a telephone fills it in there by itself, and nowhere else. That is ours; or the page that the widget stands
 * on, as its browser says, where a booking link of this place allows it. Of any other page nobody here knows whose it is: there the code is typed by hand.
 */
async function hostOf(
  { db, publicUrl }: Pick<ConfirmationContext, 'db' | 'publicUrl'>,
  { chainId, locationId }: Scope,
  origin: string | undefined,
): Promise<string> {
  const ours = new URL(publicUrl);
  if (!origin || origin === ours.origin || !URL.canParse(origin)) return ours.host;
  const { rows } = await sql`
    select 1 from booking_links where chain_id = ${chainId} and location_id = ${locationId} and archived_at is null and ${origin} = any (allowed_origins) limit 1`.execute(
    db.read,
  );
  return rows.length > 0 ? new URL(origin).host : ours.host;
}

/** The one argument of `ask_phone_code` (db/migrations). */
function questionOf(
  ctx: ConfirmationContext,
  scope: Scope,
  { draftId, phone, language }: PhoneCodeWish,
  { address, host }: { address: string; host: string },
  at: Date,
) {
  const id = ctx.newId('cod');
  return {
    chain: scope.chainId,
    location: scope.locationId,
    now: at.toISOString(),
    id,
    outboxId: ctx.newId('out'),
    draft: draftId,
    phone,
    language,
    host,
    addressHash: ctx.hashAddress(address),
    codeHash: ctx.codes.hashOf(scope, draftId, phone, ctx.codes.codeOf(id)).toString('hex'),
    proofHash: proofHash(ctx.codes.proofOf(scope, draftId, phone)).toString('hex'),
    expiresAt: codeTimes(at).expiresAt.toISOString(),
    resendSeconds: RESEND_SECONDS,
    perPhone: limits.perPhoneInADay,
    perAddress: limits.perAddressInAnHour,
    perDay: limits.perLocationInADay,
    blockDays: limits.blockDays,
    prefixes: prefixesOf(phone),
  };
}

function tooMany({ limit, retryAt }: { limit: string; retryAt: string }, at: Date): Problem {
  const when = new Date(retryAt);
  const retryAfterSeconds = Math.max(1, Math.ceil((when.getTime() - at.getTime()) / 1000));
  return new Problem('too_many_requests', 429, 'Too many codes were asked for.', { limit, retryAt: when.toISOString(), retryAfterSeconds });
}
