import { noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { refuseUnlessReachable } from '../messages/channels-to-client.ts';
import type { ReceiptContext } from './context.ts';
import { readReceipt } from './read-receipts.ts';

/** Sends the client the address of a document's page, once for each time it is asked. Refuses with `not_found`, and with `step_not_allowed` without an address. */
export async function sendReceipt(
  ctx: ReceiptContext,
  { who, place: { scope } }: { who: Who; place: Place },
  receiptId: string,
  channel: 'sms' | 'email',
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const receipt = await readReceipt(tx, scope, receiptId);
    if (!receipt) throw new Problem('not_found', 404, 'There is no such document.');
    const { clientId, name } = receipt;
    await refuseUnlessReachable(tx, scope, clientId, channel);
    await noteAudit(tx, ctx, who, {
      action: 'receipt.sent',
      subject: { kind: 'receipt', id: receiptId },
      locationId: scope.locationId,
      after: { name, channel },
    });
    const payload = { locationId: scope.locationId, clientId, channel };
    await tell(tx, scope.chainId, { id: ctx.newId('out'), topic: 'receipt.sent', subjectId: receiptId, payload, at: ctx.now() });
  });
}
