import { sql } from 'kysely';
import type { PaymentsContext } from '../payments/context.ts';

const DAY_MS = 86_400_000;

/** Files that came, or half came, and that nobody began to read within a day: their pieces go. Nothing of them was ever in the books. */
export async function dropAbandonedFiles(ctx: PaymentsContext): Promise<number> {
  const at = ctx.now();
  const { numAffectedRows } = await sql`
    with dropped as (
      update settlement_imports set status = 'discarded', done_at = ${at}
       where status in ('uploading', 'mapping') and made_at < ${new Date(at.getTime() - DAY_MS)}
      returning chain_id, import_id)
    delete from settlement_import_parts p using dropped d where p.chain_id = d.chain_id and p.import_id = d.import_id`.execute(ctx.db.read);
  return Number(numAffectedRows ?? 0n);
}
