import type { OpenedPayment } from '@holdfast/providers/payment-provider';
import { invariant, Problem } from '../kit/problem.ts';
import { deriveKey, readToken, signToken } from '../kit/seal.ts';
import type { PaymentsContext } from './context.ts';
import { lookAtPayment } from './look-at-payment.ts';
import { isOver } from './rules.ts';
import { type AttemptRow, attemptById, connectionById, type KeptPage } from './store.ts';

const pageKey = ({ sealingKey }: Pick<PaymentsContext, 'sealingKey'>) => deriveKey(sealingKey, 'own-payment-page');

/** The page of ours where an attempt is paid, at a provider that has no pages. */
export function ownPageAddress(
  ctx: Pick<PaymentsContext, 'sealingKey' | 'publicUrl'>,
  { chainId, attemptId }: Pick<AttemptRow, 'chainId' | 'attemptId'>,
): string {
  return `${ctx.publicUrl}/pay/page/${signToken(pageKey(ctx), [chainId, attemptId])}`;
}

/** What is kept of it, as JSON; null: the page is the provider's. */
export function keptPage({ request }: AttemptRow, { page }: OpenedPayment): string | null {
  if (!page || !request) return null;
  const { returnUrl, cancelUrl, language, lines } = request;
  const kept: KeptPage = { show: page, returnUrl, cancelUrl, language, lines: lines.map(({ text }) => text) };
  return JSON.stringify(kept);
}

export interface PageOfOurs extends KeptPage {
  /** As people know it. */
  readonly provider: string;
  /** Where the sandbox plays the client's bank. */
  readonly sandboxApp: string | undefined;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly payableUntil: Date;
  readonly now: Date;
  /** `payable`: show it · `checking`: the client has done their part · `paid` · `over`: nobody should pay it any more. */
  readonly state: 'payable' | 'checking' | 'paid' | 'over';
}

/** What the page shows now. Changes nothing. Refuses with `not_found` what is no address of ours. */
export async function readOwnPage(ctx: PaymentsContext, token: string): Promise<PageOfOurs> {
  const attempt = await attemptOfPage(ctx, token);
  const { page, amountMinor, currency, payableUntil, chainId, connectionId } = attempt;
  if (!page) throw nowhere();
  const connection = await connectionById(ctx.db.read, chainId, connectionId);
  invariant(connection, `connection ${connectionId} of an attempt is there`);
  const bank = connection.sandbox && page.show.kind === 'code' ? ctx.sandboxEndpoint(connection.provider)?.pagesOrigin : undefined;
  const sandboxApp = bank && page.show.kind === 'code' ? `${bank}/app?code=${encodeURIComponent(page.show.code)}` : undefined;
  const now = ctx.now();
  return { ...page, sandboxApp, provider: ctx.providerOf(connection).title, amountMinor, currency, payableUntil, now, state: stateOf(attempt, now) };
}

const LOOKED_EVERY_MS = 5000;
const lastLooks = new WeakMap<PaymentsContext, Map<string, number>>();

/** How does it stand? Asks the provider, at most every five seconds however many pages are open. */
export async function lookAtOwnPage(ctx: PaymentsContext, token: string): Promise<PageOfOurs['state']> {
  const attempt = await attemptOfPage(ctx, token);
  const state = stateOf(attempt, ctx.now());
  if (state === 'paid' || !mayLook(ctx, attempt.attemptId)) return state;
  await lookAtPayment(ctx, attempt, 'return');
  return stateOf(await attemptOfPage(ctx, token), ctx.now());
}

function mayLook(ctx: PaymentsContext, attemptId: string): boolean {
  const looks = lastLooks.get(ctx) ?? new Map<string, number>();
  lastLooks.set(ctx, looks);
  // how often a person's page asks is the machine's time, not the salon's
  const now = performance.now();
  for (const [id, at] of looks) if (now - at >= LOOKED_EVERY_MS) looks.delete(id);
  if (looks.has(attemptId)) return false;
  looks.set(attemptId, now);
  return true;
}

function stateOf(attempt: AttemptRow, now: Date): PageOfOurs['state'] {
  switch (attempt.status) {
    case 'captured':
      return 'paid';
    case 'processing':
      return 'checking';
    case 'failed':
    case 'closed':
      return 'over';
    case 'intended':
    case 'open':
      return isOver(attempt, now) ? 'over' : 'payable';
  }
}

async function attemptOfPage(ctx: PaymentsContext, token: string): Promise<AttemptRow> {
  const [chainId, attemptId] = readToken(pageKey(ctx), token) ?? [];
  const attempt = chainId && attemptId ? await attemptById(ctx.db.read, chainId, attemptId) : undefined;
  if (!attempt) throw nowhere();
  return attempt;
}

function nowhere(): Problem {
  return new Problem('not_found', 404, 'There is no such page.');
}
