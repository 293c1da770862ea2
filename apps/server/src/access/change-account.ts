import type { Language } from '@holdfast/contract/session';
import { sql } from 'kysely';
import type { Deps } from '../kit/deps.ts';
import { differences, noteAudit } from './note-audit.ts';
import type { Who } from './who.ts';

/** One's own name and language. */
export async function changeAccount(
  deps: Deps,
  who: Who,
  wish: { readonly name?: string | undefined; readonly language?: Language | undefined },
): Promise<void> {
  const before = { name: who.name, language: who.language };
  const after = { name: wish.name ?? before.name, language: wish.language ?? before.language };
  const changed = differences(before, after);
  if (Object.keys(changed.after).length === 0) return;
  await deps.db.transaction(async (tx) => {
    await sql`update users set name = ${after.name}, language = ${after.language} where chain_id = ${who.chainId} and user_id = ${who.userId}`.execute(
      tx,
    );
    await noteAudit(tx, deps, who, { action: 'user.changed', subject: { kind: 'user', id: who.userId }, ...changed });
  });
}
