import type { Stripe } from 'stripe';
import { formatAmount } from './amounts.ts';
import { newDispute } from './dispute-objects.ts';
import { newTransaction } from './payment-objects.ts';
import { noSuch, refuseInState } from './refusal.ts';
import { tell, type Work } from './work.ts';

/** Stripe's price for a dispute, in its units. It is not given back, however the dispute ends (since 2025). */
const DISPUTE_FEE = 1500;

const waiting: ReadonlySet<string> = new Set(['warning_needs_response', 'warning_under_review', 'needs_response', 'under_review']);
const isInquiry = (status: string) => status.startsWith('warning_');

export interface DisputeWish {
  /** All of it when left out; banks also dispute a part. */
  readonly amount?: number | undefined;
  readonly reason?: string | undefined;
  /** The bank only asks: nothing is withdrawn unless it becomes a dispute. */
  readonly inquiry?: boolean | undefined;
}

/** The cardholder asks their bank for the money back. */
export function disputeCharge(work: Work, chargeId: string, { amount, reason = 'fraudulent', inquiry = false }: DisputeWish): Stripe.Dispute {
  const row = work.tx.get('charge', chargeId);
  if (row?.account !== work.account.id) throw noSuch('charge', chargeId, 'charge');
  const charge = row.object;
  if (charge.status !== 'succeeded') throw refuseInState(`Charge ${chargeId} has not succeeded and cannot be disputed.`);
  const disputed = amount ?? charge.amount_captured;
  if (disputed <= 0 || disputed + disputedOf(work, chargeId) > charge.amount_captured)
    throw refuseInState(`Only ${formatAmount(charge.amount_captured - disputedOf(work, chargeId), charge.currency)} of ${chargeId} can be disputed.`);
  const dispute = newDispute(work, charge, { amount: disputed, reason, inquiry });
  work.tx.put('charge', chargeId, { account: work.account.id, object: { ...charge, disputed: true } });
  save(work, dispute);
  tell(work, 'charge.dispute.created', dispute);
  return inquiry ? dispute : withdraw(work, dispute);
}

/** An inquiry that was not answered well: now the money is withdrawn. */
export function escalateDispute(work: Work, id: string): Stripe.Dispute {
  const dispute = disputeOf(work, id);
  if (!isInquiry(dispute.status) || !waiting.has(dispute.status)) throw refuseInState(`Dispute ${id} is no open inquiry.`);
  const escalated: Stripe.Dispute = { ...dispute, status: 'needs_response', is_charge_refundable: false };
  tell(work, 'charge.dispute.updated', escalated);
  return withdraw(work, escalated);
}

/** The merchant sends evidence (`submit`), or only keeps it for later. The test values of docs.stripe.com/testing decide at once. */
export function sendEvidence(work: Work, id: string, evidence: Readonly<Record<string, string>>, submit: boolean): Stripe.Dispute {
  const dispute = disputeOf(work, id);
  if (!waiting.has(dispute.status)) throw closedAlready(id);
  const { evidence_details: details } = dispute;
  const sent: Stripe.Dispute = {
    ...dispute,
    evidence: { ...dispute.evidence, ...evidence } as Stripe.Dispute.Evidence,
    evidence_details: {
      ...details,
      has_evidence: details.has_evidence || Object.keys(evidence).length > 0,
      submission_count: details.submission_count + (submit ? 1 : 0),
    },
    status: submit ? (isInquiry(dispute.status) ? 'warning_under_review' : 'under_review') : dispute.status,
  };
  save(work, sent);
  tell(work, 'charge.dispute.updated', sent);
  if (!submit) return sent;
  if (evidence['uncategorized_text'] === 'winning_evidence') return decideDispute(work, id, true);
  return evidence['uncategorized_text'] === 'losing_evidence' ? decideDispute(work, id, false) : sent;
}

/** The bank decides. An inquiry that ends well ends as `warning_closed`. */
export function decideDispute(work: Work, id: string, won: boolean): Stripe.Dispute {
  const dispute = disputeOf(work, id);
  if (!waiting.has(dispute.status)) throw closedAlready(id);
  if (isInquiry(dispute.status) && !won) throw refuseInState(`Dispute ${id} is an inquiry: it is escalated before it can be lost.`);
  const status = isInquiry(dispute.status) ? 'warning_closed' : won ? 'won' : 'lost';
  const decided: Stripe.Dispute = { ...dispute, status, is_charge_refundable: status !== 'lost' };
  save(work, decided);
  tell(work, 'charge.dispute.closed', decided);
  return status === 'won' ? reinstate(work, decided) : decided;
}

/** `POST /v1/disputes/:id/close`: the merchant accepts that it is lost. */
export function acceptDispute(work: Work, id: string): Stripe.Dispute {
  const dispute = disputeOf(work, id);
  if (dispute.status !== 'needs_response' && dispute.status !== 'under_review') throw closedAlready(id);
  return decideDispute(work, id, false);
}

/** What of a charge stands in disputes that withdrew it and have not been won. */
export function disputedOf(work: Work, chargeId: string): number {
  return work.tx
    .list('dispute')
    .filter(({ object }) => object.charge === chargeId && object.status !== 'won' && !isInquiry(object.status))
    .reduce((sum, { object }) => sum + object.amount, 0);
}

/** All of it has gone back while a bank was only asking: that answers it. */
export function closeInquiriesOf(work: Work, chargeId: string): void {
  for (const { object } of work.tx.list('dispute'))
    if (object.charge === chargeId && isInquiry(object.status) && waiting.has(object.status)) decideDispute(work, object.id, true);
}

export function disputeOf(work: Work, id: string): Stripe.Dispute {
  const row = work.tx.get('dispute', id);
  if (row?.account !== work.account.id) throw noSuch('dispute', id, 'dispute');
  return row.object;
}

function withdraw(work: Work, dispute: Stripe.Dispute): Stripe.Dispute {
  const { amount, currency, id } = dispute;
  const taken = newTransaction(work, { amount: -amount, currency, source: id, type: 'adjustment', fee: DISPUTE_FEE, about: chargeOf(dispute) });
  work.tx.put('txn', taken.id, { account: work.account.id, object: taken });
  const withdrawn = { ...dispute, balance_transactions: [taken] };
  save(work, withdrawn);
  tell(work, 'charge.dispute.funds_withdrawn', withdrawn);
  return withdrawn;
}

function reinstate(work: Work, dispute: Stripe.Dispute): Stripe.Dispute {
  const { amount, currency, id } = dispute;
  const back = newTransaction(work, { amount, currency, source: id, type: 'adjustment', about: chargeOf(dispute) });
  work.tx.put('txn', back.id, { account: work.account.id, object: back });
  const reinstated = { ...dispute, balance_transactions: [...dispute.balance_transactions, back] };
  save(work, reinstated);
  tell(work, 'charge.dispute.funds_reinstated', reinstated);
  return reinstated;
}

function save(work: Work, object: Stripe.Dispute): void {
  work.tx.put('dispute', object.id, { account: work.account.id, object });
}

const chargeOf = ({ charge }: Stripe.Dispute) => (typeof charge === 'string' ? charge : charge.id);

const closedAlready = (id: string) => refuseInState(`This dispute is already closed: ${id}.`, { code: 'dispute_already_closed' });
