import { type Session, sessionShape } from '@holdfast/contract/session';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Deps } from '../kit/deps.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { invariant } from '../kit/problem.ts';
import { whoOf } from './guard.ts';
import { clearSessionCookie } from './session-cookie.ts';
import type { Who } from './who.ts';

/** Who is signed in; and signing out. */
export async function sessionRoutes(http: Http, ctx: Deps & { secure: boolean }): Promise<void> {
  http.get(
    '/session',
    {
      config: { needs: 'signed_in' },
      schema: {
        operationId: 'readSession',
        tags: ['salon: signing in'],
        summary: 'Who is signed in, and what they may do where',
        response: { 200: sessionShape, ...problemAnswers },
      },
    },
    async (request) => readOwnSession(ctx, whoOf(request)),
  );

  http.post(
    '/session/end',
    {
      config: { needs: 'signed_in' },
      schema: {
        operationId: 'signOut',
        tags: ['salon: signing in'],
        summary: 'Sign out',
        response: { 200: z.object({ signedOut: z.literal(true) }), ...problemAnswers },
      },
    },
    async (request, reply) => {
      const who = whoOf(request);
      await sql`update sessions set ended_at = ${ctx.now()} where chain_id = ${who.chainId} and session_id = ${who.sessionId} and ended_at is null`.execute(
        ctx.db.read,
      );
      clearSessionCookie(reply, ctx);
      return { signedOut: true as const };
    },
  );
}

async function readOwnSession(ctx: Deps, who: Who): Promise<Session> {
  const { rows } = await sql<{
    chain: Session['chain'];
    locations: readonly Omit<Session['locations'][number], 'role' | 'rights' | 'staffId'>[];
  }>`
    select jsonb_build_object('id', c.chain_id, 'slug', c.slug, 'name', c.name, 'demo', c.demo) chain,
           (select coalesce(jsonb_agg(jsonb_build_object('id', l.location_id, 'slug', l.slug, 'name', l.name, 'country', l.country, 'currency', l.currency,
                     'timeZone', l.time_zone, 'languages', l.languages) order by l.position, l.location_id), '[]')
              from locations l where l.chain_id = c.chain_id) locations
      from chains c where c.chain_id = ${who.chainId}`.execute(ctx.db.read);
  const [row] = rows;
  invariant(row, 'a session has a chain');
  const { userId: id, name, email, language, totp } = who;
  return {
    user: { id, name, email, language, totp },
    chain: row.chain,
    locations: row.locations.flatMap((location) => {
      const place = who.places.get(location.id);
      return place ? [{ ...location, role: place.role, rights: [...place.rights], staffId: place.staffId ?? null }] : [];
    }),
    now: ctx.now().toISOString(),
  };
}
