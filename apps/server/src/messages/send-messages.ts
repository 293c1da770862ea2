import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import { someAtOnce } from '../kit/some-at-once.ts';
import type { Carried } from './adapters/adapter.ts';
import { carrierOf, channelRows, openSettings } from './channels.ts';
import { type Composed, composeMessage, type MessageRow } from './compose-message.ts';
import type { MessagesContext } from './context.ts';

const AT_ONCE = 4;
/** Nobody needs longer for one message; after that its process is taken for dead. */
const LEASE_MS = 2 * 60_000;
const FIRST_WAIT_MS = 30_000;
const MOST_TRIES = 8;

/**
 * Sends what has become due. Each once: a message is taken before its carrier is called, and one whose process died on the way is sent again only by
 * e-mail, under the same message id; an SMS stays `unclear`, because a second one would cost money and wake people. Safe in any number of processes.
 * Answers how many it took.
 */
export async function sendMessages(ctx: MessagesContext, { limit }: { limit: number }): Promise<number> {
  const at = ctx.now();
  await sql`
    update messages set status = 'unclear', because = 'the program ended while it was being sent', due_at = null
     where status = 'sending' and due_at <= ${at} and channel = 'sms'`.execute(ctx.db.read);
  const { rows } = await sql<TakenRow>`
    with due as materialized (select chain_id, message_id from messages where due_at <= ${at} order by due_at limit ${limit} for update skip locked)
    update messages m set status = 'sending', due_at = ${new Date(at.getTime() + LEASE_MS)}, tries = m.tries + 1
      from due where m.chain_id = due.chain_id and m.message_id = due.message_id
    returning m.chain_id "chainId", m.location_id "locationId", m.message_id "messageId", m.kind, m.channel, m.subject_kind "subjectKind", m.subject_id "subjectId",
              m.client_id "clientId", m.cause, m.tries`.execute(ctx.db.read);
  await someAtOnce(rows, AT_ONCE, async (row) => {
    try {
      await sendOne(ctx, row);
    } catch (error) {
      ctx.log.error({ err: error, message: row.messageId }, 'a message could not be written; it is tried again');
      await decide(ctx, row, undefined, { kind: 'later', why: 'a fault of ours' });
    }
  });
  return rows.length;
}

type TakenRow = Omit<MessageRow, 'scope'> & { readonly chainId: string; readonly locationId: string; readonly tries: number };

async function sendOne(ctx: MessagesContext, row: TakenRow): Promise<void> {
  const scope = mintScope(row.chainId, row.locationId);
  const channel = (await channelRows(ctx.db.read, scope)).find((one) => one.channel === row.channel && one.enabled);
  if (!channel) return drop(ctx, row, 'channel_off');
  const composed = await composeMessage(ctx, { ...row, scope });
  if (composed.kind === 'drop') return drop(ctx, row, composed.because);
  const carry = carrierOf(ctx, openSettings(ctx, scope, channel));
  const { to, subject, body } = composed;
  await decide(ctx, row, composed, await carry({ id: row.messageId, from: channel.sender, to, subject, body }));
}

async function drop(ctx: MessagesContext, { chainId, messageId }: TakenRow, because: string): Promise<void> {
  await sql`
    update messages set status = 'dropped', because = ${because}, due_at = null where chain_id = ${chainId} and message_id = ${messageId}`.execute(
    ctx.db.read,
  );
}

/** Writes down what became of it; what was said stays beside it, as it was said. */
async function decide(ctx: MessagesContext, row: TakenRow, composed: (Composed & { kind: 'ready' }) | undefined, carried: Carried): Promise<void> {
  const at = ctx.now();
  const again = carried.kind === 'later' || (carried.kind === 'unclear' && row.channel === 'email');
  const status = carried.kind === 'sent' ? 'sent' : again && row.tries < MOST_TRIES ? 'waiting' : carried.kind === 'unclear' ? 'unclear' : 'failed';
  const dueAt = status === 'waiting' ? new Date(at.getTime() + FIRST_WAIT_MS * 2 ** (row.tries - 1)) : null;
  if (carried.kind !== 'sent')
    ctx.log.warn({ message: row.messageId, kind: row.kind, channel: row.channel, outcome: carried.kind }, 'a message was not sent');
  const kept = composed?.kept ?? composed;
  await sql`
    update messages set status = ${status}, due_at = ${dueAt}, because = ${carried.kind === 'sent' ? '' : carried.why},
           sent_at = ${carried.kind === 'sent' ? at : null}, provider_id = ${carried.kind === 'sent' ? carried.providerId : null},
           recipient = ${kept?.to ?? null}, language = ${composed?.language ?? null}, subject = ${composed?.subject ?? null}, body = ${kept?.body ?? null}
     where chain_id = ${row.chainId} and message_id = ${row.messageId}`.execute(ctx.db.read);
}
