import type { Booking } from '@holdfast/contract/booking';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { compressed } from '../kit/compressed.ts';
import type { Http } from '../kit/http.ts';
import { drawCard } from './draw-card.ts';
import { beginsWithServices, type DrawFirstSight, type FirstSight, letFirstSightIn } from './first-sight.ts';
import { pickLanguage } from './language-of.ts';
import { letGoogleIn } from './let-google-in.ts';
import { linkedTo } from './linked-to.ts';
import { pageShell, type WidgetFiles } from './page-shell.ts';
import { bookingPart } from './plain/booking-part.ts';
import { formOf } from './plain/form-of.ts';
import { joinStep, takeJoinForm } from './plain/join-form.ts';
import { membershipStep } from './plain/membership-step.ts';
import { movePart, moveTroubles } from './plain/move-page.ts';
import { type MyAsked, myPage, takeMyForm } from './plain/my-pages.ts';
import { plainBookingRoutes, plainMoveRoute } from './plain/plain-booking-routes.ts';
import { askedOf, plainStep } from './plain/plain-pages.ts';
import type { PlainSources } from './plain/plain-sources.ts';
import { PLAIN_STYLE, plainStyle } from './plain/plain-style.ts';
import { plainWords } from './plain/plain-words.ts';
import { plainBooking } from './plain/take-form.ts';
import { bookingHead, type LinkedTo } from './social-head.ts';

export interface BookingPageSources {
  readonly publicUrl: string;
  locationPage(chain: string, location: string, asked: { language?: string | undefined; link?: string | undefined }): Promise<LocationPage>;
  booking(token: string): Promise<Booking>;
  /** Where somebody goes on to who comes back from a payment; undefined: nowhere else. */
  comeBack(token: string, from: string): Promise<string | undefined>;
  readonly plain: PlainSources;
}

const place = z.object({ chain: z.string().max(80), location: z.string().max(80) });
const asked = z.looseObject({ language: z.string().max(10).optional(), link: z.string().max(60).optional() });
/** Coming back from a payment without a script, the page asks for itself once more, and then the provider is asked. */
const LOOKED = 'looked';
const HOUSE_COLOR = '#0d5f57';

/** The booking page of a location and the client's own page: the widget with a script, the same deeds by plain forms without. */
export async function bookingPages(
  http: Http,
  sources: BookingPageSources,
  { built, draw, secure }: { built: () => WidgetFiles; draw: DrawFirstSight | undefined; secure: boolean },
): Promise<void> {
  const searchOf = (url: string) => (url.includes('?') ? url.slice(url.indexOf('?')) : '');
  /** In the language that was asked for, with words of the salon in it. */
  const read = async (params: z.infer<typeof place>, query: z.infer<typeof asked>, accepted: string | undefined) => {
    const page = await sources.locationPage(params.chain, params.location, query);
    const language = pickLanguage(page.location.languages, query.language, accepted, page.location.defaultLanguage);
    return {
      language,
      page: language === query.language ? page : await sources.locationPage(params.chain, params.location, { ...query, language }),
    };
  };
  const send = (
    reply: FastifyReply,
    page: LocationPage,
    language: string,
    plain: string,
    { status = 200, sight, to = { names: [], kept: {} } }: { status?: number; sight?: FirstSight | undefined; to?: LinkedTo } = {},
  ) => {
    if (sight) letFirstSightIn(reply, sight);
    mayLeadToProviders(reply, secure);
    if (page.widget.measurementId) letGoogleIn(reply);
    reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store');
    const title = `${page.location.name} · ${page.chain.name}`;
    return reply.send(
      pageShell({
        title,
        language,
        data: { page },
        files: built(),
        plain,
        sight,
        demo: page.chain.demo,
        head: bookingHead(page, sources.publicUrl, language, to),
      }),
    );
  };

  http.get('/book/:chain/:location', { schema: { hide: true, params: place, querystring: asked }, onSend: compressed }, async (request, reply) => {
    const { page, language } = await read(request.params, request.query, request.headers['accept-language']);
    const search = searchOf(request.url);
    const asked = askedOf(page, language, search);
    const other =
      (await membershipStep(sources.plain, request.params, asked, { search, address: request.ip })) ??
      (await joinStep(sources.plain, request.params, asked, search));
    const plain = other ?? (await plainStep(sources.plain, request.params, page, language, search));
    if (request.query['preview'] !== undefined) letSalonLook(reply);
    const words = plainWords(language, { currency: page.location.currency, timeZone: page.location.timeZone });
    const to = linkedTo(asked, search, asked.choices.event ? await sources.plain.events(request.params) : []);
    return send(reply, page, language, plain, { to, sight: beginsWithServices(page, request.query) ? draw?.(page, words) : undefined });
  });

  http.post('/book/:chain/:location', { schema: { hide: true, params: place, querystring: asked } }, async (request, reply) => {
    const { page, language } = await read(request.params, request.query, request.headers['accept-language']);
    const form = formOf(request.body);
    const sent = { language, search: searchOf(request.url), form, address: request.ip };
    const joined = await takeJoinForm(sources.plain, request.params, askedOf(page, language, sent.search), sent);
    const outcome = joined ?? (await plainBooking(sources.plain, request.params, page, sent));
    if (outcome.kind === 'goes') return reply.header('cache-control', 'no-store').redirect(outcome.to, 303);
    return send(reply, page, language, outcome.part, { status: outcome.status });
  });

  const showMine = (reply: FastifyReply, { page, language }: MyAsked, plain: string, status = 200) => {
    const words = plainWords(language, { currency: page.location.currency, timeZone: page.location.timeZone });
    mayLeadToProviders(reply, secure);
    reply.code(status).type('text/html; charset=utf-8').header('cache-control', 'no-store');
    const title = `${words.say('my.title')} · ${page.location.name}`;
    return reply.send(pageShell({ title, language, data: { page, mine: true }, files: built(), plain, demo: page.chain.demo }));
  };
  // with a script, whose bookings they are is asked by it: nothing of them is in the page
  http.get('/my/:chain/:location', { schema: { hide: true, params: place, querystring: asked } }, async (request, reply) => {
    const { params, query, headers, url } = request;
    const mine = { sources: sources.plain, at: params, search: searchOf(url), ...(await read(params, query, headers['accept-language'])) };
    return showMine(reply, mine, await myPage(mine));
  });
  http.post('/my/:chain/:location', { schema: { hide: true, params: place, querystring: asked } }, async (request, reply) => {
    const { params, query, headers, url, body, ip } = request;
    const mine = { sources: sources.plain, at: params, search: searchOf(url), ...(await read(params, query, headers['accept-language'])) };
    const outcome = await takeMyForm(mine, formOf(body), ip);
    if (outcome.kind === 'goes') return reply.header('cache-control', 'no-store').redirect(outcome.to, 303);
    return showMine(reply, mine, outcome.part, outcome.status);
  });

  const byToken = {
    hide: true,
    params: z.object({ token: z.string().max(200) }),
    querystring: z.looseObject({ from: z.string().max(40).optional(), trouble: z.string().max(40).optional() }),
  };
  http.get('/b/:token', { schema: byToken }, async ({ params, query: { from, trouble } }, reply) => {
    const back = from === 'payment' || from === 'payment-cancelled';
    const elsewhere = back ? await sources.comeBack(params.token, from) : undefined;
    if (elsewhere) return reply.header('cache-control', 'no-store').redirect(elsewhere, 303);
    if (from === LOOKED) await sources.plain.look(params.token).catch(() => undefined);
    const booking = await sources.booking(params.token);
    const words = plainWords(booking.language, { currency: booking.currency, timeZone: booking.location.timeZone });
    const own = (await sources.plain.ownMemberships(params.token)).memberships;
    const plain = bookingPart(booking, words, { own, trouble: trouble && words.say(moveTroubles[trouble] ?? 'trouble.step_not_allowed') });
    const asksAgain = from === 'payment' ? 0 : booking.status === 'checking' || (from === LOOKED && booking.status === 'held') ? 8 : undefined;
    mayLeadToProviders(reply, secure);
    if (booking.link.measurementId) letGoogleIn(reply);
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
    const title = `${booking.location.name} · ${booking.chain.name}`;
    const head =
      asksAgain === undefined ? '' : `<noscript><meta http-equiv="refresh" content="${asksAgain}; url=/b/${params.token}?from=${LOOKED}"></noscript>`;
    return reply.send(pageShell({ title, language: booking.language, data: { booking }, files: built(), plain, demo: booking.chain.demo, head }));
  });

  http.get(
    '/b/:token/moves/:appointmentId',
    { schema: { hide: true, params: byToken.params.extend({ appointmentId: z.string().max(60) }) } },
    async ({ params: { token, appointmentId }, url }, reply) => {
      const booking = await sources.booking(token);
      const visit = booking.appointments.find(({ id }) => id === appointmentId);
      reply.header('cache-control', 'no-store');
      if (!visit) return reply.redirect(`/b/${token}`, 303);
      const { language, chain, location } = booking;
      const page = await sources.locationPage(chain.slug, location.slug, { language });
      const words = plainWords(language, { currency: booking.currency, timeZone: location.timeZone });
      const plain = await movePart(sources.plain, { booking, visit, page, words, search: searchOf(url) });
      reply.type('text/html; charset=utf-8');
      const title = `${words.say('move.title')} · ${location.name}`;
      return reply.send(pageShell({ title, language, data: { booking }, files: built(), plain, demo: chain.demo }));
    },
  );
  await plainBookingRoutes(http, sources.plain);
  await plainMoveRoute(http, sources.plain);
  // drawn once: there are as many as locations have colours
  const cards = new Map<string, Buffer>();
  http.get('/card/:chain/:location', { schema: { hide: true, params: place, querystring: asked } }, async ({ params, query }, reply) => {
    const { widget } = await sources.locationPage(params.chain, params.location, query.link === undefined ? {} : { link: query.link });
    const accent = widget.look.colors?.light.accent ?? HOUSE_COLOR;
    const card = cards.get(accent) ?? drawCard(accent);
    if (cards.size > 200) cards.clear();
    cards.set(accent, card);
    reply.type('image/png').header('cache-control', 'public, max-age=86400').header('cross-origin-resource-policy', 'cross-origin');
    return reply.send(card);
  });
  http.get(PLAIN_STYLE, { schema: { hide: true } }, async (_request, reply) => {
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600');
    return reply.send(plainStyle);
  });
}

/** A form's answer leads to a provider's page, and browsers hold its address against the policy too; which address that is only the provider knows. */
export function mayLeadToProviders(reply: FastifyReply, secure: boolean): void {
  const policy = String(reply.getHeader('content-security-policy') ?? '');
  reply.header('content-security-policy', policy.replace("form-action 'self'", `form-action 'self' https:${secure ? '' : ' http:'}`));
}

/** Settings show the page as a draft would make it, in a frame of our own house. It books nothing there. */
function letSalonLook(reply: FastifyReply): void {
  const policy = String(reply.getHeader('content-security-policy') ?? '');
  reply.header('content-security-policy', policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'"));
}
