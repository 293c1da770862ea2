import { z } from 'zod';
import type { Http } from '../kit/http.ts';
import { OWN_PAGE_SCRIPT, OWN_PAGE_STYLE, ownPageScript, ownPageStyle } from './own-page-assets.ts';
import type { WidgetFiles } from './page-shell.ts';
import { type OwnPageShown, renderOwnPage } from './render-own-page.ts';

type State = 'payable' | 'checking' | 'paid' | 'over';

export interface OwnPageSources {
  /** Changes nothing. */
  read(token: string): Promise<OwnPageShown & { readonly state: State }>;
  /** Asks the provider, not too often. */
  look(token: string): Promise<State>;
  /** Where somebody goes on to who comes back from a provider that has one return address for all payments of a connection. */
  comeBack(connection: { chainId: string; connectionId: string }, query: Readonly<Record<string, string>>): Promise<string>;
}

const params = z.object({ token: z.string().max(200) });

/** Pages of ours where payments are made at providers that have no pages. Opening one changes nothing; once it is decided it leads back by itself. */
export async function ownPaymentPages(
  http: Http,
  sources: OwnPageSources,
  { files, demo, secure }: { files: WidgetFiles | undefined; demo: boolean; secure: boolean },
): Promise<void> {
  http.get('/pay/page/:token', { schema: { hide: true, params } }, async (request, reply) => {
    const page = await sources.read(request.params.token);
    reply.header('cache-control', 'no-store');
    if (page.state !== 'payable') return reply.redirect(page.returnUrl, 303);
    if (page.show.kind === 'form') {
      const policy = String(reply.getHeader('content-security-policy') ?? '');
      // the provider may lead on to others of its own, and browsers hold those against this too
      const own = new URL(page.show.action).origin;
      reply.header('content-security-policy', policy.replace("form-action 'self'", `form-action ${own} https:${secure ? '' : ' http:'}`));
    }
    return reply.type('text/html; charset=utf-8').send(renderOwnPage(page, { demo, files }));
  });

  http.post('/pay/page/:token/state', { schema: { hide: true, params } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return reply.send({ state: await sources.look(request.params.token) });
  });

  http.get(
    '/pay/return/:chainId/:connectionId',
    { schema: { hide: true, params: z.object({ chainId: z.string().max(60), connectionId: z.string().max(60) }) } },
    async (request, reply) => {
      const query = Object.fromEntries(new URLSearchParams(request.url.split('?')[1] ?? ''));
      reply.header('cache-control', 'no-store');
      return reply.redirect(await sources.comeBack(request.params, query), 303);
    },
  );

  http.get(OWN_PAGE_SCRIPT, { schema: { hide: true } }, async (_request, reply) => {
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'public, max-age=3600');
    return reply.send(ownPageScript);
  });
  http.get(OWN_PAGE_STYLE, { schema: { hide: true } }, async (_request, reply) => {
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600');
    return reply.send(ownPageStyle);
  });
}
