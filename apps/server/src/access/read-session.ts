import type { Language } from '@holdfast/contract/session';
import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Database } from '../kit/database.ts';
import { type PlaceRow, placesOfUser, toPlaces } from './places-of-user.ts';
import { readSessionCookie, secretHash } from './session-cookie.ts';
import { sessionEnd } from './session-times.ts';
import type { Who } from './who.ts';

const SEEN_EVERY_MS = 5 * 60_000;

interface SessionRow {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly totp: boolean;
  readonly startedAt: Date;
  readonly seenAt: Date;
  readonly places: readonly PlaceRow[];
}

/** Whoever the request's cookie names, with what they may do now. Undefined: nobody, or the session has ended, or the second factor is still to come. */
export async function readSession(
  { db, now, secure }: { db: Database; now: () => Date; secure: boolean },
  request: FastifyRequest,
): Promise<Who | undefined> {
  const cookie = readSessionCookie(request, { secure });
  if (!cookie) return undefined;
  const at = now();
  const { rows } = await sql<SessionRow>`
    select u.user_id "userId", u.name, u.email, u.language, u.totp_since is not null totp, s.created_at "startedAt", s.seen_at "seenAt",
           ${placesOfUser(sql`s.chain_id`, sql`s.user_id`)} places
      from sessions s join users u on u.chain_id = s.chain_id and u.user_id = s.user_id
     where s.chain_id = ${cookie.chainId} and s.session_id = ${cookie.sessionId} and s.secret_hash = ${secretHash(cookie.secret)}
       and s.ended_at is null and s.expires_at > ${at} and s.passed_totp and u.disabled_at is null`.execute(db.read);
  const [row] = rows;
  if (!row) return undefined;
  if (at.getTime() - row.seenAt.getTime() >= SEEN_EVERY_MS) {
    await sql`
      update sessions set seen_at = ${at}, expires_at = ${sessionEnd(row.startedAt, at)}
       where chain_id = ${cookie.chainId} and session_id = ${cookie.sessionId} and ended_at is null`.execute(db.read);
  }
  const { userId, name, email, language, totp } = row;
  return {
    chainId: cookie.chainId,
    userId,
    name,
    email,
    language,
    totp,
    sessionId: cookie.sessionId,
    places: toPlaces(cookie.chainId, row.places),
    address: request.ip,
    requestId: request.id,
  };
}
