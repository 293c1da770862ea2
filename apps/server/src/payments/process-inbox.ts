import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { someAtOnce } from '../kit/some-at-once.ts';
import type { PaymentsContext } from './context.ts';
import { lookAtPayment } from './look-at-payment.ts';
import { openAttention } from './open-attention.ts';
import { referenceAtProvider } from './reference-at-provider.ts';
import { attemptOfReference } from './references.ts';
import { attemptOfEvent, connectionById } from './store.ts';

export interface InboxKey {
  readonly chainId: string;
  readonly connectionId: string;
  readonly eventId: string;
}

interface InboxRow extends InboxKey {
  readonly eventType: string;
  readonly reference: string | undefined;
  readonly providerPaymentId: string | undefined;
  readonly receivedAt: Date;
  readonly tries: number;
}

interface StoredInbox {
  chain_id: string;
  connection_id: string;
  event_id: string;
  event_type: string;
  reference: string | null;
  provider_payment_id: string | null;
  received_at: Date;
  tries: number;
}

const SECOND = 1000;
const DAY_MS = 24 * 3600 * SECOND;
/** How long whoever took an event has it for itself. */
export const LEASE_MS = 60 * SECOND;
/** How many payments the provider is asked about at the same time: a slow answer must not hold up the others'. */
export const ASKED_AT_ONCE = 8;

/** Waits between tries of one event: 10 s, 20 s, 40 s … one hour; a day once it is older than a day. */
export function nextTry({ receivedAt, tries }: { receivedAt: Date; tries: number }, now: Date): Date {
  if (now.getTime() - receivedAt.getTime() >= DAY_MS) return new Date(now.getTime() + DAY_MS);
  return new Date(now.getTime() + Math.min(10 * SECOND * 2 ** Math.min(tries, 20), 3600 * SECOND));
}

/** Processes one event if it is still waiting and nobody else has it. */
export async function processInboxRow(ctx: PaymentsContext, key: InboxKey): Promise<void> {
  const at = ctx.now();
  const { rows } = await sql<StoredInbox>`
    update webhook_inbox set try_at = ${new Date(at.getTime() + LEASE_MS)}, tries = tries + 1
     where chain_id = ${key.chainId} and connection_id = ${key.connectionId} and event_id = ${key.eventId} and try_at <= ${at}
    returning chain_id, connection_id, event_id, event_type, reference, provider_payment_id, received_at, tries`.execute(ctx.db.read);
  if (rows[0]) await processTaken(ctx, rowOf(rows[0]));
}

/** Processes what has waited long enough, oldest first. Answers how many events it took. */
export async function processInbox(ctx: PaymentsContext, { limit }: { limit: number }): Promise<number> {
  const at = ctx.now();
  const { rows } = await sql<StoredInbox>`
    with due as (
      select chain_id, connection_id, event_id from webhook_inbox where try_at <= ${at} order by try_at limit ${limit} for update skip locked
    ) update webhook_inbox i set try_at = ${new Date(at.getTime() + LEASE_MS)}, tries = i.tries + 1 from due
       where i.chain_id = due.chain_id and i.connection_id = due.connection_id and i.event_id = due.event_id
      returning i.chain_id, i.connection_id, i.event_id, i.event_type, i.reference, i.provider_payment_id, i.received_at, i.tries`.execute(
    ctx.db.read,
  );
  await someAtOnce(rows, ASKED_AT_ONCE, (row) => processTaken(ctx, rowOf(row)));
  return rows.length;
}

/** Works off anew what is parked under this reference (or event). Answers how many messages nobody knows what to do with still. */
export async function lookAtParked(ctx: PaymentsContext, chainId: string, reference: string): Promise<number> {
  const { rows } = await sql<StoredInbox>`
    update webhook_inbox set try_at = ${new Date(ctx.now().getTime() + LEASE_MS)}, tries = tries + 1
     where chain_id = ${chainId} and status = 'parked' and (reference = ${reference} or event_id = ${reference})
    returning chain_id, connection_id, event_id, event_type, reference, provider_payment_id, received_at, tries`.execute(ctx.db.read);
  for (const row of rows) await processTaken(ctx, rowOf(row));
  const left = await sql`
    select 1 from webhook_inbox where chain_id = ${chainId} and status in ('parked', 'new') and (reference = ${reference} or event_id = ${reference})`.execute(
    ctx.db.read,
  );
  return left.rows.length;
}

async function processTaken(ctx: PaymentsContext, row: InboxRow): Promise<void> {
  try {
    await processEvent(ctx, row);
  } catch (error) {
    ctx.log.error({ err: error, event: row.eventId }, 'an event could not be processed; it is tried again');
    await wait(ctx, row, 'new', 'a fault of ours');
  }
}

async function processEvent(ctx: PaymentsContext, row: InboxRow): Promise<void> {
  const attempt = await attemptOfEvent(ctx.db.read, row);
  if (attempt) {
    const look = await lookAtPayment(ctx, attempt, 'webhook');
    if (look.kind === 'settled') await finish(ctx.db.read, row, 'done', ctx.now());
    else await wait(ctx, row, 'new', look.message);
  } else if (row.reference === undefined && row.providerPaymentId !== undefined) {
    await processUnnamed(ctx, { ...row, providerPaymentId: row.providerPaymentId });
  } else if (attemptOfReference(ctx.mark, row.reference) === undefined) {
    // another sale of this merchant
    await finish(ctx.db.read, row, 'not_ours', ctx.now());
  } else {
    await wait(ctx, row, 'parked', 'carries our mark, and nobody knows it');
    if (ctx.now().getTime() - row.receivedAt.getTime() >= DAY_MS) await showUnknown(ctx, row);
  }
}

/** It names a payment by the provider's id only, and that id is in no book of ours. */
async function processUnnamed(ctx: PaymentsContext, row: InboxRow & { providerPaymentId: string }): Promise<void> {
  const asked = await referenceAtProvider(ctx, row);
  if (asked.kind === 'trouble') return wait(ctx, row, 'new', asked.message);
  if (attemptOfReference(ctx.mark, asked.reference) === undefined) return finish(ctx.db.read, row, 'not_ours', ctx.now());
  await sql`
    update webhook_inbox set reference = ${asked.reference}
     where chain_id = ${row.chainId} and connection_id = ${row.connectionId} and event_id = ${row.eventId}`.execute(ctx.db.read);
  return processEvent(ctx, { ...row, reference: asked.reference });
}

async function finish(q: Queryable, { chainId, connectionId, eventId }: InboxKey, status: 'done' | 'not_ours', at: Date): Promise<void> {
  await sql`
    update webhook_inbox set status = ${status}, try_at = null, done_at = ${at}, last_error = null
     where chain_id = ${chainId} and connection_id = ${connectionId} and event_id = ${eventId}`.execute(q);
}

async function wait(ctx: PaymentsContext, row: InboxRow, status: 'new' | 'parked', why: string): Promise<void> {
  await sql`
    update webhook_inbox set status = ${status}, try_at = ${nextTry(row, ctx.now())}, last_error = ${why}
     where chain_id = ${row.chainId} and connection_id = ${row.connectionId} and event_id = ${row.eventId} and try_at is not null`.execute(
    ctx.db.read,
  );
}

async function showUnknown(ctx: PaymentsContext, row: InboxRow): Promise<void> {
  const connection = await connectionById(ctx.db.read, row.chainId, row.connectionId);
  if (!connection) return;
  const subject = { kind: 'payment_reference', id: row.reference ?? row.eventId };
  await ctx.db.transaction((tx) =>
    openAttention(tx, ctx, mintScope(row.chainId, connection.locationId), ctx.now(), {
      kind: 'unknown_payment',
      subject,
      detail: { eventId: row.eventId, providerPaymentId: row.providerPaymentId ?? null },
    }),
  );
}

function rowOf(row: StoredInbox): InboxRow {
  return {
    chainId: row.chain_id,
    connectionId: row.connection_id,
    eventId: row.event_id,
    eventType: row.event_type,
    reference: row.reference ?? undefined,
    providerPaymentId: row.provider_payment_id ?? undefined,
    receivedAt: row.received_at,
    tries: row.tries,
  };
}
