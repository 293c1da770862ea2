import type { FastifyInstance } from 'fastify';
import { developersPage } from './developers-page.ts';
import { developersPolicy, developersStyle } from './developers-style.ts';
import { parseForm } from './form.ts';
import { style } from './page-style.ts';
import { Refusal } from './refusal.ts';
import type { SandboxState } from './sandbox-state.ts';

/**
 * `/developers`: accounts that somebody makes by hand, so that connecting a provider can be tried step by step. They outlive a restart, unlike those
 * a program told the sandbox of, which it tells again.
 */
export function developersRoutes(app: FastifyInstance, state: SandboxState): void {
  const made = () => state.journal.list('account');
  app.get('/developers', (_request, reply) =>
    reply
      .headers({ 'content-security-policy': developersPolicy, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
      .type('text/html; charset=utf-8')
      .send(developersPage(made(), style + developersStyle)),
  );
  app.post('/developers/accounts', (_request, reply) => {
    const random = () => state.newId('x').slice(2).replaceAll('_', '');
    const id = `acct_hand${random()}`;
    state.keepAccount({ id, publishableKey: `pk_test_${random()}`, secretKey: `sk_test_${random()}`, webhookSecret: `whsec_${random()}` });
    return reply.redirect('/developers', 303);
  });
  app.post('/developers/accounts/:id/endpoint', (request, reply) => {
    const account = made().find(({ id }) => id === (request.params as { id: string }).id);
    if (!account) throw new Refusal(404, 'No such account.');
    const { url } = parseForm(typeof request.body === 'string' ? request.body : '');
    if (typeof url !== 'string' || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
      throw new Refusal(400, 'This is not the URL of an endpoint.');
    state.keepAccount({ ...account, webhookUrl: url });
    state.deliveries.sendDue();
    return reply.redirect('/developers', 303);
  });
}
