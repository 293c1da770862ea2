import type { DayWaitingWish, OfferTaken, WaitingEntry, WaitingWish } from '@holdfast/contract/waiting';
import type { Scope } from '../access/scope.ts';
import { noteReturn } from '../booking/note-return.ts';
import { payBooking } from '../booking/pay-booking.ts';
import { bookingOf } from '../booking/read-booking.ts';
import type { WaitingContext } from './context.ts';
import { joinDayLine, joinEventLine } from './join-line.ts';
import { leaveLine } from './leave-line.ts';
import { readEntry } from './read-entry.ts';
import { scopeOfEntry } from './scope-of-entry.ts';
import { takeOffer } from './take-offer.ts';

/** The deeds behind the API, for the page of an entry, whose forms work without a script. */
export function waitingByForms(ctx: WaitingContext) {
  const placeIn = ({ chainId }: Scope, entryId: string) => `/waiting/${ctx.waitingLinks.sign(chainId, entryId)}`;
  return {
    async joinEvent(scope: Scope, eventId: string, wish: WaitingWish, address: string): Promise<string> {
      return placeIn(scope, await joinEventLine(ctx, scope, eventId, wish, address));
    },
    async joinDay(scope: Scope, wish: DayWaitingWish, address: string): Promise<string> {
      return placeIn(scope, await joinDayLine(ctx, scope, wish, address));
    },
    async read(token: string): Promise<WaitingEntry> {
      const { scope, entryId } = await scopeOfEntry(ctx, token);
      return readEntry(ctx, scope, entryId);
    },
    /** Answers where to go on: to the payment where one is due, else to the booking. */
    async take(token: string, taken: OfferTaken, address: string): Promise<string> {
      const { scope, entryId } = await scopeOfEntry(ctx, token);
      const { facts } = await takeOffer(ctx, scope, entryId, taken, address);
      const booking = await bookingOf(ctx, scope, facts);
      const itsPage = `/b/${booking.token}`;
      if (!booking.canPay || booking.dueMinor === 0) return itsPage;
      await noteReturn(ctx, scope, facts.booking.bookingId, undefined);
      return payBooking(ctx, scope, facts.booking.bookingId).then(
        ({ pageUrl }) => pageUrl,
        () => itsPage,
      );
    },
    async leave(token: string, how: 'passed' | 'withdrawn'): Promise<void> {
      const { scope, entryId } = await scopeOfEntry(ctx, token);
      await leaveLine(ctx, scope, entryId, how);
    },
  };
}
