import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { openAttention } from '../payments/open-attention.ts';
import { backIfCancelled } from './appointment-rules.ts';
import type { AppointmentRow } from './store.ts';

/** No money moves by itself when a visit is cancelled (B4): what was paid for it is put before a person, with the amount by the terms that were agreed. */
export async function proposeRefund(
  tx: Tx,
  ctx: Pick<Deps, 'newId'>,
  scope: Scope,
  one: Pick<AppointmentRow, 'appointmentId' | 'paidMinor' | 'startsAt' | 'terms'>,
  currency: string,
  at: Date,
): Promise<void> {
  if (one.paidMinor === 0n) return;
  await openAttention(tx, ctx, scope, at, {
    kind: 'refund_proposed',
    subject: { kind: 'appointment', id: one.appointmentId },
    amountMinor: backIfCancelled(one.paidMinor, one.startsAt, one.terms, at),
    currency,
    detail: { paidMinor: Number(one.paidMinor), freeHours: one.terms.cancelFreeHours, latePercent: one.terms.cancelLatePercent },
  });
}
