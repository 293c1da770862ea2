import type { LocationKey } from '../catalog/catalog.ts';
import type { Database } from '../kit/database.ts';
import type { InstantSpan } from './work-spans.ts';

export interface BusyAnswer {
  /** The location's `rules_version` at the same moment: who decided on another one decides again. Undefined: no such location. */
  readonly rulesVersion: bigint | undefined;
  /** Sorted by start; an entry for everybody who was asked for. */
  readonly busy: Map<string, InstantSpan[]>;
}

// One row per person, and their spans as two arrays of whole seconds since $4: the shortest text that PostgreSQL makes fast. Widened to whole
// seconds, which changes nothing for starts and lengths that are whole minutes. A span may have begun up to 26 hours before the first
// moment that is asked about (occupancy_is_at_most_a_day), and the index knows only beginnings.
const BUSY_SPANS = `
  select l.rules_version as version, r.id, s.starts::text as starts, s.ends::text as ends
    from locations l
    left join unnest($3::text[]) r (id) on true
    left join lateral (
      select array_agg(floor(date_part('epoch', o.from_at) - $4::float8)::int4) as starts, array_agg(ceil(date_part('epoch', o.to_at) - $4::float8)::int4) as ends
        from (select lower(span) as from_at, upper(span) as to_at
                from occupancy
               where chain_id = $1 and resource_id = r.id
                 and lower(span) >= to_timestamp($4::float8) - interval '26 hours' and lower(span) < to_timestamp($5::float8)
                 and upper(span) > to_timestamp($4::float8)
                 and (frees_at is null or frees_at > $6::timestamptz)
               order by lower(span)) o
    ) s on true
   where l.chain_id = $1 and l.location_id = $2`;

/**
 * What takes these people's time between two instants (whole spans, also where they stick out), and the version of the rules, in one round trip. Holds that have run out at `at` do
 * not count: whoever claims the time releases them.
 */
export async function busySpans(db: Database, { chainId, locationId }: LocationKey, staffIds: readonly string[], from: Date, to: Date, at: Date): Promise<BusyAnswer> {
  const origin = Math.floor(from.getTime() / 1000);
  const rows = await db.prepared<{ version: bigint; id: string | null; starts: string | null; ends: string | null }>('busy_spans', BUSY_SPANS, [
    chainId,
    locationId,
    staffIds,
    origin,
    Math.ceil(to.getTime() / 1000),
    at.toISOString(),
  ]);
  const busy = new Map<string, InstantSpan[]>();
  for (const { id, starts, ends } of rows) {
    if (id === null) continue;
    busy.set(id, starts === null || ends === null ? [] : spansOf(starts, ends, origin * 1000));
  }
  return { rulesVersion: rows[0] && BigInt(rows[0].version), busy };
}

/** `{0,1800}` and `{900,2700}` → spans. */
function spansOf(starts: string, ends: string, originMs: number): InstantSpan[] {
  const spans: InstantSpan[] = [];
  let e = 0;
  let s = 0;
  while (s < starts.length) {
    const start = readSeconds(starts, s + 1);
    const end = readSeconds(ends, e + 1);
    s = start.at;
    e = end.at;
    spans.push([originMs + start.seconds * 1000, originMs + end.seconds * 1000]);
    if (starts.charCodeAt(s) === 125) break;
  }
  return spans;
}

function readSeconds(text: string, from: number): { seconds: number; at: number } {
  let at = from;
  const negative = text.charCodeAt(at) === 45;
  if (negative) at++;
  let seconds = 0;
  for (let code = text.charCodeAt(at); code >= 48 && code <= 57; code = text.charCodeAt(++at)) seconds = seconds * 10 + code - 48;
  return { seconds: negative ? -seconds : seconds, at };
}
