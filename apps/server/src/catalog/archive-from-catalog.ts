import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import { Problem } from '../kit/problem.ts';
import type { CatalogContext, Editor } from './context.ts';
import { refuseStale } from './decide-change.ts';
import { category, lockCatalog, service, teamMember } from './store.ts';

interface ArchiveWish {
  readonly version: number;
  readonly archived: boolean;
}

/** Puts a service away, or brings it back (and its category with it). Appointments with it stay as they are. */
export async function archiveService(ctx: CatalogContext, editor: Editor, serviceId: string, { version, archived }: ArchiveWish): Promise<void> {
  const { chainId, locationId } = editor.place.scope;
  await ctx.db.transaction(async (tx) => {
    await lockCatalog(tx, editor.place.scope);
    const kept = await service(tx, editor.place.scope, serviceId);
    refuseStale(kept, version);
    if (kept.archived === archived) return;
    await sql`
      update services set archived = ${archived} where chain_id = ${chainId} and location_id = ${locationId} and service_id = ${serviceId}`.execute(
      tx,
    );
    if (!archived) {
      await sql`
        update service_categories set archived = false
         where chain_id = ${chainId} and location_id = ${locationId} and category_id = ${kept.fields.categoryId} and archived`.execute(tx);
    }
    const subject = { kind: 'service', id: serviceId };
    await noteAudit(tx, ctx, editor.who, { action: archived ? 'service.archived' : 'service.restored', subject, locationId });
  });
}

/** Puts a team member away, or brings them back. Their appointments stay as they are. */
export async function archiveTeamMember(ctx: CatalogContext, editor: Editor, staffId: string, { version, archived }: ArchiveWish): Promise<void> {
  const { chainId, locationId } = editor.place.scope;
  await ctx.db.transaction(async (tx) => {
    await lockCatalog(tx, editor.place.scope);
    const kept = await teamMember(tx, editor.place.scope, staffId);
    refuseStale(kept, version);
    if (kept.archived === archived) return;
    await sql`update staff set archived = ${archived} where chain_id = ${chainId} and location_id = ${locationId} and staff_id = ${staffId}`.execute(
      tx,
    );
    const subject = { kind: 'staff', id: staffId };
    await noteAudit(tx, ctx, editor.who, { action: archived ? 'staff.archived' : 'staff.restored', subject, locationId });
  });
}

/** Puts a category away, or brings it back. Refuses with `still_used` while services in it are sold. */
export async function archiveCategory(ctx: CatalogContext, editor: Editor, categoryId: string, { version, archived }: ArchiveWish): Promise<void> {
  const { chainId, locationId } = editor.place.scope;
  await ctx.db.transaction(async (tx) => {
    await lockCatalog(tx, editor.place.scope);
    const kept = await category(tx, editor.place.scope, categoryId);
    refuseStale(kept, version);
    if (kept.archived === archived) return;
    if (archived && kept.liveServices > 0)
      throw new Problem('still_used', 409, 'There are services in this category. Archive or move them first.', { services: kept.liveServices });
    await sql`
      update service_categories set archived = ${archived} where chain_id = ${chainId} and location_id = ${locationId} and category_id = ${categoryId}`.execute(
      tx,
    );
    const subject = { kind: 'category', id: categoryId };
    await noteAudit(tx, ctx, editor.who, { action: archived ? 'category.archived' : 'category.restored', subject, locationId });
  });
}
