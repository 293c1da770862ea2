import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FaultMatch } from '../../sandbox-kit/faults.ts';
import { strikeFault } from '../../sandbox-kit/strike-fault.ts';
import { cancelOrder, changeOrder } from './change-order.ts';
import { verificationKey } from './check-address.ts';
import { numberOf } from './currencies.ts';
import { exactInteger, exactMajor } from './exact-json.ts';
import { giveRefund } from './give-refund.ts';
import { listTransactions } from './list-transactions.ts';
import { openOrder } from './open-order.ts';
import { orderFor, orderView, transactionsOf } from './order-state.ts';
import { Refusal } from './refusal.ts';
import type { SandboxState } from './sandbox-state.ts';
import { checkoutView, listedView } from './transaction-views.ts';
import { giveToken, ownerOfKey, ownerOfToken } from './who-calls.ts';
import type { Account, TransactionRow, Work } from './work.ts';

interface Call {
  readonly work: Work;
  /** `orderCode` or `id` of the path. */
  readonly id: string;
  readonly query: ReadonlyMap<string, string>;
  readonly body: unknown;
}

/** How one of Viva's two APIs knows its callers and words its complaints. */
interface Door {
  readonly owner: (state: SandboxState, header: string | undefined) => Account | undefined;
  readonly stranger: object | string;
  readonly no: (status: number, message: string, now: Date, eventId?: number) => object;
}

const checkout: Door = {
  owner: ownerOfToken,
  stranger: '',
  no: (status, message, _now, eventId = 0) => ({ status, message, eventId: String(eventId) }),
};

const legacy: Door = {
  owner: ownerOfKey,
  stranger: { Message: 'Authorization has been denied for this request.' },
  no: (status, message, now) => ({ ...outcome(now), ErrorCode: status, ErrorText: message, Success: false }),
};

/** Accounts, api and www in one origin: the paths of Viva's three hosts do not meet. */
export function apiRoutes(app: FastifyInstance, state: SandboxState): void {
  app.post('/connect/token', (request, reply) => {
    const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    const { status, body } = giveToken(state, request.headers.authorization, form);
    return json(reply, body, status);
  });

  const route = (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    kind: Exclude<FaultMatch, 'any'>,
    door: Door,
    answer: (call: Call) => object,
  ) => app.route({ method, url, handler: (request, reply) => answerCall(state, { request, reply, kind, door, answer }) });

  route('POST', '/checkout/v2/orders', 'create', checkout, ({ work, body }) => ({ orderCode: exactInteger(openOrder(work, body).code) }));
  route('GET', '/checkout/v2/transactions/:id', 'read', checkout, ({ work, id }) => {
    const transaction = work.tx.get('transaction', id.toLowerCase());
    if (transaction?.merchantId !== work.account.merchantId) throw new Refusal(404, `Transaction ${id} was not found`);
    return checkoutView(orderFor(work, transaction.orderCode), transaction);
  });

  route('GET', '/api/orders/:id', 'read', legacy, ({ work, id }) => orderView(orderFor(work, id), transactionsOf(work.tx, id), work.now));
  route('DELETE', '/api/orders/:id', 'close', legacy, ({ work, id }) => ({
    OrderCode: exactInteger(cancelOrder(work, id).code),
    ...outcome(work.now),
  }));
  route('PATCH', '/api/orders/:id', 'close', legacy, ({ work, id, body }) => ({
    OrderCode: exactInteger(changeOrder(work, id, body).code),
    ...outcome(work.now),
  }));
  route('GET', '/api/transactions', 'read', legacy, ({ work, query }) => listed(work, listTransactions(work, query)));
  route('GET', '/api/transactions/:id', 'read', legacy, ({ work, id }) => {
    const transaction = work.tx.get('transaction', id.toLowerCase());
    return listed(work, transaction?.merchantId === work.account.merchantId ? [transaction] : []);
  });
  route('DELETE', '/api/transactions/:id', 'refund', legacy, ({ work, id, query }) => refunded(state, work, id.toLowerCase(), query));
  route('GET', '/api/messages/config/token', 'read', legacy, ({ work }) => ({ Key: verificationKey(work.account) }));
}

function answerCall(
  state: SandboxState,
  {
    request,
    reply,
    kind,
    door,
    answer,
  }: { request: FastifyRequest; reply: FastifyReply; kind: Exclude<FaultMatch, 'any'>; door: Door; answer: (call: Call) => object },
): FastifyReply {
  const no = (status: number, message: string, eventId?: number) => door.no(status, message, state.now(), eventId);
  const struck = strikeFault(state.faults, kind, { request, reply, broken: no(500, 'Internal Server Error'), tooMany: no(429, 'Too many requests') });
  if (struck?.kind === 'answered') return reply;
  const account = door.owner(state, request.headers.authorization);
  if (!account) return reply.code(401).send(door.stranger);
  const { id = '' } = request.params as { id?: string };
  const query = new Map([...new URLSearchParams(request.url.split('?')[1] ?? '')].map(([name, value]) => [name.toLowerCase(), value]));
  try {
    const body = state.deed(account, (work) => answer({ work, id, query, body: request.body }));
    return struck ? struck.loseAnswer() : json(reply, body);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return struck ? struck.loseAnswer() : json(reply, no(error.status, error.message, error.eventId), error.status);
  }
}

function refunded(state: SandboxState, work: Work, id: string, query: ReadonlyMap<string, string>): object {
  const { account, now } = work;
  if (!account.allowRefunds)
    throw new Refusal(403, `The specified api action is disabled for the merchant ${account.merchantId}, please consult the documentation`);
  const amount = /^-?\d{1,15}$/.exec(query.get('amount') ?? '')?.[0];
  if (amount === undefined) throw new Refusal(400, 'amount is needed, in the smallest coin');
  const refund = giveRefund(work, id, Number(amount), state.refunds);
  return {
    Emv: null,
    Amount: exactMajor(refund.amount),
    StatusId: refund.status,
    CurrencyCode: numberOf(refund.currency),
    TransactionId: refund.id,
    ReferenceNumber: refund.referenceNumber,
    AuthorizationId: null,
    RetrievalReferenceNumber: null,
    ...outcome(now),
  };
}

function listed(work: Work, transactions: readonly TransactionRow[]): object {
  return { Transactions: transactions.map((one) => listedView(orderFor(work, one.orderCode), one)), ...outcome(work.now) };
}

/** What ends every answer of the older API. */
function outcome(now: Date) {
  return { ErrorCode: 0, ErrorText: null, TimeStamp: now.toISOString(), CorrelationId: null, EventId: 0, Success: true };
}

/** Fastify's own writer would not know the exact numbers from objects. */
function json(reply: FastifyReply, body: object, status = 200): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(body));
}
