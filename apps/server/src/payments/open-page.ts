import type { OpenedPayment, Outcome, PaymentOrder, PaymentProvider } from '@holdfast/providers/payment-provider';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { invariant, Problem } from '../kit/problem.ts';
import type { PaymentsContext } from './context.ts';
import { lookAtPayment } from './look-at-payment.ts';
import { keptPage, ownPageAddress } from './own-page.ts';
import type { Due } from './purposes.ts';
import { openConnectionById } from './read-credentials.ts';
import { CREATE_MAY_TAKE_MS, nextLook } from './rules.ts';
import { type AttemptRow, attemptById, linesOfAttempt, noteAsked, type PageRequest } from './store.ts';
import { webhookAddress } from './webhook-address.ts';

export interface PageToPay {
  readonly pageUrl: string;
  readonly payableUntil: Date;
  readonly amountMinor: bigint;
  readonly currency: string;
}

/**
 * Opens an intended attempt's page: the intent is there, the provider is called outside any transaction, the outcome is written. Two processes
 * doing this at once call with the same idempotency key and the same words, so there is one page. Undefined: the attempt is no longer to be paid,
 * choose again.
 *
 * Refuses with `payment_unavailable` when the provider says no, and with `provider_unreachable` when nobody knows what it did: then the attempt
 * stays intended, and the same call is repeated the next time; if that is not answered either, another attempt takes its place.
 */
export async function openPage(ctx: PaymentsContext, scope: Scope, attemptId: string, due: Due): Promise<PageToPay | undefined> {
  const known = await attemptById(ctx.db.read, scope.chainId, attemptId);
  if (!known) return undefined;
  if (known.pageUrl && known.status === 'open') return toPay(known, known.pageUrl);
  const { provider, credentials } = await openConnectionById(ctx, known.chainId, known.connectionId);
  const { createIsIdempotent } = provider.capabilities;
  if (known.askedAt && !createIsIdempotent) {
    // a second call could make a second page; another tab's first one may still be under way
    if (ctx.now().getTime() < known.askedAt.getTime() + CREATE_MAY_TAKE_MS) throw unreachable();
    return giveUp(ctx, known);
  }
  const attempt = await noteAsking(ctx, scope, known, due, provider);
  if (!attempt) return undefined;
  const outcome = await provider.createPayment(credentials, orderFor(attempt));
  switch (outcome.kind) {
    case 'done':
      return writeOpened(ctx, attempt, outcome.value);
    case 'declined':
      return writeDeclined(ctx, attempt, outcome);
    case 'unknown': {
      const page = await noteUnknown(ctx, attempt, outcome);
      if (page) return page;
      // some providers repeat a failure for ever under the same key
      if (known.askedAt) return giveUp(ctx, known);
      if (!createIsIdempotent) await giveUp(ctx, known);
      throw unreachable();
    }
  }
}

/** From here on the provider may know of it. What it is asked is kept word for word, so that a repeated call is the same call. */
async function noteAsking(
  ctx: PaymentsContext,
  scope: Scope,
  known: AttemptRow,
  due: Due,
  provider: PaymentProvider,
): Promise<AttemptRow | undefined> {
  const request = known.request ?? (await requestFor(ctx, scope, known, due, provider));
  const at = ctx.now();
  return noteAsked(ctx.db.read, known, { request, at, lookAt: nextLook({ ...known, askedAt: at }, at) ?? at });
}

/**
 * Another attempt takes its place. Whatever page the provider may have made for it, nobody knows its address; the sweep looks for it by its reference
 * and closes it.
 */
async function giveUp(ctx: PaymentsContext, attempt: AttemptRow): Promise<undefined> {
  const at = ctx.now();
  await sql`
    update payment_attempts set superseded_at = ${at}, look_at = ${at} where chain_id = ${attempt.chainId} and attempt_id = ${attempt.attemptId}
       and status in ('intended', 'open') and superseded_at is null and page_url is null`.execute(ctx.db.read);
}

async function requestFor(ctx: PaymentsContext, scope: Scope, attempt: AttemptRow, due: Due, provider: PaymentProvider): Promise<PageRequest> {
  const words = await ctx.roomOf(attempt.order.kind).describe(ctx.db.read, scope, attempt.order);
  const lines = await linesOfAttempt(ctx.db.read, scope.chainId, attempt.attemptId);
  return {
    lines: lines.map(({ purpose, amountMinor }) => ({ text: words.lineTexts.get(purpose.id) ?? '', amountMinor: amountMinor.toString() })),
    language: words.language,
    clientEmail: words.clientEmail ?? null,
    returnUrl: words.returnUrl,
    cancelUrl: words.cancelUrl,
    webhookUrl: webhookAddress(ctx, attempt, provider.capabilities),
    ownPageUrl: ownPageAddress(ctx, attempt),
    instantMethodsOnly: due.instantMethodsOnly,
  };
}

function orderFor(attempt: AttemptRow): PaymentOrder {
  const { request, askedAt } = attempt;
  invariant(request && askedAt, 'what the provider is asked was noted before');
  return {
    reference: attempt.reference,
    idempotencyKey: attempt.idempotencyKey,
    amountMinor: attempt.amountMinor,
    currency: attempt.currency,
    lines: request.lines.map(({ text, amountMinor }) => ({ text, amountMinor: BigInt(amountMinor) })),
    // the first asking, not the intent: a page's shortest life counts from there
    createdAt: askedAt,
    payableUntil: attempt.payableUntil,
    returnUrl: request.returnUrl,
    cancelUrl: request.cancelUrl,
    webhookUrl: request.webhookUrl,
    ownPageUrl: request.ownPageUrl,
    language: request.language,
    ...(request.clientEmail === null ? {} : { clientEmail: request.clientEmail }),
    instantMethodsOnly: request.instantMethodsOnly,
  };
}

async function writeOpened(ctx: PaymentsContext, attempt: AttemptRow, opened: OpenedPayment): Promise<PageToPay | undefined> {
  const at = ctx.now();
  const { rows } = await sql<{ superseded_at: Date | null }>`
    update payment_attempts set status = 'open', provider_payment_id = coalesce(provider_payment_id, ${opened.providerPaymentId}),
           page_url = ${opened.pageUrl}, page = ${keptPage(attempt, opened)}::jsonb, request = null, last_error = null,
           look_at = case when superseded_at is null then ${nextLook({ ...attempt, status: 'open' }, at) ?? at} else ${at}::timestamptz end
     where chain_id = ${attempt.chainId} and attempt_id = ${attempt.attemptId} and status in ('intended', 'open') returning superseded_at`.execute(
    ctx.db.read,
  );
  if (rows[0] && rows[0].superseded_at === null) return toPay(attempt, opened.pageUrl);
  // It was superseded or became final while the provider was making the page. Nobody is sent there; closing it is only tidy.
  ctx.soon('close a page nobody is sent to', () => lookAtPayment(ctx, attempt, 'poll'));
  return undefined;
}

async function writeDeclined(ctx: PaymentsContext, attempt: AttemptRow, no: Outcome<never> & { kind: 'declined' }): Promise<undefined> {
  ctx.log.warn({ attempt: attempt.attemptId, code: no.code }, 'the provider refused to open a payment');
  const { rows } = await sql`
    update payment_attempts set status = 'failed', look_at = null, request = null, last_error = ${`${no.code}: ${no.message}`}
     where chain_id = ${attempt.chainId} and attempt_id = ${attempt.attemptId} and status = 'intended' and provider_payment_id is null returning 1`.execute(
    ctx.db.read,
  );
  if (rows.length === 0 && attempt.status === 'intended') return undefined;
  throw new Problem('payment_unavailable', 502, 'The payment provider refused to take this payment.', { providerCode: no.code });
}

async function noteUnknown(ctx: PaymentsContext, attempt: AttemptRow, { message }: { message: string }): Promise<PageToPay | undefined> {
  ctx.log.warn({ attempt: attempt.attemptId, message }, 'nobody knows whether the provider opened the payment');
  await sql`
    update payment_attempts set last_error = ${message} where chain_id = ${attempt.chainId} and attempt_id = ${attempt.attemptId}`.execute(
    ctx.db.read,
  );
  // another tab's call may have had its answer
  const now = await attemptById(ctx.db.read, attempt.chainId, attempt.attemptId);
  return now?.pageUrl && now.status === 'open' && !now.supersededAt ? toPay(now, now.pageUrl) : undefined;
}

/** Nothing is lost: the attempt is there, and the same call may be repeated. */
export function unreachable(): Problem {
  return new Problem('provider_unreachable', 503, 'The payment provider cannot be reached just now. Nothing is lost; try again in a moment.', {
    retryAfterSeconds: 5,
  });
}

function toPay({ payableUntil, amountMinor, currency }: AttemptRow, pageUrl: string): PageToPay {
  return { pageUrl, payableUntil, amountMinor, currency };
}
