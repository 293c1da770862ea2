import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import { openApiSecret } from '../links/seal-api-secret.ts';
import type { AnalyticsContext } from './context.ts';
import { sendToGoogle, TIMEOUT_MS } from './measurement-protocol.ts';
import { noteEvent } from './note-event.ts';
import { readPurchase } from './read-purchase.ts';

const LEASE_SECONDS = 60;
const MOST_TRIES = 6;

interface Due {
  readonly chainId: string;
  readonly locationId: string;
  readonly attemptId: string;
  readonly bookingId: string | null;
  readonly membershipId: string | null;
  readonly linkId: string;
  readonly tries: number;
}

/** Tells Google of the payments of which no client's page has. Answers how many it took. */
export async function sendPurchases(ctx: AnalyticsContext, { limit }: { limit: number }): Promise<number> {
  const until = ctx.now().getTime() + LEASE_SECONDS * 1000;
  const due = await takeDue(ctx, limit);
  // a slow Google keeps the last ones waiting: by then another process has them
  for (const one of due) if (ctx.now().getTime() < until - TIMEOUT_MS) await sendOne(ctx, one);
  return due.length;
}

/** From here on they are ours: a page that asks now gets nothing. One that was taken and not finished, because the process died, is taken again. */
async function takeDue({ db, now }: AnalyticsContext, limit: number): Promise<readonly Due[]> {
  const at = now();
  const { rows } = await sql<Due>`
    with due as materialized (
      select chain_id, location_id, attempt_id from analytics_purchases
       where due_at <= ${at} and sender is distinct from 'browser' order by due_at, attempt_id limit ${limit} for update skip locked)
    update analytics_purchases p
       set sender = 'server', claimed_at = coalesce(p.claimed_at, ${at}::timestamptz), tries = p.tries + 1,
           due_at = ${new Date(at.getTime() + LEASE_SECONDS * 1000)}
      from due where p.chain_id = due.chain_id and p.location_id = due.location_id and p.attempt_id = due.attempt_id
    returning p.chain_id "chainId", p.location_id "locationId", p.attempt_id "attemptId", p.booking_id "bookingId", p.membership_id "membershipId", p.link_id "linkId", p.tries`.execute(
    db.read,
  );
  return rows;
}

async function sendOne(ctx: AnalyticsContext, due: Due): Promise<void> {
  const { chainId, locationId, attemptId, linkId, tries } = due;
  const scope = mintScope(chainId, locationId);
  const { rows } = await sql<{
    analytics: { clientId: string; sessionId: string } | null;
    measurementId: string | null;
    secret: Uint8Array | null;
    slug: string;
    chain: string;
    location: string;
  }>`
    select b.analytics, l.measurement_id "measurementId", l.api_secret secret, l.slug, c.slug chain, x.slug location
      from (select chain_id, location_id, analytics from bookings where chain_id = ${chainId} and booking_id = ${due.bookingId}
            union all select chain_id, location_id, analytics from memberships where chain_id = ${chainId} and membership_id = ${due.membershipId}) b
      join chains c on c.chain_id = b.chain_id join locations x on x.chain_id = b.chain_id and x.location_id = b.location_id
      join booking_links l on l.chain_id = b.chain_id and l.location_id = b.location_id and l.link_id = ${linkId}`.execute(ctx.db.read);
  const [facts] = rows;
  const purchase = await readPurchase(ctx.db.read, chainId, attemptId);
  // the secret was taken away, or the client's data was erased
  if (!facts?.analytics || !facts.measurementId || !facts.secret || !purchase) return finish(ctx, due, null);
  const { clientId, sessionId } = facts.analytics;
  const apiSecret = openApiSecret(ctx.sealingKey, scope, linkId, facts.secret);
  const { at, ...what } = purchase;
  const told = { chain: facts.chain, location: facts.location, link: facts.slug, ...what };
  const measurement = { measurementId: facts.measurementId, apiSecret, clientId, sessionId, at };
  const outcome = await sendToGoogle(ctx.analyticsOrigin, measurement, told);
  const { valueMinor, currency, transactionId } = purchase;
  await noteEvent(ctx, scope, { linkId, name: 'purchase', sender: 'server', outcome, params: { valueMinor, currency, transactionId } });
  const again = outcome === 'unreachable' && tries < MOST_TRIES;
  await finish(ctx, due, again ? new Date(ctx.now().getTime() + LEASE_SECONDS * 1000 * 2 ** tries) : null);
}

async function finish({ db }: AnalyticsContext, { chainId, locationId, attemptId }: Due, dueAt: Date | null): Promise<void> {
  await sql`
    update analytics_purchases set due_at = ${dueAt}
     where chain_id = ${chainId} and location_id = ${locationId} and attempt_id = ${attemptId} and sender = 'server'`.execute(db.read);
}
