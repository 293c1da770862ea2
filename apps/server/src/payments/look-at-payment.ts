import type { Outcome, PaymentFact } from '@holdfast/providers/payment-provider';
import { mintScope } from '../access/scope.ts';
import { invariant } from '../kit/problem.ts';
import type { PaymentsContext } from './context.ts';
import { stepsBack } from './dispute-rules.ts';
import { openAttention } from './open-attention.ts';
import { type OpenConnection, openConnectionById } from './read-credentials.ts';
import { readNote } from './read-note.ts';
import { type Change, isOver, nextLook, unknownMeansClosed, whatChanged } from './rules.ts';
import { settleDisputes } from './settle-disputes.ts';
import { settlePayment, type Via } from './settle-payment.ts';
import { type AttemptRow, attemptById, noteLook } from './store.ts';
import { disputesOfAttempt } from './store-disputes.ts';

export type Look =
  | { readonly kind: 'settled'; readonly change: Change }
  /** The provider could not be asked or did not know what to say: it is asked again later. Never final. */
  | { readonly kind: 'trouble'; readonly message: string };

const DAY_MS = 24 * 3600 * 1000;

/**
 * Asks the provider how one attempt stands and settles its answer. A page that nobody should pay any more is closed first, where the
 * provider can close it; that answer may be `captured`, and is settled as any other. A final attempt is asked too: it may have been refunded there.
 */
export async function lookAtPayment(ctx: PaymentsContext, key: { chainId: string; attemptId: string }, via: Via): Promise<Look> {
  const attempt = await attemptById(ctx.db.read, key.chainId, key.attemptId);
  invariant(attempt, `attempt ${key.attemptId} is there to be looked at`);
  if (attempt.status === 'intended' && !attempt.askedAt) return lookAtUnasked(ctx, attempt, via);
  const connection = await openConnectionById(ctx, attempt.chainId, attempt.connectionId);
  const said = await ask(ctx, attempt, connection);
  if (said.kind !== 'done') return noteTrouble(ctx, attempt, said.message);
  let fact = said.value ?? neverHeardOf(ctx, attempt);
  if (!fact) return noteTrouble(ctx, attempt, 'the provider does not know this payment');
  const change = whatChanged(attempt, fact);
  const overtaken = await disputesStepBack(ctx, attempt, fact);
  if (change === 'nothing_new' && !overtaken) {
    const at = ctx.now();
    await noteLook(ctx.db.read, attempt, nextLook(attempt, at), null);
    if (fact.disputes) await settleDisputes(ctx, attempt, fact.disputes);
    return { kind: 'settled', change };
  }
  if (change === 'disagreement' || overtaken) {
    // Two looks may overtake each other, and then the older answer seems to take something back. A fresh one tells.
    const fresh = await ask(ctx, attempt, connection);
    if (fresh.kind !== 'done' || !fresh.value)
      return noteTrouble(ctx, attempt, fresh.kind === 'done' ? 'the provider does not know this payment' : fresh.message);
    fact = fresh.value;
  }
  const settled = await settlePayment(ctx, attempt, fact, via);
  if (fact.disputes && settled !== 'disagreement') await settleDisputes(ctx, attempt, fact.disputes);
  return { kind: 'settled', change: settled };
}

/** An older answer about a dispute, or an appeal against what was decided. */
async function disputesStepBack(ctx: PaymentsContext, attempt: AttemptRow, { disputes = [] }: PaymentFact): Promise<boolean> {
  if (disputes.length === 0) return false;
  const known = await disputesOfAttempt(ctx.db.read, attempt);
  return disputes.some((said) => known.some((one) => one.providerDisputeId === said.providerDisputeId && stepsBack(one, said)));
}

async function ask(ctx: PaymentsContext, attempt: AttemptRow, { provider, credentials }: OpenConnection): Promise<Outcome<PaymentFact | undefined>> {
  const { reference, providerPaymentId, payableUntil, currency } = attempt;
  const noted = provider.capabilities.notedByHand ? await readNote(ctx.db.read, attempt.chainId, attempt.attemptId) : undefined;
  const key = { reference, providerPaymentId, createdAt: attempt.askedAt ?? attempt.createdAt, payableUntil, currency, noted };
  const toClose = () => provider.capabilities.closesPages && isOver(attempt, ctx.now());
  if (attempt.status === 'open' && providerPaymentId && toClose()) return provider.closePayment(credentials, { ...key, providerPaymentId });
  const read = await provider.readPayment(credentials, key);
  if (read.kind !== 'done' || read.value?.state !== 'open' || !toClose()) return read;
  return provider.closePayment(credentials, { ...key, providerPaymentId: read.value.providerPaymentId });
}

/** The provider was never asked for a page, so there is nobody to ask: its wish ends with its time. */
async function lookAtUnasked(ctx: PaymentsContext, attempt: AttemptRow, via: Via): Promise<Look> {
  const fact = neverHeardOf(ctx, attempt);
  if (fact) return { kind: 'settled', change: await settlePayment(ctx, attempt, fact, via) };
  await noteLook(ctx.db.read, attempt, nextLook(attempt, ctx.now()), null);
  return { kind: 'settled', change: 'nothing_new' };
}

/** "Never heard of it" as a fact, once it can be one. Of a payment whose id the provider gave us it never is. */
function neverHeardOf(ctx: PaymentsContext, attempt: AttemptRow): PaymentFact | undefined {
  if (attempt.providerPaymentId !== undefined || attempt.status !== 'intended' || !unknownMeansClosed(attempt, ctx.now())) return undefined;
  return { reference: attempt.reference, providerPaymentId: '', state: 'closed', capturedMinor: 0n, currency: attempt.currency, refundedMinor: 0n };
}

/** Later again, and before a person's eyes when it has gone on for a day past the time to pay. */
export async function noteTrouble(ctx: PaymentsContext, attempt: AttemptRow, message: string): Promise<Look> {
  ctx.log.warn({ attempt: attempt.attemptId, message }, 'a payment could not be looked at');
  const at = ctx.now();
  await noteLook(ctx.db.read, attempt, nextLook(attempt, at), message);
  if (nextLook(attempt, at) && at.getTime() - attempt.payableUntil.getTime() >= DAY_MS) {
    const { chainId, locationId, attemptId, amountMinor, currency } = attempt;
    const subject = { kind: 'payment', id: attemptId };
    await ctx.db.transaction((tx) =>
      openAttention(tx, ctx, mintScope(chainId, locationId), at, {
        kind: 'payment_unclear',
        subject,
        attemptId,
        amountMinor,
        currency,
        detail: { message },
      }),
    );
  }
  return { kind: 'trouble', message };
}
