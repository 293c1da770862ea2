import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import { type Choice, chooseAttempt } from './choose-attempt.ts';
import type { PaymentsContext } from './context.ts';
import { lookAtPayment } from './look-at-payment.ts';
import { openPage, type PageToPay, unreachable } from './open-page.ts';
import type { Due, Order, PaymentMethod } from './purposes.ts';
import { readOnlineMethod } from './read-methods.ts';
import { attemptById, attemptsAboutOrder, linesOfAttempt, supersedeAttempts } from './store.ts';
import { paymentWish } from './wish-payment.ts';

/** The database's word on: one payment at a time. */
const LIVE = new Set(['payment_attempts_one_live', 'payment_lines_one_live']);
/** More rounds than any honest course of things needs. */
const ROUNDS = 8;

/**
 * Where to send a client who wants to pay this order: the live page again while it asks for what is due, else a new one. Two tabs get the same page.
 *
 * Refuses with `payment_in_progress` (the client has done their part already), `nothing_to_pay`, `hold_run_out`, `payment_unavailable` (no provider,
 * or it said no), `provider_unreachable` (503: nothing is lost, the same call may be repeated). Whatever else the order's room refuses passes through.
 */
export async function startPayment(ctx: PaymentsContext, scope: Scope, order: Order): Promise<PageToPay> {
  const looked = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const step = await decide(ctx, scope, order, looked);
    switch (step.kind) {
      case 'in_progress':
        throw new Problem('payment_in_progress', 409, 'A payment for this is being checked just now.');
      case 'nothing_due':
        if (step.because === 'hold_run_out') throw new Problem('hold_run_out', 409, 'The time that was kept has run out.');
        throw new Problem('nothing_to_pay', 409, 'Nothing is to be paid online here.');
      case 'page': {
        const attempt = await attemptById(ctx.db.read, scope.chainId, step.attemptId);
        if (attempt)
          return { pageUrl: step.pageUrl, payableUntil: attempt.payableUntil, amountMinor: attempt.amountMinor, currency: attempt.currency };
        break;
      }
      case 'open': {
        const page = await openPage(ctx, scope, step.attemptId, step.due);
        if (page) return page;
        break;
      }
      case 'look_first':
        for (const attemptId of step.attemptIds) {
          const seen = await lookAtPayment(ctx, { chainId: scope.chainId, attemptId }, 'poll');
          if (seen.kind === 'trouble') throw unreachable();
          looked.add(attemptId);
        }
        break;
      case 'again':
        break;
    }
  }
  throw unreachable();
}

type Step =
  | Exclude<Choice, { kind: 'open' | 'new' }>
  | { readonly kind: 'open'; readonly attemptId: string; readonly due: Due }
  | { readonly kind: 'again' };

async function decide(ctx: PaymentsContext, scope: Scope, order: Order, looked: ReadonlySet<string>): Promise<Step> {
  try {
    return await ctx.db.transaction((tx) => decideLocked(tx, ctx, scope, order, looked));
  } catch (error) {
    // another attempt for the same came alive in between: it decides
    if (isSqlError(error) && error.code === '23505' && LIVE.has(error.constraint ?? '')) return { kind: 'again' };
    throw error;
  }
}

async function decideLocked(tx: Tx, ctx: PaymentsContext, scope: Scope, order: Order, looked: ReadonlySet<string>): Promise<Step> {
  const room = ctx.roomOf(order.kind);
  await room.lock(tx, scope, order);
  const at = ctx.now();
  const due = await room.due(tx, scope, order, at);
  const attempts = [];
  for (const attempt of await attemptsAboutOrder(tx, scope.chainId, order)) {
    attempts.push({ ...attempt, lines: await linesOfAttempt(tx, scope.chainId, attempt.attemptId) });
  }
  const choice = chooseAttempt(attempts, due, at, looked);
  if (choice.kind === 'open' || choice.kind === 'page') await room.leavesToPay(tx, scope, order, at);
  if (choice.kind === 'open') return { ...choice, due };
  if (choice.kind === 'look_first') {
    await supersedeAttempts(tx, scope.chainId, order, { except: undefined, at });
    return choice;
  }
  if (choice.kind !== 'new') return choice;
  const connectionId = typeof room.method === 'function' ? await room.method(tx, scope, order) : await switchedOn(tx, scope, room.method);
  await supersedeAttempts(tx, scope.chainId, order, { except: undefined, at });
  const wish = paymentWish(ctx, scope, { connectionId, order, due, at });
  await sql`select intend_payment(${JSON.stringify(wish)}::jsonb)`.execute(tx);
  await room.leavesToPay(tx, scope, order, at);
  return { kind: 'open', attemptId: wish.attempt, due };
}

async function switchedOn(tx: Tx, scope: Scope, method: PaymentMethod): Promise<string> {
  const { enabled, connectionId } = await readOnlineMethod(tx, scope, method);
  if (!enabled) throw new Problem('payment_unavailable', 409, 'Online payment is switched off here just now.');
  return connectionId;
}
