import type { MessageChannel } from '@holdfast/contract/message-kinds';
import type { Scope } from '../access/scope.ts';
import { readClientRecord } from '../clients/read-client.ts';
import type { Queryable } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { openChannels } from './channels.ts';

/** By which channels this client can be written to from here: set up, and with an address. */
export async function channelsToClient(q: Queryable, scope: Scope, clientId: string | null): Promise<MessageChannel[]> {
  const client = clientId === null ? undefined : await readClientRecord(q, scope.chainId, clientId);
  if (!client) return [];
  return (await openChannels(q, scope)).filter((channel) => (channel === 'sms' ? client.phone : client.email));
}

/** Refuses with `step_not_allowed` where the client cannot be written to so. */
export async function refuseUnlessReachable(q: Queryable, scope: Scope, clientId: string | null, channel: MessageChannel): Promise<void> {
  if ((await channelsToClient(q, scope, clientId)).includes(channel)) return;
  throw new Problem('step_not_allowed', 409, 'The client has no such address, or the channel is not set up.', { channel });
}
