import type { WaitingInLine, WaitingLine } from '@holdfast/contract/waiting';
import type { WaitingStep } from '@holdfast/contract/waiting-words';
import { sql } from 'kysely';
import type { CalendarViewer } from '../booking/calendar-viewer.ts';
import { freshRules } from '../booking/fresh-rules.ts';
import { readEvent } from '../booking/read-event.ts';
import { Problem } from '../kit/problem.ts';
import type { WaitingContext } from './context.ts';
import { type EntryRow, entriesOf, logOf } from './store.ts';

const MOST_LINES = 500;

/** The line of an event or a day, and everything that happened to it. Refuses with `not_found`. */
export async function readLine(ctx: WaitingContext, viewer: CalendarViewer, line: { eventId: string } | { day: string }): Promise<WaitingLine> {
  const { scope } = viewer.place;
  const q = ctx.db.read;
  if ('eventId' in line) await refuseUnseen(ctx, viewer, line.eventId);
  const { catalog } = await freshRules(ctx, scope);
  const rows = (await entriesOf(q, scope, line)).filter((one) => 'eventId' in line || sees(viewer, one));
  const inLine = rows.filter(isLive);
  const appointments = await appointmentsOf(ctx, viewer, rows);
  const shown = (row: EntryRow): WaitingInLine => ({
    id: row.entryId,
    lineNo: row.lineNo,
    position: isLive(row) ? inLine.indexOf(row) + 1 : null,
    name: viewer.clients ? row.contact.name : '',
    phone: viewer.contacts ? row.phone : null,
    places: row.places,
    promise: row.promise,
    status: row.status,
    offeredUntil: row.status === 'offered' ? (row.offeredUntil?.toISOString() ?? null) : null,
    offeredStartsAt: row.status === 'offered' && row.offer ? new Date(row.offer.startsAt).toISOString() : null,
    services: (row.serviceIds ?? []).map((id) => catalog.services.get(id)?.name ?? ''),
    staffName: row.staffId === null ? null : (catalog.staff.get(row.staffId)?.name ?? ''),
    fromMinute: row.fromMinute,
    toMinute: row.toMinute,
    byStaff: row.byUser !== null,
    appointmentId: row.bookingId === null ? null : (appointments.get(row.bookingId) ?? null),
    joinedAt: row.joinedAt.toISOString(),
  });
  const byId = new Map(rows.map((row) => [row.entryId, row]));
  const ids = rows.map(({ entryId }) => entryId);
  return {
    timeZone: catalog.location.timeZone,
    offerMinutes: await offerMinutes(ctx, viewer),
    entries: [...inLine, ...rows.filter((row) => !isLive(row))].map(shown),
    log: (await logOf(q, scope, ids, MOST_LINES)).map(({ no, at, entryId, what, detail }) => ({
      no: no.toString(),
      at: at.toISOString(),
      entryId,
      lineNo: byId.get(entryId)?.lineNo ?? 0,
      name: viewer.clients ? (byId.get(entryId)?.contact.name ?? '') : '',
      what: what as WaitingStep,
      detail,
    })),
    now: ctx.now().toISOString(),
  };
}

/** Refuses with `not_found` what this viewer does not see. */
export async function refuseUnseen(ctx: WaitingContext, viewer: CalendarViewer, eventId: string): Promise<void> {
  const event = await readEvent(ctx.db.read, viewer.place.scope, eventId, ctx.now());
  if (!event || (viewer.onlyStaffId !== undefined && event.staffId !== viewer.onlyStaffId))
    throw new Problem('not_found', 404, 'There is no such event.');
}

/** A day's entry: those for anybody are everybody's. */
export function sees({ onlyStaffId }: CalendarViewer, { staffId }: Pick<EntryRow, 'staffId'>): boolean {
  return onlyStaffId === undefined || staffId === null || staffId === onlyStaffId;
}

function isLive({ status }: EntryRow): boolean {
  return status === 'waiting' || status === 'offered';
}

async function appointmentsOf(ctx: WaitingContext, { place }: CalendarViewer, rows: readonly EntryRow[]): Promise<ReadonlyMap<string, string>> {
  const ids = rows.flatMap(({ bookingId }) => bookingId ?? []);
  const found = await sql<{ bookingId: string; id: string }>`
    select booking_id "bookingId", min(appointment_id) id from appointments
     where chain_id = ${place.scope.chainId} and booking_id = any(${ids}::text[]) group by booking_id`.execute(ctx.db.read);
  return new Map(found.rows.map(({ bookingId, id }) => [bookingId, id]));
}

async function offerMinutes(ctx: WaitingContext, { place }: CalendarViewer): Promise<number> {
  const { chainId, locationId } = place.scope;
  const { rows } = await sql<{ minutes: number }>`
    select waiting_offer_minutes minutes from locations where chain_id = ${chainId} and location_id = ${locationId}`.execute(ctx.db.read);
  return rows[0]?.minutes ?? 60;
}
