import { createHash } from 'node:crypto';
import type { AccountKeys } from '../../sandbox-kit/sandbox.ts';
import type { Account } from './work.ts';

/** Keys as Viva's look: the API key has signs in it that only survive a careful Basic header. */
export function inventKeys(name: string): AccountKeys {
  const of = (kind: string) => createHash('sha256').update(`viva ${kind} ${name}`).digest('hex');
  const id = of('merchant');
  return {
    clientId: `${of('client').slice(0, 32)}.apps.vivapayments.com`,
    clientSecret: of('secret').slice(0, 30),
    merchantId: `${id.slice(0, 8)}-${id.slice(8, 12)}-4${id.slice(13, 16)}-9${id.slice(17, 20)}-${id.slice(20, 32)}`,
    apiKey: `${of('key').slice(0, 4)}:~%${of('key').slice(4, 8)}`,
    sourceCode: String(1000 + (Number.parseInt(of('source').slice(0, 6), 16) % 9000)),
    environment: 'demo',
  };
}

/**
 * A merchant by the keys of an owner's form. `returnUrl` is the payment source's address for success and for failure, unless `successUrl` and `failureUrl`
 * are among the keys; `allowRefunds: 'no'` there is one who has not ticked that.
 */
export function accountOf(keys: AccountKeys, webhookUrl?: string, returnUrl?: string): Account {
  const { merchantId = '', apiKey = '', clientId = '', clientSecret = '', sourceCode = '' } = keys;
  return {
    merchantId: merchantId.toLowerCase(),
    apiKey,
    clientId,
    clientSecret,
    sourceCode,
    webhookUrl,
    successUrl: keys['successUrl'] ?? returnUrl,
    failureUrl: keys['failureUrl'] ?? returnUrl,
    allowRefunds: keys['allowRefunds'] !== 'no',
  };
}
