import type { ImportKind } from '@holdfast/contract/import-fields';
import type { DataFile } from '@holdfast/contract/imports';
import type { Right } from '@holdfast/contract/rights';
import { sql } from 'kysely';
import { rightMissing } from '../access/guard.ts';
import { noteAudit } from '../access/note-audit.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { type AskedBy, fileHere, shapeFile } from './store.ts';
import type { Importing } from './take-file.ts';

/** What one has to be allowed by hand, one has to be allowed out of a file. */
const needed: Readonly<Record<ImportKind, readonly Right[]>> = {
  clients: ['clients.edit', 'clients.contacts'],
  services: ['catalog.edit'],
  appointments: ['calendar.edit', 'calendar.see_all', 'calendar.price', 'clients.see', 'clients.contacts'],
};

/**
 * What the dry run has shown is written, in the background. Accepting twice is accepting once. Refuses with `not_found`, `step_not_allowed`, `right_missing` and,
 * where all of it is wanted and not all of it can be, `not_ready`.
 */
export async function acceptFile(
  ctx: Deps,
  { who, place }: Importing,
  fileId: string,
  { rows: which }: { rows: 'all' | 'valid' },
): Promise<DataFile> {
  const { scope } = place;
  await ctx.db.transaction(async (tx) => {
    const file = await fileHere(tx, scope, fileId);
    for (const right of needed[file.kind]) if (!place.rights.has(right)) throw rightMissing(right);
    if (file.status === 'writing' || file.status === 'done') return;
    if (file.status !== 'checked') throw new Problem('step_not_allowed', 409, 'Walk through it first.');
    const { counts } = await shapeFile(tx, file);
    const left = counts.conflict + counts.refused;
    if (which === 'all' && left > 0) throw new Problem('not_ready', 409, 'Not every row of it can be written.', { rows: left });
    const askedBy: AskedBy = { userId: who.userId, name: who.name, address: who.address, requestId: who.requestId };
    const at = ctx.now();
    const { numAffectedRows } = await sql`
      update data_imports set status = 'writing', accepted_at = ${at}, leased_until = ${at}, asked_by = ${JSON.stringify(askedBy)}::jsonb, read_rows = 0
       where chain_id = ${scope.chainId} and file_id = ${fileId} and status = 'checked'`.execute(tx);
    if (numAffectedRows !== 1n) return;
    await sql`delete from data_import_parts where chain_id = ${scope.chainId} and file_id = ${fileId}`.execute(tx);
    await noteAudit(tx, ctx, who, {
      action: 'import.accepted',
      subject: { kind: 'import', id: fileId },
      locationId: scope.locationId,
      after: { fileName: file.fileName, kind: file.kind, rows: which, ...counts },
    });
  });
  return shapeFile(ctx.db.read, await fileHere(ctx.db.read, scope, fileId));
}
