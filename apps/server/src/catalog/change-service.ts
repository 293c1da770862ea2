import type { ServiceChange, ServiceFields } from '@holdfast/contract/catalog';
import type { OnlinePaymentStatus } from '@holdfast/contract/online-payment';
import { sql } from 'kysely';
import { differences, noteAudit } from '../access/note-audit.ts';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { changeOffers } from './change-offers.ts';
import { liveRate } from './change-taxes.ts';
import type { CatalogContext, Editor } from './context.ts';
import { refusePaymentWithoutRight, refuseStale, refuseTaxWithoutRight } from './decide-change.ts';
import { refuseRangeOfEvent, refuseRangesOfLeaders } from './one-price.ts';
import { category, lockCatalog, service } from './store.ts';

/** A new service, at the end of the list. Answers its id. Nobody does it yet. */
export async function createService(ctx: CatalogContext, editor: Editor, fields: ServiceFields): Promise<string> {
  const { chainId, locationId } = editor.place.scope;
  refusePaymentWithoutRight(editor, 'not_available', fields.onlinePayment);
  const { tax = 'default', membership = 'payment' } = fields;
  const { kind, places } = kindOf(fields, { kind: 'appointment', places: null });
  refuseRangeOfEvent(kind, fields);
  refuseTaxWithoutRight(editor, 'default', tax);
  const serviceId = ctx.newId('srv');
  await ctx.db.transaction(async (tx) => {
    await lockCatalog(tx, editor.place.scope);
    await category(tx, editor.place.scope, fields.categoryId);
    await refuseUnlessRate(tx, editor, tax);
    await sql`
      insert into services (chain_id, location_id, service_id, category_id, name, description, price_min_minor, price_max_minor, duration_minutes,
                            buffer_before_minutes, buffer_after_minutes, online_booking, online_payment, membership, cancellation, tax, kind, places, position)
      select ${chainId}, ${locationId}, ${serviceId}, ${fields.categoryId}, ${fields.name}, ${fields.description}, ${fields.priceMinMinor}, ${fields.priceMaxMinor},
             ${fields.durationMinutes}, ${fields.bufferBeforeMinutes}, ${fields.bufferAfterMinutes}, ${fields.onlineBooking}, ${fields.onlinePayment}, ${membership}, ${policyJson(fields)}::jsonb, ${tax},
             ${kind}, ${places}, coalesce(max(position) + 1, 0) from services where chain_id = ${chainId} and location_id = ${locationId}`.execute(
      tx,
    );
    await noteAudit(tx, ctx, editor.who, {
      action: 'service.created',
      subject: { kind: 'service', id: serviceId },
      locationId,
      after: { ...fields, tax, membership, kind, places },
    });
  });
  return serviceId;
}

/** Saves the card of a service: its fields and who does it. Refuses with `changed_meanwhile` what was based on an older card. */
export async function changeService(ctx: CatalogContext, editor: Editor, serviceId: string, change: ServiceChange): Promise<void> {
  const { chainId, locationId } = editor.place.scope;
  const { fields } = change;
  await ctx.db.transaction(async (tx) => {
    await lockCatalog(tx, editor.place.scope);
    const kept = await service(tx, editor.place.scope, serviceId);
    refuseStale(kept, change.version);
    refusePaymentWithoutRight(editor, kept.fields.onlinePayment, fields.onlinePayment);
    const { tax = kept.fields.tax, membership = kept.fields.membership } = fields;
    refuseTaxWithoutRight(editor, kept.fields.tax, tax);
    const { kind, places } = kindOf(fields, kept.fields);
    refuseRangeOfEvent(kind, fields);
    if (kind !== kept.fields.kind && (await ctx.ports.usesOf(tx, editor.place.scope, { serviceId }, ctx.now())).ever) {
      throw new Problem('still_used', 409, 'It was booked already: another kind is another service.', { field: 'fields.kind' });
    }
    if (tax !== kept.fields.tax) await refuseUnlessRate(tx, editor, tax);
    if (kept.fields.categoryId !== fields.categoryId) await category(tx, editor.place.scope, fields.categoryId);
    await sql`
      update services set category_id = ${fields.categoryId}, name = ${fields.name}, description = ${fields.description}, price_min_minor = ${fields.priceMinMinor},
             price_max_minor = ${fields.priceMaxMinor}, duration_minutes = ${fields.durationMinutes}, buffer_before_minutes = ${fields.bufferBeforeMinutes},
             buffer_after_minutes = ${fields.bufferAfterMinutes}, online_booking = ${fields.onlineBooking}, online_payment = ${fields.onlinePayment},
             membership = ${membership}, cancellation = ${policyJson(fields)}::jsonb, tax = ${tax}, kind = ${kind}, places = ${places}
       where chain_id = ${chainId} and location_id = ${locationId} and service_id = ${serviceId}`.execute(tx);
    await changeOffers(
      tx,
      editor.place.scope,
      change.team.map((one) => ({ ...one, serviceId })),
    );
    await refuseRangesOfLeaders(tx, editor.place.scope, [serviceId]);
    const differ = differences<Record<string, unknown>>(
      { ...kept.fields, ...Object.fromEntries(change.team.map(({ staffId, was }) => [`with ${staffId}`, was])) },
      { ...fields, tax, membership, kind, places, ...Object.fromEntries(change.team.map(({ staffId, becomes }) => [`with ${staffId}`, becomes])) },
    );
    if (Object.keys(differ.after).length === 0) return;
    await noteAudit(tx, ctx, editor.who, { action: 'service.changed', subject: { kind: 'service', id: serviceId }, locationId, ...differ });
  });
}

const USUAL_PLACES = 10;

function kindOf(fields: ServiceFields, kept: { readonly kind: 'appointment' | 'event'; readonly places: number | null }) {
  const { kind = kept.kind, places = kept.places } = fields;
  return { kind, places: kind === 'event' ? (places ?? USUAL_PLACES) : null };
}

async function refuseUnlessRate(tx: Tx, editor: Editor, tax: string): Promise<void> {
  if (tax !== 'default' && tax !== 'none') await liveRate(tx, editor, tax, 'wanted');
}

function policyJson({ cancellation }: ServiceFields): string | null {
  return cancellation && JSON.stringify(cancellation);
}

/** Changes nothing of a service but whether it is paid online. */
export async function setServicePayment(
  ctx: CatalogContext,
  editor: Editor,
  serviceId: string,
  { version, onlinePayment }: { version: number; onlinePayment: OnlinePaymentStatus },
): Promise<void> {
  const { chainId, locationId } = editor.place.scope;
  await ctx.db.transaction(async (tx) => {
    await lockCatalog(tx, editor.place.scope);
    const kept = await service(tx, editor.place.scope, serviceId);
    refuseStale(kept, version);
    if (kept.fields.onlinePayment === onlinePayment) return;
    await sql`
      update services set online_payment = ${onlinePayment} where chain_id = ${chainId} and location_id = ${locationId} and service_id = ${serviceId}`.execute(
      tx,
    );
    const differ = differences({ onlinePayment: kept.fields.onlinePayment }, { onlinePayment });
    await noteAudit(tx, ctx, editor.who, { action: 'service.changed', subject: { kind: 'service', id: serviceId }, locationId, ...differ });
  });
}
