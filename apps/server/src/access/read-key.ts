import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Database } from '../kit/database.ts';
import { type ApiKeySecret, hashOfKey } from './api-key.ts';
import type { AccessKeys } from './context.ts';
import { placesOfKey } from './key-places.ts';
import { type PlaceRow, toPlaces } from './places-of-user.ts';
import type { Who } from './who.ts';

const USED_EVERY_MS = 60_000;

interface KeyRow {
  readonly keyId: string;
  readonly name: string;
  readonly madeBy: string;
  readonly usedAt: Date | null;
  readonly places: readonly PlaceRow[];
}

/**
 * Who asks with this key: its maker's name stands for it wherever two different people are needed, and its own name is written down with whatever it does.
 * Undefined: there is no such key, or it has run out or was revoked.
 */
export async function readKey(
  { db, now, keys }: { db: Database; now: () => Date; keys: Pick<AccessKeys, 'apiKeys'> },
  request: FastifyRequest,
  sent: ApiKeySecret,
): Promise<Who | undefined> {
  const at = now();
  const { rows } = await sql<KeyRow>`
    select k.key_id "keyId", k.name, k.made_by "madeBy", k.used_at "usedAt", ${placesOfKey()} places
      from api_keys k
     where k.chain_id = ${sent.chainId} and k.secret_hash = ${hashOfKey({ apiKeys: keys.apiKeys }, sent)}
       and k.revoked_at is null and (k.expires_at is null or k.expires_at > ${at})`.execute(db.read);
  const [row] = rows;
  if (!row) return undefined;
  if (!row.usedAt || at.getTime() - row.usedAt.getTime() >= USED_EVERY_MS) {
    await sql`
      update api_keys set used_at = ${at}, used_from = ${request.ip} where chain_id = ${sent.chainId} and key_id = ${row.keyId}`.execute(db.read);
  }
  return {
    chainId: sent.chainId,
    userId: row.madeBy,
    name: `API key: ${row.name}`,
    email: '',
    language: 'en',
    totp: false,
    sessionId: row.keyId,
    keyId: row.keyId,
    places: toPlaces(sent.chainId, row.places),
    address: request.ip,
    requestId: request.id,
  };
}
