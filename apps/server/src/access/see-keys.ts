import type { ApiKey, ApiKeys } from '@holdfast/contract/api-keys';
import { builtInRoleNames, isRight, rights } from '@holdfast/contract/rights';
import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { covers, powersOf } from './role-rules.ts';
import { readRoles } from './users-store.ts';
import type { Who } from './who.ts';

interface KeyRow {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly role: string | null;
  readonly rights: readonly string[] | null;
  readonly locations: { id: string; name: string }[];
  readonly madeBy: string;
  readonly madeAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly usedAt: Date | null;
  readonly usedFrom: string;
}

/** Locations where who asks makes keys. */
export function locationsForKeys(who: Who): readonly string[] {
  return [...who.places].filter(([, place]) => place.rights.has('integrations.edit')).map(([id]) => id);
}

/** The keys that work nowhere but where who asks may make them, and what new ones could be. */
export async function seeKeys(q: Queryable, who: Who, now: Date): Promise<ApiKeys> {
  const where = locationsForKeys(who);
  const [keys, own, names] = [await readKeys(q, who, undefined, now), await readRoles(q, who.chainId), await locationNames(q, who.chainId, where)];
  const roles = [
    ...builtInRoleNames.map((id) => ({ id, name: '', powers: powersOf(id, null) })),
    ...own.map((one) => ({ ...one, powers: powersOf(one.id, one) })),
  ];
  return {
    keys,
    roles: roles
      .map(({ id, name, powers }) => {
        const locations = where.filter((location) => {
          const mine = who.places.get(location);
          return mine !== undefined && covers(mine, powers);
        });
        return { id, name, locations };
      })
      .filter(({ locations }) => locations.length > 0),
    locations: names.map((one) => ({ ...one, rights: rights.filter((right) => who.places.get(one.id)?.rights.has(right)) })),
  };
}

/** One key, as its owners see it. Refuses with `not_found`. */
export async function seeKey(q: Queryable, who: Who, keyId: string, now: Date): Promise<ApiKey> {
  const [key] = await readKeys(q, who, keyId, now);
  if (!key) throw new Problem('not_found', 404, 'There is no such key.');
  return key;
}

async function readKeys(q: Queryable, who: Who, keyId: string | undefined, now: Date): Promise<ApiKey[]> {
  const { rows } = await sql<KeyRow>`
    select k.key_id id, k.name, k.prefix, k.role, k.rights, k.made_by_name "madeBy", k.made_at "madeAt", k.expires_at "expiresAt", k.revoked_at "revokedAt",
           k.used_at "usedAt", k.used_from "usedFrom",
           (select jsonb_agg(jsonb_build_object('id', l.location_id, 'name', l.name) order by l.position, l.location_id)
              from api_key_locations p join locations l on l.chain_id = p.chain_id and l.location_id = p.location_id
             where p.chain_id = k.chain_id and p.key_id = k.key_id) locations
      from api_keys k
     where k.chain_id = ${who.chainId} and (${keyId ?? null}::text is null or k.key_id = ${keyId ?? null})
       and exists (select 1 from api_key_locations p where p.chain_id = k.chain_id and p.key_id = k.key_id)
       and not exists (select 1 from api_key_locations p where p.chain_id = k.chain_id and p.key_id = k.key_id and p.location_id <> all(${[...locationsForKeys(who)]}::text[]))
     order by k.revoked_at is not null, k.made_at desc, k.key_id`.execute(q);
  return rows.map((row) => ({
    ...row,
    rights: (row.rights ?? []).filter(isRight),
    madeAt: row.madeAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    usedAt: row.usedAt?.toISOString() ?? null,
    state: row.revokedAt ? 'revoked' : row.expiresAt && row.expiresAt <= now ? 'expired' : 'working',
  }));
}

async function locationNames(q: Queryable, chainId: string, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select location_id id, name from locations where chain_id = ${chainId} and location_id = any(${[...ids]}::text[]) order by position, location_id`.execute(
    q,
  );
  return rows;
}
