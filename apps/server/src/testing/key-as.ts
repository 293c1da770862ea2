import type { BuiltInRole } from '@holdfast/contract/rights';
import { sql } from 'kysely';
import { hashOfKey, newApiKeySecret, prefixOf } from '../access/api-key.ts';
import type { TestApp } from './test-app.ts';

/** A key with this role at the test salon: what stands after `Bearer`. */
export async function keyAs(app: TestApp, role: BuiltInRole, { revoked = false }: { revoked?: boolean } = {}): Promise<string> {
  const { chainId, locationId } = app.scope;
  const keyId = app.salon.newId('key');
  const made = newApiKeySecret(chainId);
  const at = app.clock.now();
  await app.database.transaction(async (tx) => {
    await sql`
      insert into api_keys (chain_id, key_id, name, prefix, secret_hash, role, made_by, made_by_name, made_at, revoked_at)
      values (${chainId}, ${keyId}, ${role}, ${prefixOf(made)}, ${hashOfKey(app.salon.keys, made)}, ${role}, 'usr_maker', 'Maker', ${at}, ${revoked ? at : null})`.execute(
      tx,
    );
    await sql`insert into api_key_locations (chain_id, location_id, key_id) values (${chainId}, ${locationId}, ${keyId})`.execute(tx);
  });
  return made.secret;
}
