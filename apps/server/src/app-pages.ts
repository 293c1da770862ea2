import type { Scope } from './access/scope.ts';
import { payTopUp } from './accounts/pay-top-up.ts';
import { readTopUpLink, scopeOfTopUpLink } from './accounts/read-top-up-link.ts';
import { topUpOrder } from './accounts/top-up-room.ts';
import { askBalance } from './booking/ask-balance.ts';
import { bookingByForms } from './booking/by-forms.ts';
import { readLocationPage } from './booking/location-page.ts';
import { myBookings } from './booking/my-bookings.ts';
import { mayComeBackTo, whereToComeBack } from './booking/note-return.ts';
import { payVisit } from './booking/pay-visit.ts';
import { readBooking } from './booking/read-booking.ts';
import { readPaymentLink, scopeOfLink } from './booking/read-payment-link.ts';
import { scopeOfBooking } from './booking/scope-of-booking.ts';
import { visitOrder } from './booking/visit-room.ts';
import { findChain } from './catalog/find-location.ts';
import type { PageSources } from './channels/hosted-pages.ts';
import { askCode } from './confirmations/ask-code.ts';
import { confirmPhone } from './confirmations/confirm-phone.ts';
import type { ConfirmationContext } from './confirmations/context.ts';
import { publicEvents } from './events/public-events.ts';
import type { SealingKey } from './kit/seal.ts';
import { membershipsByForms } from './memberships/by-forms.ts';
import { whereToGoOn } from './memberships/come-back.ts';
import { membershipOrder } from './memberships/membership-room.ts';
import { payMembership } from './memberships/pay-membership.ts';
import { readMembershipLink, scopeOfMembershipLink } from './memberships/read-membership-link.ts';
import { readMembershipsOfBooking, readMyMemberships } from './memberships/read-own.ts';
import { lookAtOwnPage, readOwnPage } from './payments/own-page.ts';
import { findReturn } from './payments/return-address.ts';
import { lookAtOrder } from './payments/sweep-payments.ts';
import { waitingByForms } from './waiting/by-forms.ts';
import type { WaitingContext } from './waiting/context.ts';

/** Where the hosted pages have from what they show: each room answers for its own. */
export function pageSources(
  booking: WaitingContext & ConfirmationContext,
  { scopeOf, formKey }: { readonly scopeOf: (chain: string, location: string) => Promise<Scope>; readonly formKey: SealingKey },
): PageSources {
  const { payments, publicUrl, db } = booking;
  const waiting = waitingByForms(booking);
  return {
    publicUrl,
    chain: (slug) => findChain(db.read, slug),
    locationPage: async (chain, location, asked) => readLocationPage(booking, await scopeOf(chain, location), asked),
    booking: async (token) => {
      const { scope, bookingId } = await scopeOfBooking(booking, token);
      return readBooking(booking, scope, bookingId);
    },
    comeBack: async (token, from) => {
      const { scope, bookingId } = await scopeOfBooking(booking, token);
      return whereToComeBack(booking, scope, bookingId, from);
    },
    plain: {
      ...bookingByForms(booking, scopeOf, formKey),
      events: async ({ chain, location }) => (await publicEvents(booking, await scopeOf(chain, location), {})).events,
      askCode: async ({ chain, location }, wish, address) => askCode(booking, await scopeOf(chain, location), wish, { address }),
      confirmPhone: async ({ chain, location }, wish) => (await confirmPhone(booking, await scopeOf(chain, location), wish)).proof,
      ...membershipsByForms(booking, { scopeOf, mayComeBack: (...asked) => mayComeBackTo(booking, ...asked) }),
      joinEvent: async ({ chain, location }, ...joining) => waiting.joinEvent(await scopeOf(chain, location), ...joining),
      joinDay: async ({ chain, location }, ...joining) => waiting.joinDay(await scopeOf(chain, location), ...joining),
      ownMemberships: async (token) => {
        const { scope, bookingId } = await scopeOfBooking(booking, token);
        return readMembershipsOfBooking(db.read, scope, bookingId, booking.now());
      },
      mine: async ({ chain, location }, asked) => {
        const scope = await scopeOf(chain, location);
        return {
          bookings: await myBookings(booking, scope, asked),
          memberships: await readMyMemberships(db.read, scope, asked, { pages: booking, at: booking.now() }),
          balance: await askBalance(booking, scope, asked),
        };
      },
    },
    waiting,
    ownPage: {
      read: (token) => readOwnPage(payments, token),
      look: (token) => lookAtOwnPage(payments, token),
      comeBack: (connection, query) => findReturn(payments, connection, query),
    },
    link: {
      read: async (token) => {
        const { scope, appointmentId } = await scopeOfLink(booking, token);
        return readPaymentLink(booking, scope, appointmentId);
      },
      look: async (token) => {
        const { scope, appointmentId } = await scopeOfLink(booking, token);
        await lookAtOrder(payments, scope, visitOrder(appointmentId));
      },
      start: async (token) => {
        const { scope, appointmentId } = await scopeOfLink(booking, token);
        return (await payVisit(booking, scope, appointmentId)).pageUrl;
      },
    },
    topUpLink: {
      read: async (token) => {
        const { scope, topUpId } = await scopeOfTopUpLink(booking, token);
        return readTopUpLink(booking, scope, topUpId);
      },
      look: async (token) => {
        const { scope, topUpId } = await scopeOfTopUpLink(booking, token);
        await lookAtOrder(payments, scope, topUpOrder(topUpId));
      },
      start: async (token) => {
        const { scope, topUpId } = await scopeOfTopUpLink(booking, token);
        return (await payTopUp(booking, scope, topUpId)).pageUrl;
      },
    },
    membershipLink: {
      read: async (token) => {
        const { scope, membershipId } = await scopeOfMembershipLink(booking, token);
        return readMembershipLink(booking, scope, membershipId);
      },
      look: async (token) => {
        const { scope, membershipId } = await scopeOfMembershipLink(booking, token);
        await lookAtOrder(payments, scope, membershipOrder(membershipId));
      },
      start: async (token) => {
        const { scope, membershipId } = await scopeOfMembershipLink(booking, token);
        return (await payMembership(booking, scope, membershipId)).pageUrl;
      },
      goOn: async (token, from) => {
        const { scope, membershipId } = await scopeOfMembershipLink(booking, token);
        return whereToGoOn(db.read, scope, membershipId, { from, mayComeBack: (...asked) => mayComeBackTo(booking, ...asked) });
      },
    },
  };
}
