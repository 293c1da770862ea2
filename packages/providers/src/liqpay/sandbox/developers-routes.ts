import { createHash, randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { safeHtml } from '../../sandbox-kit/hosted-page.ts';
import type { Merchant } from './kinds.ts';
import type { LiqpayState } from './liqpay-state.ts';
import { liqpayPages } from './page-routes.ts';

/** `/developers`: shops that somebody makes by hand, as LiqPay's cabinet shows them, so that connecting can be tried step by step. */
export function developersRoutes(app: FastifyInstance, state: LiqpayState): void {
  app.get('/developers', (_request, reply) => {
    const made = state.journal.list('merchant').filter((one) => one.byHand);
    const main = `<p class="soft">Shops for trying how a payment provider is connected. Each has a public and a private key, as in LiqPay's cabinet. Signatures of both generations
are taken (<code>version</code> 7 and 3). Callbacks go to the address that is told with each payment (<code>server_url</code>): there is nothing to set up here.</p>
${made.map((merchant, at) => shopCard(merchant, at + 1)).join('\n')}
<form method="post" action="/developers/accounts"><button${made.length > 0 ? ' class="quiet"' : ''}>New test account</button></form>`;
    return liqpayPages.send(reply, liqpayPages.developers(main));
  });
  app.post('/developers/accounts', (_request, reply) => {
    state.keepMerchant({ ...keysFrom(randomBytes(32)), byHand: true });
    return reply.redirect('/developers', 303);
  });
}

/** `sandbox_i` and 11 digits, `sandbox_` and 40 letters and digits. */
export function keysFrom(seed: Buffer): Pick<Merchant, 'publicKey' | 'privateKey'> {
  const digest = (what: string) => createHash('sha512').update(what).update(seed).digest();
  const digits = String(digest('public').readBigUInt64BE() % 100_000_000_000n).padStart(11, '0');
  const letters = digest('private').toString('base64').replaceAll(/[+/=]/g, '').slice(0, 40);
  return { publicKey: `sandbox_i${digits}`, privateKey: `sandbox_${letters}` };
}

function shopCard({ publicKey, privateKey }: Merchant, number: number): string {
  return `<section class="card" aria-labelledby="m_${safeHtml(publicKey)}"><h2 id="m_${safeHtml(publicKey)}">Test account ${number}</h2>
<p class="soft">Public key<br><code>${safeHtml(publicKey)}</code></p>
<p class="soft">Private key<br><code>${safeHtml(privateKey)}</code></p></section>`;
}
