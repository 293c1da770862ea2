import type { TaxReport } from '@holdfast/contract/taxes';
import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';

/** What visits of these local days have earned, net and tax by rate: read from the books, which hold both apart. */
export async function readTaxReport(
  q: Queryable,
  { chainId, locationId }: Scope,
  timeZone: string,
  { from, to }: { from: string; to: string },
): Promise<TaxReport> {
  const startOf = (day: string, plus: number) =>
    new Date(Temporal.PlainDate.from(day).add({ days: plus }).toZonedDateTime({ timeZone }).epochMilliseconds);
  const { rows } = await sql<{ rateId: string; name: string | null; basisPoints: number | null; currency: string; net: bigint; tax: bigint }>`
    select x.rate_id "rateId", t.name, t.basis_points "basisPoints", x.currency, sum(x.net)::bigint net, sum(x.tax)::bigint tax from (
      select a.owner_id rate_id, p.currency,
             case when a.kind = 'income' then case when a.account_id = p.from_account_id then p.amount_minor else -p.amount_minor end else 0 end net,
             case when a.kind = 'tax' then case when a.account_id = p.from_account_id then p.amount_minor else -p.amount_minor end else 0 end tax
        from ledger_postings p join ledger_accounts a on a.chain_id = p.chain_id and a.account_id in (p.from_account_id, p.to_account_id) and a.kind in ('income', 'tax')
       where p.chain_id = ${chainId} and p.location_id = ${locationId} and p.operation in ('income', 'tax')
         and p.happened_at >= ${startOf(from, 0)} and p.happened_at < ${startOf(to, 1)}) x
      left join tax_rates t on t.chain_id = ${chainId} and t.rate_id = x.rate_id
     group by 1, 2, 3, 4 order by t.basis_points desc nulls last, t.name, x.rate_id`.execute(q);
  return {
    from,
    to,
    lines: rows.map(({ rateId, net, tax, ...row }) => ({
      ...row,
      rateId: rateId || null,
      netMinor: Number(net),
      taxMinor: Number(tax),
      grossMinor: Number(net + tax),
    })),
  };
}
