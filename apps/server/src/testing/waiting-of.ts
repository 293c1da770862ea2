import type { WaitingEntry, WaitingWish } from '@holdfast/contract/waiting';
import { sql } from 'kysely';
import { joinEventLine } from '../waiting/join-line.ts';
import { readEntry } from '../waiting/read-entry.ts';
import type { TestApp } from './test-app.ts';

/** Client number n as {@link eventWishFor} has them, who waits. */
export function waitingWishOf(n: number, more: Partial<WaitingWish> = {}): WaitingWish {
  return {
    draftId: `wait_${String(n).padStart(16, '0')}_${Math.random().toString(36).slice(2, 10)}`,
    client: { name: `Waiting ${n}`, phone: `+3519130${String(10000 + n).padStart(5, '0')}`, email: '' },
    comment: '',
    language: 'en',
    consent: { terms: true, termsVersion: 1 },
    places: 1,
    promise: { by: 'pay' },
    ...more,
  };
}

export async function waitFor(app: TestApp, eventId: string, n: number, more: Partial<WaitingWish> = {}): Promise<WaitingEntry> {
  const entryId = await joinEventLine(app.salon, app.scope, eventId, waitingWishOf(n, more), `10.1.${n >> 8}.${n & 255}`);
  return readEntry(app.salon, app.scope, entryId);
}

/** How each entry of an event stands, by their number in line. */
export async function lineOf(app: Pick<TestApp, 'database' | 'scope'>, eventId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ status: string }>`
    select status from waiting_entries where chain_id = ${app.scope.chainId} and event_id = ${eventId} order by line_no`.execute(app.database.read);
  return rows.map(({ status }) => status);
}

export async function placesOf(
  app: Pick<TestApp, 'database' | 'scope'>,
  eventId: string,
): Promise<{ taken: number; offered: number; capacity: number }> {
  const { rows } = await sql<{ taken: number; offered: number; capacity: number }>`
    select places_taken taken, places_offered offered, capacity from events where chain_id = ${app.scope.chainId} and event_id = ${eventId}`.execute(
    app.database.read,
  );
  return rows[0] ?? { taken: 0, offered: 0, capacity: 0 };
}
