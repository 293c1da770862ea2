import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { BookingContext } from '../booking/context.ts';
import type { Refunder } from './change-refund.ts';
import { secondPersonFrom } from './store.ts';

/** Above which amount a second person approves; null: nobody has to. */
export async function changeRefundSettings(
  ctx: BookingContext,
  { who, place: { scope } }: Refunder,
  wish: { secondPersonFromMinor: number | null },
): Promise<void> {
  const { chainId, locationId } = scope;
  await ctx.db.transaction(async (tx) => {
    await sql`select 1 from locations where chain_id = ${chainId} and location_id = ${locationId} for no key update`.execute(tx);
    const before = await secondPersonFrom(tx, scope);
    const after = wish.secondPersonFromMinor === null ? null : BigInt(wish.secondPersonFromMinor);
    if (before === after) return;
    await sql`update locations set second_person_from_minor = ${after} where chain_id = ${chainId} and location_id = ${locationId}`.execute(tx);
    await noteAudit(tx, ctx, who, {
      action: 'refund_settings.changed',
      subject: { kind: 'location', id: locationId },
      locationId,
      before: { secondPersonFromMinor: before },
      after: { secondPersonFromMinor: after },
    });
  });
}
