import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import type { DisputeStage, DisputeState } from './dispute-rules.ts';
import { showDispute } from './show-dispute.ts';
import { disputeById, noteAccepted, noteAnswered } from './store-disputes.ts';

/** A dispute, as far as somebody who decides about it has to know it. */
export interface Dispute {
  readonly disputeId: string;
  readonly attemptId: string;
  readonly connectionId: string;
  readonly providerDisputeId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly stage: DisputeStage;
  readonly state: DisputeState;
}

export function readDispute(q: Queryable, chainId: string, disputeId: string): Promise<Dispute | undefined> {
  return disputeById(q, chainId, disputeId);
}

/** Evidence was sent at the provider, somebody says: whoever looks is told to wait. Undefined: it is decided. */
export async function answerDispute(
  tx: Tx,
  deps: Pick<Deps, 'newId'>,
  scope: Scope,
  { disputeId, by, at }: { readonly disputeId: string; readonly by: string; readonly at: Date },
): Promise<Dispute | undefined> {
  const answered = await noteAnswered(tx, scope, disputeId, by, at);
  if (answered) await showDispute(tx, deps, scope, answered, at);
  return answered;
}

/** Somebody wants to give it up; the provider is told afterwards. False: it is decided. */
export function giveUpDispute(tx: Tx, scope: Scope, { disputeId, by }: { readonly disputeId: string; readonly by: string }): Promise<boolean> {
  return noteAccepted(tx, scope, disputeId, by);
}
