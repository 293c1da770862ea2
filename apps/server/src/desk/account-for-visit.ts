import type { AccountPaymentWish } from '@holdfast/contract/accounts';
import { noteAudit } from '../access/note-audit.ts';
import type { Scope } from '../access/scope.ts';
import { accountIdOf } from '../accounts/account-name.ts';
import { type AccountRow, findAccount, mayBeUsed } from '../accounts/find-account.ts';
import type { BookingContext } from '../booking/context.ts';
import type { Visit } from '../booking/read-visit.ts';
import type { Tx } from '../kit/database.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import type { AtDesk } from './take-for-visit.ts';

/** The account that is to pay for a visit; perhaps another client's. Refuses with `not_found`, and `step_not_allowed` where it is not valid here. */
export async function accountForVisit(tx: Tx, scope: Scope, visit: Visit, accountId: string): Promise<AccountRow> {
  const account = await findAccount(tx, scope, accountId);
  if (account.currency !== visit.currency || !mayBeUsed(account).mayPay)
    throw new Problem('step_not_allowed', 409, 'This account is not valid here.', { reason: 'not_valid_here' });
  return account;
}

/** Refuses with `already_there` a key that was used for something else. */
export function isSame(
  known: { appointmentId: string; ownerId: string; currency: string; amountMinor: bigint },
  appointmentId: string,
  wish: AccountPaymentWish,
): true {
  if (known.appointmentId === appointmentId && accountIdOf(known) === wish.accountId && known.amountMinor === BigInt(wish.amountMinor)) return true;
  throw new Problem('already_there', 409, 'Something else was done with this key.');
}

/** In the audit log and to whoever listens. Whose account it was is said where it is another client's. */
export async function noteAccountDeed(
  tx: Tx,
  ctx: BookingContext,
  { who, place }: AtDesk,
  visit: Visit,
  what: 'paid_from_account' | 'account_payment_reversed' | 'held_on_account' | 'account_hold_released',
  { clientId, ...facts }: { readonly id: string; readonly clientId: string; readonly amountMinor: bigint; readonly because?: string },
): Promise<void> {
  const { scope } = place;
  const { appointmentId, currency } = visit;
  const ofClient = clientId === visit.clientId ? {} : { ofClient: clientId };
  await noteAudit(tx, ctx, who, {
    action: `visit.${what}`,
    subject: { kind: 'appointment', id: appointmentId },
    locationId: scope.locationId,
    after: { ...facts, ...ofClient, currency },
  });
  const payload = { id: facts.id, amountMinor: Number(facts.amountMinor), currency, ...ofClient };
  await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: `visit.${what}`, subjectId: appointmentId, payload, at: ctx.now() });
}
