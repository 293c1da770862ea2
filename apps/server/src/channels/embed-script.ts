import { z } from 'zod';
import { compressed } from '../kit/compressed.ts';
import type { Http } from '../kit/http.ts';
import { Problem } from '../kit/problem.ts';
import type { BookingPageSources } from './booking-pages.ts';
import type { DrawFirstSight } from './first-sight.ts';
import type { WidgetFiles } from './page-shell.ts';
import { type PartnerSight, partnerSight } from './partner-sight.ts';

const asked = z.looseObject({ place: z.string().max(200).optional(), link: z.string().max(60).optional(), language: z.string().max(10).optional() });

/**
 * What a partner's page names, at an address that never changes: a few lines that put the widget's place on the page and fetch the rest by names that carry their
 * content. With a place in the address the first step comes with them, drawn; else, or when it cannot be drawn just now, the widget itself asks for what it shows.
 */
export function embedScript(
  http: Http,
  files: WidgetFiles | undefined,
  { locationPage, draw }: Pick<BookingPageSources, 'locationPage'> & { readonly draw: DrawFirstSight | undefined },
): void {
  http.get(
    '/embed.js',
    { schema: { hide: true, querystring: asked }, onSend: compressed },
    async ({ query: { place, ...wish }, headers, log }, reply) => {
      if (!files) throw new Problem('not_ready', 503, 'The widget has not been built: run npm start or npm run serve.');
      reply.type('text/javascript; charset=utf-8').header('cross-origin-resource-policy', 'cross-origin');
      if (place === undefined) return reply.header('cache-control', 'public, max-age=300').send(loader(files));
      reply.header('cache-control', 'no-store').header('vary', 'accept-language');
      const sight = await partnerSight({ locationPage, draw, place, wish, accepted: headers['accept-language'] }).catch((error: unknown) => {
        if (!(error instanceof Problem)) log.error(error);
        return null;
      });
      return reply.send(loader(files, sight));
    },
  );
}

/** Lines that apps/widget/src/embed/tag.ts ends: it knows both by these names. */
export function loader({ tag, embed, embedNeeds, offer, firstStyles, words }: LoaderFiles, sight: PartnerSight | null = null): string {
  const pieces = { embed, needs: embedNeeds, offer: sight ? [] : offer, sheets: firstStyles.map((one) => `/widget/${one}`), words: words.first };
  return `((pieces,sight)=>{${tag}})(${literal(pieces)},${literal(sight)})\n`;
}

type LoaderFiles = Pick<WidgetFiles, 'tag' | 'embed' | 'embedNeeds' | 'offer' | 'firstStyles' | 'words'>;

/** What JSON writes is a value to a script as well, whatever a salon has typed; and it stays one where somebody puts the whole script into a page. */
function literal(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll(/<(?=\/?script|!--)/gi, '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
