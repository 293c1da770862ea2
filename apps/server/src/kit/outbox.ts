import { sql } from 'kysely';
import type { Tx } from './database.ts';
import type { Deps } from './deps.ts';

/** What was told: a fact that others may act on after the commit. */
export interface OutboxEvent {
  readonly chainId: string;
  /** The same at every delivery: a handler that must act once goes by it. */
  readonly id: string;
  readonly topic: string;
  readonly subjectId: string;
  readonly payload: Record<string, unknown>;
  readonly toldAt: Date;
}

/** Runs outside any transaction. What it throws is tried again later, so it must be harmless to run twice. */
export type OutboxHandler = (deps: Deps, event: OutboxEvent) => Promise<void>;

const LEASE_SECONDS = 60;
const FIRST_WAIT_SECONDS = 5;
const LONGEST_WAIT_SECONDS = 3600;

/** Writes down, inside the transaction that makes it true, what is to be told afterwards. */
export async function tell(
  tx: Tx,
  chainId: string,
  event: { id: string; topic: string; subjectId: string; payload?: Record<string, unknown>; at: Date },
): Promise<void> {
  await sql`insert into outbox (chain_id, outbox_id, topic, subject_id, payload, told_at, due_at)
    values (${chainId}, ${event.id}, ${event.topic}, ${event.subjectId}, ${JSON.stringify(event.payload ?? {})}, ${event.at}, ${event.at})`.execute(
    tx,
  );
}

/**
 * Hands due events to the handlers of their topics; answers how many it took. At least once: an event is leased for a minute, and comes again
 * if the process died meanwhile. Several processes share the work. A handler that fails is tried again after 5 s, 10 s, 20 s … at most an hour,
 * without end: what was told stays to be done. Topics without a handler are done at once.
 */
export async function deliverOutbox(deps: Deps, handlers: Readonly<Record<string, OutboxHandler>>, { limit }: { limit: number }): Promise<number> {
  const leased = await leaseDue(deps, limit);
  const nobodys = leased.filter((event) => !Object.hasOwn(handlers, event.topic));
  await markDone(deps, nobodys);
  for (const event of leased) {
    const handler = Object.hasOwn(handlers, event.topic) ? handlers[event.topic] : undefined;
    if (handler) await deliverOne(deps, handler, event);
  }
  return leased.length;
}

interface Leased extends OutboxEvent {
  readonly leasedUntil: Date;
}

async function leaseDue(deps: Deps, limit: number): Promise<readonly Leased[]> {
  const at = deps.now();
  const leasedUntil = seconds(at, LEASE_SECONDS);
  const rows = await deps.db.transaction(async (tx) => {
    const answer = await sql<{
      chain_id: string;
      outbox_id: string;
      topic: string;
      subject_id: string;
      payload: Record<string, unknown>;
      told_at: Date;
    }>`
      with due as materialized (
        select chain_id, outbox_id from outbox where due_at <= ${at} order by due_at, outbox_id limit ${limit} for update skip locked)
      update outbox o set due_at = ${leasedUntil}, tries = o.tries + 1
        from due where o.chain_id = due.chain_id and o.outbox_id = due.outbox_id
      returning o.chain_id, o.outbox_id, o.topic, o.subject_id, o.payload, o.told_at`.execute(tx);
    return answer.rows;
  });
  return rows
    .map((row) => ({
      chainId: row.chain_id,
      id: row.outbox_id,
      topic: row.topic,
      subjectId: row.subject_id,
      payload: row.payload,
      toldAt: row.told_at,
      leasedUntil,
    }))
    .sort((a, b) => a.toldAt.getTime() - b.toldAt.getTime() || (a.id < b.id ? -1 : 1));
}

async function deliverOne(deps: Deps, handler: OutboxHandler, event: Leased): Promise<void> {
  // a slow handler before this one may have used up the lease; then somebody else has it
  if (deps.now() >= event.leasedUntil) return;
  try {
    await handler(deps, event);
  } catch (error) {
    deps.log.warn({ err: error, topic: event.topic, outboxId: event.id }, 'telling failed; it is tried again');
    await markFailed(deps, event, error);
    return;
  }
  await markDone(deps, [event]);
}

// Both leave a row alone that another process has leased since.

async function markDone(deps: Deps, events: readonly Leased[]): Promise<void> {
  const first = events[0];
  if (!first) return;
  await sql`update outbox o set due_at = null, last_error = null
    from unnest(${events.map((event) => event.chainId)}::text[], ${events.map((event) => event.id)}::text[]) e (chain_id, outbox_id)
    where o.chain_id = e.chain_id and o.outbox_id = e.outbox_id and o.due_at = ${first.leasedUntil}`.execute(deps.db.read);
}

async function markFailed(deps: Deps, event: Leased, error: unknown): Promise<void> {
  const at = deps.now();
  const reason = (error instanceof Error ? error.message : String(error)).slice(0, 500);
  await sql`update outbox
    set last_error = ${reason},
        due_at = ${at}::timestamptz + make_interval(secs => least(${LONGEST_WAIT_SECONDS}, ${FIRST_WAIT_SECONDS} * power(2, least(tries - 1, 20))))
    where chain_id = ${event.chainId} and outbox_id = ${event.id} and due_at = ${event.leasedUntil}`.execute(deps.db.read);
}

function seconds(at: Date, more: number): Date {
  return new Date(at.getTime() + more * 1000);
}
