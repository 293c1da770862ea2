import { randomBytes } from 'node:crypto';
import type { SandboxState } from './sandbox-state.ts';
import type { Account } from './work.ts';

const SCOPE = 'urn:viva:payments:core:api:redirectcheckout';
const LIFE_SECONDS = 3600;

export interface TokenAnswer {
  readonly status: number;
  readonly body: object;
}

/** `POST /connect/token`: client credentials for an hour's token. */
export function giveToken(state: SandboxState, header: string | undefined, form: URLSearchParams): TokenAnswer {
  const no = (error: string): TokenAnswer => ({ status: 400, body: { error } });
  const [clientId, clientSecret] = pairOf(header);
  const account = [...state.accounts.values()].find((one) => one.clientId === clientId && one.clientSecret === clientSecret);
  if (!account) return no('invalid_client');
  if (form.get('grant_type') !== 'client_credentials') return no('unsupported_grant_type');
  const scope = form.get('scope') ?? SCOPE;
  if (scope !== SCOPE) return no('invalid_scope');
  const now = state.now().getTime();
  const token = randomBytes(32).toString('hex').toUpperCase();
  state.journal.write((tx) => {
    for (const one of tx.list('token')) if (one.expiresAt <= now) tx.drop('token', one.token);
    tx.put('token', token, { token, merchantId: account.merchantId, expiresAt: now + LIFE_SECONDS * 1000 });
  });
  return { status: 200, body: { access_token: token, expires_in: LIFE_SECONDS, token_type: 'Bearer', scope } };
}

/** Whose token it is, as long as it lives. */
export function ownerOfToken(state: SandboxState, header: string | undefined): Account | undefined {
  const [, token = ''] = /^Bearer (\S+)$/i.exec(header ?? '') ?? [];
  const row = state.journal.get('token', token);
  return row && row.expiresAt > state.now().getTime() ? state.accounts.get(row.merchantId) : undefined;
}

/** The older API: merchant id and API key. */
export function ownerOfKey(state: SandboxState, header: string | undefined): Account | undefined {
  const [merchantId, apiKey] = pairOf(header);
  const account = state.accounts.get(merchantId.toLowerCase());
  return account && account.apiKey === apiKey ? account : undefined;
}

function pairOf(header: string | undefined): readonly [name: string, secret: string] {
  const [, encoded = ''] = /^Basic (\S+)$/i.exec(header ?? '') ?? [];
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon < 0 ? ['', ''] : [pair.slice(0, colon), pair.slice(colon + 1)];
}
