import type { TopUpLink } from '@holdfast/contract/accounts';
import type { PaymentLink } from '@holdfast/contract/checkout';
import type { MembershipLink } from '@holdfast/contract/memberships';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Http } from '../kit/http.ts';
import { Problem } from '../kit/problem.ts';
import type { WidgetFiles } from './page-shell.ts';
import { renderMembershipLink } from './render-membership-link.ts';
import { BY_ITSELF, byItselfScript, LINK_STYLE, linkStyle, type PageAsked } from './render-pay-page.ts';
import { renderPaymentLink } from './render-payment-link.ts';
import { renderTopUpLink } from './render-top-up-link.ts';

interface Shown {
  readonly state: string;
  readonly language: string;
}

export interface LinkSources<Link extends Shown> {
  /** Changes nothing. */
  read(token: string): Promise<Link>;
  /** Asks the provider how the payment stands. */
  look(token: string): Promise<void>;
  /** Begins a payment; answers where to go and pay. */
  start(token: string): Promise<string>;
  /** Where somebody goes on who has paid, or does not want to, and was in the middle of something else; undefined: nowhere else. */
  goOn?(token: string, from: string): Promise<string | undefined>;
}

const params = z.object({ token: z.string().max(200) });
const querystring = z.looseObject({ from: z.string().max(40).optional(), language: z.string().max(10).optional() });

/**
 * The pages of links by which a visit is paid (A11) or an account is filled. Whoever only opens one (a person, a preview in a messenger, a mail scanner)
 * changes nothing; a payment begins with a POST, which the page of a person sends by itself.
 */
export async function paymentLinkPages(
  http: Http,
  sources: {
    readonly link: LinkSources<PaymentLink>;
    readonly topUpLink: LinkSources<TopUpLink>;
    readonly membershipLink: LinkSources<MembershipLink>;
  },
  how: { files: WidgetFiles | undefined; demo: boolean; secure: boolean },
): Promise<void> {
  pagesOf(http, '/pay', sources.link, renderPaymentLink, how);
  pagesOf(http, '/top-up', sources.topUpLink, renderTopUpLink, how);
  pagesOf(http, '/membership', sources.membershipLink, renderMembershipLink, how);

  http.get(BY_ITSELF, { schema: { hide: true } }, async (_request, reply) => {
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'public, max-age=3600');
    return reply.send(byItselfScript);
  });
  http.get(LINK_STYLE, { schema: { hide: true } }, async (_request, reply) => {
    reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600');
    return reply.send(linkStyle);
  });
}

function pagesOf<Link extends Shown>(
  http: Http,
  base: '/pay' | '/top-up' | '/membership',
  sources: LinkSources<Link>,
  render: (link: Link, asked: PageAsked) => string,
  { files, demo, secure }: { files: WidgetFiles | undefined; demo: boolean; secure: boolean },
): void {
  const show = (reply: FastifyReply, link: Link, asked: string | undefined, { back = false, byItself = false } = {}) => {
    const policy = String(reply.getHeader('content-security-policy') ?? '');
    // the form's answer leads to the provider's page, and browsers hold its address against this too; which address that is only the provider knows
    reply.header('content-security-policy', policy.replace("form-action 'self'", `form-action 'self' https:${secure ? '' : ' http:'}`));
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-store');
    return reply.send(render(link, { language: asked ?? link.language, back, byItself, demo, files }));
  };

  http.get(`${base}/:token`, { schema: { hide: true, params, querystring } }, async (request, reply) => {
    const back = request.query.from !== undefined;
    if (back && !isNobody(request)) await sources.look(request.params.token);
    const link = await sources.read(request.params.token);
    const left = request.query.from === 'payment-cancelled';
    if (link.state === 'paid' ? back : left) {
      const elsewhere = await sources.goOn?.(request.params.token, link.state === 'paid' ? 'paid' : 'left');
      if (elsewhere) return reply.header('cache-control', 'no-store').redirect(elsewhere, 303);
    }
    return show(reply, link, request.query.language, { back, byItself: !isNobody(request) });
  });

  http.post(`${base}/:token`, { schema: { hide: true, params, querystring } }, async (request, reply) => {
    const { token } = request.params;
    reply.header('cache-control', 'no-store');
    if (isNobody(request)) return reply.redirect(`${base}/${token}`, 303);
    try {
      return await reply.redirect(await sources.start(token), 303);
    } catch (error) {
      if (!(error instanceof Problem) || error.status === 404) throw error;
      const link = await sources.read(token);
      if (link.state === 'ready') reply.code(error.status);
      return show(reply, link.state === 'ready' ? { ...link, state: 'unavailable' } : link, request.query.language);
    }
  });
}

const ROBOTS =
  /bot\b|crawl|spider|preview|scanner|facebookexternalhit|whatsapp\/|telegram|slack|discord|skype|viber|google-read-aloud|curl\/|wget\//i;

/** No person asks: a browser that fetches ahead, a program that shows what is behind a link, or one that only looks whether it is there. */
function isNobody({ method, headers }: FastifyRequest): boolean {
  const purpose = `${String(headers['sec-purpose'] ?? '')} ${String(headers['purpose'] ?? '')} ${String(headers['x-purpose'] ?? '')}`;
  return method === 'HEAD' || /prefetch|prerender|preview/i.test(purpose) || ROBOTS.test(headers['user-agent'] ?? '');
}
