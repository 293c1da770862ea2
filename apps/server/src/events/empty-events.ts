import { mintScope } from '../access/scope.ts';
import { cancelPlaces, placesToCancel } from '../booking/cancel-places.ts';
import type { BookingContext } from '../booking/context.ts';
import { eventsToEmpty, markEmptied, tryLater } from './store.ts';

const EVENTS_AT_ONCE = 10;

/**
 * Cancels what is still booked at cancelled events, one booking in one transaction: whoever stops in between leaves the rest to the next turn, here or in another
 * process. Answers how many were cancelled; a payment that is being checked just now is waited for.
 */
export async function emptyEvents(ctx: BookingContext, { limit }: { limit: number }): Promise<number> {
  let done = 0;
  for (const { chainId, locationId, eventId, cancelled } of await eventsToEmpty(ctx.db.read, EVENTS_AT_ONCE)) {
    const scope = mintScope(chainId, locationId);
    const who = { userId: cancelled.by.id, name: cancelled.by.name };
    for (const booked of await placesToCancel(ctx, chainId, eventId)) {
      if (done >= limit) return done;
      if (await cancelPlaces(ctx, scope, booked, { who, because: cancelled.because, eventId })) done += 1;
    }
    await markEmptied(ctx.db.read, chainId, eventId, ctx.now());
    await tryLater(ctx.db.read, chainId, eventId, ctx.now());
  }
  return done;
}
