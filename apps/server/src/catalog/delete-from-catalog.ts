import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import type { CatalogContext, Editor } from './context.ts';
import { category, lockCatalog, position, service, teamMember } from './store.ts';

/** Deletes a service that was added by mistake. Refuses with `still_used` what was ever booked: that can be archived. */
export async function deleteService(ctx: CatalogContext, editor: Editor, serviceId: string): Promise<void> {
  const { scope } = editor.place;
  await deleting(ctx, editor, async (tx) => {
    const { fields } = await service(tx, scope, serviceId);
    if ((await ctx.ports.usesOf(tx, scope, { serviceId }, ctx.now())).ever) throw stillUsed();
    await sql`delete from services where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and service_id = ${serviceId}`.execute(tx);
    return { kind: 'service', id: serviceId, before: fields };
  });
}

/** Deletes a team member who was added by mistake, with their hours. Refuses with `still_used` whoever had an appointment or signs in here. */
export async function deleteTeamMember(ctx: CatalogContext, editor: Editor, staffId: string): Promise<void> {
  const { scope } = editor.place;
  await deleting(ctx, editor, async (tx) => {
    const { fields } = await teamMember(tx, scope, staffId);
    if ((await ctx.ports.usesOf(tx, scope, { staffId }, ctx.now())).ever) throw stillUsed();
    await sql`delete from staff where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and staff_id = ${staffId}`.execute(tx);
    return { kind: 'staff', id: staffId, before: fields };
  });
}

/** Deletes an empty category. Refuses with `still_used` one with services, archived ones included. */
export async function deleteCategory(ctx: CatalogContext, editor: Editor, categoryId: string): Promise<void> {
  const { scope } = editor.place;
  await deleting(ctx, editor, async (tx) => {
    const { name, services } = await category(tx, scope, categoryId);
    if (services > 0) throw stillUsed({ services });
    await sql`delete from service_categories where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and category_id = ${categoryId}`.execute(
      tx,
    );
    return { kind: 'category', id: categoryId, before: { name } };
  });
}

/** Deletes a position nobody has. Refuses with `still_used` one that somebody has, archived team members included. */
export async function deletePosition(ctx: CatalogContext, editor: Editor, positionId: string): Promise<void> {
  const { scope } = editor.place;
  await deleting(ctx, editor, async (tx) => {
    const { name, staffCount } = await position(tx, scope, positionId);
    if (staffCount > 0) throw stillUsed({ staff: staffCount });
    await sql`delete from positions where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and position_id = ${positionId}`.execute(
      tx,
    );
    return { kind: 'position', id: positionId, before: { name } };
  });
}

async function deleting(
  ctx: CatalogContext,
  { who, place }: Editor,
  deed: (tx: Tx) => Promise<{ kind: string; id: string; before: object }>,
): Promise<void> {
  try {
    await ctx.db.transaction(async (tx) => {
      await lockCatalog(tx, place.scope);
      const { kind, id, before } = await deed(tx);
      const { locationId } = place.scope;
      await noteAudit(tx, ctx, who, { action: `${kind}.deleted`, subject: { kind, id }, locationId, before: { ...before } });
    });
  } catch (error) {
    // whatever else refers to it says so itself
    if (isSqlError(error) && error.code === '23503') throw stillUsed();
    throw error;
  }
}

function stillUsed(detail: Record<string, unknown> = {}): Problem {
  return new Problem('still_used', 409, 'This is or was used. It can be archived, not deleted.', detail);
}
