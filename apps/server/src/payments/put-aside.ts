import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { type AttentionKind, openAttention } from './open-attention.ts';

const LONGEST_WAIT_MINUTES = 24 * 60;
/** What fails once may be a passing trouble; what fails again is told. */
const TOLD_FROM = 2;

/** When something that has failed so often is tried again: after 1, 2, 4 … minutes, at most a day. */
export function triedAgainAt(at: Date, tries: number): Date {
  return new Date(at.getTime() + Math.min(2 ** Math.min(tries - 1, 20), LONGEST_WAIT_MINUTES) * 60_000);
}

type Aside = Extract<AttentionKind, 'receipt_not_issued' | 'income_not_posted'>;

/** Says to people that something the house does by itself does not go; once, while it lasts. */
export async function tellAside(
  tx: Tx,
  deps: Pick<Deps, 'newId'>,
  scope: Scope,
  { kind, subject, tries, error, at }: { kind: Aside; subject: { kind: string; id: string }; tries: number; error: unknown; at: Date },
): Promise<void> {
  if (tries < TOLD_FROM) return;
  const message = (error instanceof Error ? error.message : String(error)).slice(0, 300);
  await openAttention(tx, deps, scope, at, { kind, subject, detail: { message } });
}

/** It went after all. */
export async function noLongerAside(tx: Tx, { chainId }: Scope, kind: Aside, subjectId: string, at: Date): Promise<void> {
  await sql`
    update attention set resolved_at = ${at}, resolution = 'done_after_all'
     where chain_id = ${chainId} and kind = ${kind} and subject_id = ${subjectId} and resolved_at is null`.execute(tx);
}
