import type { PaymentLink } from '@holdfast/contract/checkout';
import { toJsonAmount } from '@holdfast/contract/money';
import { sql } from 'kysely';
import { mintScope, type Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { readOnlineMethod } from '../payments/read-methods.ts';
import { hasStrayMoney, livePayment } from '../payments/read-order.ts';
import { visitDueMinor } from './appointment-rules.ts';
import type { BookingContext } from './context.ts';
import { linkState } from './link-state.ts';
import { readVisit, type Visit } from './read-visit.ts';
import { visitOrder } from './visit-room.ts';

/** The appointment a link belongs to. A token that we did not sign is the same to whoever asks as one that leads nowhere: `not_found`. */
export async function scopeOfLink(ctx: Pick<BookingContext, 'db' | 'links'>, token: string): Promise<{ scope: Scope; appointmentId: string }> {
  const named = ctx.links.read(token);
  const { rows } = await sql<{ location_id: string }>`
    select location_id from appointments where chain_id = ${named?.chainId ?? ''} and appointment_id = ${named?.appointmentId ?? ''}`.execute(
    ctx.db.read,
  );
  if (!named || !rows[0]) throw new Problem('not_found', 404, 'There is no such payment link.');
  return { scope: mintScope(named.chainId, rows[0].location_id), appointmentId: named.appointmentId };
}

/** What a link says of this visit now. */
export async function stateOfLink(q: Queryable, scope: Scope, visit: Visit, at: Date): Promise<ReturnType<typeof linkState>> {
  const order = visitOrder(visit.appointmentId);
  const method = await readOnlineMethod(q, scope, 'visit_link');
  const live = await livePayment(q, scope.chainId, order);
  const checking = live?.status === 'processing' || (await hasStrayMoney(q, scope.chainId, order));
  return linkState({ ...visit, enabled: method.enabled, checking }, at);
}

/** What the link page shows. Changes nothing. */
export async function readPaymentLink(ctx: BookingContext, scope: Scope, appointmentId: string): Promise<PaymentLink> {
  const at = ctx.now();
  const visit = await readVisit(ctx.db.read, scope, appointmentId);
  const { rows } = await sql<{ chain: string; name: string; address: string; phone: string; zone: string; company: PaymentLink['company'] }>`
    select c.name chain, l.name, l.address, l.phone, l.time_zone zone,
           (select jsonb_build_object('legalName', d.legal_name, 'registrationNumber', d.registration_number, 'legalAddress', d.legal_address)
              from company_details d where d.chain_id = l.chain_id and d.location_id = l.location_id) company
      from locations l join chains c on c.chain_id = l.chain_id where l.chain_id = ${scope.chainId} and l.location_id = ${scope.locationId}`.execute(
    ctx.db.read,
  );
  const [place] = rows;
  invariant(place, 'an appointment is at a location');
  return {
    state: await stateOfLink(ctx.db.read, scope, visit, at),
    chainName: place.chain,
    locationName: place.name,
    address: place.address,
    phone: place.phone,
    language: visit.language,
    timeZone: place.zone,
    serviceNames: visit.lines.map(({ name }) => name),
    staffName: visit.staffName,
    startsAt: visit.startsAt.toISOString(),
    dueMinor: toJsonAmount(visitDueMinor(visit, at)),
    paidMinor: toJsonAmount(visit.paidMinor),
    currency: visit.currency,
    company: place.company,
    now: at.toISOString(),
  };
}
