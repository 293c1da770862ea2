import type { ClientLanguage } from '@holdfast/contract/client-language';
import {
  codeMessageKinds,
  type MessageChannel,
  type MessageKind,
  missingPlaceholder,
  unknownPlaceholders,
  userMessageKinds,
} from '@holdfast/contract/message-kinds';
import type { TemplateWish } from '@holdfast/contract/messages';
import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import { Problem } from '../kit/problem.ts';
import type { MessagesContext } from './context.ts';
import { lockSettings } from './lock-settings.ts';
import type { Template } from './write-message.ts';
import { wrongField } from './wrong-field.ts';

/**
 * The salon's own words for one kind, channel and language; null: ours again. Refuses with `changed_meanwhile`, and with `invalid_request` for a placeholder
 * that this kind does not have, or lacks.
 */
export async function writeTemplate(
  ctx: MessagesContext,
  who: Who,
  { scope }: Place,
  { kind, channel, language }: { kind: MessageKind; channel: MessageChannel; language: ClientLanguage },
  { own, was }: TemplateWish,
): Promise<void> {
  // they hold a way into the house: no words may lead it astray
  if ((userMessageKinds as readonly MessageKind[]).includes(kind)) throw wrongField('kind', 'The words for users are ours.');
  if (channel !== 'sms' && (codeMessageKinds as readonly MessageKind[]).includes(kind)) throw wrongField('channel', 'A code goes by SMS only.');
  const wish = own && { subject: channel === 'email' ? own.subject.trim() : '', body: own.body };
  if (wish) decideWords(kind, channel, wish);
  await ctx.db.transaction(async (tx) => {
    await lockSettings(tx, scope);
    const which = sql`chain_id = ${scope.chainId} and location_id = ${scope.locationId} and kind = ${kind} and channel = ${channel} and language = ${language}`;
    const { rows } = await sql<Template>`select subject, body from message_templates where ${which}`.execute(tx);
    const now = rows[0] ?? null;
    if (!isSame(now, was)) throw new Problem('changed_meanwhile', 409, 'Somebody else has changed these words meanwhile.');
    if (isSame(now, wish)) return;
    if (wish) {
      await sql`
        insert into message_templates (chain_id, location_id, kind, channel, language, subject, body)
        values (${scope.chainId}, ${scope.locationId}, ${kind}, ${channel}, ${language}, ${wish.subject}, ${wish.body})
        on conflict (chain_id, location_id, kind, channel, language) do update set subject = excluded.subject, body = excluded.body`.execute(tx);
    } else {
      await sql`delete from message_templates where ${which}`.execute(tx);
    }
    await noteAudit(tx, ctx, who, {
      action: 'message_template.changed',
      subject: { kind: 'message_template', id: `${kind}/${channel}/${language}` },
      locationId: scope.locationId,
      before: now ? { ...now } : { words: 'ours' },
      after: wish ? { ...wish } : { words: 'ours' },
    });
  });
}

function decideWords(kind: MessageKind, channel: MessageChannel, { subject, body }: Template): void {
  for (const [field, text] of [
    ['subject', subject],
    ['body', body],
  ] as const) {
    const unknown = unknownPlaceholders(kind, text);
    if (unknown.length > 0) throw wrongField(field, `There is no {${unknown.join('}, {')}} in this message.`, { unknown });
  }
  if (channel === 'email' && subject === '') throw wrongField('subject', 'An e-mail has a subject.');
  const missing = missingPlaceholder(kind, body);
  if (missing) throw wrongField('body', `Without {${missing}} nobody can do what this message asks for.`, { missing });
}

function isSame(one: Template | null, other: Template | null): boolean {
  return one?.subject === other?.subject && one?.body === other?.body;
}
