import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';

/** Whoever is forgotten waits no longer, and nothing they typed when they joined stays. Before their telephone goes: lines know people by it. */
export async function forgetInLines(tx: Tx, chainId: string, clientId: string, at: Date): Promise<void> {
  const theirs = sql`phone in (select phone from clients where chain_id = ${chainId} and (client_id = ${clientId} or merged_into = ${clientId}) and phone is not null)`;
  await sql`
    select leave_line(chain_id, entry_id, 'withdrawn', '{}', ${at}) from waiting_entries
     where chain_id = ${chainId} and ${theirs} and status in ('waiting', 'offered') order by event_id, entry_id`.execute(tx);
  await sql`
    update waiting_entries set contact = '{"name": "", "phone": "", "email": "", "comment": ""}', phone = '', address_hash = '' where chain_id = ${chainId} and ${theirs}`.execute(
    tx,
  );
}
