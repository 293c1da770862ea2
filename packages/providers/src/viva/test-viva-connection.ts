import type { Credentials, Outcome, ProviderAccount } from '../payment-provider.ts';
import type { Viva } from './ask-viva.ts';
import { webhookKeyShape } from './wire.ts';

/** Both pairs of keys are tried, each by itself, so that the answer can say which one is wrong. */
export async function testVivaConnection(viva: Viva, credentials: Credentials): Promise<Outcome<ProviderAccount>> {
  const [client, merchant] = await Promise.all([viva.tryClient(credentials), readWebhookKey(viva, credentials)]);
  if (client.kind === 'unknown') return client;
  if (merchant.kind === 'unknown') return merchant;
  if (client.kind === 'declined' && merchant.kind === 'declined') {
    const wrong = [client, merchant].every(({ code }) => code === 'bad_credentials');
    return { kind: 'declined', code: wrong ? 'bad_credentials' : client.code, message: `${client.message} ${merchant.message}` };
  }
  if (client.kind === 'declined') return { ...client, message: `${client.message} The Merchant ID and API Key are right.` };
  if (merchant.kind === 'declined') return { ...merchant, message: `${merchant.message} The Client ID and Client Secret are right.` };
  const environment = credentials['environment'] === 'demo' ? 'demo' : 'live';
  const merchantId = (credentials['merchantId'] ?? '').toLowerCase();
  return {
    kind: 'done',
    value: { account: environment === 'demo' ? `${merchantId} (demo)` : merchantId, accountId: `${merchantId}/${environment}` },
  };
}

/** What Viva wants to hear at a webhook's address before it sends anything there. */
export function readWebhookKey(viva: Viva, credentials: Credentials): Promise<Outcome<{ readonly Key: string }>> {
  return viva.askOlder(credentials, { method: 'GET', path: '/api/messages/config/token' }, webhookKeyShape);
}
