import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import type { Who } from './who.ts';

/** Who did it, as far as the audit log is concerned. `userId` null: nobody was signed in (a reset by message). */
export type Actor = Pick<Who, 'chainId' | 'name' | 'address' | 'requestId'> & { readonly userId: string | null };

export interface Audited {
  /** `service.changed`, `role.created`: noun, then what happened to it. */
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly locationId?: string;
  /** What it was and what it is: only the fields that differ, and never a secret. */
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

/** Writes down who changed what, when, from where; in the transaction of the change itself. */
export async function noteAudit(q: Queryable, { newId, now }: Pick<Deps, 'newId' | 'now'>, who: Actor, audited: Audited): Promise<void> {
  const { action, subject, locationId, before, after } = audited;
  await sql`
    insert into audit_log (chain_id, audit_id, location_id, at, user_id, user_name, address, request_id, action, subject_kind, subject_id, before, after)
    values (${who.chainId}, ${newId('aud')}, ${locationId ?? null}, ${now()}, ${who.userId}, ${who.name}, ${who.address}, ${who.requestId}, ${action},
            ${subject.kind}, ${subject.id}, ${before ? json(before) : null}::jsonb, ${after ? json(after) : null}::jsonb)`.execute(q);
}

/** Only what differs, for `before` and `after`: `differences(old, new)`. */
export function differences<T extends object>(before: T, after: T): { before: Partial<T>; after: Partial<T> } {
  const keys = (Object.keys(after) as (keyof T)[]).filter((key) => json(before[key]) !== json(after[key]));
  const of = (side: T) => Object.fromEntries(keys.map((key) => [key, side[key]])) as Partial<T>;
  return { before: of(before), after: of(after) };
}

function json(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, one: unknown) => (typeof one === 'bigint' ? one.toString() : one));
}
