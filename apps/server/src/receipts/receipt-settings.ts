import type { ReceiptSettings, ReceiptSettingsWish } from '@holdfast/contract/receipts';
import { sql } from 'kysely';
import { differences, noteAudit } from '../access/note-audit.ts';
import type { Scope } from '../access/scope.ts';
import type { Place, Who } from '../access/who.ts';
import type { Queryable } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';

export async function readReceiptSettings(q: Queryable, { chainId, locationId }: Scope): Promise<ReceiptSettings> {
  const { rows } = await sql<ReceiptSettings>`
    select coalesce(s.version, 0) "version", coalesce(s.receipt_series, 'R') "receiptSeries", coalesce(s.credit_note_series, 'CN') "creditNoteSeries",
           coalesce(s.names_client, true) "namesClient", coalesce(s.footer, '') footer, c.legal_name is null "companyMissing"
      from locations l left join receipt_settings s on s.chain_id = l.chain_id and s.location_id = l.location_id
      left join company_details c on c.chain_id = l.chain_id and c.location_id = l.location_id
     where l.chain_id = ${chainId} and l.location_id = ${locationId}`.execute(q);
  const [row] = rows;
  if (!row) throw new Problem('not_found', 404, 'There is no such location.');
  return row;
}

/** Series, footer, whether the client is named. What was issued stays as it is. Refuses with `changed_meanwhile`, `invalid_request`. */
export async function changeReceiptSettings(deps: Deps, who: Who, { scope }: Place, { version, ...wish }: ReceiptSettingsWish): Promise<void> {
  if (wish.receiptSeries === wish.creditNoteSeries)
    throw new Problem('invalid_request', 422, 'Receipts and credit notes are numbered apart.', { fields: [{ field: 'creditNoteSeries' }] });
  await deps.db.transaction(async (tx) => {
    await sql`select 1 from locations where chain_id = ${scope.chainId} and location_id = ${scope.locationId} for no key update`.execute(tx);
    const { version: present, companyMissing: _missing, ...before } = await readReceiptSettings(tx, scope);
    if (present !== version)
      throw new Problem('changed_meanwhile', 409, 'Somebody else has changed this meanwhile.', { now: { ...before, version: present } });
    await sql`
      insert into receipt_settings (chain_id, location_id, receipt_series, credit_note_series, names_client, footer)
      values (${scope.chainId}, ${scope.locationId}, ${wish.receiptSeries}, ${wish.creditNoteSeries}, ${wish.namesClient}, ${wish.footer})
      on conflict (chain_id, location_id) do update set receipt_series = excluded.receipt_series, credit_note_series = excluded.credit_note_series,
        names_client = excluded.names_client, footer = excluded.footer, version = receipt_settings.version + 1`.execute(tx);
    await noteAudit(tx, deps, who, {
      action: 'receipts.changed',
      subject: { kind: 'location', id: scope.locationId },
      locationId: scope.locationId,
      ...differences<Record<string, unknown>>({ ...before }, { ...wish }),
    });
  });
}
