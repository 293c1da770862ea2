import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { strikeFault } from '../../sandbox-kit/strike-fault.ts';
import type { AccountRow } from './books.ts';
import { clientOf } from './client-certificate.ts';
import type { Scope } from './give-token.ts';
import { PixProblem } from './problem.ts';
import type { Psp } from './psp.ts';

export interface Call {
  readonly account: AccountRow;
  readonly request: FastifyRequest;
  /** A part of the path. */
  readonly part: (name: string) => string;
}

export interface Answer {
  readonly status?: number;
  readonly body?: object | undefined;
}

interface CallRules {
  readonly scope: Scope;
  /** Which misfortunes may strike it. */
  readonly strikes?: 'create' | 'read' | 'close' | 'refund';
}

const broken = new PixProblem('ErroInternoDoServidor', 'Condição inesperada ao processar a requisição.').body;
const tooMany = { type: 'about:blank', title: 'Muitas requisições', status: 429, detail: 'Tente de novo em instantes.' };

/** Makes the handler of one call of the API: who calls, whether they may, whether bad weather strikes, and then the deed. */
export function answerCall(psp: Psp, rules: CallRules, deed: (call: Call) => Answer | Promise<Answer>) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const account = callerOf(psp, request, reply, rules.scope);
    if (!account) return reply;
    // For the sandbox's own troubles; an ordinary answer says its own.
    void reply.type('application/problem+json');
    const struck = rules.strikes && strikeFault(psp.faults, rules.strikes, { request, reply, broken, tooMany });
    if (struck?.kind === 'answered') return reply;
    const parts = request.params as Record<string, string | undefined>;
    const work = () => deed({ account, request, part: (name) => parts[name] ?? '' });
    if (struck) {
      try {
        await work();
      } catch (error) {
        if (!(error instanceof PixProblem)) throw error;
      }
      return struck.loseAnswer();
    }
    const { status = 200, body } = await work();
    return reply.removeHeader('content-type').code(status).send(body);
  };
}

/** Whatever goes wrong is said as RFC 7807 says it. */
export function sayProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | PixProblem, _request, reply) => {
    const known =
      error instanceof PixProblem ? error : (error.statusCode ?? 500) < 500 ? new PixProblem('RequisicaoInvalida', error.message) : undefined;
    return sayProblem(reply, known?.body ?? broken);
  });
  app.setNotFoundHandler((request, reply) =>
    sayProblem(reply, new PixProblem('NaoEncontrado', `Não há ${request.method} ${request.url.split('?')[0] ?? ''}.`).body),
  );
}

function sayProblem(reply: FastifyReply, body: Readonly<Record<string, unknown>>): FastifyReply {
  return reply.code(Number(body['status'])).type('application/problem+json').send(body);
}

/** A token that is not good is refused by RFC 6750, everything after that by the API's own problems. */
function callerOf(psp: Psp, request: FastifyRequest, reply: FastifyReply, scope: Scope): AccountRow | undefined {
  const [, token = ''] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const row = psp.journal.get('token', token);
  const account = row && psp.journal.get('account', row.account);
  if (!row || !account || row.until <= psp.now().getTime()) {
    void reply
      .code(401)
      .header('www-authenticate', 'Bearer error="invalid_token"')
      .send({ error: 'invalid_token', error_description: 'Token inválido ou expirado.' });
    return undefined;
  }
  if (clientOf(request) !== account.id) throw new PixProblem('AcessoNegado', 'O certificado pertence a outro cliente.');
  if (!row.scopes.includes(scope)) throw new PixProblem('AcessoNegado', `Falta o escopo ${scope}.`);
  return account;
}
