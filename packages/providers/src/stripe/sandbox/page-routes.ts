import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseForm } from './form.ts';
import { address, bankPage, closedPage, payPage, problems, unknownPage } from './page.ts';
import { contentPolicy } from './page-style.ts';
import { pageLanguage } from './page-words.ts';
import { answerBank, type PayOutcome, paySession } from './pay-session.ts';
import type { SandboxState } from './sandbox-state.ts';
import { type SessionRow, seconds, type Work } from './work.ts';

/** The hosted payment page: plain forms, so it also works without JavaScript. */
export function pageRoutes(app: FastifyInstance, state: SandboxState): void {
  app.get('/c/pay/:id', (request, reply) => {
    const seen = look(state, request);
    if (seen.row === undefined) return html(reply, unknownPage(seen.language), 404);
    const { session } = seen.row;
    if (session.status !== 'open') return html(reply, closedPage(session, seen.language));
    const problem = problems.find((one) => one === queryOf(request).get('problem'));
    return html(reply, payPage(seen.row, seen.language, session.expires_at - seconds(state.now()), problem));
  });

  app.get('/c/pay/:id/bank', (request, reply) => {
    const seen = look(state, request);
    if (seen.row === undefined) return html(reply, unknownPage(seen.language), 404);
    const intent = typeof seen.row.session.payment_intent === 'string' ? state.journal.get('intent', seen.row.session.payment_intent) : undefined;
    const waiting = seen.row.session.status === 'open' && intent?.object.status === 'requires_action';
    return waiting ? html(reply, bankPage(seen.row, seen.language)) : reply.redirect(`/c/pay/${seen.row.session.id}?lang=${seen.language}`, 303);
  });

  app.post('/c/pay/:id', (request, reply) => {
    const card = fieldOf(request, 'card');
    return press(state, request, reply, (work, id) => paySession(work, id, card === 'delayed' ? { delayed: true } : { card }));
  });
  app.post('/c/pay/:id/bank', (request, reply) => {
    const approved = fieldOf(request, 'answer') === 'approve';
    return press(state, request, reply, (work, id) => answerBank(work, id, approved));
  });
}

/** Does what the client pressed and shows them on; each answer is a redirect, so that reloading a page never pays. */
function press(state: SandboxState, request: FastifyRequest, reply: FastifyReply, deed: (work: Work, id: string) => PayOutcome): FastifyReply {
  const { row, language } = look(state, request);
  const owner = row === undefined ? undefined : state.ownerOf('session', row.session.id);
  if (row === undefined || owner === undefined) return html(reply, unknownPage(language), 404);
  const { session } = row;
  const outcome = state.deed(owner, (work) => deed(work, session.id));
  const here = `/c/pay/${session.id}`;
  if (outcome === 'finished') return reply.redirect(address(session.success_url ?? here, session), 303);
  if (outcome === 'ask_bank') return reply.redirect(`${here}/bank?lang=${language}`, 303);
  if (outcome === 'gone') return reply.redirect(`${here}?lang=${language}`, 303);
  return reply.redirect(`${here}?lang=${language}&problem=${outcome}`, 303);
}

function look(state: SandboxState, request: FastifyRequest): { row: SessionRow | undefined; language: ReturnType<typeof pageLanguage> } {
  state.expireDue();
  const row = state.journal.get('session', (request.params as { id: string }).id);
  const chosen = queryOf(request).get('lang') ?? undefined;
  return { row, language: pageLanguage(chosen, row?.session.locale ?? null, request.headers['accept-language']) };
}

function queryOf(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(request.url.split('?')[1] ?? '');
}

function fieldOf(request: FastifyRequest, name: string): string {
  const value = parseForm(typeof request.body === 'string' ? request.body : '')[name];
  return typeof value === 'string' ? value : '';
}

function html(reply: FastifyReply, page: string, status = 200): FastifyReply {
  return reply
    .code(status)
    .headers({
      'content-security-policy': contentPolicy,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    .type('text/html; charset=utf-8')
    .send(page);
}
