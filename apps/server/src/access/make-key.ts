import type { ApiKeyWish, NewApiKey } from '@holdfast/contract/api-keys';
import { rights as allRights } from '@holdfast/contract/rights';
import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { hashOfKey, newApiKeySecret, prefixOf } from './api-key.ts';
import type { AccessContext } from './context.ts';
import { notByKey, rightMissing } from './guard.ts';
import { noteAudit } from './note-audit.ts';
import { covers, type Powers, powersOf } from './role-rules.ts';
import { seeKey } from './see-keys.ts';
import { lockUsers, readPlaces, readRoles } from './users-store.ts';
import type { Who } from './who.ts';

/**
 * A key for a program, with no more than its maker may do at these locations. What it is stands in the answer and nowhere else. Refuses with `not_by_key` (one that
 * has leaked would make the next), `not_found`, `right_missing` and `invalid_request`.
 */
export async function makeKey(ctx: AccessContext, asking: Who, wish: ApiKeyWish): Promise<NewApiKey> {
  if (asking.keyId !== undefined) throw notByKey();
  const at = ctx.now();
  if (wish.expiresAt !== null && new Date(wish.expiresAt) <= at)
    throw new Problem('invalid_request', 400, 'It would have run out already.', { field: 'expiresAt' });
  const keyId = ctx.newId('key');
  const made = newApiKeySecret(asking.chainId);
  return ctx.db.transaction(async (tx) => {
    // nobody takes the maker's own rights away meanwhile
    await lockUsers(tx, asking.chainId);
    const who: Who = { ...asking, places: await readPlaces(tx, asking.chainId, asking.userId) };
    const locations = [...new Set(wish.locations)].sort();
    const { powers, rights } = await decidePowers(tx, who, keyId, wish);
    for (const locationId of locations) {
      const mine = who.places.get(locationId);
      if (!mine) throw new Problem('not_found', 404, 'There is no such location.');
      if (!mine.rights.has('integrations.edit')) throw rightMissing('integrations.edit');
      if (!covers(mine, powers)) throw new Problem('right_missing', 403, 'A key that may do more than you is not yours to make.', { locationId });
    }
    await sql`
      insert into api_keys (chain_id, key_id, name, prefix, secret_hash, role, rights, made_by, made_by_name, made_at, expires_at)
      values (${who.chainId}, ${keyId}, ${wish.name}, ${prefixOf(made)}, ${hashOfKey(ctx.keys, made)}, ${wish.role}, ${rights}, ${who.userId}, ${who.name}, ${at},
              ${wish.expiresAt})`.execute(tx);
    await sql`
      insert into api_key_locations (chain_id, location_id, key_id) select ${who.chainId}, place, ${keyId} from unnest(${locations}::text[]) place`.execute(
      tx,
    );
    const after = { name: wish.name, prefix: prefixOf(made), ...(rights ? { rights } : { role: wish.role }), locations, expiresAt: wish.expiresAt };
    await noteAudit(tx, ctx, who, { action: 'api_key.created', subject: { kind: 'api_key', id: keyId }, after });
    return { key: await seeKey(tx, who, keyId, at), secret: made.secret };
  });
}

async function decidePowers(tx: Tx, who: Who, keyId: string, wish: ApiKeyWish): Promise<{ powers: Powers; rights: string[] | null }> {
  if (wish.role === null) {
    const rights = allRights.filter((right) => wish.rights?.includes(right));
    if (rights.length === 0) throw new Problem('invalid_request', 400, 'Say what the key may do.', { field: 'rights' });
    return { powers: powersOf(keyId, { rights, registers: null, lastDays: {}, refundLimit: null }), rights: [...rights] };
  }
  const own = (await readRoles(tx, who.chainId)).find(({ id }) => id === wish.role);
  const powers = powersOf(wish.role, own ?? null);
  // a built-in role always allows something
  if (!own && powers.rights.size === 0) throw new Problem('not_found', 404, 'There is no such role.');
  return { powers, rights: null };
}
