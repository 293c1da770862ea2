import type { AccountStatement } from '@holdfast/contract/accounts';
import { sql } from 'kysely';
import type { Queryable } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { accountIdOf } from './account-name.ts';
import type { AccountRow } from './find-account.ts';

type Row = AccountStatement['rows'][number];

interface Written extends Omit<Row, 'at' | 'amountMinor' | 'balanceMinor' | 'appointment'> {
  readonly at: Date;
  readonly amountMinor: bigint;
  readonly balanceMinor: bigint;
  readonly entryId: string;
  readonly postingNo: number;
  readonly appointment: (Omit<NonNullable<Row['appointment']>, 'startsAt'> & { readonly startsAt: string }) | null;
}

export interface StatementAsked {
  readonly limit: number;
  /** `next` of the page before. */
  readonly before: string | undefined;
  /** The other way round, for a file. */
  readonly oldestFirst?: boolean;
  /** What oldestFirst goes on after. */
  readonly after?: string;
}

/** Everything that ever moved on an account, with what stood on it afterwards. */
export async function readStatement(
  q: Queryable,
  chainId: string,
  account: Pick<AccountRow, 'ownerId' | 'currency'>,
  { seesClients }: { seesClients: boolean },
  asked: StatementAsked,
): Promise<AccountStatement> {
  const { ownerId, currency } = account;
  const edge = placeIn(asked.before ?? asked.after);
  const way = asked.oldestFirst ? sql`` : sql`desc`;
  const beyond = asked.oldestFirst ? sql`>` : sql`<`;
  const { rows } = await sql<Written>`
    with mine as (select account_id from ledger_accounts where chain_id = ${chainId} and kind = 'client' and owner_id = ${ownerId} and currency = ${currency}),
    moved as (
      select p.*, case when p.from_account_id in (select account_id from mine) then p.amount_minor else -p.amount_minor end came from ledger_postings p
       where p.chain_id = ${chainId} and (p.from_account_id in (select account_id from mine) <> p.to_account_id in (select account_id from mine))
         and (p.from_account_id in (select account_id from mine) or p.to_account_id in (select account_id from mine))),
    told as (select m.*, sum(came) over (order by happened_at, entry_id, posting_no)::bigint stood from moved m),
    page as (select * from told m
      where ${edge === undefined}::boolean or (m.happened_at, m.entry_id, m.posting_no) ${beyond} (${edge?.at ?? new Date(0)}::timestamptz, ${edge?.entryId ?? ''}, ${edge?.postingNo ?? 0}::smallint)
      order by m.happened_at ${way}, m.entry_id ${way}, m.posting_no ${way} limit ${asked.limit + 1})
    select m.entry_id || '.' || m.posting_no id, m.entry_id "entryId", m.posting_no "postingNo", m.happened_at at, m.operation, m.came "amountMinor", m.stood "balanceMinor",
           m.location_id "locationId", l.name "locationName", case when m.purpose_kind = 'account_top_up' then m.purpose_id end "topUpId", e.by_name "by", e.memo,
           e.reverses_entry_id is not null reversal,
           exists (select 1 from ledger_entries r where r.chain_id = e.chain_id and r.reverses_entry_id = e.entry_id) reversed,
           case when a.appointment_id is not null then jsonb_build_object('id', a.appointment_id, 'locationId', a.location_id, 'locationSlug', w.slug, 'startsAt', a.starts_at,
                'timeZone', w.time_zone, 'clientName', c.name) end appointment
      from page m join ledger_entries e on e.chain_id = m.chain_id and e.entry_id = m.entry_id
      join locations l on l.chain_id = m.chain_id and l.location_id = m.location_id
      left join appointments a on a.chain_id = m.chain_id and m.purpose_kind in ('appointment', 'visit') and a.appointment_id = m.purpose_id
      left join locations w on w.chain_id = a.chain_id and w.location_id = a.location_id
      left join clients c on c.chain_id = a.chain_id and c.client_id = a.client_id
     order by m.happened_at ${way}, m.entry_id ${way}, m.posting_no ${way}`.execute(q);
  const page = rows.slice(0, asked.limit);
  const last = page.at(-1);
  return {
    accountId: accountIdOf(account),
    currency,
    rows: page.map(({ entryId: _entry, postingNo: _no, ...row }) => ({
      ...row,
      at: row.at.toISOString(),
      amountMinor: Number(row.amountMinor),
      balanceMinor: Number(row.balanceMinor),
      appointment: row.appointment && {
        ...row.appointment,
        startsAt: new Date(row.appointment.startsAt).toISOString(),
        clientName: seesClients ? row.appointment.clientName : null,
      },
    })),
    next: rows.length > asked.limit && last ? `${last.at.toISOString()}~${last.entryId}~${last.postingNo}` : null,
  };
}

function placeIn(edge: string | undefined): { at: Date; entryId: string; postingNo: number } | undefined {
  if (edge === undefined) return undefined;
  const [at = '', entryId = '', postingNo = ''] = edge.split('~');
  if (Number.isNaN(Date.parse(at)) || !/^\d{1,4}$/.test(postingNo)) throw new Problem('invalid_request', 422, 'There is no such page.');
  return { at: new Date(at), entryId, postingNo: Number(postingNo) };
}
