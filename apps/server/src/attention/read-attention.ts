import type { AttentionItem, AttentionList, WhyNotAction } from '@holdfast/contract/attention';
import type { Right } from '@holdfast/contract/rights';
import { withinLastDays } from '../access/limits-of-place.ts';
import type { Place } from '../access/who.ts';
import type { BookingContext } from '../booking/context.ts';
import { placeFacts } from '../finance/place-facts.ts';
import { whatEnds } from './attention-rules.ts';
import { type AttentionRow, attentionOf, countOpen } from './store.ts';

/** What a person has to look at here, oldest first; or what is over, newest first. */
export async function readAttention(ctx: BookingContext, place: Place, state: 'open' | 'done'): Promise<AttentionList> {
  const { scope } = place;
  const { timeZone } = await placeFacts(ctx.db.read, scope);
  const rows = await attentionOf(ctx.db.read, scope, { state });
  const at = ctx.now();
  return {
    items: rows.map((row) => itemOf(row, place, (right) => whyNot(place, row, right, at, timeZone))),
    open: await countOpen(ctx.db.read, scope),
    timeZone,
  };
}

function itemOf(row: AttentionRow, place: Place, whyNotBy: (right: 'transactions.edit' | 'refunds.make') => WhyNotAction | null): AttentionItem {
  const { actions, place: elsewhere } = whatEnds(row);
  const seesClients = place.rights.has('clients.see');
  return {
    id: row.id,
    kind: row.kind,
    subject: { kind: row.subjectKind, id: row.subjectId },
    appointment:
      row.appointmentId !== null && row.startsAt
        ? { id: row.appointmentId, startsAt: row.startsAt.toISOString(), serviceNames: [...row.serviceNames] }
        : null,
    client: seesClients && row.clientId !== null && row.clientName !== null ? { id: row.clientId, name: row.clientName } : null,
    payment:
      row.attemptId !== null && row.reference !== null
        ? { id: row.attemptId, reference: row.reference, provider: row.provider ?? '', connection: row.connection ?? '' }
        : null,
    amountMinor: row.amountMinor === null ? null : Number(row.amountMinor),
    currency: row.currency,
    detail: row.detail,
    openedAt: row.openedAt.toISOString(),
    actions: row.resolvedAt
      ? []
      : actions.map((action) => ({
          action,
          whyNot: rightOf[action] === undefined ? null : (whyNotBy(rightOf[action]) ?? nobodys(row, action)),
        })),
    place: elsewhere ?? null,
    resolved: row.resolvedAt
      ? { at: row.resolvedAt.toISOString(), by: row.resolvedBy, resolution: row.resolution ?? '', because: row.because }
      : null,
  };
}

const rightOf = {
  keep: 'transactions.edit',
  note: 'transactions.edit',
  to_account: 'transactions.edit',
  refund: 'refunds.make',
  look_again: undefined,
  evidence_sent: 'transactions.edit',
  accept_loss: 'transactions.edit',
} as const satisfies Record<AttentionItem['actions'][number]['action'], Right | undefined>;

/** A refund belongs to a visit's payment, and money on an account to somebody. */
function nobodys(row: AttentionRow, action: keyof typeof rightOf): WhyNotAction | null {
  const missing = action === 'refund' ? row.appointmentId === null : action === 'to_account' && row.clientId === null;
  return missing ? 'nobodys' : null;
}

/** Why who asks may not do it; null: they may. */
export function whyNot(
  place: Place,
  { openedAt }: Pick<AttentionRow, 'openedAt'>,
  right: 'transactions.edit' | 'refunds.make',
  at: Date,
  timeZone: string,
): WhyNotAction | null {
  if (!place.rights.has(right)) return 'right_missing';
  return right === 'transactions.edit' && !withinLastDays(place, right, openedAt, at, timeZone) ? 'too_long_ago' : null;
}
