import type { DayClosing, MoneyFigures } from '@holdfast/contract/reports';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Who } from '../access/who.ts';
import type { Question } from '../kit/ask-together.ts';
import type { Queryable, Tx } from '../kit/database.ts';

export interface Closing {
  readonly id: string;
  readonly day: string;
  readonly closedFrom: Date | null;
  readonly closedUntil: Date;
  readonly closedAt: Date;
  readonly userName: string;
  readonly note: string;
  readonly counts: DayClosing['counts'];
  readonly figures: readonly MoneyFigures[];
  readonly postings: bigint;
  readonly figuresBy: number | null;
  readonly reopenedAt: Date | null;
  readonly reopenedByName: string | null;
  readonly reopenedBecause: string | null;
}

const columns = sql`closing_id id, day::text as day, closed_from "closedFrom", closed_until "closedUntil", closed_at "closedAt", user_name "userName", note, counts,
  figures, postings, figures_by "figuresBy", reopened_at "reopenedAt", reopened_by_name "reopenedByName", reopened_because "reopenedBecause"`;

type Told = {
  readonly [Name in keyof Closing]: Closing[Name] extends Date ? string : Closing[Name] extends Date | null ? string | null : Closing[Name];
};

function toldClosing(row: Told): Closing {
  return {
    ...row,
    closedFrom: row.closedFrom === null ? null : new Date(row.closedFrom),
    closedUntil: new Date(row.closedUntil),
    closedAt: new Date(row.closedAt),
    postings: BigInt(row.postings),
    reopenedAt: row.reopenedAt === null ? null : new Date(row.reopenedAt),
  };
}

/** The closing that counts now; none: no day is closed. */
export function lastClosing({ chainId, locationId }: Scope): Question<Closing> {
  return {
    select: sql`
    select ${columns} from day_closings where chain_id = ${chainId} and location_id = ${locationId} and reopened_at is null
     order by closed_until desc limit 1`,
    read: toldClosing,
  };
}

/** How this very day was closed: the closing that counts, else the last one that was opened again. */
export function closingOfDay({ chainId, locationId }: Scope, day: string): Question<Closing> {
  return {
    select: sql`
    select ${columns} from day_closings where chain_id = ${chainId} and location_id = ${locationId} and day = ${day}::date
     order by reopened_at is null desc, closed_at desc limit 1`,
    read: toldClosing,
  };
}

/** Every closing that counts, of every location. */
export async function allClosings(q: Queryable): Promise<readonly (Closing & { chainId: string; locationId: string })[]> {
  const { rows } = await sql<Closing & { chainId: string; locationId: string }>`
    select chain_id "chainId", location_id "locationId", ${columns} from day_closings where reopened_at is null order by chain_id, location_id, closed_until`.execute(
    q,
  );
  return rows;
}

/** How many postings are dated before a moment. */
export async function postingsBefore(q: Queryable, { chainId, locationId }: Scope, at: Date): Promise<bigint> {
  const { rows } = await sql<{ n: bigint }>`
    select count(*) n from ledger_postings where chain_id = ${chainId} and location_id = ${locationId} and happened_at < ${at}`.execute(q);
  return rows[0]?.n ?? 0n;
}

export async function insertClosing(
  tx: Tx,
  scope: Scope,
  who: Who,
  closing: Pick<Closing, 'id' | 'day' | 'closedFrom' | 'closedUntil' | 'closedAt' | 'note' | 'counts' | 'figures' | 'figuresBy' | 'postings'>,
): Promise<void> {
  await sql`
    insert into day_closings (chain_id, closing_id, location_id, day, closed_from, closed_until, closed_at, user_id, user_name, note, counts, figures, figures_by, postings)
    values (${scope.chainId}, ${closing.id}, ${scope.locationId}, ${closing.day}::date, ${closing.closedFrom}, ${closing.closedUntil}, ${closing.closedAt},
            ${who.userId}, ${who.name}, ${closing.note}, ${JSON.stringify(closing.counts)}::jsonb, ${JSON.stringify(closing.figures)}::jsonb, ${closing.figuresBy}, ${closing.postings})`.execute(
    tx,
  );
}

export async function noteReopened(
  tx: Tx,
  { chainId }: Scope,
  who: Who,
  { id, because, at }: { id: string; because: string; at: Date },
): Promise<void> {
  await sql`
    update day_closings set reopened_at = ${at}, reopened_by_id = ${who.userId}, reopened_by_name = ${who.name}, reopened_because = ${because}
     where chain_id = ${chainId} and closing_id = ${id} and reopened_at is null`.execute(tx);
}
