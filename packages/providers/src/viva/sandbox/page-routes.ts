import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type PageLanguage, pageLanguage } from '../../sandbox-kit/page-words.ts';
import { isUndecided, stateOf, transactionsOf } from './order-state.ts';
import { type Ending, endPage, payPage, vivaPages } from './page.ts';
import { payOrder, ways } from './pay-order.ts';
import type { SandboxState } from './sandbox-state.ts';
import { wayBack } from './way-back.ts';
import type { Account, OrderRow, TransactionRow } from './work.ts';

interface Seen {
  readonly language: PageLanguage;
  readonly code: string;
  readonly query: URLSearchParams;
  readonly order: OrderRow | undefined;
  readonly account: Account | undefined;
  readonly transactions: readonly TransactionRow[];
}

/** `/web/checkout?ref=…`: the hosted page. Plain forms, so it also works without JavaScript. */
export function pageRoutes(app: FastifyInstance, state: SandboxState): void {
  app.get('/web/checkout', (request, reply) => show(reply, look(state, request), state.now()));

  app.post('/web/checkout', (request, reply) => {
    const { code, language, order, account } = look(state, request);
    const way = ways.find((one) => one === new URLSearchParams(typeof request.body === 'string' ? request.body : '').get('choice'));
    if (!order || !account) return vivaPages.send(reply, endPage('unknown', language, { code }), 404);
    const outcome = way === undefined ? 'closed' : state.deedOfOwner(code, (work) => payOrder(work, code, way));
    // an answer is always a redirect, so that reloading a page never pays
    const here = `/web/checkout?ref=${code}&lang=${language}`;
    if (outcome === 'declined') return reply.redirect(`${here}&declined=1`, 303);
    const paid = transactionsOf(state.journal, code).find((one) => one.parentId === null && one.status !== 'E');
    return reply.redirect((paid && wayBack(account, order, paid)) ?? here, 303);
  });
}

function show(reply: FastifyReply, { order, account, transactions, language, code, query }: Seen, now: Date): FastifyReply {
  if (!order || !account) return vivaPages.send(reply, endPage('unknown', language, { code }), 404);
  const made = transactions.find(({ parentId, status }) => parentId === null && status !== 'E');
  const refused = transactions.findLast(({ status }) => status === 'E');
  const ending = endingOf(order, transactions, now);
  if (ending) return vivaPages.send(reply, endPage(ending, language, { code, backHref: wayBack(account, order, made ?? refused) }));
  const secondsLeft = Math.ceil((order.expiresAt - now.getTime()) / 1000);
  return vivaPages.send(
    reply,
    payPage(order, language, { secondsLeft, declined: query.has('declined'), backHref: wayBack(account, order, refused) }),
  );
}

function endingOf(order: OrderRow, transactions: readonly TransactionRow[], now: Date): Ending | undefined {
  if (isUndecided(transactions)) return 'processing';
  return ([undefined, 'expired', 'cancelled', 'paid'] as const)[stateOf(order, transactions, now)];
}

function look(state: SandboxState, request: FastifyRequest): Seen {
  const query = new URLSearchParams(request.url.split('?')[1] ?? '');
  const code = query.get('ref') ?? '';
  const order = state.journal.get('order', code);
  return {
    code,
    query,
    order,
    language: pageLanguage(query.get('lang') ?? undefined, order?.requestLang, request.headers['accept-language']),
    account: state.accounts.get(order?.merchantId ?? ''),
    transactions: transactionsOf(state.journal, code),
  };
}
