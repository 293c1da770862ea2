import type { RegisterChange, RegisterWish } from '@holdfast/contract/registers';
import { sql } from 'kysely';
import { differences, noteAudit } from '../access/note-audit.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { openAccount } from '../ledger/open-account.ts';
import type { AtWork } from './context.ts';
import { placeFacts } from './place-facts.ts';
import { lockRegister, nameTaken } from './store-registers.ts';

/** A register of the location's own, in the location's currency, behind the others. Refuses with `already_there` where one has this name. */
export async function addRegister(deps: Deps, { who, place }: AtWork, { name, kind, fee, comment = '' }: RegisterWish): Promise<void> {
  const { scope } = place;
  const { chainId, locationId } = scope;
  const kept = { basisPoints: fee?.basisPoints ?? 0, fixedMinor: fee?.fixedMinor ?? 0 };
  refuseFeeOfCash(kind, kept);
  await deps.db.transaction(async (tx) => {
    // one at a time: the name and the place in the order are of all of them
    await sql`select 1 from locations where chain_id = ${chainId} and location_id = ${locationId} for no key update`.execute(tx);
    if (await nameTaken(tx, scope, name)) throw nameIsTaken();
    const { currency } = await placeFacts(tx, scope);
    const id = await openAccount(tx, deps, scope, { kind: 'register', ownerId: deps.newId('reg'), currency });
    await sql`
      insert into cash_registers (chain_id, location_id, account_id, name, kind, position, fee_basis_points, fee_fixed_minor, comment)
      select ${chainId}, ${locationId}, ${id}, ${name}, ${kind}, coalesce(max(position), 0) + 1, ${kept.basisPoints}, ${kept.fixedMinor}, ${comment}
        from cash_registers where chain_id = ${chainId} and location_id = ${locationId}`.execute(tx);
    await noteAudit(tx, deps, who, {
      action: 'register.created',
      subject: { kind: 'register', id },
      locationId,
      after: { name, kind, fee: kept, comment, currency },
    });
  });
}

/** Another name, fee or comment. Money that was taken keeps the fee of its time. Refuses with `not_found`, `changed_meanwhile`, `already_there`, `step_not_allowed`. */
export async function changeRegister(deps: Deps, { who, place }: AtWork, registerId: string, { version, ...change }: RegisterChange): Promise<void> {
  const { scope } = place;
  const { chainId, locationId } = scope;
  await deps.db.transaction(async (tx) => {
    await sql`select 1 from locations where chain_id = ${chainId} and location_id = ${locationId} for no key update`.execute(tx);
    const old = await lockRegister(tx, scope, registerId, version);
    if (change.name !== undefined && old.standard) throw new Problem('step_not_allowed', 409, 'This register keeps its name.');
    if (change.fee) refuseFeeOfCash(old.kind, change.fee);
    const before = { name: old.name, fee: old.fee, comment: old.comment };
    const after = { name: change.name ?? old.name, fee: change.fee ?? old.fee, comment: change.comment ?? old.comment };
    const changed = differences(before, after);
    if (Object.keys(changed.after).length === 0) return;
    if (after.name !== before.name && (await nameTaken(tx, scope, after.name, registerId))) throw nameIsTaken();
    await sql`
      update cash_registers set name = ${old.standard ? '' : after.name}, fee_basis_points = ${after.fee.basisPoints}, fee_fixed_minor = ${after.fee.fixedMinor},
             comment = ${after.comment}, version = version + 1
       where chain_id = ${chainId} and account_id = ${registerId}`.execute(tx);
    await noteAudit(tx, deps, who, { action: 'register.changed', subject: { kind: 'register', id: registerId }, locationId, ...changed });
  });
}

function refuseFeeOfCash(kind: 'cash' | 'cashless', fee: { basisPoints: number; fixedMinor: number }): void {
  if (kind === 'cash' && (fee.basisPoints > 0 || fee.fixedMinor > 0))
    throw new Problem('invalid_request', 422, 'Cash costs no acquiring fee.', { fields: [{ field: 'fee' }] });
}

function nameIsTaken(): Problem {
  return new Problem('already_there', 409, 'There is a register of this name.', { field: 'name' });
}
