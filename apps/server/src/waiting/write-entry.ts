import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import type { WaitingContext } from './context.ts';

/** As many entries of one telephone as may wait at once, and as many as may join from one network in an hour. */
const LIMITS = { perPhone: 10, perAddress: 30 };

/** Who joins which line, decided: what `join_line` (db/migrations/0045) writes down. */
export interface Joining {
  readonly draftId: string;
  readonly line:
    | { readonly eventId: string }
    | {
        readonly day: string;
        readonly serviceIds: readonly string[];
        readonly staffId: string | null;
        readonly fromMinute: number | null;
        readonly toMinute: number | null;
      };
  readonly places: number;
  readonly contact: { readonly name: string; readonly phone: string; readonly email: string; readonly comment: string };
  readonly phone: string;
  readonly phoneConfirmation: string | undefined;
  readonly language: string;
  readonly linkId: string;
  readonly consent: object;
  readonly promise: { readonly by: string; readonly typeId?: string | null; readonly quoteId?: string };
  /** Undefined: staff. */
  readonly address: string | undefined;
  readonly by: { readonly id: string; readonly name: string } | null;
}

/** Answers the entry's id. Refuses with `already_there`, `too_many_requests`, `phone_not_confirmed`, `time_not_offered`. */
export async function writeEntry(
  ctx: WaitingContext,
  { chainId, locationId }: Scope,
  joining: Joining,
  q: Queryable = ctx.db.read,
): Promise<{ entryId: string; repeated: boolean }> {
  const { line, promise, address } = joining;
  const at = ctx.now();
  const statement = {
    chain: chainId,
    location: locationId,
    now: at.toISOString(),
    id: ctx.newId('wai'),
    draft: joining.draftId,
    ...('eventId' in line
      ? { event: line.eventId }
      : { day: line.day, services: line.serviceIds, staff: line.staffId, fromMinute: line.fromMinute, toMinute: line.toMinute }),
    places: joining.places,
    contact: joining.contact,
    phone: joining.phone,
    ...(joining.phoneConfirmation !== undefined && { phoneConfirmation: joining.phoneConfirmation }),
    language: joining.language,
    link: joining.linkId,
    consent: joining.consent,
    addressHash: ctx.hashAddress(address ?? ''),
    promise: promise.by,
    accountType: promise.typeId ?? null,
    quote: promise.quoteId ?? null,
    by: joining.by,
    ...(address !== undefined && { limits: LIMITS }),
  };
  try {
    const { rows } = await sql<{ answer: { outcome: 'made' | 'repeated'; entry: string } }>`
      select join_line(${JSON.stringify(statement)}::jsonb) answer`.execute(q);
    return { entryId: rows[0]?.answer.entry ?? '', repeated: rows[0]?.answer.outcome === 'repeated' };
  } catch (error) {
    throw refusalOf(error, at);
  }
}

function refusalOf(error: unknown, at: Date): unknown {
  if (!isSqlError(error)) return error;
  const { code, constraint, detail } = error as typeof error & { constraint?: string; detail?: string };
  switch (code) {
    case '23505':
      if (constraint !== 'waiting_once_event' && constraint !== 'waiting_once_day') return error;
      return new Problem('already_there', 409, 'This telephone is on the list already.', { field: 'client.phone' });
    case 'HF011': {
      const retryAfterSeconds = Math.max(1, Math.ceil((new Date(detail ?? at).getTime() - at.getTime()) / 1000));
      return new Problem('too_many_requests', 429, 'Too many have joined waiting lists from here.', { retryAfterSeconds });
    }
    case 'HF013':
      return new Problem('phone_not_confirmed', 409, 'The phone has to be confirmed first.', {});
    case 'HF017':
      return new Problem('time_not_offered', 422, 'It can no longer be booked.', { line: 0, reason: 'past' });
    default:
      return error;
  }
}
