import { noteAudit } from '../access/note-audit.ts';
import type { AtWork } from '../finance/context.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { resolveAttention } from '../payments/resolve-attention.ts';
import type { AttentionRow } from './store.ts';

/** Over, with who ended it. Refuses with `choice_already_made`. */
export async function endAttention(
  tx: Tx,
  ctx: Pick<Deps, 'newId' | 'now'>,
  { who, place }: AtWork,
  row: AttentionRow,
  { resolution, because }: { resolution: string; because: string },
): Promise<void> {
  if (!(await resolveAttention(tx, place.scope, row.id, resolution, ctx.now(), { by: who.name, because }))) throw decidedAlready();
  await noteAudit(tx, ctx, who, {
    action: 'attention.decided',
    subject: { kind: 'attention', id: row.id },
    locationId: place.scope.locationId,
    before: { kind: row.kind },
    after: { resolution, because },
  });
}

export function decidedAlready(): Problem {
  return new Problem('choice_already_made', 409, 'This has been decided already.');
}
