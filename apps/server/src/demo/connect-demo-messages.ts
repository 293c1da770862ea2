import { messageChannels } from '@holdfast/contract/message-kinds';
import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import { sealSettings } from '../messages/channels.ts';
import type { MessagesContext } from '../messages/context.ts';
import { demoChain, locationId } from './demo-location.ts';
import { demoLocations } from './seed-demo.ts';

/** SMS and e-mail of the demo go into its inbox page. Once: a channel that was changed or switched off stays so. */
export async function connectDemoMessages(ctx: MessagesContext): Promise<void> {
  for (const location of demoLocations) {
    const scope = mintScope(demoChain.chainId, locationId(location));
    for (const channel of messageChannels) {
      const settings = sealSettings(ctx, scope, channel, { adapter: 'sandbox' });
      await sql`
        insert into message_channels (chain_id, location_id, channel, adapter, sender, settings, hints, enabled)
        values (${scope.chainId}, ${scope.locationId}, ${channel}, 'sandbox', ${demoChain.name}, ${settings}, '{}', true)
        on conflict (chain_id, location_id, channel) do nothing`.execute(ctx.db.read);
    }
  }
}
