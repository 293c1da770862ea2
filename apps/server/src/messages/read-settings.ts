import type { ClientLanguage } from '@holdfast/contract/client-language';
import {
  askedMessageKinds,
  codeMessageKinds,
  type MessageKind,
  messageChannels,
  messageKindNames,
  messageKinds,
  REMINDER_HOURS,
  userMessageKinds,
} from '@holdfast/contract/message-kinds';
import type { MessageLog, MessageSettings } from '@holdfast/contract/messages';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { channelRows } from './channels.ts';
import type { MessagesContext } from './context.ts';
import { ourTemplate } from './templates.ts';
import type { Template } from './write-message.ts';

/** Channels, which kinds go by which, and the words; no secret. */
export async function readMessageSettings(ctx: MessagesContext, scope: Scope): Promise<MessageSettings> {
  const { chainId, locationId } = scope;
  const rows = await channelRows(ctx.db.read, scope);
  const { rows: kinds } = await sql<{ kind: MessageKind; email: boolean; sms: boolean; hoursBefore: number | null }>`
    select kind, email, sms, hours_before "hoursBefore" from message_kinds where chain_id = ${chainId} and location_id = ${locationId}`.execute(
    ctx.db.read,
  );
  const { rows: own } = await sql<Template & { kind: string; channel: string; language: string }>`
    select kind, channel, language, subject, body from message_templates where chain_id = ${chainId} and location_id = ${locationId}`.execute(
    ctx.db.read,
  );
  const { rows: places } = await sql<{ languages: ClientLanguage[] }>`
    select languages from locations where chain_id = ${chainId} and location_id = ${locationId}`.execute(ctx.db.read);
  const languages = places[0]?.languages ?? [];
  const switchable = messageKindNames.filter((kind) => !is([...userMessageKinds, ...askedMessageKinds, ...codeMessageKinds], kind));
  return {
    channels: messageChannels.map((channel) => {
      const row = rows.find((one) => one.channel === channel);
      const { adapter, sender, hints, enabled, version } = row ?? {};
      return {
        channel,
        adapters: [
          ...(channel === 'email' ? (['smtp'] as const) : (['twilio', 'http'] as const)),
          ...(ctx.sandboxMessages ? (['sandbox'] as const) : []),
        ],
        setUp: adapter && sender !== undefined && version ? { adapter, sender, hints: { ...hints }, enabled: enabled === true, version } : null,
      };
    }),
    kinds: switchable.map((kind) => {
      const chosen = kinds.find((one) => one.kind === kind);
      const { email, sms } = chosen ?? messageKinds[kind];
      return { kind, email, sms, hoursBefore: kind === 'reminder' ? (chosen?.hoursBefore ?? REMINDER_HOURS) : null };
    }),
    templates: messageKindNames
      .filter((kind) => !is(userMessageKinds, kind))
      .flatMap((kind) =>
        (is(codeMessageKinds, kind) ? (['sms'] as const) : messageChannels).flatMap((channel) =>
          languages.map((language) => {
            const theirs = own.find((one) => one.kind === kind && one.channel === channel && one.language === language);
            const { subject, body } = theirs ?? ourTemplate(kind, channel, language);
            return { kind, channel, language, subject, body, own: theirs !== undefined };
          }),
        ),
      ),
    languages,
  };
}

/** What was said lately, newest first. Users' messages hold a way into the house: of them only that they were sent is shown. */
export async function readMessageLog(ctx: MessagesContext, { chainId, locationId }: Scope, contacts: boolean): Promise<MessageLog> {
  const { rows } = await sql<MessageLog['messages'][number] & { createdAt: Date; sentAt: Date | null; dueAt: Date | null; subjectKind: string }>`
    select message_id id, kind, channel, status, because, recipient, subject, body, created_at "createdAt", sent_at "sentAt", due_at "dueAt", subject_kind "subjectKind"
      from messages where chain_id = ${chainId} and location_id = ${locationId} and not (status = 'dropped' and because = 'no_longer_true') order by created_at desc, message_id desc limit 100`.execute(
    ctx.db.read,
  );
  return {
    messages: rows.map(({ subjectKind, createdAt, sentAt, dueAt, ...one }) => ({
      ...one,
      recipient: contacts ? one.recipient : null,
      body: subjectKind === 'user_token' || !contacts ? null : one.body,
      createdAt: (createdAt as Date).toISOString(),
      sentAt: (sentAt as Date | null)?.toISOString() ?? null,
      dueAt: (dueAt as Date | null)?.toISOString() ?? null,
    })),
  };
}

function is(kinds: readonly MessageKind[], kind: MessageKind): boolean {
  return kinds.includes(kind);
}
