import type { BetweenLocations } from '@holdfast/contract/between-locations';
import { toJsonAmount } from '@holdfast/contract/money';
import { sql } from 'kysely';
import { mayTouchRegister } from '../access/limits-of-place.ts';
import type { Place } from '../access/who.ts';
import type { Queryable } from '../kit/database.ts';
import type { AtWork } from './context.ts';
import { registersOf } from './read-registers.ts';

/** What this location and others of the chain owe each other, and between which registers it can be paid back by who asks. */
export async function readBetween(q: Queryable, { who, place }: AtWork): Promise<BetweenLocations> {
  const { chainId, locationId } = place.scope;
  const { rows } = await sql<{ locationId: string; name: string; currency: string; owedMinor: bigint }>`
    select a.owner_id "locationId", l.name, a.currency, -a.balance_minor "owedMinor" from ledger_accounts a
      join locations l on l.chain_id = a.chain_id and l.location_id = a.owner_id
     where a.chain_id = ${chainId} and a.location_id = ${locationId} and a.kind = 'between' and a.balance_minor <> 0
     order by a.balance_minor, l.name, a.currency`.execute(q);
  const debts: BetweenLocations['debts'] = [];
  for (const { owedMinor, ...debt } of rows) {
    const there = who.places.get(debt.locationId);
    const [from, into] = [await payable(q, place, debt.currency), there ? await payable(q, there, debt.currency) : []];
    debts.push({ ...debt, owedMinor: toJsonAmount(owedMinor), from, into });
  }
  return { debts };
}

async function payable(q: Queryable, place: Place, currency: string): Promise<{ id: string; name: string }[]> {
  if (!place.rights.has('transactions.create')) return [];
  const registers = await registersOf(q, place.scope);
  return registers.filter((one) => one.currency === currency && mayTouchRegister(place, one.id)).map(({ id, name }) => ({ id, name }));
}
