import type { PhoneCodeTry, PhoneConfirmed, WrongCode } from '@holdfast/contract/phone-codes';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { CONFIRMED_HOURS } from './confirmation-rules.ts';
import type { ConfirmationContext } from './context.ts';
import { phoneAt } from './phone-at.ts';

type Tried = { readonly outcome: 'confirmed'; readonly confirmedAt: string } | { readonly outcome: WrongCode; readonly triesLeft?: number };

/**
 * One try at the newest code of this draft and phone. The right one answers the proof that the booking needs; again in another tab, the same proof.
 *
 * Refuses with `invalid_phone` and `wrong_code`: `wrong` (with how many tries are left), `run_out` (too late, or none was asked for), `too_many_tries` (even
 * the right one is no good any more; another has to be asked for).
 */
export async function confirmPhone(
  ctx: Pick<ConfirmationContext, 'db' | 'now' | 'codes'>,
  scope: Scope,
  { draftId, phone, code }: PhoneCodeTry,
): Promise<PhoneConfirmed> {
  const { e164, shown } = await phoneAt(ctx.db.read, scope, phone);
  const at = ctx.now();
  const hash = ctx.codes.hashOf(scope, draftId, e164, code);
  const { rows } = await sql<{ tried: Tried }>`
    select try_phone_code(${scope.chainId}, ${scope.locationId}, ${draftId}, ${e164}, ${hash}, ${at}) tried`.execute(ctx.db.read);
  invariant(rows[0], 'try_phone_code answers');
  const { tried } = rows[0];
  if (tried.outcome !== 'confirmed') throw wrongCode(tried.outcome, tried.triesLeft ?? 0, at);
  return {
    proof: ctx.codes.proofOf(scope, draftId, e164),
    phone: shown,
    validUntil: new Date(new Date(tried.confirmedAt).getTime() + CONFIRMED_HOURS * 3_600_000).toISOString(),
    now: at.toISOString(),
  };
}

function wrongCode(because: WrongCode, triesLeft: number, at: Date): Problem {
  const sentence = {
    wrong: 'This is not the code that was sent.',
    run_out: 'No code is good any more: ask for another one.',
    too_many_tries: 'This code was tried too often: ask for another one.',
  }[because];
  return new Problem('wrong_code', 409, sentence, { because, triesLeft, now: at.toISOString() });
}
