import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';

export async function testHere(q: Queryable, { chainId, locationId }: Scope, connectionId: string, testId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from connection_tests where chain_id = ${chainId} and location_id = ${locationId} and connection_id = ${connectionId} and test_id = ${testId}`.execute(
    q,
  );
  return rows.length > 0;
}

export interface TestRow {
  readonly testId: string;
  readonly connectionId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly startedAt: Date;
  readonly startedBy: string;
  readonly payableUntil: Date;
  readonly endedAt: Date | null;
}

/** The last test of each of a location's connections. */
export async function lastTests(q: Queryable, { chainId, locationId }: Scope): Promise<readonly TestRow[]> {
  const { rows } = await sql<TestRow>`
    select distinct on (connection_id) test_id "testId", connection_id "connectionId", amount_minor "amountMinor", currency, started_at "startedAt",
           started_by "startedBy", payable_until "payableUntil", ended_at "endedAt"
      from connection_tests where chain_id = ${chainId} and location_id = ${locationId} order by connection_id, ended_at is null desc, started_at desc, test_id desc`.execute(
    q,
  );
  return rows;
}

export interface Arrived {
  readonly type: string;
  readonly at: Date;
}

const DAY_MS = 86_400_000;

/** Which webhooks have come because of a test, oldest first. Those of a day: nothing about it is expected later. */
export async function arrivedOfTest(
  q: Queryable,
  chainId: string,
  { connectionId, startedAt }: TestRow,
  { references, providerPaymentIds }: { references: readonly string[]; providerPaymentIds: readonly string[] },
): Promise<readonly Arrived[]> {
  const { rows } = await sql<Arrived>`
    select event_type type, received_at at from webhook_inbox
     where chain_id = ${chainId} and connection_id = ${connectionId} and received_at between ${startedAt} and ${new Date(startedAt.getTime() + DAY_MS)}
       and (reference = any(${references}) or provider_payment_id = any(${providerPaymentIds}))
     order by received_at, event_id limit 20`.execute(q);
  return rows;
}
