import { sql } from 'kysely';
import type { BookingContext } from '../booking/context.ts';
import { payVisit } from '../booking/pay-visit.ts';
import { invariant } from '../kit/problem.ts';
import type { DemoLocation } from './demo-location.ts';
import type { Sandboxes } from './run-sandboxes.ts';
import { demoLocations } from './seed-demo.ts';
import { accountantAt } from './write-demo-transactions.ts';

/** Where nobody has to look for it: the first location. */
const disputed: DemoLocation | undefined = demoLocations[0];

/**
 * A client of yesterday has paid by link, and their bank disputes it: by the product's own deeds and the sandbox's. `settle` lets both sides hear of what has
 * happened so far. Once: what has become of it since stays.
 */
export async function writeDemoDispute(ctx: BookingContext, sandboxes: Pick<Sandboxes, 'of'>, settle: () => Promise<void>): Promise<void> {
  if (!disputed) return;
  const { scope } = accountantAt(disputed).place;
  const { chainId, locationId } = scope;
  const { rows: known } = await sql`
    select 1 from payment_attempts where chain_id = ${chainId} and location_id = ${locationId} and order_kind = 'visit' limit 1`.execute(ctx.db.read);
  if (known.length > 0) return;
  const { rows: visits } = await sql<{ id: string }>`
    select appointment_id id from appointments
     where chain_id = ${chainId} and location_id = ${locationId} and status = 'arrived' and paid_minor = 0 and cost_minor > 0
     order by starts_at desc, appointment_id limit 1`.execute(ctx.db.read);
  const [visit] = visits;
  if (!visit) return;
  await payVisit(ctx, scope, visit.id);
  const { rows: attempts } = await sql<{ reference: string; provider: string }>`
    select a.reference, c.provider from payment_attempts a join provider_connections c on c.chain_id = a.chain_id and c.connection_id = a.connection_id
     where a.chain_id = ${chainId} and a.order_kind = 'visit' and a.order_id = ${visit.id}`.execute(ctx.db.read);
  const [attempt] = attempts;
  invariant(attempt, 'whoever is to pay is asked for something');
  const sandbox = sandboxes.of(attempt.provider);
  const payment = sandbox.payments().find(({ reference }) => reference === attempt.reference);
  if (!payment || !sandbox.disputes || sandbox.pay(payment.id) !== 'captured') return;
  await settle();
  sandbox.disputes.open(payment.id, { reason: 'product_unacceptable' });
  await settle();
}
