import { currencyExponent } from '@holdfast/contract/currency-exponent';
import type { Place } from '../access/who.ts';
import { findAccount } from '../accounts/find-account.ts';
import { readStatement } from '../accounts/read-statement.ts';
import type { BookingContext } from '../booking/context.ts';

const AT_ONCE = 500;

/** An account's whole statement as lines of a file, oldest first. Refuses with `not_found` before the first of them. */
export async function statementPages(
  ctx: BookingContext,
  { scope, rights }: Place,
  accountId: string,
): Promise<{ heading: readonly string[]; pages: AsyncIterable<readonly (readonly unknown[])[]> }> {
  const account = await findAccount(ctx.db.read, scope, accountId);
  const sees = { seesClients: rights.has('clients.see') };
  async function* pages() {
    for (let after: string | undefined, next: string | null = ''; next !== null; after = next ?? undefined) {
      const asked = { limit: AT_ONCE, before: undefined, oldestFirst: true, ...(after ? { after } : {}) };
      const page = await readStatement(ctx.db.read, scope.chainId, account, sees, asked);
      next = page.next;
      yield page.rows.map((row) => [
        row.at,
        row.operation,
        decimal(row.amountMinor, page.currency),
        decimal(row.balanceMinor, page.currency),
        page.currency,
        row.locationName,
        row.appointment?.startsAt ?? '',
        row.appointment?.id ?? row.topUpId ?? '',
        row.by ?? '',
        row.memo,
        row.reversal ? 'reversal' : row.reversed ? 'reversed' : '',
      ]);
    }
  }
  const heading = ['at', 'operation', 'amount', 'balance', 'currency', 'location', 'visit at', 'for', 'by', 'memo', 'reversal'];
  return { heading, pages: pages() };
}

/** A plain number, digit by digit: a table program adds it up. */
function decimal(amountMinor: number, currency: string): number {
  const digits = currencyExponent(currency);
  return Number((amountMinor / 10 ** digits).toFixed(digits));
}
