import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Control } from './control.ts';
import { developersPolicy, developersStyle } from './developers-style.ts';
import { disputesPage, type ShownDispute } from './disputes-page.ts';
import { parseForm } from './form.ts';
import { style } from './page-style.ts';
import { Refusal } from './refusal.ts';
import type { SandboxState } from './sandbox-state.ts';

const SHOWN = 50;

/** `/dashboard/disputes`: the newest first, with what merchant, client and bank can do. */
export function disputesPageRoutes(app: FastifyInstance, state: SandboxState, control: Control): void {
  const field = (request: FastifyRequest, name: string) => {
    const value = parseForm(typeof request.body === 'string' ? request.body : '')[name];
    return typeof value === 'string' ? value : '';
  };
  const idOf = (request: FastifyRequest) => (request.params as { id: string }).id;
  app.get('/dashboard/disputes', (_request, reply) => {
    const payments = control.payments().filter(({ captured }) => captured > 0);
    const references = new Map(payments.map((one) => [one.payment_intent, one.client_reference_id]));
    const shown = state.journal.list('dispute').map(({ object: one }): ShownDispute => {
      const intent = typeof one.payment_intent === 'string' ? one.payment_intent : '';
      const { id, status, amount, currency, reason } = one;
      return { id, status, amount, currency, reason, reference: references.get(intent) ?? intent, dueBy: one.evidence_details.due_by };
    });
    const disputed = new Set(control.disputes().map(({ charge }) => charge));
    const free = payments.filter((one) => {
      const charge = state.journal.get('intent', one.payment_intent ?? '')?.object.latest_charge;
      return typeof charge === 'string' && !disputed.has(charge);
    });
    return reply
      .headers({ 'content-security-policy': developersPolicy, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
      .type('text/html; charset=utf-8')
      .send(disputesPage(shown.reverse().slice(0, SHOWN), free.reverse().slice(0, SHOWN), style + developersStyle));
  });
  app.post('/dashboard/disputes/:id', (request, reply) => {
    const id = idOf(request);
    switch (field(request, 'deed')) {
      case 'answer':
        control.answerDispute(id);
        break;
      case 'escalate':
        control.escalateDispute(id);
        break;
      case 'won':
        control.decideDispute(id, true);
        break;
      case 'lost':
        control.decideDispute(id, false);
        break;
      default:
        throw new Refusal(400, 'There is no such button.');
    }
    return reply.redirect('/dashboard/disputes', 303);
  });
  app.post('/dashboard/payments/:id/dispute', (request, reply) => {
    control.dispute(idOf(request), { inquiry: field(request, 'kind') === 'inquiry' });
    return reply.redirect('/dashboard/disputes', 303);
  });
}
