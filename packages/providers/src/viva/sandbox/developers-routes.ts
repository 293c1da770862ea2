import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { accountOf, inventKeys } from './account-keys.ts';
import { developersPage } from './developers-page.ts';
import { vivaPages } from './page.ts';
import type { SandboxState } from './sandbox-state.ts';

/** `/developers`: merchants that somebody makes by hand. They outlive a restart, unlike those a program told the sandbox of, which it tells again. */
export function developersRoutes(app: FastifyInstance, state: SandboxState): void {
  const made = () => state.journal.list('account');
  app.get('/developers', async (_request, reply) => {
    await state.addressesChecked();
    return vivaPages.send(
      reply,
      developersPage(made(), (merchantId) => state.addressTrouble.get(merchantId)),
    );
  });
  app.post('/developers/accounts', (_request, reply) => {
    state.setAccount(accountOf(inventKeys(randomUUID())), { byHand: true });
    return reply.redirect('/developers', 303);
  });
  app.post('/developers/accounts/:id', (request, reply) => {
    const account = made().find(({ merchantId }) => merchantId === (request.params as { id: string }).id);
    if (!account) return reply.code(404).type('text/plain').send('There is no such merchant.');
    const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    const [webhookUrl = '', successUrl = '', failureUrl = ''] = ['webhookUrl', 'successUrl', 'failureUrl'].map((name) => form.get(name)?.trim());
    const wrong = [webhookUrl, successUrl, failureUrl].find((url) => url !== '' && !/^https?:\/\/[^/\s]/.test(url));
    if (wrong !== undefined) return reply.code(400).type('text/plain').send(`This is not an address of the web: ${wrong}`);
    state.setAccount({ ...account, webhookUrl, successUrl, failureUrl, allowRefunds: form.get('allowRefunds') === 'yes' }, { byHand: true });
    return reply.redirect('/developers', 303);
  });
}
