import { toJsonAmount } from '@holdfast/contract/money';
import { type RefundItem, refundWays } from '@holdfast/contract/refunds';
import type { Place, Who } from '../access/who.ts';
import type { PaymentsContext } from '../payments/context.ts';
import { type RefundFacts, type RefundViewer, type WayFacts, whyNotApprove, whyNotChange, whyNotSend, whyNotWay } from './refund-rules.ts';
import type { RefundRow } from './store.ts';

export function viewerOf({ userId }: Pick<Who, 'userId'>, { rights, refundLimitMinor }: Place): RefundViewer {
  return { userId, mayMake: rights.has('refunds.make'), limitMinor: refundLimitMinor };
}

export function factsOf(row: RefundRow, secondPersonFromMinor: bigint | null): RefundFacts {
  return {
    status: row.status,
    caseMinor: row.caseMinor,
    lastBy: row.editedById ?? row.openedById,
    approvedBy: row.approvedById,
    secondPersonFromMinor,
  };
}

/** `currencies`: of the registers that the user may pay out from. */
export function wayFactsOf(
  { providerOf }: Pick<PaymentsContext, 'providerOf'>,
  chainId: string,
  row: RefundRow,
  currencies: ReadonlySet<string>,
): WayFacts {
  const { connectionId, provider, sandbox, capturedMinor, refundedMinor, spendableMinor, amountMinor } = row;
  const connected = connectionId !== null && provider !== null && sandbox !== null;
  return {
    source: { kind: row.sourceKind, id: row.sourceId, lineNo: row.lineNo },
    placed: row.placed ?? 'applied',
    amountMinor,
    leftMinor: row.leftMinor ?? 0n,
    disputedMinor: row.disputedMinor ?? 0n,
    refunds: connected ? providerOf({ chainId, connectionId, provider, sandbox }).capabilities.refunds : undefined,
    capturedMinor,
    refundedMinor,
    spendableMinor,
    register: currencies.has(row.currency),
  };
}

/** A refund as somebody sees it: what they may do about it, and why not. */
export function refundItem(row: RefundRow, seen: { viewer: RefundViewer; facts: RefundFacts; way: WayFacts; clients: boolean }): RefundItem {
  const { viewer, facts, way, clients } = seen;
  const stamp = (at: Date | null, by: string | null) => (at ? { at: at.toISOString(), by: by ?? '' } : null);
  return {
    id: row.refundId,
    version: row.version,
    status: row.status,
    reason: row.reason,
    appointmentId: row.appointmentId,
    appointment: { status: row.visitStatus, startsAt: row.startsAt.toISOString(), staffName: row.staffName, serviceNames: [...row.serviceNames] },
    clientName: clients ? row.clientName : null,
    money: {
      source: way.source,
      by: row.named ?? '',
      kind: row.paidBy ?? 'account',
      placed: way.placed,
      cameAt: (row.cameAt ?? row.openedAt).toISOString(),
      cameMinor: toJsonAmount(row.cameMinor ?? 0n),
      leftMinor: toJsonAmount(way.leftMinor > 0n ? way.leftMinor : 0n),
      currency: row.currency,
    },
    currency: row.currency,
    proposedMinor: toJsonAmount(row.proposedMinor),
    amountMinor: toJsonAmount(row.amountMinor),
    policy: row.policy,
    words: row.words,
    opened: { at: row.openedAt.toISOString(), by: row.openedByName },
    edited: stamp(row.editedAt, row.editedByName),
    approved: stamp(row.approvedAt, row.approvedByName),
    closed: stamp(row.closedAt, row.closedByName),
    way: row.way,
    trouble: row.trouble ?? (row.status === 'sending' ? row.lastError : null),
    provider:
      row.way === 'provider' ? { status: row.refundStatus ?? 'waiting', tries: row.looks ?? 0, nextLookAt: row.lookAt?.toISOString() ?? null } : null,
    ways: refundWays.map((one) => ({ way: one, whyNot: whyNotWay(one, way) ?? null })),
    may: {
      edit: whyNotChange(facts, viewer) ?? null,
      approve: whyNotApprove(facts, viewer) ?? null,
      send: whyNotSend(facts, viewer) ?? null,
      decline: whyNotChange(facts, viewer) ?? null,
    },
  };
}
