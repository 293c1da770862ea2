import type { TaxRateWish, TaxUse } from '@holdfast/contract/taxes';
import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import type { CatalogContext, Editor } from './context.ts';
import { lockCatalog } from './store.ts';

type TaxContext = Pick<CatalogContext, 'db' | 'now' | 'newId'>;

/** A new rate; nothing has it yet. Answers its id. Refuses with `already_there` a name that is in use. */
export async function makeTaxRate(ctx: TaxContext, editor: Editor, wish: TaxRateWish): Promise<string> {
  return named(() =>
    ctx.db.transaction(async (tx) => {
      await lockCatalog(tx, editor.place.scope);
      const rateId = await insertRate(tx, ctx, editor, wish);
      await audit(tx, ctx, editor, 'tax_rate.created', rateId, { after: { ...wish } });
      return rateId;
    }),
  );
}

/**
 * Another percentage, name or way of pricing from now on: a rate that takes the place of this one wherever that is in use. What was booked keeps the old
 * one. Answers the new id. Refuses with `not_found`, `changed_meanwhile` (it was replaced or ended before), `already_there`.
 */
export async function changeTaxRate(ctx: TaxContext, editor: Editor, rateId: string, wish: TaxRateWish): Promise<string> {
  const { chainId, locationId } = editor.place.scope;
  return named(() =>
    ctx.db.transaction(async (tx) => {
      await lockCatalog(tx, editor.place.scope);
      const before = await liveRate(tx, editor, rateId);
      if (before.name === wish.name && before.basisPoints === wish.basisPoints && before.inclusive === wish.inclusive) return rateId;
      await endRate(tx, ctx, editor, rateId);
      const next = await insertRate(tx, ctx, editor, wish);
      await sql`update tax_rates set replaced_by = ${next} where chain_id = ${chainId} and rate_id = ${rateId}`.execute(tx);
      await sql`update services set tax = ${next} where chain_id = ${chainId} and location_id = ${locationId} and tax = ${rateId}`.execute(tx);
      await sql`
        update locations set tax_rate_id = ${next} where chain_id = ${chainId} and location_id = ${locationId} and tax_rate_id = ${rateId}`.execute(
        tx,
      );
      await audit(tx, ctx, editor, 'tax_rate.changed', next, { before: { ...before, rateId }, after: { ...wish, rateId: next } });
      return next;
    }),
  );
}

/** It is not used any more. Refuses with `not_found`, `changed_meanwhile`, `still_used` while a service or the location has it. */
export async function endTaxRate(ctx: TaxContext, editor: Editor, rateId: string): Promise<void> {
  const { chainId, locationId } = editor.place.scope;
  await ctx.db.transaction(async (tx) => {
    await lockCatalog(tx, editor.place.scope);
    const before = await liveRate(tx, editor, rateId);
    const { rows } = await sql<{ services: number; standard: boolean }>`
      select (select count(*)::int from services where chain_id = ${chainId} and location_id = ${locationId} and tax = ${rateId}) services,
             exists (select 1 from locations where chain_id = ${chainId} and location_id = ${locationId} and tax_rate_id = ${rateId}) standard`.execute(
      tx,
    );
    const used = rows[0];
    if (used && (used.services > 0 || used.standard)) throw new Problem('still_used', 409, 'This rate is in use.', { ...used });
    await endRate(tx, ctx, editor, rateId);
    await audit(tx, ctx, editor, 'tax_rate.ended', rateId, { before: { ...before } });
  });
}

/** Which rate is for what. Refuses with `not_found` (a rate or service), `changed_meanwhile` what was based on something else. */
export async function useTaxes(ctx: TaxContext, editor: Editor, { defaultRate, services }: TaxUse): Promise<void> {
  const { chainId, locationId } = editor.place.scope;
  await ctx.db.transaction(async (tx) => {
    await lockCatalog(tx, editor.place.scope);
    const wanted = [...services.map(({ becomes }) => becomes), defaultRate?.becomes ?? 'none'];
    for (const rateId of new Set(wanted.filter((one) => one !== 'default' && one !== 'none'))) await liveRate(tx, editor, rateId, 'wanted');
    if (defaultRate) {
      const { numAffectedRows } = await sql`
        update locations set tax_rate_id = ${defaultRate.becomes}
         where chain_id = ${chainId} and location_id = ${locationId} and tax_rate_id is not distinct from ${defaultRate.was}::text`.execute(tx);
      if (numAffectedRows === 0n) throw changed();
    }
    for (const { serviceId, was, becomes } of services) {
      const { rows } = await sql<{ tax: string }>`
        select tax from services where chain_id = ${chainId} and location_id = ${locationId} and service_id = ${serviceId}`.execute(tx);
      if (!rows[0]) throw new Problem('not_found', 404, 'There is no such service.');
      if (rows[0].tax !== was) throw changed();
      await sql`update services set tax = ${becomes} where chain_id = ${chainId} and location_id = ${locationId} and service_id = ${serviceId}`.execute(
        tx,
      );
    }
    const differ = services.filter(({ was, becomes }) => was !== becomes);
    if (differ.length === 0 && (!defaultRate || defaultRate.was === defaultRate.becomes)) return;
    const side = (of: 'was' | 'becomes') => ({
      ...(defaultRate ? { default: defaultRate[of] } : {}),
      ...Object.fromEntries(differ.map((one) => [one.serviceId, one[of]])),
    });
    await audit(tx, ctx, editor, 'taxes.changed', locationId, { before: side('was'), after: side('becomes') });
  });
}

/** As it is now. Refuses with `not_found`, and with `changed_meanwhile` what was to be changed and has ended. */
export async function liveRate(tx: Tx, { place }: Editor, rateId: string, why: 'changed' | 'wanted' = 'changed'): Promise<TaxRateWish> {
  const { rows } = await sql<TaxRateWish & { ended: boolean }>`
    select name, basis_points "basisPoints", inclusive, ended_at is not null ended from tax_rates
     where chain_id = ${place.scope.chainId} and location_id = ${place.scope.locationId} and rate_id = ${rateId}`.execute(tx);
  const [row] = rows;
  if (!row || (row.ended && why === 'wanted')) throw new Problem('not_found', 404, 'There is no such tax rate.');
  if (row.ended) throw changed();
  const { name, basisPoints, inclusive } = row;
  return { name, basisPoints, inclusive };
}

async function insertRate(tx: Tx, ctx: TaxContext, { place }: Editor, { name, basisPoints, inclusive }: TaxRateWish): Promise<string> {
  const rateId = ctx.newId('txr');
  await sql`
    insert into tax_rates (chain_id, location_id, rate_id, name, basis_points, inclusive, made_at)
    values (${place.scope.chainId}, ${place.scope.locationId}, ${rateId}, ${name}, ${basisPoints}, ${inclusive}, ${ctx.now()})`.execute(tx);
  return rateId;
}

async function endRate(tx: Tx, ctx: TaxContext, { place }: Editor, rateId: string): Promise<void> {
  await sql`update tax_rates set ended_at = ${ctx.now()} where chain_id = ${place.scope.chainId} and rate_id = ${rateId}`.execute(tx);
}

async function audit(
  tx: Tx,
  ctx: TaxContext,
  { who, place }: Editor,
  action: string,
  id: string,
  change: { before?: object; after?: object },
): Promise<void> {
  await noteAudit(tx, ctx, who, {
    action,
    subject: { kind: action === 'taxes.changed' ? 'location' : 'tax_rate', id },
    locationId: place.scope.locationId,
    ...(change.before ? { before: { ...change.before } } : {}),
    ...(change.after ? { after: { ...change.after } } : {}),
  });
}

function changed(): Problem {
  return new Problem('changed_meanwhile', 409, 'Somebody else has changed the taxes meanwhile.');
}

async function named<T>(deed: () => Promise<T>): Promise<T> {
  try {
    return await deed();
  } catch (error) {
    if (isSqlError(error) && error.constraint === 'tax_rates_name')
      throw new Problem('already_there', 409, 'Another rate has this name.', { field: 'name' });
    throw error;
  }
}
