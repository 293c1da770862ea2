import type { RefundSending } from '@holdfast/contract/refunds';
import { rightMissing } from '../access/guard.ts';
import { mayTouchRegister } from '../access/limits-of-place.ts';
import { noteAudit } from '../access/note-audit.ts';
import type { BookingContext } from '../booking/context.ts';
import { holdRegister, registersOf } from '../finance/read-registers.ts';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import { beginRefund } from '../payments/begin-refund.ts';
import { carryOutRefund } from '../payments/give-back.ts';
import { moreThanLeft, personOf, type Refunder, refused, refuseStale } from './change-refund.ts';
import { followRefund } from './follow-refunds.ts';
import { handOver } from './hand-over.ts';
import { openRefundRow } from './open-refund-row.ts';
import { whyNotSend, whyNotWay } from './refund-rules.ts';
import { factsOf, viewerOf, wayFactsOf } from './see-refund.ts';
import { endFailure, type RefundRow, secondPersonFrom, writeSent } from './store.ts';

/**
 * Sends what was approved: through the provider, which is then followed until it is final; or at once onto the client's account, or out of a register. The intent
 * is committed before the provider is asked. The same key has one effect.
 *
 * Refuses with `changed_meanwhile`, `step_not_allowed` (`because`), `right_missing`, `more_than_left`, `not_enough_on_account`.
 */
export async function sendRefund(ctx: BookingContext, by: Refunder, refundId: string, wish: RefundSending): Promise<void> {
  const { scope } = by.place;
  const { chainId } = scope;
  try {
    const begun = await ctx.db.transaction((tx) => send(tx, ctx, by, refundId, wish));
    if (!begun) return;
    await carryOutRefund(ctx.payments, { chainId, refundId: begun });
  } catch (error) {
    if (isSqlError(error) && error.constraint === 'client_accounts_within_limit') throw refused('not_on_account');
    throw error;
  }
  await followRefund(ctx, { chainId, locationId: scope.locationId, refundId });
}

/** Answers the refund that the provider is to be asked for, if there is one. */
async function send(tx: Tx, ctx: BookingContext, by: Refunder, refundId: string, wish: RefundSending): Promise<string | undefined> {
  const { who, place } = by;
  const { scope } = place;
  const { row, visit } = await openRefundRow(tx, scope, refundId);
  if (row.sentKey === wish.key && row.status !== 'approved') return undefined;
  refuseStale(row, wish.version);
  const why = whyNotSend(factsOf(row, await secondPersonFrom(tx, scope)), viewerOf(who, place)) ?? (await whyNotThisWay(tx, ctx, by, row, wish));
  if (why) throw refused(why);
  if (row.amountMinor > (row.leftMinor ?? 0n)) throw moreThanLeft(row.leftMinor ?? 0n);
  const at = ctx.now();
  const sent = { way: wish.way, key: wish.key, by: personOf(by) };
  await endFailure(tx, scope.chainId, refundId, 'sent_again', at);
  const note = async (more: object = {}) =>
    noteAudit(tx, ctx, who, {
      action: 'refund.sent',
      subject: { kind: 'refund', id: refundId },
      locationId: scope.locationId,
      before: { status: row.status },
      after: { way: wish.way, amountMinor: row.amountMinor, currency: row.currency, appointmentId: row.appointmentId, ...more },
    });
  if (wish.way === 'provider') {
    const line = { attemptId: row.sourceId, lineNo: row.lineNo, amountMinor: row.amountMinor };
    const paymentRefundId = await beginRefund(tx, ctx.payments, scope, line, who.name);
    await writeSent(tx, scope, refundId, { ...sent, status: 'sending', paymentRefundId }, at);
    await note();
    return paymentRefundId;
  }
  const register = wish.way === 'register' ? await registerFor(tx, by, row, wish) : undefined;
  await writeSent(tx, scope, refundId, { ...sent, status: 'given_back', registerId: register?.id }, at);
  await note(register ? { register: register.name } : {});
  await handOver(tx, ctx, scope, { row, visit, registerId: register?.id, by: personOf(by), at });
  return undefined;
}

async function whyNotThisWay(tx: Tx, ctx: BookingContext, { place }: Refunder, row: RefundRow, { way }: RefundSending) {
  const registers = (await registersOf(tx, place.scope)).filter(({ id }) => mayTouchRegister(place, id));
  return whyNotWay(way, wayFactsOf(ctx.payments, place.scope.chainId, row, new Set(registers.map(({ currency }) => currency))));
}

async function registerFor(tx: Tx, { place }: Refunder, row: RefundRow, { registerId }: RefundSending) {
  const register = await holdRegister(tx, place.scope, registerId ?? '');
  if (!mayTouchRegister(place, register.id)) throw rightMissing('refunds.make');
  if (register.currency !== row.currency) throw new Problem('not_found', 404, 'There is no register of this currency.');
  return register;
}
