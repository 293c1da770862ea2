import type { LocationPage } from '@holdfast/contract/location-page';
import { troubleAtOffer } from '@holdfast/contract/say-waiting';
import type { OfferTaken, WaitingEntry } from '@holdfast/contract/waiting';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Http } from '../kit/http.ts';
import { Problem } from '../kit/problem.ts';
import { type BookingPageSources, mayLeadToProviders } from './booking-pages.ts';
import { pageShell, type WidgetFiles } from './page-shell.ts';
import { formOf } from './plain/form-of.ts';
import { plainWords } from './plain/plain-words.ts';
import { takeOfferForm } from './plain/take-offer-form.ts';
import { waitingPart } from './plain/waiting-part.ts';

export interface WaitingPageSources {
  read(token: string): Promise<WaitingEntry>;
  take(token: string, taken: OfferTaken, address: string): Promise<string>;
  leave(token: string, how: 'passed' | 'withdrawn'): Promise<void>;
}

const params = z.object({ token: z.string().max(200) });

/** The page of somebody who waits: the widget with a script, its deeds by plain forms without. Every form leads back by a redirect. */
export async function waitingPages(
  http: Http,
  { waiting, locationPage, plain: sources }: { readonly waiting: WaitingPageSources } & Pick<BookingPageSources, 'locationPage' | 'plain'>,
  { built, secure }: { built: () => WidgetFiles; secure: boolean },
): Promise<void> {
  const placeOf = ({ chain, location, language, linkSlug }: WaitingEntry): Promise<LocationPage> =>
    locationPage(chain.slug, location.slug, { language, link: linkSlug });

  const send = (reply: FastifyReply, entry: WaitingEntry, page: LocationPage, plain: string) => {
    mayLeadToProviders(reply, secure);
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
    const { currency, timeZone } = page.location;
    const title = `${plainWords(entry.language, { currency, timeZone }).say('waiting.page')} · ${entry.chain.name}`;
    return reply.send(pageShell({ title, language: entry.language, data: { waiting: entry, page }, files: built(), plain, demo: page.chain.demo }));
  };

  http.get(
    '/waiting/:token',
    { schema: { hide: true, params, querystring: z.looseObject({ trouble: z.string().max(40).optional() }) } },
    async ({ params: { token }, query: { trouble } }, reply) => {
      const entry = await waiting.read(token);
      const page = await placeOf(entry);
      const { currency, timeZone } = page.location;
      const words = plainWords(entry.language, { currency, timeZone });
      const plain = waitingPart(entry, page, words, trouble && words.say(troubleAtOffer(trouble)));
      return send(reply, entry, page, plain);
    },
  );
  http.post('/waiting/:token/take', { schema: { hide: true, params } }, async ({ params: { token }, body, ip }, reply) => {
    const outcome = await takeOfferForm({ waiting, sources, placeOf, token, form: formOf(body), address: ip });
    reply.header('cache-control', 'no-store');
    if (outcome.kind === 'goes') return reply.redirect(outcome.to, 303);
    const { entry, page, part } = outcome;
    return send(reply.code(outcome.status), entry, page, part);
  });
  for (const [path, how] of [
    ['pass', 'passed'],
    ['leave', 'withdrawn'],
  ] as const)
    http.post(`/waiting/:token/${path}`, { schema: { hide: true, params } }, async ({ params: { token } }, reply) => {
      const to = await orTrouble(token, async () => {
        await waiting.leave(token, how);
        return `/waiting/${token}`;
      });
      return reply.header('cache-control', 'no-store').redirect(to, 303);
    });
}

/** What cannot be done is said on the page itself, in the client's words. */
async function orTrouble(token: string, deed: () => Promise<string>): Promise<string> {
  try {
    return await deed();
  } catch (error) {
    if (!(error instanceof Problem) || error.status === 404) throw error;
    return `/waiting/${token}?trouble=${error.code}`;
  }
}
