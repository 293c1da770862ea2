import type { MessageChannel } from '@holdfast/contract/message-kinds';
import type { ChannelWish } from '@holdfast/contract/messages';
import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import { Problem } from '../kit/problem.ts';
import { type ChannelSettings, channelRows, openSettings, sealSettings } from './channels.ts';
import type { MessagesContext } from './context.ts';
import { senderTrouble } from './sender-trouble.ts';
import { wrongField as wrong } from './wrong-field.ts';

const secrets = { smtp: 'password', twilio: 'authToken', http: 'token' } as const;

/** Sets a channel up. A secret that is left out stays, for the same server and account. Refuses with `changed_meanwhile`, `invalid_request`. */
export async function setUpChannel(ctx: MessagesContext, who: Who, { scope }: Place, channel: MessageChannel, wish: ChannelWish): Promise<void> {
  const { through, sender, enabled, version } = wish;
  if (through.adapter === 'sandbox' && !ctx.sandboxMessages) throw wrong('adapter', 'Sandboxes are for the demo only.');
  if (through.adapter !== 'sandbox' && (channel === 'email') !== (through.adapter === 'smtp'))
    throw wrong('adapter', 'This channel does not go through this.');
  const trouble = senderTrouble(channel, through.adapter, sender);
  if (trouble) throw wrong('sender', trouble);
  await ctx.db.transaction(async (tx) => {
    const rows = await channelRows(tx, scope);
    const before = rows.find((one) => one.channel === channel);
    if ((before?.version ?? null) !== version) throw new Problem('changed_meanwhile', 409, 'Somebody else has changed this channel meanwhile.');
    const kept = before && before.adapter === through.adapter ? openSettings(ctx, scope, before) : undefined;
    const settings = withSecret(through, kept);
    const sealed = sealSettings(ctx, scope, channel, settings);
    const hints = hintsOf(settings);
    const { rows: written } = await sql`
      insert into message_channels (chain_id, location_id, channel, adapter, sender, settings, hints, enabled)
      values (${scope.chainId}, ${scope.locationId}, ${channel}, ${through.adapter}, ${sender}, ${sealed}, ${JSON.stringify(hints)}::jsonb, ${enabled})
      on conflict (chain_id, location_id, channel) do update set adapter = excluded.adapter, sender = excluded.sender, settings = excluded.settings,
        hints = excluded.hints, enabled = excluded.enabled, version = message_channels.version + 1
      where message_channels.version = ${version ?? 0} returning 1`.execute(tx);
    if (written.length === 0) throw new Problem('changed_meanwhile', 409, 'Somebody else has changed this channel meanwhile.');
    await noteAudit(tx, ctx, who, {
      action: 'message_channel.changed',
      subject: { kind: 'message_channel', id: channel },
      locationId: scope.locationId,
      ...(before ? { before: { adapter: before.adapter, sender: before.sender, enabled: before.enabled } } : {}),
      after: {
        adapter: through.adapter,
        sender,
        enabled,
        ...('password' in through || 'authToken' in through || 'token' in through ? { secret: 'changed' } : {}),
      },
    });
  });
}

/**
 * A secret that was not typed again is the one that is kept, but only for where it went before: else whoever may edit messages could have it sent to a
 * server of their own and read it there.
 */
function withSecret(through: ChannelWish['through'], kept: ChannelSettings | undefined): ChannelSettings {
  switch (through.adapter) {
    case 'smtp': {
      const before = kept?.adapter === 'smtp' && kept.password !== '' ? kept : undefined;
      const same = before && (['host', 'port', 'security', 'user'] as const).every((field) => before[field] === through[field]);
      if (before && !same && through.password === undefined && through.user !== '') throw wrong('password', 'It goes elsewhere now: type it again.');
      return { ...through, password: through.password ?? (same ? before.password : '') };
    }
    case 'twilio': {
      const authToken = through.authToken ?? (kept?.adapter === 'twilio' && kept.accountSid === through.accountSid ? kept.authToken : '');
      if (!authToken) throw wrong('authToken', 'The auth token is missing.');
      return { ...through, authToken };
    }
    case 'http': {
      const before = kept?.adapter === 'http' && kept.token !== '' ? kept : undefined;
      const same = before && new URL(before.url).origin === new URL(through.url).origin;
      if (before && !same && through.token === undefined) throw wrong('token', 'It goes elsewhere now: type it again.');
      return { ...through, token: through.token ?? (same ? before.token : '') };
    }
    case 'sandbox':
      return through;
  }
}

/** What people may see: everything but the secret, and of that its last four characters where it is long enough to keep the rest. */
function hintsOf(settings: ChannelSettings): Record<string, string> {
  const secret = settings.adapter === 'sandbox' ? undefined : secrets[settings.adapter];
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) => {
      if (name === 'adapter') return [];
      if (name !== secret) return [[name, String(value)]];
      return [[name, String(value).length >= 12 ? String(value).slice(-4) : '']];
    }),
  );
}
