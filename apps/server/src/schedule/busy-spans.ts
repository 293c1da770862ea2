import type { LocationKey } from '../catalog/catalog.ts';
import type { Database } from '../kit/database.ts';
import type { InstantSpan } from './work-spans.ts';

export interface BusyAnswer {
  /** The location's `rules_version` at the same moment: who decided on another one decides again. Undefined: no such location. */
  readonly rulesVersion: bigint | undefined;
  /** Sorted by start; an entry for everybody who was asked for. */
  readonly busy: Map<string, InstantSpan[]>;
}

// One row per person; their beginnings and ends as PostgreSQL's own eight bytes each (microseconds since 2000), because making readable text of
// thousands of instants costs more than finding them. A span may have begun up to 26 hours before the first moment that is asked about
// (occupancy_is_at_most_a_day), and the index knows only beginnings.
const BUSY_SPANS = `
  select l.rules_version::text as version, r.id, encode(s.starts, 'base64') as starts, encode(s.ends, 'base64') as ends
    from locations l
    left join unnest($3::text[]) r (id) on true
    left join lateral (
      select string_agg(timestamptz_send(o.from_at), ''::bytea) as starts, string_agg(timestamptz_send(o.to_at), ''::bytea) as ends
        from (select lower(span) as from_at, upper(span) as to_at
                from occupancy
               where chain_id = $1 and resource_id = r.id
                 and lower(span) >= $4::timestamptz - interval '26 hours' and lower(span) < $5::timestamptz
                 and (frees_at is null or frees_at > $6::timestamptz)
               order by lower(span)) o
    ) s on true
   where l.chain_id = $1 and l.location_id = $2`;

/**
 * What takes these people's time between two instants (whole spans, also where they stick out), and the version of the rules, in one round trip. Holds that have run out at `at` do
 * not count: whoever claims the time releases them.
 */
export async function busySpans(
  db: Database,
  { chainId, locationId }: LocationKey,
  staffIds: readonly string[],
  from: Date,
  to: Date,
  at: Date,
): Promise<BusyAnswer> {
  const rows = await db.prepared<{ version: string; id: string | null; starts: string | null; ends: string | null }>('busy_spans', BUSY_SPANS, [
    chainId,
    locationId,
    staffIds,
    from.toISOString(),
    to.toISOString(),
    at.toISOString(),
  ]);
  const busy = new Map<string, InstantSpan[]>();
  for (const { id, starts, ends } of rows) {
    if (id !== null) busy.set(id, starts === null || ends === null ? [] : spansOf(starts, ends, from.getTime()));
  }
  return { rulesVersion: rows[0] && BigInt(rows[0].version), busy };
}

const POSTGRES_EPOCH_MS = Date.UTC(2000, 0, 1);

/** Those that end after `fromMs`. Parts of a millisecond are rounded away from free time. */
function spansOf(starts: string, ends: string, fromMs: number): InstantSpan[] {
  const [from, to] = [bytesOf(starts), bytesOf(ends)];
  const spans: InstantSpan[] = [];
  for (let at = 0; at < from.byteLength; at += 8) {
    const end = POSTGRES_EPOCH_MS + Math.ceil(microseconds(to, at) / 1000);
    if (end > fromMs) spans.push([POSTGRES_EPOCH_MS + Math.floor(microseconds(from, at) / 1000), end]);
  }
  return spans;
}

/** Exact for 285 years before and after 2000 (2^53 microseconds). */
function microseconds(bytes: DataView, at: number): number {
  return bytes.getInt32(at) * 2 ** 32 + bytes.getUint32(at + 4);
}

function bytesOf(base64: string): DataView {
  const { buffer, byteOffset, byteLength } = Buffer.from(base64, 'base64');
  return new DataView(buffer, byteOffset, byteLength);
}
