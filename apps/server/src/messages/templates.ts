import type { MessageChannel, MessageKind } from '@holdfast/contract/message-kinds';
import arabic from '@holdfast/contract/texts/messages/ar.json' with { type: 'json' };
import english from '@holdfast/contract/texts/messages/en.json' with { type: 'json' };
import portuguese from '@holdfast/contract/texts/messages/pt.json' with { type: 'json' };
import ukrainian from '@holdfast/contract/texts/messages/uk.json' with { type: 'json' };
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import type { Template } from './write-message.ts';

type Texts = typeof english;
const ours: Readonly<Record<string, Texts>> = { en: english, uk: ukrainian, pt: portuguese, ar: arabic };

/** Our words for a kind; for a language we do not have, English. */
export function ourTemplate(kind: MessageKind, channel: MessageChannel, language: string): Template {
  const texts = textsIn(language);
  const word = (part: 'subject' | 'body') => texts[`${kind}.${channel}.${part}` as keyof Texts] ?? '';
  return { subject: channel === 'email' ? word('subject') : '', body: word('body') };
}

export function testTemplate(language: string): Template {
  const texts = textsIn(language);
  return { subject: texts['test.subject'], body: texts['test.body'] };
}

/** What a membership is like, in the words of its messages. */
export const membershipWords = (language: string): Texts => textsIn(language);

function textsIn(language: string): Texts {
  return (Object.hasOwn(ours, language) ? ours[language] : undefined) ?? english;
}

/** The salon's own words where they have some, else ours. */
export async function templateOf(
  q: Queryable,
  { chainId, locationId }: Scope,
  kind: MessageKind,
  channel: MessageChannel,
  language: string,
): Promise<Template> {
  const { rows } = await sql<Template>`
    select subject, body from message_templates
     where chain_id = ${chainId} and location_id = ${locationId} and kind = ${kind} and channel = ${channel} and language = ${language}`.execute(q);
  return rows[0] ?? ourTemplate(kind, channel, language);
}
