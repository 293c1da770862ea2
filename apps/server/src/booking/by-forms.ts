import type { Booking, BookingWish, Choice, Quote, WishedAppointment, WishedEvent } from '@holdfast/contract/booking';
import type { SeenQuote } from '@holdfast/contract/cancellation';
import type { FreeTimes } from '@holdfast/contract/free-times';
import type { MoveByClient, MoveQuote } from '@holdfast/contract/moving';
import type { Scope } from '../access/scope.ts';
import { readToken, type SealingKey, seal, signToken, unseal } from '../kit/seal.ts';
import { lookAtOrder } from '../payments/sweep-payments.ts';
import { answerFreeTimes } from '../schedule/answer-free-times.ts';
import { cancelBooking } from './cancel-booking.ts';
import { chooseAfterLateMoney } from './choose-after-late-money.ts';
import { claimBooking } from './claim-booking.ts';
import type { BookingContext } from './context.ts';
import { rankByDeal } from './deal.ts';
import { freshRules } from './fresh-rules.ts';
import { moveByClient, quoteMove } from './move-by-client.ts';
import { noteReturn } from './note-return.ts';
import { payBooking } from './pay-booking.ts';
import { quoteWish } from './quote-wish.ts';
import { bookingOf } from './read-booking.ts';
import { scopeOfBooking } from './scope-of-booking.ts';

interface Place {
  readonly chain: string;
  readonly location: string;
}

/** The deeds behind the API, for pages that are filled in without a script. `key` signs what a form carries. */
export function bookingByForms(ctx: BookingContext, scopeOf: (chain: string, location: string) => Promise<Scope>, key: SealingKey) {
  const at = ({ chain, location }: Place) => scopeOf(chain, location);
  return {
    async freeTimes(place: Place, { serviceIds, staff, from, days }: { serviceIds: readonly string[]; staff: string; from: string; days: number }) {
      const wanted = { serviceIds: [...serviceIds], staff, fromDay: from, days };
      const text = await answerFreeTimes({ db: ctx.db, now: ctx.now, rules: ctx.rules, rank: rankByDeal }, await at(place), wanted);
      return JSON.parse(text) as FreeTimes;
    },
    async quote(place: Place, wishes: { appointments: WishedAppointment[]; event?: WishedEvent }): Promise<Quote> {
      const scope = await at(place);
      return quoteWish(ctx, scope, await freshRules(ctx, scope), wishes, ctx.now());
    },
    async book(place: Place, wish: BookingWish, address: string): Promise<Booking> {
      const scope = await at(place);
      return bookingOf(ctx, scope, (await claimBooking(ctx, scope, wish, address)).facts);
    },
    async pay(token: string): Promise<string> {
      const { scope, bookingId } = await scopeOfBooking(ctx, token);
      await noteReturn(ctx, scope, bookingId, undefined);
      return (await payBooking(ctx, scope, bookingId)).pageUrl;
    },
    async look(token: string): Promise<void> {
      const { scope, bookingId } = await scopeOfBooking(ctx, token);
      await lookAtOrder(ctx.payments, scope, { kind: 'booking', id: bookingId });
    },
    async cancel(token: string, seen: SeenQuote): Promise<void> {
      const { scope, bookingId } = await scopeOfBooking(ctx, token);
      await cancelBooking(ctx, scope, bookingId, seen);
    },
    async choose(token: string, appointmentId: string, choice: Choice): Promise<void> {
      const { scope, bookingId } = await scopeOfBooking(ctx, token);
      await chooseAfterLateMoney(ctx, scope, bookingId, appointmentId, choice);
    },
    async quoteMove(token: string, appointmentId: string, wish: Pick<MoveByClient, 'startsAt' | 'staffId'>): Promise<MoveQuote> {
      const { scope, bookingId } = await scopeOfBooking(ctx, token);
      return quoteMove(ctx, scope, bookingId, appointmentId, wish);
    },
    async move(token: string, appointmentId: string, wish: MoveByClient): Promise<void> {
      const { scope, bookingId } = await scopeOfBooking(ctx, token);
      await moveByClient(ctx, scope, bookingId, appointmentId, wish);
    },
    sign: (parts: readonly string[]) => signToken(key, parts),
    read: (token: string) => readToken(key, token),
    seal: (text: string, use: string) => seal(key, text, use).toString('base64url'),
    open(sealed: string, use: string): string | undefined {
      try {
        return unseal(key, Buffer.from(sealed, 'base64url'), use);
      } catch {
        return undefined;
      }
    },
  };
}
