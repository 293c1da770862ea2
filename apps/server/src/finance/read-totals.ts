import { toJsonAmount } from '@holdfast/contract/money';
import type { TransactionFilter, TransactionTotals } from '@holdfast/contract/transactions';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { allRegistersOf } from './read-registers.ts';
import { askedFor } from './transaction-sql.ts';

interface Sum {
  inMinor: bigint;
  outMinor: bigint;
}

/** What the filter's transactions add up to. */
export async function readTotals(q: Queryable, scope: Scope, filter: TransactionFilter): Promise<TransactionTotals> {
  const { money, postings } = await askedFor(q, scope, filter);
  const ours = money.map(({ accountId }) => accountId);
  const { rows } = await sql<{ from: string | null; to: string | null; currency: string; count: bigint; amount: bigint }>`
    select case when p.from_account_id = any(${ours}) then p.from_account_id end "from", case when p.to_account_id = any(${ours}) then p.to_account_id end "to",
           p.currency, count(*) count, sum(p.amount_minor)::bigint amount ${postings} group by 1, 2, 3`.execute(q);
  const registerOf = new Map(money.map(({ accountId, registerId }) => [accountId, registerId]));
  const sums = new Map<string, Sum>();
  const byRegister = new Map<string, Sum>();
  for (const { from, to, currency, amount } of rows) {
    const sum = within(sums, currency);
    if (to !== null && from === null) sum.inMinor += amount;
    if (from !== null && to === null) sum.outMinor += amount;
    const [left, reached] = [from && registerOf.get(from), to && registerOf.get(to)];
    // what a provider pays out into its own register has been there before
    if (left === reached) continue;
    if (reached) within(byRegister, `${reached} ${currency}`).inMinor += amount;
    if (left) within(byRegister, `${left} ${currency}`).outMinor += amount;
  }
  const registers = await allRegistersOf(q, scope);
  return {
    count: Number(rows.reduce((count, row) => count + row.count, 0n)),
    sums: [...sums].sort(([one], [other]) => one.localeCompare(other)).map(([currency, sum]) => ({ currency, ...json(sum) })),
    registers: registers.flatMap(({ id, name, currency: own }) =>
      [...byRegister]
        .filter(([key]) => key.startsWith(`${id} `))
        .map(([key, sum]) => ({
          registerId: id,
          name,
          currency: key.split(' ')[1] ?? own,
          ...json(sum),
          netMinor: toJsonAmount(sum.inMinor - sum.outMinor),
        })),
    ),
  };
}

function within(sums: Map<string, Sum>, key: string): Sum {
  const sum = sums.get(key) ?? { inMinor: 0n, outMinor: 0n };
  sums.set(key, sum);
  return sum;
}

function json({ inMinor, outMinor }: Sum): { inMinor: number; outMinor: number } {
  return { inMinor: toJsonAmount(inMinor), outMinor: toJsonAmount(outMinor) };
}
