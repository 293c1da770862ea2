import type { ApiKey } from '@holdfast/contract/api-keys';
import { sql } from 'kysely';
import type { Deps } from '../kit/deps.ts';
import { noteAudit } from './note-audit.ts';
import { seeKey } from './see-keys.ts';
import type { Who } from './who.ts';

/** From now on it opens nothing. Revoking twice is revoking once. Refuses with `not_found`. */
export async function revokeKey(ctx: Deps, who: Who, keyId: string): Promise<ApiKey> {
  const at = ctx.now();
  return ctx.db.transaction(async (tx) => {
    const { name, prefix } = await seeKey(tx, who, keyId, at);
    const { numAffectedRows } = await sql`
      update api_keys set revoked_at = ${at} where chain_id = ${who.chainId} and key_id = ${keyId} and revoked_at is null`.execute(tx);
    if (numAffectedRows === 1n)
      await noteAudit(tx, ctx, who, { action: 'api_key.revoked', subject: { kind: 'api_key', id: keyId }, before: { name, prefix } });
    return seeKey(tx, who, keyId, at);
  });
}
