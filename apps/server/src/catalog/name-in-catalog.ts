import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { CatalogContext, Editor } from './context.ts';
import { refuseStale } from './decide-change.ts';
import { category, lockCatalog, position } from './store.ts';

/** A new category, at the end of the list. Answers its id. */
export async function createCategory(ctx: CatalogContext, { who, place }: Editor, name: string): Promise<string> {
  const { chainId, locationId } = place.scope;
  const id = ctx.newId('cat');
  await ctx.db.transaction(async (tx) => {
    await lockCatalog(tx, place.scope);
    await sql`
      insert into service_categories (chain_id, location_id, category_id, name, position)
      select ${chainId}, ${locationId}, ${id}, ${name}, coalesce(max(position) + 1, 0) from service_categories
       where chain_id = ${chainId} and location_id = ${locationId}`.execute(tx);
    await noteAudit(tx, ctx, who, { action: 'category.created', subject: { kind: 'category', id }, locationId, after: { name } });
  });
  return id;
}

interface NameChange {
  readonly version: number;
  readonly name: string;
}

export async function renameCategory(ctx: CatalogContext, { who, place }: Editor, id: string, { version, name }: NameChange): Promise<void> {
  const { chainId, locationId } = place.scope;
  await ctx.db.transaction(async (tx) => {
    await lockCatalog(tx, place.scope);
    const kept = await category(tx, place.scope, id);
    refuseStale(kept, version);
    if (kept.name === name) return;
    await sql`update service_categories set name = ${name} where chain_id = ${chainId} and location_id = ${locationId} and category_id = ${id}`.execute(
      tx,
    );
    const subject = { kind: 'category', id };
    await noteAudit(tx, ctx, who, { action: 'category.changed', subject, locationId, before: { name: kept.name }, after: { name } });
  });
}

/** A new position. Answers its id. */
export async function createPosition(ctx: CatalogContext, { who, place }: Editor, name: string): Promise<string> {
  const { chainId, locationId } = place.scope;
  const id = ctx.newId('pos');
  await ctx.db.transaction(async (tx) => {
    await lockCatalog(tx, place.scope);
    await sql`insert into positions (chain_id, location_id, position_id, name) values (${chainId}, ${locationId}, ${id}, ${name})`.execute(tx);
    await noteAudit(tx, ctx, who, { action: 'position.created', subject: { kind: 'position', id }, locationId, after: { name } });
  });
  return id;
}

export async function renamePosition(ctx: CatalogContext, { who, place }: Editor, id: string, { version, name }: NameChange): Promise<void> {
  const { chainId, locationId } = place.scope;
  await ctx.db.transaction(async (tx) => {
    await lockCatalog(tx, place.scope);
    const kept = await position(tx, place.scope, id);
    refuseStale(kept, version);
    if (kept.name === name) return;
    await sql`update positions set name = ${name} where chain_id = ${chainId} and location_id = ${locationId} and position_id = ${id}`.execute(tx);
    const subject = { kind: 'position', id };
    await noteAudit(tx, ctx, who, { action: 'position.changed', subject, locationId, before: { name: kept.name }, after: { name } });
  });
}
