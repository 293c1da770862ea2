import type { Scope } from '../access/scope.ts';
import type { Database, Prepared } from '../kit/database.ts';
import { type FewAtOnce, fewAtOnce } from '../kit/few-at-once.ts';
import { Problem } from '../kit/problem.ts';
import type { BookingRules } from './booking-rules.ts';
import type { BookingContext } from './context.ts';
import { bookableFrom } from './quote-wish.ts';
import { type BookableEvent, type ClaimOfPlaces, readClaimableEvent } from './read-event.ts';

/** Somebody who wants places at an event, while they wait for their turn in this process. */
interface Asking {
  readonly draftId: string;
  readonly places: number;
  readonly at: Date;
  /** Who has an offer takes what is set aside for them: there is none too few of it. */
  readonly offered: boolean;
  /** Somebody else's read has found that there are too few for them as well. */
  placesLeft?: number;
}

interface Crowd {
  readonly inTurn: FewAtOnce;
  /** By event: who waits. */
  readonly waiting: Map<string, Set<Asking>>;
}

/** They wait for one another in the database anyway, until each has committed; more of them would only keep connections from everybody else. */
const CLAIMS_AT_ONE_EVENT = 4;
/** As long as a connection is waited for: whoever is told nothing for longer has left. */
const PATIENCE_MS = 20_000;
const crowds = new WeakMap<Database, Crowd>();

/**
 * Claims places when it is a client's turn at the event, on the connection on which the event was read: as those before have left it. In a crowd most come to a full
 * event; one read tells everybody who was waiting when it was made.
 *
 * Refuses with `event_full` (with `placesLeft`), and with `not_ready` who has waited for 20 seconds.
 */
export async function inTurnAtEvent<T>(
  rules: BookingRules,
  ctx: BookingContext,
  scope: Scope,
  { eventId, ...wished }: Omit<Asking, 'placesLeft'> & { readonly eventId: string },
  claim: (connection: Prepared, event: BookableEvent | undefined) => Promise<T>,
): Promise<T> {
  const { inTurn, waiting } = crowds.get(ctx.db) ?? { inTurn: fewAtOnce(CLAIMS_AT_ONE_EVENT), waiting: new Map<string, Set<Asking>>() };
  crowds.set(ctx.db, { inTurn, waiting });
  const event = `${scope.chainId}/${scope.locationId}/${eventId}`;
  const others = waiting.get(event) ?? new Set();
  waiting.set(event, others);
  const asking: Asking = wished;
  others.add(asking);
  return inTurn(event, async () => {
    others.delete(asking);
    if (others.size === 0) waiting.delete(event);
    if (asking.placesLeft !== undefined) throw new EventFull(asking.placesLeft);
    const { at, places, draftId, offered } = asking;
    if (ctx.now().getTime() - at.getTime() > PATIENCE_MS)
      throw new Problem('not_ready', 503, 'Too many are booking this event just now. Nothing was booked; try again in a moment.', {
        retryAfterSeconds: 5,
      });
    return ctx.db.onOneConnection(async (connection) => {
      const wanted = { eventId, places: offered ? 0 : places, at, startsFrom: bookableFrom(rules, at) };
      const found = await readClaimableEvent(connection, scope, { ...wanted, drafts: [draftId] });
      if (found?.full && !found.full.booked.has(draftId)) {
        await tellThem(connection, scope, wanted, others);
        throw new EventFull(found.full.placesLeft);
      }
      return claim(connection, found?.event);
    });
  });
}

/** Who waits too and would be refused, hears it by one more read for all of them. Whoever comes after it began is not answered by it. */
async function tellThem(connection: Prepared, scope: Scope, wanted: Omit<ClaimOfPlaces, 'drafts'>, others: ReadonlySet<Asking>): Promise<void> {
  const asked = [...others].filter((one) => !one.offered);
  if (asked.length === 0) return;
  const { full } = (await readClaimableEvent(connection, scope, { ...wanted, drafts: asked.map((one) => one.draftId) })) ?? {};
  for (const one of asked) if (full && one.places > full.placesLeft && !full.booked.has(one.draftId)) one.placesLeft = full.placesLeft;
}

export class EventFull extends Problem {
  constructor(placesLeft: number) {
    // it comes by the hundred, and to find out where it was thrown would be the dearest part of it
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super('event_full', 409, 'So many places are no longer left.', { placesLeft });
    Error.stackTraceLimit = stackTraceLimit;
  }
}
