import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { safeHtml } from '../../sandbox-kit/hosted-page.ts';
import type { Merchant } from './kinds.ts';
import type { MonoState } from './mono-state.ts';
import { monoPages } from './page-routes.ts';

/** `/developers`: accounts that somebody makes by hand, as the bank's web cabinet shows them, so that connecting can be tried step by step. */
export function developersRoutes(app: FastifyInstance, state: MonoState): void {
  app.get('/developers', (_request, reply) => {
    const made = state.journal.list('merchant').filter((one) => one.byHand);
    const main = `<p class="soft">Accounts for trying how a payment provider is connected. Each has one X-Token, as in the bank's web cabinet. Webhooks go to the address that is told
with each invoice (<code>webHookUrl</code>): there is nothing to set up here.</p>
${made.map((merchant, at) => accountCard(merchant, at + 1)).join('\n')}
<form method="post" action="/developers/accounts"><button${made.length > 0 ? ' class="quiet"' : ''}>New test account</button></form>`;
    return monoPages.send(reply, monoPages.developers(main));
  });
  app.post('/developers/accounts', (_request, reply) => {
    state.keepMerchant({ token: newToken(randomBytes(33)), byHand: true });
    return reply.redirect('/developers', 303);
  });
}

/** `u` and 43 letters, digits, `-` and `_`. */
export function newToken(bytes: Buffer): string {
  return `u${bytes.toString('base64url').slice(0, 43)}`;
}

function accountCard({ id, token, name, edrpou }: Merchant, number: number): string {
  return `<section class="card" aria-labelledby="m_${id}"><h2 id="m_${id}">Test account ${number} <span class="soft">${safeHtml(name)}</span></h2>
<p class="soft">X-Token<br><code>${safeHtml(token)}</code></p>
<p class="soft">Merchant <code>${safeHtml(id)}</code>, EDRPOU <code>${safeHtml(edrpou)}</code></p></section>`;
}
