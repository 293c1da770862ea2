import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FaultMatch } from '../../sandbox-kit/faults.ts';
import { earlierAnswer, keyInUse, type OnceKey, onceKey } from './answer-once.ts';
import { type FormValue, parseForm } from './form.ts';
import { Refusal } from './refusal.ts';
import type { SandboxState } from './sandbox-state.ts';
import { API_VERSION, type SandboxAccount, type Work } from './work.ts';

export interface ApiCall {
  readonly params: Readonly<Record<string, string>>;
  readonly values: { [key: string]: FormValue };
  /** The version of the API that the caller speaks. */
  readonly version: string;
}

/** Checks the parameters first (refusals of this step are not kept under the idempotency key), then gives back the deed to do. */
export type Prepare = (call: ApiCall) => (work: Work) => object;

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** From the raw request to Stripe's answer: who asks, has this key been here before, does a fault strike, then the deed. */
export function answerCalls(state: SandboxState) {
  const inProgress = new Set<string>();

  return (kind: Exclude<FaultMatch, 'any'>, prepare: Prepare) => (request: FastifyRequest, reply: FastifyReply) => {
    const requestId = state.newId('req');
    const send = (answer: Answer) =>
      reply
        .code(answer.status)
        .headers({
          'request-id': requestId,
          'stripe-version': header(request, 'stripe-version') ?? API_VERSION,
          'cache-control': 'no-cache, no-store',
          ...answer.headers,
        })
        .type('application/json')
        .send(answer.body);
    const refuse = (refusal: Refusal, headers: Record<string, string> = {}) =>
      send({ status: refusal.status, body: pretty(refusal.body(requestId)), headers });

    let once: OnceKey | undefined;
    try {
      const account = accountOf(state, request);
      const version = versionOf(request);
      const body = bodyOf(request);
      const query = request.url.split('?')[1] ?? '';
      const key = request.method === 'POST' ? header(request, 'idempotency-key') : undefined;
      once = key === undefined ? undefined : onceKey(key, account.id, request.url.split('?')[0] ?? '', body);
      if (once !== undefined) {
        if (inProgress.has(once.row)) throw keyInUse(once);
        const before = earlierAnswer(state.journal, once, state.now());
        if (before !== undefined) return send({ ...before, headers: replayed(once, before.requestId) });
      }
      state.expireDue();

      const fault = state.faults.strike(kind);
      if (fault === 'timeout') return neverAnswer(reply, once, inProgress);
      if (fault === 'status429') return refuse(new Refusal(429, 'Request rate limit exceeded.', { code: 'rate_limit' }));
      if (fault === 'html')
        return reply.code(502).type('text/html').send('<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>');
      const broken = new Refusal(500, 'An unknown error occurred', { type: 'api_error', executed: true });
      if (fault === 'status500') throw broken;

      const deed = prepare({ params: request.params as Record<string, string>, values: parseForm(request.method === 'GET' ? query : body), version });
      const caused = { id: requestId, idempotencyKey: key ?? null };
      const answer = state.deed(
        account,
        (work): Answer => {
          const made: Answer = { status: 200, body: pretty(deed(work)) };
          if (once !== undefined)
            keep(work.tx, once, fault === 'status500_after' ? { status: 500, body: pretty(broken.body(requestId)) } : made, requestId, work.now);
          return made;
        },
        caused,
      );
      if (fault === 'status500_after') return refuse(broken, once === undefined ? {} : replayable(once));
      if (fault === 'drop_after') {
        reply.hijack();
        request.raw.socket.destroy();
        return reply;
      }
      return send({ ...answer, headers: once === undefined ? {} : { 'idempotency-key': once.key, 'original-request': requestId } });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (once === undefined || !error.executed) return refuse(error);
      const kept = once;
      state.journal.write((tx) => keep(tx, kept, { status: error.status, body: pretty(error.body(requestId)) }, requestId, state.now()));
      return refuse(error, replayable(once));
    }
  };
}

function keep(tx: Pick<Work['tx'], 'put'>, once: OnceKey, answer: Answer, requestId: string, now: Date): void {
  const { fingerprint, endpoint } = once;
  tx.put('answer', once.row, { fingerprint, endpoint, status: answer.status, body: answer.body, requestId, at: now.getTime() });
}

/** Repeating with this key only repeats the answer, so Stripe asks its libraries not to. */
function replayable(once: OnceKey): Record<string, string> {
  return { 'idempotency-key': once.key, 'stripe-should-retry': 'false' };
}

function replayed(once: OnceKey, originalRequest: string): Record<string, string> {
  return { 'idempotency-key': once.key, 'idempotent-replayed': 'true', 'original-request': originalRequest, 'stripe-should-retry': 'false' };
}

/** The key stays in use until the caller gives up and hangs up. */
function neverAnswer(reply: FastifyReply, once: OnceKey | undefined, inProgress: Set<string>): FastifyReply {
  if (once !== undefined) {
    inProgress.add(once.row);
    reply.raw.on('close', () => inProgress.delete(once.row));
  }
  reply.hijack();
  return reply;
}

function accountOf(state: SandboxState, request: FastifyRequest): SandboxAccount {
  const [scheme = '', value = ''] = (header(request, 'authorization') ?? '').split(' ', 2);
  const basic = () => Buffer.from(value, 'base64').toString('utf8').split(':', 1)[0] ?? '';
  const key = scheme.toLowerCase() === 'bearer' ? value : scheme.toLowerCase() === 'basic' ? basic() : '';
  if (key === '') {
    throw new Refusal(
      401,
      'You did not provide an API key. Provide it in the Authorization header, as Bearer token or as the user name of Basic auth.',
    );
  }
  for (const account of state.accounts.values()) {
    if (account.secretKey === key) return account;
    if (account.publishableKey === key)
      throw new Refusal(401, 'This API call cannot be made with a publishable API key. Please use a secret API key.', {
        code: 'secret_key_required',
      });
  }
  throw new Refusal(401, `Invalid API Key provided: ${key.slice(0, 8)}${'*'.repeat(8)}${key.slice(-4)}`);
}

function versionOf(request: FastifyRequest): string {
  const version = header(request, 'stripe-version') ?? API_VERSION;
  if (!/^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/.test(version)) throw new Refusal(400, `Invalid Stripe API version: ${version}`);
  return version;
}

function bodyOf(request: FastifyRequest): string {
  if (typeof request.body === 'string') return request.body;
  if (request.body === undefined || request.body === null) return '';
  throw new Refusal(400, 'Invalid request (check that your POST content type is application/x-www-form-urlencoded).');
}

function header(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

const pretty = (body: object): string => JSON.stringify(body, null, 2);
