import type { PaymentItemWish } from '@holdfast/contract/registers';
import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Scope } from '../access/scope.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import type { AtWork } from './context.ts';

/** A payment item of the location's own. Refuses with `already_there` where one of this name goes the same way. */
export async function addPaymentItem(deps: Deps, { who, place }: AtWork, { name, direction }: PaymentItemWish): Promise<void> {
  const { chainId, locationId } = place.scope;
  await deps.db.transaction(async (tx) => {
    await refuseTakenName(tx, place.scope, { name, direction, except: '' });
    const id = deps.newId('itm');
    await sql`
      insert into payment_items (chain_id, location_id, item_id, name, direction, position)
      select ${chainId}, ${locationId}, ${id}, ${name}, ${direction}, coalesce(max(position), -1) + 1
        from payment_items where chain_id = ${chainId} and location_id = ${locationId}`.execute(tx);
    await noteAudit(tx, deps, who, { action: 'payment_item.created', subject: { kind: 'payment_item', id }, locationId, after: { name, direction } });
  });
}

/** Another name; what stands under it stands under the new name. Which way money goes is never changed. Refuses with `not_found`, `changed_meanwhile`, `already_there`. */
export async function renamePaymentItem(
  deps: Deps,
  { who, place }: AtWork,
  itemId: string,
  { version, name }: { version: number; name: string },
): Promise<void> {
  const { chainId, locationId } = place.scope;
  await deps.db.transaction(async (tx) => {
    const old = await lockItem(tx, place.scope, itemId, version);
    if (old.name === name) return;
    await refuseTakenName(tx, place.scope, { name, direction: old.direction, except: itemId });
    await sql`update payment_items set name = ${name}, version = version + 1 where chain_id = ${chainId} and item_id = ${itemId}`.execute(tx);
    await noteAudit(tx, deps, who, {
      action: 'payment_item.changed',
      subject: { kind: 'payment_item', id: itemId },
      locationId,
      before: { name: old.name },
      after: { name },
    });
  });
}

/** Puts it away, or brings it back: nothing more is written down under it, what stands there stays. */
export async function archivePaymentItem(
  deps: Deps,
  { who, place }: AtWork,
  itemId: string,
  { version, archived }: { version: number; archived: boolean },
): Promise<void> {
  const { chainId, locationId } = place.scope;
  await deps.db.transaction(async (tx) => {
    const old = await lockItem(tx, place.scope, itemId, version);
    if (old.archived === archived) return;
    if (!archived) await refuseTakenName(tx, place.scope, { ...old, except: itemId });
    await sql`
      update payment_items set archived_at = ${archived ? deps.now() : null}, version = version + 1
       where chain_id = ${chainId} and item_id = ${itemId}`.execute(tx);
    const action = archived ? 'payment_item.archived' : 'payment_item.restored';
    await noteAudit(tx, deps, who, { action, subject: { kind: 'payment_item', id: itemId }, locationId, after: { name: old.name } });
  });
}

async function lockItem(
  tx: Tx,
  { chainId, locationId }: Pick<Scope, 'chainId' | 'locationId'>,
  itemId: string,
  version: number,
): Promise<{ name: string; direction: 'in' | 'out'; archived: boolean }> {
  await lockLists(tx, { chainId, locationId });
  const { rows } = await sql<{ name: string; direction: 'in' | 'out'; version: number; archived: boolean }>`
    select name, direction, version, archived_at is not null archived from payment_items
     where chain_id = ${chainId} and location_id = ${locationId} and item_id = ${itemId} for update`.execute(tx);
  const [row] = rows;
  if (!row) throw new Problem('not_found', 404, 'There is no such payment item of your own.');
  if (row.version !== version) throw new Problem('changed_meanwhile', 409, 'Somebody else has changed this payment item.', { version: row.version });
  return row;
}

async function refuseTakenName(
  tx: Tx,
  { chainId, locationId }: Pick<Scope, 'chainId' | 'locationId'>,
  { name, direction, except }: { name: string; direction: 'in' | 'out'; except: string },
): Promise<void> {
  await lockLists(tx, { chainId, locationId });
  const { rows } = await sql`
    select 1 from payment_items where chain_id = ${chainId} and location_id = ${locationId} and direction = ${direction} and archived_at is null
       and lower(name) = lower(${name}) and item_id <> ${except}`.execute(tx);
  if (rows.length > 0) throw new Problem('already_there', 409, 'There is a payment item of this name.', { field: 'name' });
}

/** One at a time, so that what is asked about the others has the last word. */
async function lockLists(tx: Tx, { chainId, locationId }: Pick<Scope, 'chainId' | 'locationId'>): Promise<void> {
  await sql`select 1 from locations where chain_id = ${chainId} and location_id = ${locationId} for no key update`.execute(tx);
}
