import type { StatusChange } from '@holdfast/contract/cashless';
import type { OnlinePaymentStatus, Precedence } from '@holdfast/contract/online-payment';
import { sql } from 'kysely';
import { rightMissing } from '../access/guard.ts';
import { noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';

type Wished = Readonly<Record<string, OnlinePaymentStatus>>;

/**
 * Many statuses at once: all of them or none, each noted by itself. Refuses with `changed_meanwhile` when anything that the table was made of has
 * moved since, with `not_found` what is not of this location (or archived), with `right_missing` the precedence without the right for it.
 */
export async function changeStatuses(deps: Deps, who: Who, { scope, rights }: Place, wish: StatusChange): Promise<void> {
  const { chainId, locationId } = scope;
  if (wish.precedence !== undefined && !rights.has('online_payment.edit')) throw rightMissing('online_payment.edit');
  await deps.db.transaction(async (tx) => {
    const { rows } = await sql<{ version: string; precedence: Precedence }>`
      select rules_version::text as version, precedence from locations
       where chain_id = ${chainId} and location_id = ${locationId} for update`.execute(tx);
    const [place] = rows;
    if (place?.version !== wish.version)
      throw new Problem('changed_meanwhile', 409, 'Services, team members or settings have been changed meanwhile.');
    const note = async (kind: string, id: string, before: object, after: object) =>
      noteAudit(tx, deps, who, { action: `${kind}.changed`, subject: { kind, id }, locationId, before: { ...before }, after: { ...after } });
    for (const one of await changeSide(tx, 'service', chainId, locationId, wish.services))
      await note('service', one.id, { onlinePayment: one.was }, { onlinePayment: one.is });
    for (const one of await changeSide(tx, 'staff', chainId, locationId, wish.staff))
      await note('staff', one.id, { onlinePayment: one.was }, { onlinePayment: one.is });
    if (wish.precedence !== undefined && wish.precedence !== place.precedence) {
      await sql`
        update locations set precedence = ${wish.precedence} where chain_id = ${chainId} and location_id = ${locationId}`.execute(tx);
      await note('location', locationId, { precedence: place.precedence }, { precedence: wish.precedence });
    }
  });
}

interface Changed {
  readonly id: string;
  readonly was: OnlinePaymentStatus;
  readonly is: OnlinePaymentStatus;
}

/** Answers those that really changed, by id. */
async function changeSide(tx: Tx, side: 'service' | 'staff', chainId: string, locationId: string, wished: Wished): Promise<readonly Changed[]> {
  const ids = Object.keys(wished);
  if (ids.length === 0) return [];
  const table = sql.table(side === 'service' ? 'services' : 'staff');
  const id = sql.ref(`${side}_id`);
  const here = sql`chain_id = ${chainId} and location_id = ${locationId}`;
  const { rows } = await sql<{ id: string; was: OnlinePaymentStatus }>`
    select ${id} as id, online_payment as was from ${table} where ${here} and ${id} = any(${ids}::text[]) and not archived
     order by ${id} for update`.execute(tx);
  if (rows.length !== ids.length) throw new Problem('not_found', 404, 'One of these services or team members is not there.');
  const changed = rows.flatMap((row) => {
    const is = wished[row.id];
    return is && is !== row.was ? [{ ...row, is }] : [];
  });
  if (changed.length > 0) {
    await sql`
      update ${table} t set online_payment = w.status from unnest(${changed.map((one) => one.id)}::text[], ${changed.map((one) => one.is)}::text[]) w (id, status)
       where t.chain_id = ${chainId} and t.location_id = ${locationId} and t.${id} = w.id`.execute(tx);
  }
  return changed;
}
