import { sql } from 'kysely';
import { mintScope, type Scope } from '../access/scope.ts';
import { freshRules } from '../booking/fresh-rules.ts';
import { quoteSetAside } from '../booking/quote-wish.ts';
import type { OutboxHandlers } from '../kit/outbox-handlers.ts';
import { Problem } from '../kit/problem.ts';
import type { WaitingContext } from './context.ts';
import { wishesOf } from './read-entry.ts';
import { entryById } from './store.ts';
import { takeOffer } from './take-offer.ts';

/** Who promised an account or a membership has what is offered at once, without a hand of theirs. */
export function promiseHandlers(ctx: () => WaitingContext): OutboxHandlers {
  return {
    'waiting.offered': async (_deps, event) => {
      if (event.payload['promise'] === 'pay') return;
      const { rows } = await sql<{ locationId: string }>`
        select location_id "locationId" from waiting_entries where chain_id = ${event.chainId} and entry_id = ${event.subjectId}`.execute(
        ctx().db.read,
      );
      if (rows[0]) await keepPromise(ctx(), mintScope(event.chainId, rows[0].locationId), event.subjectId);
    },
  };
}

/**
 * Claims what is offered by the deal the client agreed to when they joined. Where that is refused, whatever the reason, the offer stays one that has to be taken,
 * and the log says why. Harmless to run twice.
 */
export async function keepPromise(ctx: WaitingContext, scope: Scope, entryId: string): Promise<void> {
  const entry = await entryById(ctx.db.read, scope, entryId);
  if (entry?.status !== 'offered' || entry.promise === 'pay' || entry.quoteId === null) return;
  try {
    const wishes = wishesOf(entry);
    if (!wishes) return;
    const cover = entry.promise === 'membership';
    const quote = await quoteSetAside(ctx, scope, await freshRules(ctx, scope), wishes, ctx.now());
    const price = quote.requiredMinor + quote.availableMinor;
    const accountPart = !cover && price > 0 ? { typeId: entry.accountTypeId, amountMinor: price } : undefined;
    const { quoteId, consent } = entry;
    await takeOffer(ctx, scope, entryId, { quoteId, consent, pay: !cover, cover, ...(accountPart && { accountPart }) }, 'waiting list');
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const reason = typeof error.detail['reason'] === 'string' ? error.detail['reason'] : error.code;
    await sql`select promise_failed(${scope.chainId}, ${entryId}, ${reason}, ${ctx.now()})`.execute(ctx.db.read);
  }
}
