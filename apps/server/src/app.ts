import fastifyCookie from '@fastify/cookie';
import { providerNamed } from '@holdfast/providers/provider-registry';
import type { RouteOptions } from 'fastify';
import type { Logger } from 'pino';
import { accessKeys } from './access/context.ts';
import { networkOf } from './access/network-of.ts';
import type { Scope } from './access/scope.ts';
import { createLocationScopes } from './access/scope-of-location.ts';
import { topUpLinkRoutes } from './accounts/top-up-link-routes.ts';
import { topUpAsPaidRoom } from './accounts/top-up-room.ts';
import { measuringRoutes } from './analytics/measuring-routes.ts';
import { purchaseHandlers } from './analytics/plan-purchase.ts';
import { chores, choresAfterwards } from './app-chores.ts';
import { pageSources } from './app-pages.ts';
import type { BookingRules } from './booking/booking-rules.ts';
import { clientRoutes } from './booking/client-routes.ts';
import type { BookingContext } from './booking/context.ts';
import { depositRoutes } from './booking/deposit-routes.ts';
import { linkRoutes } from './booking/link-routes.ts';
import { locationRoutes } from './booking/location-routes.ts';
import { mayComeBackTo } from './booking/note-return.ts';
import { bookingAsPaidRoom } from './booking/paid-room.ts';
import { readBookingRules } from './booking/read-booking-rules.ts';
import { scopeOfBooking } from './booking/scope-of-booking.ts';
import { visitAsPaidRoom } from './booking/visit-room.ts';
import { findLocation } from './catalog/find-location.ts';
import { hostedPages } from './channels/hosted-pages.ts';
import { salonPage } from './channels/salon-page.ts';
import { clientCodeRoutes } from './confirmations/client-code-routes.ts';
import { codeKeys } from './confirmations/code-keys.ts';
import type { DemoClock } from './demo/demo-clock.ts';
import { demoInbox } from './demo/inbox-page.ts';
import { demoLandingPage } from './demo/landing-page.ts';
import { demoClockRoutes } from './demo/routes.ts';
import { sandboxesToShow } from './demo/sandboxes-to-show.ts';
import { demoSignIn } from './demo/sign-in.ts';
import { publicEventRoutes } from './events/public-routes.ts';
import { type Background, createBackground } from './kit/background.ts';
import type { Database } from './kit/database.ts';
import type { Deps } from './kit/deps.ts';
import { createHttp, type Http } from './kit/http.ts';
import { createLive } from './kit/live.ts';
import { newIdAt } from './kit/new-id.ts';
import { operationRoutes } from './kit/operation-routes.ts';
import { handlersTogether, type OutboxHandlers } from './kit/outbox-handlers.ts';
import { invariant, Problem } from './kit/problem.ts';
import { createPublicStreams, type PublicStreams } from './kit/public-streams.ts';
import { deriveKey, keyedHash, type SealingKey } from './kit/seal.ts';
import { signedLinks } from './kit/signed-links.ts';
import { createSealer } from './ledger/sealer.ts';
import { pictureRoutes } from './links/picture-routes.ts';
import { membershipClientRoutes } from './memberships/client-routes.ts';
import { membershipAsPaidRoom } from './memberships/membership-room.ts';
import { openChannels } from './messages/channels.ts';
import { messageHandlers } from './messages/plan-messages.ts';
import { waitingMessages } from './messages/waiting-messages.ts';
import { connectionTestRoom } from './payments/connection-test-room.ts';
import type { ConnectionName, PaymentsContext, SandboxEndpoint } from './payments/context.ts';
import { installationMark } from './payments/installation-mark.ts';
import type { PaidRoom } from './payments/purposes.ts';
import { paymentRoutes } from './payments/routes.ts';
import { receiptPages } from './receipts/receipt-pages.ts';
import { type SalonContext, salonApi } from './salon-api.ts';
import { createRulesMemory } from './schedule/rules-memory.ts';
import { simulationRoutes } from './simulator/simulation-routes.ts';
import { promiseHandlers } from './waiting/keep-promise.ts';
import { publicWaitingRoutes } from './waiting/public-routes.ts';

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
  /** For tests that are more people than one network may be. */
  readonly publicStreams?: PublicStreams;
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
  const tokens = signedLinks(key, { use: 'client-page', under: `${publicUrl}/b`, id: 'bookingId' });
  const links = signedLinks(key, { use: 'payment-link', under: `${publicUrl}/pay`, id: 'appointmentId' });
  const topUpLinks = signedLinks(key, { use: 'top-up-link', under: `${publicUrl}/top-up`, id: 'topUpId' });
  const membershipLinks = signedLinks(key, { use: 'membership-link', under: `${publicUrl}/membership`, id: 'membershipId' });
  const receiptLinks = signedLinks(key, { use: 'receipt', under: `${publicUrl}/r`, id: 'receiptId' });
  const waitingLinks = signedLinks(key, { use: 'waiting-entry', under: `${publicUrl}/waiting`, id: 'entryId' });
  const addressKey = deriveKey(key, 'network-address');
  const testPageOf = (slug: string, connectionId: string) => `${publicUrl}/admin/${slug}/finance/cashless-payment?tested=${connectionId}`;
  const rooms: Readonly<Record<string, PaidRoom>> = {
    booking: bookingAsPaidRoom(deps, { pageOf: tokens.urlOf }),
    visit: visitAsPaidRoom(deps, { linkOf: links.urlOf }),
    account_top_up: topUpAsPaidRoom({ linkOf: topUpLinks.urlOf, bookingPageOf: tokens.urlOf }),
    membership: membershipAsPaidRoom(deps, { linkOf: membershipLinks.urlOf }),
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
    tokens,
    links,
    topUpLinks,
    membershipLinks,
    hashAddress: (address) => keyedHash(addressKey, networkOf(address)).toString('base64url').slice(0, 22),
  };
  const secure = publicUrl.startsWith('https:');
  const demo = parts.demoClock !== undefined;
  const salon: SalonContext = {
    ...booking,
    waitingLinks,
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
    receiptLinks,
  };
  const measuring = { ...booking, sealingKey: key, analyticsOrigin: parts.analyticsOrigin ?? 'https://www.google-analytics.com' };
  const handlers = handlersTogether(
    promiseHandlers(() => salon),
    ...(parts.moneyOnly ? [] : [messageHandlers(() => salon), waitingMessages(() => salon), purchaseHandlers]),
    parts.outboxHandlers ?? {},
  );
  const background = createBackground(
    [...chores(deps, booking, handlers), ...(parts.moneyOnly ? [] : choresAfterwards(deps, salon, { live, sealer, measuring }))],
    log,
  );

  const http = await createHttp({ log, trustProxy: parts.trustProxy, secure });
  if (parts.eachRoute) http.addHook('onRoute', parts.eachRoute);
  http.addHook('onResponse', async ({ method }) => {
    if (method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS') tellScreens();
  });
  const streams = parts.publicStreams ?? createPublicStreams();
  http.addHook('preClose', async () => streams.endAll());
  await http.register(fastifyCookie);
  await operationRoutes(http, { db });
  const scopeOf = createLocationScopes((chain, location) => findLocation(db.read, chain, location), now);
  await http.register(
    async (api) => {
      await locationRoutes(api as unknown as Http, { ...booking, scopeOf });
      await publicEventRoutes(api as unknown as Http, { ...booking, scopeOf, live, streams });
      await publicWaitingRoutes(api as unknown as Http, { ...salon, scopeOf, streams });
      await clientCodeRoutes(api as unknown as Http, { ...salon, scopeOf });
      await clientRoutes(api as unknown as Http, booking);
      await linkRoutes(api as unknown as Http, booking);
      await depositRoutes(api as unknown as Http, { ...booking, scopeOf });
      await topUpLinkRoutes(api as unknown as Http, booking);
      await measuringRoutes(api as unknown as Http, { ...measuring, scopeOf });
      await membershipClientRoutes(api as unknown as Http, {
        ...booking,
        scopeOf,
        scopeOfBooking: (token) => scopeOfBooking(booking, token),
        mayComeBack: (...asked) => mayComeBackTo(booking, ...asked),
      });
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
    const sources = pageSources(salon, { scopeOf, formKey: deriveKey(key, 'booking-form') });
    await hostedPages(pages as unknown as Http, sources, { demo, secure });
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
