import fastifyCookie from '@fastify/cookie';
import { providerNamed } from '@holdfast/providers/provider-registry';
import type { RouteOptions } from 'fastify';
import type { Logger } from 'pino';
import { accessKeys } from './access/context.ts';
import { networkOf } from './access/network-of.ts';
import { accessChore } from './access/prune-access.ts';
import type { Scope } from './access/scope.ts';
import { createLocationScopes } from './access/scope-of-location.ts';
import { payTopUp } from './accounts/pay-top-up.ts';
import { readTopUpLink, scopeOfTopUpLink } from './accounts/read-top-up-link.ts';
import { topUpLinkRoutes } from './accounts/top-up-link-routes.ts';
import { topUpAsPaidRoom, topUpOrder } from './accounts/top-up-room.ts';
import { measuringRoutes } from './analytics/measuring-routes.ts';
import { purchaseHandlers } from './analytics/plan-purchase.ts';
import { sendPurchases } from './analytics/send-purchases.ts';
import type { BookingRules } from './booking/booking-rules.ts';
import { bookingByForms } from './booking/by-forms.ts';
import { catalogPorts } from './booking/catalog-ports.ts';
import { clientRoutes } from './booking/client-routes.ts';
import type { BookingContext } from './booking/context.ts';
import { earnIncome } from './booking/earn-income.ts';
import { expireHolds } from './booking/expire-holds.ts';
import { linkRoutes } from './booking/link-routes.ts';
import { readLocationPage } from './booking/location-page.ts';
import { locationRoutes } from './booking/location-routes.ts';
import { whereToComeBack } from './booking/note-return.ts';
import { bookingAsPaidRoom } from './booking/paid-room.ts';
import { payVisit } from './booking/pay-visit.ts';
import { readBooking } from './booking/read-booking.ts';
import { readBookingRules } from './booking/read-booking-rules.ts';
import { readPaymentLink, scopeOfLink } from './booking/read-payment-link.ts';
import { scopeOfBooking } from './booking/scope-of-booking.ts';
import { visitAsPaidRoom, visitOrder } from './booking/visit-room.ts';
import { findChain, findLocation } from './catalog/find-location.ts';
import { hostedPages } from './channels/hosted-pages.ts';
import { salonPage } from './channels/salon-page.ts';
import { clientCodeRoutes } from './confirmations/client-code-routes.ts';
import { codeKeys } from './confirmations/code-keys.ts';
import { codesChore } from './confirmations/prune-codes.ts';
import type { DemoClock } from './demo/demo-clock.ts';
import { demoInbox } from './demo/inbox-page.ts';
import { demoLandingPage } from './demo/landing-page.ts';
import { demoClockRoutes } from './demo/routes.ts';
import { sandboxesToShow } from './demo/sandboxes-to-show.ts';
import { demoSignIn } from './demo/sign-in.ts';
import { emptyEvents } from './events/empty-events.ts';
import { publicEventRoutes } from './events/public-routes.ts';
import { dropOldFiles, sweepFiles } from './imports/run-files.ts';
import { type Background, createBackground } from './kit/background.ts';
import type { Database } from './kit/database.ts';
import type { Deps } from './kit/deps.ts';
import { createHttp, type Http } from './kit/http.ts';
import { createLive } from './kit/live.ts';
import { newIdAt } from './kit/new-id.ts';
import { operationRoutes } from './kit/operation-routes.ts';
import { deliverOutbox } from './kit/outbox.ts';
import { handlersTogether, type OutboxHandlers } from './kit/outbox-handlers.ts';
import { invariant, Problem } from './kit/problem.ts';
import { outboxPruningChore } from './kit/prune-outbox.ts';
import { deriveKey, keyedHash, readToken, type SealingKey, signToken } from './kit/seal.ts';
import { createSealer } from './ledger/sealer.ts';
import { pictureRoutes } from './links/picture-routes.ts';
import { membershipClientRoutes } from './memberships/client-routes.ts';
import { earnMemberships } from './memberships/earn-memberships.ts';
import { membershipAsPaidRoom, membershipOrder } from './memberships/membership-room.ts';
import { payMembership } from './memberships/pay-membership.ts';
import { readMembershipLink, scopeOfMembershipLink } from './memberships/read-membership-link.ts';
import { useVisits } from './memberships/use-visits.ts';
import { openChannels } from './messages/channels.ts';
import { messageHandlers } from './messages/plan-messages.ts';
import { planReminders } from './messages/plan-reminders.ts';
import { sendMessages } from './messages/send-messages.ts';
import { connectionTestRoom } from './payments/connection-test-room.ts';
import type { ConnectionName, PaymentsContext, SandboxEndpoint } from './payments/context.ts';
import { installationMark } from './payments/installation-mark.ts';
import { paymentChores } from './payments/jobs.ts';
import { lookAtOwnPage, readOwnPage } from './payments/own-page.ts';
import type { PaidRoom } from './payments/purposes.ts';
import { findReturn } from './payments/return-address.ts';
import { paymentRoutes } from './payments/routes.ts';
import { lookAtOrder } from './payments/sweep-payments.ts';
import { issueReceipts } from './receipts/issue-receipts.ts';
import { receiptPages } from './receipts/receipt-pages.ts';
import { reconciliationChores } from './reconciliation/jobs.ts';
import { followRefunds } from './refunds/follow-refunds.ts';
import { type SalonContext, salonApi } from './salon-api.ts';
import { createRulesMemory } from './schedule/rules-memory.ts';
import { simulationRoutes } from './simulator/simulation-routes.ts';
import { promiseHandlers } from './waiting/keep-promise.ts';
import { lookAfterLines } from './waiting/look-after-lines.ts';
import { offerDays } from './waiting/offer-days.ts';
import { publicWaitingRoutes } from './waiting/public-routes.ts';
import { pruneDeliveries } from './webhooks/prune-deliveries.ts';
import { sendWebhooks } from './webhooks/send-webhooks.ts';

export interface AppParts {
  readonly db: Database;
  readonly now: () => Date;
  readonly log: Logger;
  readonly key: SealingKey;
  /** Origin without a slash at the end. */
  readonly publicUrl: string;
  readonly trustProxy: boolean | number | string[];
  /** Where a connection's sandbox listens; undefined: sandboxes are refused, as the real thing must. */
  readonly sandboxEndpoint?: (provider: string) => SandboxEndpoint | undefined;
  /** Only in the demo. */
  readonly demoClock?: DemoClock;
  /** Messages may go nowhere but into their own rows; always in the demo. */
  readonly sandboxMessages?: boolean;
  /** Webhooks may go to this machine; in the demo as long as only this machine reaches it, and in tests. */
  readonly webhooksToLoopback?: boolean;
  /** Where Google's Measurement Protocol is; left out: where it really is. */
  readonly analyticsOrigin?: string;
  /** For tests that stand between the rooms and a provider. */
  readonly providerOf?: (ordinary: PaymentsContext['providerOf']) => PaymentsContext['providerOf'];
  /** For tests that walk every address there is: called with each route as it is made. */
  readonly eachRoute?: (route: RouteOptions) => void;
  /** For tests that count every step a payment takes: nobody is told by message or on a screen, and nothing is tidied up. */
  readonly moneyOnly?: boolean;
  /** Who is told of what, after it has become true. */
  readonly outboxHandlers?: OutboxHandlers;
}

export interface App {
  readonly http: Http;
  readonly booking: BookingContext;
  readonly payments: PaymentsContext;
  readonly salon: SalonContext;
  readonly background: Background;
  /** Resolves when what was to be done right after an answer has been done. */
  afterwards(): Promise<void>;
  /** Answers what is under way, finishes what was begun, closes the database. */
  close(): Promise<void>;
}

/** Mounts every room on one HTTP server. Nothing is chosen here: `main.ts` and the tests bring the parts. */
export async function createApp(parts: AppParts): Promise<App> {
  const { db, now, log, key, publicUrl } = parts;
  const deps: Deps = { db, now, log, newId: (kind) => newIdAt(kind, now()) };
  const afterwards = new Set<Promise<unknown>>();
  const live = createLive({ db, log });
  const sealer = createSealer(deps);
  // right after whatever may have written: other screens show it, and the books are sealed, well within a second
  const tellScreens = () => {
    if (parts.moneyOnly) return;
    sealer.soon();
    const telling: Promise<unknown> = live
      .kick()
      .catch((error: unknown) => log.error({ err: error }, 'other screens could not be told; the chore does it'))
      .finally(() => afterwards.delete(telling));
    afterwards.add(telling);
  };
  const pageKey = deriveKey(key, 'client-page');
  const addressKey = deriveKey(key, 'network-address');

  const paidRoom = bookingAsPaidRoom(deps, { pageOf: (chainId, bookingId) => `${publicUrl}/b/${signToken(pageKey, [chainId, bookingId])}` });
  const linkKey = deriveKey(key, 'payment-link');
  const linkOf = (chainId: string, appointmentId: string) => `${publicUrl}/pay/${signToken(linkKey, [chainId, appointmentId])}`;
  const topUpKey = deriveKey(key, 'top-up-link');
  const topUpLinkOf = (chainId: string, topUpId: string) => `${publicUrl}/top-up/${signToken(topUpKey, [chainId, topUpId])}`;
  const membershipKey = deriveKey(key, 'membership-link');
  const membershipLinkOf = (chainId: string, membershipId: string) => `${publicUrl}/membership/${signToken(membershipKey, [chainId, membershipId])}`;
  const testPageOf = (slug: string, connectionId: string) => `${publicUrl}/admin/${slug}/finance/cashless-payment?tested=${connectionId}`;
  const rooms: Readonly<Record<string, PaidRoom>> = {
    booking: paidRoom,
    visit: visitAsPaidRoom(deps, { linkOf }),
    account_top_up: topUpAsPaidRoom({ linkOf: topUpLinkOf }),
    membership: membershipAsPaidRoom(deps, { linkOf: membershipLinkOf }),
    connection_test: connectionTestRoom({ pageOf: testPageOf }),
  };
  const ordinary = providersFor(parts.sandboxEndpoint, now);
  const payments: PaymentsContext = {
    ...deps,
    sealingKey: key,
    publicUrl,
    mark: await installationMark(db.read),
    providerOf: parts.providerOf?.(ordinary) ?? ordinary,
    sandboxEndpoint: (provider) => parts.sandboxEndpoint?.(provider),
    roomOf: (kind) => {
      const room = Object.hasOwn(rooms, kind) ? rooms[kind] : undefined;
      invariant(room, `nobody implements orders of kind ${kind}`);
      return room;
    },
    soon: (what, deed) => {
      const running: Promise<unknown> = deed()
        .catch((error: unknown) => log.error({ err: error, what }, 'what was to be done soon failed; the sweep does it'))
        .finally(() => {
          afterwards.delete(running);
          tellScreens();
        });
      afterwards.add(running);
    },
  };
  const smsIsOn = async (scope: Scope) => (await openChannels(db.read, scope)).includes('sms');
  const rules = createRulesMemory<BookingRules>((at) => readBookingRules(payments, at, smsIsOn));
  const booking: BookingContext = {
    ...deps,
    rules,
    payments,
    publicUrl,
    tokens: {
      sign: (chainId, bookingId) => signToken(pageKey, [chainId, bookingId]),
      read: (token) => {
        const [chainId, bookingId] = readToken(pageKey, token) ?? [];
        return chainId && bookingId ? { chainId, bookingId } : undefined;
      },
    },
    links: {
      urlOf: linkOf,
      read: (token) => {
        const [chainId, appointmentId] = readToken(linkKey, token) ?? [];
        return chainId && appointmentId ? { chainId, appointmentId } : undefined;
      },
    },
    topUpLinks: {
      urlOf: topUpLinkOf,
      read: (token) => {
        const [chainId, topUpId] = readToken(topUpKey, token) ?? [];
        return chainId && topUpId ? { chainId, topUpId } : undefined;
      },
    },
    membershipLinks: {
      urlOf: membershipLinkOf,
      sign: (chainId, membershipId) => signToken(membershipKey, [chainId, membershipId]),
      read: (token) => {
        const [chainId, membershipId] = readToken(membershipKey, token) ?? [];
        return chainId && membershipId ? { chainId, membershipId } : undefined;
      },
    },
    hashAddress: (address) => keyedHash(addressKey, networkOf(address)).toString('base64url').slice(0, 22),
  };
  const waitingKey = deriveKey(key, 'waiting-entry');
  const receiptKey = deriveKey(key, 'receipt');
  const secure = publicUrl.startsWith('https:');
  const demo = parts.demoClock !== undefined;
  const salon: SalonContext = {
    ...booking,
    waitingLinks: {
      urlOf: (chainId, entryId) => `${publicUrl}/waiting/${signToken(waitingKey, [chainId, entryId])}`,
      sign: (chainId, entryId) => signToken(waitingKey, [chainId, entryId]),
      read: (token) => {
        const [chainId, entryId] = readToken(waitingKey, token) ?? [];
        return chainId && entryId ? { chainId, entryId } : undefined;
      },
    },
    secure,
    live,
    keys: accessKeys(key),
    soon: payments.soon,
    demo,
    sealingKey: key,
    webhookKey: deriveKey(key, 'webhook-secret'),
    webhooksToLoopback: parts.webhooksToLoopback === true,
    codes: codeKeys(key),
    smsIsOn,
    sandboxMessages: demo || parts.sandboxMessages === true,
    receiptLinks: {
      urlOf: (chainId, receiptId) => `${publicUrl}/r/${signToken(receiptKey, [chainId, receiptId])}`,
      read: (token) => {
        const [chainId, receiptId] = readToken(receiptKey, token) ?? [];
        return chainId && receiptId ? { chainId, receiptId } : undefined;
      },
    },
  };
  const measuring = { ...booking, sealingKey: key, analyticsOrigin: parts.analyticsOrigin ?? 'https://www.google-analytics.com' };
  const handlers = handlersTogether(
    promiseHandlers(() => salon),
    ...(parts.moneyOnly ? [] : [messageHandlers(() => salon), purchaseHandlers]),
    parts.outboxHandlers ?? {},
  );
  const background = createBackground(
    [
      ...paymentChores(payments),
      { name: 'refunds on their way', run: () => followRefunds(booking, { limit: 50 }) },
      { name: 'holds', run: () => expireHolds(deps) },
      { name: 'waiting lists', run: () => lookAfterLines(deps, { limit: 100 }) },
      { name: 'outbox', run: () => deliverOutbox(deps, handlers, { limit: 200 }) },
      ...(parts.moneyOnly
        ? []
        : [
            accessChore(deps),
            outboxPruningChore(deps),
            ...reconciliationChores(payments),
            { name: 'cancelled events', run: () => emptyEvents(booking, { limit: 50 }) },
            { name: 'days that are waited for', run: () => offerDays(salon, { limit: 20 }) },
            { name: 'imports', run: () => sweepFiles({ ...booking, ports: catalogPorts(booking) }) },
            { name: 'old imports', run: () => dropOldFiles({ ...booking, ports: catalogPorts(booking) }) },
            { name: 'income', run: () => earnIncome(deps, { limit: 100 }) },
            { name: 'visits of memberships', run: () => useVisits(deps, { limit: 200 }) },
            { name: 'income of memberships', run: () => earnMemberships(deps, { limit: 100 }) },
            { name: 'receipts', run: () => issueReceipts(deps, { limit: 50 }) },
            codesChore(deps),
            { name: 'live', run: () => live.publish() },
            { name: 'seals', run: () => sealer.run() },
            { name: 'reminders', run: () => planReminders(salon, { limit: 200 }) },
            { name: 'webhooks', run: () => sendWebhooks(salon, { limit: 64 }) },
            { name: 'old webhooks', run: () => pruneDeliveries(deps) },
            { name: 'messages', run: () => sendMessages(salon, { limit: 50 }) },
            { name: 'analytics', run: () => sendPurchases(measuring, { limit: 50 }) },
          ]),
    ],
    log,
  );

  const http = await createHttp({ log, trustProxy: parts.trustProxy, secure });
  if (parts.eachRoute) http.addHook('onRoute', parts.eachRoute);
  http.addHook('onResponse', async ({ method }) => {
    if (method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS') tellScreens();
  });
  await http.register(fastifyCookie);
  await operationRoutes(http, { db });
  const scopeOf = createLocationScopes((chain, location) => findLocation(db.read, chain, location), now);
  await http.register(
    async (api) => {
      await locationRoutes(api as unknown as Http, { ...booking, scopeOf });
      await publicEventRoutes(api as unknown as Http, { ...booking, scopeOf });
      await publicWaitingRoutes(api as unknown as Http, { ...salon, scopeOf });
      await clientCodeRoutes(api as unknown as Http, { ...salon, scopeOf });
      await clientRoutes(api as unknown as Http, booking);
      await linkRoutes(api as unknown as Http, booking);
      await topUpLinkRoutes(api as unknown as Http, booking);
      await measuringRoutes(api as unknown as Http, { ...measuring, scopeOf });
      await membershipClientRoutes(api as unknown as Http, { ...booking, scopeOf, scopeOfBooking: (token) => scopeOfBooking(booking, token) });
    },
    { prefix: '/api/v1' },
  );
  await http.register(
    async (api) => {
      await salonApi(api as unknown as Http, salon);
      // a copy of the salon is a house of its own: only who builds houses can hand out how
      await simulationRoutes(api as unknown as Http, { ...deps, publicUrl, create: createApp });
    },
    { prefix: '/api/v1/admin' },
  );
  await http.register(async (webhooks) => paymentRoutes(webhooks as unknown as Http, payments));
  await http.register(async (pages) => {
    await hostedPages(
      pages as unknown as Http,
      {
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
        publicUrl,
        plain: bookingByForms(booking, scopeOf, deriveKey(key, 'booking-form')),
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
        },
      },
      { demo: parts.demoClock !== undefined, secure },
    );
    await receiptPages(pages as unknown as Http, salon);
  });
  await http.register(async (pages) => pictureRoutes(pages as unknown as Http, deps));
  await http.register(async (pages) => salonPage(pages as unknown as Http));
  if (parts.demoClock) {
    await http.register(demoClockRoutes, { clock: parts.demoClock });
    await http.register(demoLandingPage, { clock: parts.demoClock, sandboxes: sandboxesToShow(payments) });
    await http.register(demoSignIn, { deps, secure });
    await http.register(demoInbox, { deps, codes: salon.codes });
  } else {
    // whoever opens the bare address is somebody of the house: clients have their own links
    http.get('/', { schema: { hide: true } }, async (_request, reply) => reply.redirect('/admin'));
  }

  const finishAfterwards = async () => {
    while (afterwards.size > 0) await Promise.all(afterwards);
  };
  return {
    http: http as Http,
    booking,
    payments,
    salon,
    background,
    afterwards: finishAfterwards,
    async close() {
      await http.close();
      await background.stop();
      await finishAfterwards();
      await live.close();
      await sealer.close();
      await db.close();
    },
  };
}

function providersFor(sandboxEndpoint: AppParts['sandboxEndpoint'], now: () => Date): PaymentsContext['providerOf'] {
  const made = new Map<string, ReturnType<typeof providerNamed>>();
  return ({ provider, sandbox }: ConnectionName) => {
    const endpoint = sandbox ? sandboxEndpoint?.(provider) : undefined;
    if (sandbox && !endpoint) throw new Problem('payment_unavailable', 503, 'This connection is a sandbox, and sandboxes are not used here.');
    const name = `${provider} ${endpoint?.origin ?? ''}`;
    const kept = made.get(name) ?? providerNamed(provider, { origin: endpoint?.origin, ca: endpoint?.ca, now });
    made.set(name, kept);
    return kept;
  };
}
