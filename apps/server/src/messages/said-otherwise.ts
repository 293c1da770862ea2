import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import type { MessageRow } from './compose-message.ts';

/**
 * Somebody who was moved several times hears where they are now, once: not while a later message of this kind is about to say it, and not in the very words
 * that were said to them last.
 */
export async function isSaidOtherwise(
  q: Queryable,
  { scope: { chainId }, messageId, kind, channel, subjectId }: MessageRow,
  { to, body }: { to: string; body: string },
): Promise<boolean> {
  const { rows } = await sql<{ waiting: boolean; last: { to: string; body: string } | null }>`
    with others as (
      select m.message_id, m.created_at, m.status, m.sent_at, m.recipient, m.body from messages m
       where m.chain_id = ${chainId} and m.kind = ${kind} and m.channel = ${channel} and m.subject_kind = 'appointment' and m.subject_id = ${subjectId}
         and m.message_id <> ${messageId})
    select exists (select 1 from others o join messages me on me.chain_id = ${chainId} and me.message_id = ${messageId}
                    where o.status in ('waiting', 'sending') and (o.created_at, o.message_id) > (me.created_at, me.message_id)) waiting,
           (select jsonb_build_object('to', recipient, 'body', body) from others where status = 'sent' order by sent_at desc, message_id desc limit 1) last`.execute(
    q,
  );
  const [row] = rows;
  return row !== undefined && (row.waiting || (row.last?.to === to && row.last.body === body));
}
