import fastifyStatic from '@fastify/static';
import type { TopUpLink } from '@holdfast/contract/accounts';
import type { PaymentLink } from '@holdfast/contract/checkout';
import { clientLanguages } from '@holdfast/contract/client-language';
import type { MembershipLink } from '@holdfast/contract/memberships';
import type { FastifyError } from 'fastify';
import { z } from 'zod';
import type { ChainOfLocations } from '../catalog/find-location.ts';
import type { Http } from '../kit/http.ts';
import { answerTrouble } from '../kit/http-trouble.ts';
import { Problem } from '../kit/problem.ts';
import { type BookingPageSources, bookingPages } from './booking-pages.ts';
import { chooseLocationPage } from './choose-location-page.ts';
import { embedScript } from './embed-script.ts';
import { readFirstSight } from './first-sight.ts';
import { pickLanguage } from './language-of.ts';
import { type OwnPageSources, ownPaymentPages } from './own-payment-pages.ts';
import { pageNotThere } from './page-not-there.ts';
import { readWidgetFiles, WIDGET_FOLDER } from './page-shell.ts';
import { type LinkSources, paymentLinkPages } from './payment-link-pages.ts';
import { type WaitingPageSources, waitingPages } from './waiting-pages.ts';

export interface PageSources extends BookingPageSources {
  chain(slug: string): Promise<ChainOfLocations | undefined>;
  readonly link: LinkSources<PaymentLink>;
  readonly topUpLink: LinkSources<TopUpLink>;
  readonly membershipLink: LinkSources<MembershipLink>;
  readonly ownPage: OwnPageSources;
  readonly waiting: WaitingPageSources;
}

/** The booking page of a location, the client's own page and the page of a payment link: one small HTML document each. */
export async function hostedPages(http: Http, sources: PageSources, { demo, secure }: { demo: boolean; secure: boolean }): Promise<void> {
  const files = readWidgetFiles();
  if (files) {
    await http.register(fastifyStatic, {
      root: WIDGET_FOLDER,
      prefix: '/widget/',
      // beside them lies what only the server runs
      allowedPath: (path) => path.startsWith('/assets/'),
      index: false,
      // their names carry a hash of their content
      immutable: true,
      maxAge: '365d',
      preCompressed: true,
      setHeaders: (answer) => {
        void answer.header('cross-origin-resource-policy', 'cross-origin');
      },
    });
  }
  http.setErrorHandler((error: FastifyError, request, reply) => {
    if (!(error instanceof Problem) || error.status !== 404) return answerTrouble(error, request, reply);
    const language = pickLanguage(clientLanguages, undefined, request.headers['accept-language'], 'en');
    return reply.code(404).type('text/html; charset=utf-8').header('cache-control', 'no-store').send(pageNotThere(language, files));
  });
  // a comment of 1,000 letters, none of them Latin, with all else that a form has
  http.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 32_768 }, (_request, body, done) =>
    done(null, body),
  );
  const draw = readFirstSight(files);
  embedScript(http, files, { locationPage: sources.locationPage, draw });
  await ownPaymentPages(http, sources.ownPage, { files, demo, secure });
  await paymentLinkPages(http, sources, { files, demo, secure });
  const built = () => {
    if (!files) throw new Problem('not_ready', 503, 'The booking page has not been built: run npm start or npm run serve.');
    return files;
  };

  await bookingPages(http, sources, { built, draw, secure });
  await waitingPages(http, sources, { built, secure });

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
}
