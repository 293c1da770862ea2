import type { MessageKind } from '@holdfast/contract/message-kinds';
import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { OutboxEvent, OutboxHandler } from '../kit/outbox.ts';
import type { MessagesContext } from './context.ts';
import { planMessage } from './plan-messages.ts';

/** What is said to those who wait. Whose promise is kept at once hears that it was, and of the offer only where it could not be. */
export function waitingMessages(ctx: () => MessagesContext): Readonly<Record<string, OutboxHandler>> {
  const say =
    (kind: MessageKind, wanted: (event: OutboxEvent) => boolean = () => true): OutboxHandler =>
    async (_deps, event) => {
      if (wanted(event)) await plan(ctx(), event, kind);
    };
  return {
    'waiting.joined': say('waiting_joined'),
    'waiting.offered': say('waiting_offered', ({ payload }) => payload['promise'] === 'pay'),
    'waiting.promise_failed': say('waiting_offered'),
    'waiting.taken': say('waiting_taken', ({ payload }) => payload['promise'] !== 'pay'),
    'waiting.lapsed': say('waiting_lapsed'),
    'waiting.moved': say('waiting_moved'),
    'waiting.over': say('waiting_over'),
  };
}

async function plan(ctx: MessagesContext, event: OutboxEvent, kind: MessageKind): Promise<void> {
  // at night nobody is woken by an offer that stands in the morning; one that does not is said at once
  const { rows } = await sql<{ locationId: string; awakeAt: Date; until: Date | null }>`
    select w.location_id "locationId", w.offered_until until, offer_deadline(${event.toldAt}, l.time_zone, 0, ${event.toldAt}::timestamptz + interval '1 day') "awakeAt"
      from waiting_entries w join locations l on l.chain_id = w.chain_id and l.location_id = w.location_id
     where w.chain_id = ${event.chainId} and w.entry_id = ${event.subjectId}`.execute(ctx.db.read);
  const [row] = rows;
  if (!row) return;
  const waits = kind === 'waiting_offered' && row.until !== null && row.awakeAt < row.until;
  await planMessage(ctx, {
    scope: mintScope(event.chainId, row.locationId),
    kind,
    cause: event.id,
    subject: { kind: 'waiting', id: event.subjectId },
    clientId: null,
    dueAt: waits ? row.awakeAt : event.toldAt,
  });
}
