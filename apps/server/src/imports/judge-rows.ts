import { foldText } from '@holdfast/contract/fold-text';
import type { DataMapping } from '@holdfast/contract/imports';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { BookingRules } from '../booking/booking-rules.ts';
import { wantedServices } from '../booking/wanted-services.ts';
import type { Queryable } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import type { FileRow } from '../kit/walk-rows.ts';
import { knownClient } from './known-client.ts';
import { type AppointmentRow, type ClientRow, type RowPlace, readRow, type ServiceRow } from './read-row.ts';
import type { FileRecord, JudgedRow } from './store.ts';

/** What earlier rows of the same file have asked for. */
export interface Earlier {
  readonly seen: Set<string>;
  /** Team member → what they are to do by then. */
  readonly spans: Map<string, { from: number; to: number; row: number }[]>;
}

export const nothingEarlier = (): Earlier => ({ seen: new Set(), spans: new Map() });

export function placeOf(rules: BookingRules, mapping: DataMapping, now: Date): RowPlace {
  const { location, staff, services } = rules.catalog;
  const named = <T>(all: Iterable<readonly [string, T]>, nameOf: (one: T) => string, lives: (one: T) => boolean) =>
    new Map([...all].filter(([, one]) => lives(one)).map(([id, one]) => [foldText(nameOf(one)), id]));
  return {
    mapping,
    now,
    country: location.country,
    currency: location.currency,
    timeZone: location.timeZone,
    staff: named(
      staff,
      ({ name }) => name,
      () => true,
    ),
    services: named(
      services,
      ({ name }) => name,
      ({ archived, kind }) => !archived && kind === 'appointment',
    ),
  };
}

type Judged = Pick<JudgedRow, 'outcome'> & { readonly why?: string; readonly detail?: string };

/** What is to become of each row, as everything stands now and with what earlier rows ask for. Writes nothing. Empty rows are nothing. */
export async function judgeRows(
  q: Queryable,
  file: FileRecord,
  rules: BookingRules,
  place: RowPlace,
  rows: readonly FileRow[],
  earlier: Earlier,
): Promise<JudgedRow[]> {
  const judged: JudgedRow[] = [];
  for (const { no, cells } of rows) {
    const read = readRow(file.kind, cells, place);
    if (read === 'empty') continue;
    const kept = { rowNo: no, cells: cells.map((cell) => cell.slice(0, 500)) };
    if ('why' in read) {
      judged.push({ ...kept, outcome: 'refused', why: read.why, detail: read.detail ?? '', wish: null });
      continue;
    }
    const verdict =
      file.kind === 'clients'
        ? await judgeClient(q, file, read.row as ClientRow, earlier)
        : file.kind === 'services'
          ? judgeService(read.row as ServiceRow, rules, earlier)
          : await judgeAppointment(q, file, read.row as AppointmentRow, rules, earlier, no);
    judged.push({ ...kept, outcome: verdict.outcome, why: verdict.why ?? '', detail: verdict.detail ?? '', wish: read.row });
  }
  return judged;
}

async function judgeClient(q: Queryable, { chainId }: FileRecord, row: ClientRow, { seen }: Earlier): Promise<Judged> {
  const key = row.phone ?? (row.email === '' ? `name ${foldText(row.name)}` : `email ${row.email.toLowerCase()}`);
  if (seen.has(key)) return { outcome: 'same', why: 'twice_in_file' };
  seen.add(key);
  const known = await knownClient(q, chainId, row);
  if (!known) return { outcome: 'new' };
  const adds = (known.email === null && row.email !== '') || (known.note === '' && row.note !== '');
  return adds ? { outcome: 'merge', detail: known.name } : { outcome: 'same', why: 'there_already', detail: known.name };
}

function judgeService(row: ServiceRow, { catalog }: BookingRules, { seen }: Earlier): Judged {
  const key = foldText(row.name);
  if (seen.has(key)) return { outcome: 'same', why: 'twice_in_file' };
  seen.add(key);
  const known = [...catalog.services.values()].find(({ name, archived }) => !archived && foldText(name) === key);
  return known ? { outcome: 'same', why: 'there_already', detail: known.name } : { outcome: 'new' };
}

async function judgeAppointment(
  q: Queryable,
  file: FileRecord,
  row: AppointmentRow,
  rules: BookingRules,
  earlier: Earlier,
  no: number,
): Promise<Judged> {
  const { seen, spans } = earlier;
  let minutes: number;
  let [beforeMs, afterMs] = [0, 0];
  try {
    const wanted = wantedServices(
      rules,
      row.staffId,
      row.serviceIds.map((serviceId) => ({ serviceId, costMinor: null })),
    );
    minutes = row.durationMinutes ?? wanted.minutes;
    [beforeMs, afterMs] = [wanted.beforeMs ?? 0, wanted.afterMs ?? 0];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { outcome: 'refused', why: 'does_not_do_it' };
  }
  const key = [row.startsAt, row.staffId, row.client.phone ?? foldText(row.client.name)].join(' ');
  if (seen.has(key)) return { outcome: 'same', why: 'twice_in_file' };
  seen.add(key);
  if (await isBookedAlready(q, file, row)) return { outcome: 'same', why: 'there_already' };
  const from = new Date(row.startsAt).getTime() - beforeMs;
  const to = new Date(row.startsAt).getTime() + minutes * 60_000 + afterMs;
  const theirs = spans.get(row.staffId) ?? [];
  const other = theirs.find((one) => one.from < to && from < one.to);
  if (other) return { outcome: 'conflict', why: 'taken_by_row', detail: String(other.row) };
  const { rows } = await sql<{ name: string | null; from: Date }>`
    select c.name, coalesce(a.starts_at, lower(o.span)) "from" from occupancy o
      left join appointments a on o.source_kind = 'appointment' and a.chain_id = o.chain_id and a.appointment_id = o.source_id
      left join clients c on c.chain_id = a.chain_id and c.client_id = a.client_id
     where o.chain_id = ${file.chainId} and o.resource_id = ${row.staffId} and o.span && tstzrange(${new Date(from)}, ${new Date(to)}) limit 1`.execute(
    q,
  );
  if (rows[0]) return { outcome: 'conflict', why: 'time_taken', detail: rows[0].name ?? '' };
  spans.set(row.staffId, [...theirs, { from, to, row: no }]);
  return { outcome: 'new' };
}

/** The same client at the same moment with the same team member: what a file that comes twice is recognised by. */
export async function isBookedAlready(
  q: Queryable,
  { chainId, locationId }: Pick<Scope, 'chainId' | 'locationId'>,
  { client, startsAt, staffId }: AppointmentRow,
): Promise<boolean> {
  const who = client.phone
    ? sql`a.client_id in (select coalesce(merged_into, client_id) from clients where chain_id = ${chainId} and phone = ${client.phone})`
    : sql`exists (select 1 from clients c where c.chain_id = a.chain_id and c.client_id = a.client_id and c.name = ${client.name})`;
  const { rows } = await sql`
    select 1 from appointments a where a.chain_id = ${chainId} and a.location_id = ${locationId} and a.staff_id = ${staffId} and a.starts_at = ${new Date(startsAt)}
       and a.status not in ('cancelled', 'expired') and ${who} limit 1`.execute(q);
  return rows.length > 0;
}
