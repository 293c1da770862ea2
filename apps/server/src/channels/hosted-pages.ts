import fastifyStatic from '@fastify/static';
import type { TopUpLink } from '@holdfast/contract/accounts';
import type { Booking } from '@holdfast/contract/booking';
import type { PaymentLink } from '@holdfast/contract/checkout';
import { clientLanguages } from '@holdfast/contract/client-language';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { FastifyError, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { ChainOfLocations } from '../catalog/find-location.ts';
import { acceptedLanguages } from '../kit/accepted-languages.ts';
import type { Http } from '../kit/http.ts';
import { answerTrouble } from '../kit/http-trouble.ts';
import { Problem } from '../kit/problem.ts';
import { chooseLocationPage } from './choose-location-page.ts';
import { type OwnPageSources, ownPaymentPages } from './own-payment-pages.ts';
import { pageNotThere } from './page-not-there.ts';
import { pageShell, readWidgetFiles, WIDGET_FOLDER } from './page-shell.ts';
import { type LinkSources, paymentLinkPages } from './payment-link-pages.ts';

export interface PageSources {
  chain(slug: string): Promise<ChainOfLocations | undefined>;
  locationPage(chain: string, location: string, asked: { language?: string | undefined; link?: string | undefined }): Promise<LocationPage>;
  booking(token: string): Promise<Booking>;
  readonly link: LinkSources<PaymentLink>;
  readonly topUpLink: LinkSources<TopUpLink>;
  readonly ownPage: OwnPageSources;
}

const noScript: Readonly<Record<string, string>> = {
  en: 'Booking online needs JavaScript. Please call us instead.',
  uk: 'Для онлайн-запису потрібен JavaScript. Будь ласка, зателефонуйте нам.',
  pt: 'A marcação online precisa de JavaScript. Por favor, ligue-nos.',
};

/** The booking page of a location, the client's own page and the page of a payment link: one small HTML document each. */
export async function hostedPages(http: Http, sources: PageSources, { demo, secure }: { demo: boolean; secure: boolean }): Promise<void> {
  const files = readWidgetFiles();
  if (files) {
    await http.register(fastifyStatic, {
      root: WIDGET_FOLDER,
      prefix: '/widget/',
      index: false,
      // their names carry a hash of their content
      immutable: true,
      maxAge: '365d',
      preCompressed: true,
    });
  }
  http.setErrorHandler((error: FastifyError, request, reply) => {
    if (!(error instanceof Problem) || error.status !== 404) return answerTrouble(error, request, reply);
    const language = pickLanguage(clientLanguages, undefined, request.headers['accept-language'], 'en');
    return reply.code(404).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(pageNotThere(language, files));
  });
  await ownPaymentPages(http, sources.ownPage, { files, demo, secure });
  await paymentLinkPages(http, sources, { files, demo, secure });
  const built = () => {
    if (!files) throw new Problem('not_ready', 503, 'The booking page has not been built: run npm start or npm run serve.');
    return files;
  };

  http.get(
    '/book/:chain/:location',
    {
      schema: {
        hide: true,
        params: z.object({ chain: z.string().max(80), location: z.string().max(80) }),
        querystring: z.looseObject({ language: z.string().max(10).optional(), link: z.string().max(60).optional() }),
      },
    },
    async ({ params, query, headers }, reply) => {
      const page = await sources.locationPage(params.chain, params.location, query);
      const language = pickLanguage(page.location.languages, query.language, headers['accept-language'], page.location.defaultLanguage);
      const title = `${page.location.name} · ${page.chain.name}`;
      if (page.widget.measurementId) letGoogleIn(reply);
      reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
      return reply.send(
        pageShell({
          title,
          language,
          data: { page: language === query.language ? page : await sources.locationPage(params.chain, params.location, { ...query, language }) },
          files: built(),
          noScript: noScript[language] ?? '',
        }),
      );
    },
  );

  http.get('/book/:chain', { schema: { hide: true, params: z.object({ chain: z.string().max(80) }) } }, async (request, reply) => {
    const chain = await sources.chain(request.params.chain);
    if (!chain || chain.locations.length === 0) throw new Problem('not_found', 404, 'There is nothing to book here.');
    const query = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : '';
    const [only, ...others] = chain.locations;
    if (only && others.length === 0) return reply.redirect(`/book/${chain.slug}/${only.slug}${query}`);
    const asked = new URLSearchParams(query).get('language') ?? undefined;
    const language = pickLanguage(clientLanguages, asked, request.headers['accept-language'], 'en');
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').header('vary', 'accept-language');
    return reply.send(chooseLocationPage(chain, language, query, built()));
  });

  http.get('/b/:token', { schema: { hide: true, params: z.object({ token: z.string().max(200) }) } }, async ({ params }, reply) => {
    const booking = await sources.booking(params.token);
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
    if (booking.link.measurementId) letGoogleIn(reply);
    const title = `${booking.location.name} · ${booking.chain.name}`;
    return reply.send(
      pageShell({ title, language: booking.language, data: { booking }, files: built(), noScript: noScript[booking.language] ?? '' }),
    );
  });
}

/** Only a page that is measured may speak to Google; whether it does, the client says. */
function letGoogleIn(reply: FastifyReply): void {
  const google = 'https://*.google-analytics.com https://*.analytics.google.com https://www.googletagmanager.com';
  const policy = String(reply.getHeader('content-security-policy') ?? '')
    .replace(/script-src 'self'/, '$& https://www.googletagmanager.com')
    .replace(/connect-src 'self'/, `$& ${google}`)
    .replace(/img-src 'self'/, `$& ${google}`);
  reply.header('content-security-policy', policy);
}

/** What was asked for in the address, else the first of the browser's languages that the location speaks, else the location's own. */
export function pickLanguage(spoken: readonly string[], asked: string | undefined, accepted: string | undefined, otherwise: string): string {
  const wanted = [(asked ?? '').slice(0, 2).toLowerCase(), ...acceptedLanguages(accepted ?? '')];
  return wanted.find((one) => spoken.includes(one)) ?? otherwise;
}
