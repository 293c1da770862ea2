import type { StaffChange, StaffFields } from '@holdfast/contract/catalog';
import type { OnlinePaymentStatus } from '@holdfast/contract/online-payment';
import { sql } from 'kysely';
import { differences, noteAudit } from '../access/note-audit.ts';
import { changeOffers } from './change-offers.ts';
import type { CatalogContext, Editor } from './context.ts';
import { refusePaymentWithoutRight, refuseStale } from './decide-change.ts';
import { lockCatalog, position, teamMember } from './store.ts';

/** A new team member, at the end of the list. Answers their id. They do nothing yet, and have no hours. */
export async function createTeamMember(ctx: CatalogContext, editor: Editor, fields: StaffFields): Promise<string> {
  const { chainId, locationId } = editor.place.scope;
  refusePaymentWithoutRight(editor, 'not_available', fields.onlinePayment);
  const staffId = ctx.newId('stf');
  await ctx.db.transaction(async (tx) => {
    await lockCatalog(tx, editor.place.scope);
    if (fields.positionId !== null) await position(tx, editor.place.scope, fields.positionId);
    await sql`
      insert into staff (chain_id, location_id, staff_id, position_id, name, about, color, online_booking, online_payment, position)
      select ${chainId}, ${locationId}, ${staffId}, ${fields.positionId}, ${fields.name}, ${fields.about}, ${fields.color}, ${fields.onlineBooking},
             ${fields.onlinePayment}, coalesce(max(position) + 1, 0) from staff where chain_id = ${chainId} and location_id = ${locationId}`.execute(
      tx,
    );
    await noteAudit(tx, ctx, editor.who, { action: 'staff.created', subject: { kind: 'staff', id: staffId }, locationId, after: { ...fields } });
  });
  return staffId;
}

/** Saves the card of a team member: their fields and what they do. Refuses with `changed_meanwhile` what was based on an older card. */
export async function changeTeamMember(ctx: CatalogContext, editor: Editor, staffId: string, change: StaffChange): Promise<void> {
  const { chainId, locationId } = editor.place.scope;
  const { fields } = change;
  await ctx.db.transaction(async (tx) => {
    await lockCatalog(tx, editor.place.scope);
    const kept = await teamMember(tx, editor.place.scope, staffId);
    refuseStale(kept, change.version);
    refusePaymentWithoutRight(editor, kept.fields.onlinePayment, fields.onlinePayment);
    if (fields.positionId !== null && kept.fields.positionId !== fields.positionId) await position(tx, editor.place.scope, fields.positionId);
    await sql`
      update staff set position_id = ${fields.positionId}, name = ${fields.name}, about = ${fields.about}, color = ${fields.color},
             online_booking = ${fields.onlineBooking}, online_payment = ${fields.onlinePayment}
       where chain_id = ${chainId} and location_id = ${locationId} and staff_id = ${staffId}`.execute(tx);
    await changeOffers(
      tx,
      editor.place.scope,
      change.does.map((one) => ({ ...one, staffId })),
    );
    const differ = differences<Record<string, unknown>>(
      { ...kept.fields, ...Object.fromEntries(change.does.map(({ serviceId, was }) => [`does ${serviceId}`, was])) },
      { ...fields, ...Object.fromEntries(change.does.map(({ serviceId, becomes }) => [`does ${serviceId}`, becomes])) },
    );
    if (Object.keys(differ.after).length === 0) return;
    await noteAudit(tx, ctx, editor.who, { action: 'staff.changed', subject: { kind: 'staff', id: staffId }, locationId, ...differ });
  });
}

/** Changes nothing of a team member but whether they are paid online. */
export async function setStaffPayment(
  ctx: CatalogContext,
  editor: Editor,
  staffId: string,
  { version, onlinePayment }: { version: number; onlinePayment: OnlinePaymentStatus },
): Promise<void> {
  const { chainId, locationId } = editor.place.scope;
  await ctx.db.transaction(async (tx) => {
    await lockCatalog(tx, editor.place.scope);
    const kept = await teamMember(tx, editor.place.scope, staffId);
    refuseStale(kept, version);
    if (kept.fields.onlinePayment === onlinePayment) return;
    await sql`update staff set online_payment = ${onlinePayment} where chain_id = ${chainId} and location_id = ${locationId} and staff_id = ${staffId}`.execute(
      tx,
    );
    const differ = differences({ onlinePayment: kept.fields.onlinePayment }, { onlinePayment });
    await noteAudit(tx, ctx, editor.who, { action: 'staff.changed', subject: { kind: 'staff', id: staffId }, locationId, ...differ });
  });
}
