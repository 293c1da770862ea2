import { builtInRoles, isRight, type Right } from '@holdfast/contract/rights';
import type { Language } from '@holdfast/contract/session';
import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Database } from '../kit/database.ts';
import { mintScope } from './scope.ts';
import { readSessionCookie, secretHash } from './session-cookie.ts';
import type { Place, Who } from './who.ts';

const SEEN_EVERY_MS = 5 * 60_000;
/** A session nobody uses ends after so long. */
export const SESSION_IDLE_MS = 14 * 24 * 3_600_000;

interface SessionRow {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly totp: boolean;
  readonly seenAt: Date;
  readonly places: readonly {
    readonly locationId: string;
    readonly role: string;
    readonly staffId: string | null;
    /** Null: a built-in role. */
    readonly own: {
      readonly rights: readonly string[];
      readonly registers: readonly string[] | null;
      readonly lastDays: Readonly<Partial<Record<Right, number>>>;
      readonly refundLimit: string | null;
    } | null;
  }[];
}

/** Whoever the request's cookie names, with what they may do now. Undefined: nobody, or the session has ended, or the second factor is still to come. */
export async function readSession({ db, now }: { db: Database; now: () => Date }, request: FastifyRequest): Promise<Who | undefined> {
  const cookie = readSessionCookie(request);
  if (!cookie) return undefined;
  const at = now();
  const { rows } = await sql<SessionRow>`
    select u.user_id "userId", u.name, u.email, u.language, u.totp_since is not null totp, s.seen_at "seenAt",
           (select coalesce(jsonb_agg(jsonb_build_object('locationId', p.location_id, 'role', p.role, 'staffId', p.staff_id,
                     'own', case when r.role_id is null then null else jsonb_build_object('rights', r.rights, 'registers', r.registers, 'lastDays', r.last_days,
                                                                                         'refundLimit', r.refund_limit_minor::text) end)
                     order by l.position, l.location_id), '[]')
              from user_locations p join locations l on l.chain_id = p.chain_id and l.location_id = p.location_id
              left join roles r on r.chain_id = p.chain_id and r.role_id = p.role
             where p.chain_id = s.chain_id and p.user_id = s.user_id) places
      from sessions s join users u on u.chain_id = s.chain_id and u.user_id = s.user_id
     where s.chain_id = ${cookie.chainId} and s.session_id = ${cookie.sessionId} and s.secret_hash = ${secretHash(cookie.secret)}
       and s.ended_at is null and s.expires_at > ${at} and s.passed_totp and u.disabled_at is null`.execute(db.read);
  const [row] = rows;
  if (!row) return undefined;
  if (at.getTime() - row.seenAt.getTime() >= SEEN_EVERY_MS) {
    await sql`
      update sessions set seen_at = ${at}, expires_at = ${new Date(at.getTime() + SESSION_IDLE_MS)}
       where chain_id = ${cookie.chainId} and session_id = ${cookie.sessionId}`.execute(db.read);
  }
  const { userId, name, email, language, totp } = row;
  const places = new Map(row.places.map((one): [string, Place] => [one.locationId, toPlace(cookie.chainId, one)]));
  return {
    chainId: cookie.chainId,
    userId,
    name,
    email,
    language,
    totp,
    sessionId: cookie.sessionId,
    places,
    address: request.ip,
    requestId: request.id,
  };
}

function toPlace(chainId: string, { locationId, role, staffId, own }: SessionRow['places'][number]): Place {
  const builtIn = Object.hasOwn(builtInRoles, role) ? builtInRoles[role as keyof typeof builtInRoles] : [];
  return {
    scope: mintScope(chainId, locationId),
    role,
    // a right that this version does not know allows nothing
    rights: new Set<Right>(own ? own.rights.filter(isRight) : builtIn),
    registers: own?.registers ? new Set(own.registers) : undefined,
    lastDays: own?.lastDays ?? {},
    refundLimitMinor: own?.refundLimit ? BigInt(own.refundLimit) : undefined,
    staffId: staffId ?? undefined,
  };
}
