import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { clientOf } from './client-certificate.ts';
import type { Psp } from './psp.ts';

const LIFE_SECONDS = 3600;

export const scopes = [
  'cob.write',
  'cob.read',
  'pix.write',
  'pix.read',
  'webhook.write',
  'webhook.read',
  'payloadlocation.write',
  'payloadlocation.read',
] as const;
export type Scope = (typeof scopes)[number];

interface OAuthAnswer {
  readonly status: number;
  readonly body: object;
}

/** `POST /oauth/token`: client credentials (RFC 6749), said in the header or in the body, as a form or as JSON; bound to the certificate of the call. */
export function tokenRoute(app: FastifyInstance, psp: Psp): void {
  app.post('/oauth/token', (request, reply) => {
    const { status, body } = answer(psp, request);
    if (status === 401) void reply.header('www-authenticate', 'Basic realm="oauth"');
    return reply.code(status).header('cache-control', 'no-store').send(body);
  });
}

function answer(psp: Psp, request: FastifyRequest): OAuthAnswer {
  const said = saidIn(request);
  const [id, secret] = credentialsOf(request) ?? [said['client_id'] ?? '', said['client_secret'] ?? ''];
  const account = psp.journal.get('account', id);
  if (!account || !isSame(secret, account.clientSecret)) return refused(401, 'invalid_client', 'Cliente desconhecido.');
  if (clientOf(request) !== account.id) return refused(401, 'invalid_client', 'O certificado pertence a outro cliente.');
  if (said['grant_type'] === undefined) return refused(400, 'invalid_request', 'Falta grant_type.');
  if (said['grant_type'] !== 'client_credentials') return refused(400, 'unsupported_grant_type', 'Somente client_credentials.');
  const wished = (said['scope'] ?? '').split(' ').filter((one) => one !== '');
  const granted = wished.length === 0 ? scopes : scopes.filter((one) => wished.includes(one));
  if (wished.some((one) => !scopes.some((known) => known === one))) return refused(400, 'invalid_scope', 'Escopo desconhecido.');
  const token = randomBytes(32).toString('base64url');
  const now = psp.now().getTime();
  psp.deed(({ tx }) => {
    for (const row of tx.list('token')) if (row.until <= now) tx.drop('token', row.token);
    tx.put('token', token, { token, account: account.id, scopes: granted, until: now + LIFE_SECONDS * 1000 });
  });
  return { status: 200, body: { access_token: token, token_type: 'Bearer', expires_in: LIFE_SECONDS, scope: granted.join(' ') } };
}

function saidIn({ body }: FastifyRequest): Record<string, string | undefined> {
  if (typeof body === 'string') return Object.fromEntries(new URLSearchParams(body));
  const entries = Object.entries((body ?? {}) as Record<string, unknown>);
  return Object.fromEntries(entries.map(([name, value]) => [name, typeof value === 'string' ? value : undefined]));
}

function credentialsOf({ headers }: FastifyRequest): [string, string] | undefined {
  const [, basic] = /^Basic (.+)$/i.exec(headers.authorization ?? '') ?? [];
  if (basic === undefined) return undefined;
  const [id = '', ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
  return [id, secret.join(':')];
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function refused(status: number, error: string, error_description: string): OAuthAnswer {
  return { status, body: { error, error_description } };
}
