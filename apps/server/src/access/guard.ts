import type { Right } from '@holdfast/contract/rights';
import type { FastifyContextConfig, FastifyRequest } from 'fastify';
import type { Http } from '../kit/http.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { createKeyPace } from './key-pace.ts';
import { isBearer, readWho, type WhoContext } from './read-who.ts';
import { mayAnywhere, type Place, type Who } from './who.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a route of the salon's side needs: a right, only to be signed in, or nothing ("nobody" has to be known). */
    needs?: Right | 'signed_in' | 'nobody';
  }
  interface FastifyRequest {
    who: Who | undefined;
    place: Place | undefined;
  }
}

export interface GuardContext extends WhoContext {
  /** Where the admin app is served: origin without a slash at the end. */
  readonly publicUrl: string;
}

/**
 * The one mechanism by which every route of the salon's side is guarded: a route that does not say what it needs cannot be registered. A route
 * with `:location` needs its right at that location, any other one somewhere in the chain. Where somebody has no role a location does not exist
 * for them (`not_found`); where the role does not allow it, `right_missing` names the right. Before any part of the request is read. A key of the salon's
 * (`Authorization: Bearer hf_…`) is somebody like anybody else, but nobody who has an account: what is about one's own is not for keys.
 */
export async function guardRoutes(http: Http, ctx: GuardContext): Promise<void> {
  http.decorateRequest('who', undefined);
  http.decorateRequest('place', undefined);
  const paceOf = createKeyPace();
  http.addHook('onRoute', (route) => {
    const { method, url, config } = route;
    if (method === 'OPTIONS' || method === 'HEAD') return;
    if (!config?.needs) throw new Error(`bug: ${String(method)} ${url} does not say which right it needs (config.needs)`);
    if (route.schema) route.schema.security = securityOf(config.needs, url);
  });
  http.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    const byKey = isBearer(request.headers.authorization);
    // no browser sends a key by itself
    if (!byKey) refuseForeignOrigin(request, ctx.publicUrl);
    const { needs } = request.routeOptions.config;
    if (needs === undefined || needs === 'nobody') return;
    const who = await readWho(ctx, request);
    if (!who) throw new Problem('not_signed_in', 401, byKey ? 'This key is none of ours, or works no more.' : 'Sign in first.');
    const { location } = request.params as { location?: string };
    if (who.keyId !== undefined) {
      const wait = paceOf(who.keyId, ctx.now());
      if (wait > 0) throw new Problem('too_many_requests', 429, 'This key asks too fast.', { retryAfterSeconds: wait });
      if (needs === 'signed_in' && location === undefined) throw notByKey();
    }
    request.who = who;
    if (location !== undefined) {
      const place = who.places.get(location);
      if (!place) throw new Problem('not_found', 404, 'There is no such location.');
      request.place = place;
      if (needs !== 'signed_in' && !place.rights.has(needs)) throw rightMissing(needs);
    } else if (needs !== 'signed_in' && !mayAnywhere(who, needs)) throw rightMissing(needs);
  });
}

/** What is about one's own account, and what would let a key that has leaked live on. */
export function notByKey(): Problem {
  return new Problem('not_by_key', 403, 'This is for people who are signed in, not for keys.');
}

/** How one asks, for the OpenAPI document. */
function securityOf(needs: NonNullable<FastifyContextConfig['needs']>, url: string): { [name: string]: string[] }[] {
  if (needs === 'nobody') return [];
  return needs === 'signed_in' && !url.includes('/:location') ? [{ session: [] }] : [{ session: [] }, { apiKey: [] }];
}

/** The refusal for a right that is not there; also for a deed that needs more than its route says. */
export function rightMissing(right: Right): Problem {
  return new Problem('right_missing', 403, 'Your role does not allow this.', { right });
}

/** Who asks. Only in routes that need somebody to be signed in. */
export function whoOf(request: FastifyRequest): Who {
  invariant(request.who, 'a guarded route knows who asks');
  return request.who;
}

/** What who asks may do at the location in the address. Only in routes with `:location`. */
export function placeOf(request: FastifyRequest): Place {
  invariant(request.place, 'a guarded route of a location knows what may be done there');
  return request.place;
}

/** A cookie goes along wherever a request comes from: what changes anything must come from our own pages. */
function refuseForeignOrigin(request: FastifyRequest, publicUrl: string): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const ours = origin === undefined || origin === publicUrl || (URL.canParse(origin) && new URL(origin).host === host);
  if (!ours || (site !== undefined && site !== 'same-origin' && site !== 'none'))
    throw new Problem('foreign_origin', 403, 'This request does not come from a page of ours.');
}
