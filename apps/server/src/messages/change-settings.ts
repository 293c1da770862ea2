import { type MessageChannel, type MessageKind, unknownPlaceholders } from '@holdfast/contract/message-kinds';
import type { ChannelWish } from '@holdfast/contract/messages';
import type { Language } from '@holdfast/contract/session';
import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import { Problem } from '../kit/problem.ts';
import { type ChannelSettings, channelRows, openSettings, sealSettings } from './channels.ts';
import type { MessagesContext } from './context.ts';

const secrets = { smtp: 'password', twilio: 'authToken', http: 'token' } as const;

/** Sets a channel up. A secret that is left out stays, for the same adapter. Refuses with `changed_meanwhile`, `invalid_request`, `not_in_demo`'s counterpart for sandboxes. */
export async function setUpChannel(ctx: MessagesContext, who: Who, { scope }: Place, channel: MessageChannel, wish: ChannelWish): Promise<void> {
  const { through, sender, enabled, version } = wish;
  if (through.adapter === 'sandbox' && !ctx.sandboxMessages) throw wrong('adapter', 'Sandboxes are for the demo only.');
  if (through.adapter !== 'sandbox' && (channel === 'email') !== (through.adapter === 'smtp'))
    throw wrong('adapter', 'This channel does not go through this.');
  if (/[\r\n]/.test(sender)) throw wrong('sender', 'A sender is one line.');
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

function withSecret(through: ChannelWish['through'], kept: ChannelSettings | undefined): ChannelSettings {
  switch (through.adapter) {
    case 'smtp':
      return { ...through, password: through.password ?? (kept?.adapter === 'smtp' ? kept.password : '') };
    case 'twilio': {
      const authToken = through.authToken ?? (kept?.adapter === 'twilio' ? kept.authToken : undefined);
      if (!authToken) throw wrong('authToken', 'The auth token is missing.');
      return { ...through, authToken };
    }
    case 'http':
      return { ...through, token: through.token ?? (kept?.adapter === 'http' ? kept.token : '') };
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

/** By which channels a kind goes, and how long before the visit a reminder does. */
export async function switchKind(
  ctx: MessagesContext,
  who: Who,
  { scope }: Place,
  kind: MessageKind,
  wish: { email: boolean; sms: boolean; hoursBefore: number | null },
): Promise<void> {
  if ((wish.hoursBefore !== null) !== (kind === 'reminder')) throw wrong('hoursBefore', 'Only a reminder goes some hours before.');
  await ctx.db.transaction(async (tx) => {
    await sql`
      insert into message_kinds (chain_id, location_id, kind, email, sms, hours_before)
      values (${scope.chainId}, ${scope.locationId}, ${kind}, ${wish.email}, ${wish.sms}, ${wish.hoursBefore})
      on conflict (chain_id, location_id, kind) do update set email = excluded.email, sms = excluded.sms, hours_before = excluded.hours_before`.execute(
      tx,
    );
    await noteAudit(tx, ctx, who, {
      action: 'message_kind.changed',
      subject: { kind: 'message_kind', id: kind },
      locationId: scope.locationId,
      after: wish,
    });
  });
}

/** The salon's own words for one kind, channel and language; null: ours again. Refuses with `invalid_request`, naming a placeholder that this kind does not have. */
export async function writeTemplate(
  ctx: MessagesContext,
  who: Who,
  { scope }: Place,
  { kind, channel, language }: { kind: MessageKind; channel: MessageChannel; language: Language },
  own: { subject: string; body: string } | null,
): Promise<void> {
  const unknown = own ? unknownPlaceholders(kind, `${own.subject}\n${own.body}`) : [];
  if (unknown.length > 0) throw wrong('body', `There is no {${unknown.join('}, {')}} in this message.`, { unknown });
  if (own && channel === 'email' && own.subject.trim() === '') throw wrong('subject', 'An e-mail has a subject.');
  await ctx.db.transaction(async (tx) => {
    if (own) {
      await sql`
        insert into message_templates (chain_id, location_id, kind, channel, language, subject, body)
        values (${scope.chainId}, ${scope.locationId}, ${kind}, ${channel}, ${language}, ${channel === 'email' ? own.subject : ''}, ${own.body})
        on conflict (chain_id, location_id, kind, channel, language) do update set subject = excluded.subject, body = excluded.body`.execute(tx);
    } else {
      await sql`
        delete from message_templates where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and kind = ${kind} and channel = ${channel}
           and language = ${language}`.execute(tx);
    }
    await noteAudit(tx, ctx, who, {
      action: 'message_template.changed',
      subject: { kind: 'message_template', id: `${kind}/${channel}/${language}` },
      locationId: scope.locationId,
      after: { words: own ? 'own' : 'ours' },
    });
  });
}

function wrong(field: string, message: string, more: object = {}): Problem {
  return new Problem('invalid_request', 422, message, { fields: [{ field, message }], ...more });
}
