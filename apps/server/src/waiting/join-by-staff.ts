import type { DayWaitingByStaff, WaitingByStaff } from '@holdfast/contract/waiting';
import { sql } from 'kysely';
import { rightMissing } from '../access/guard.ts';
import { noteAudit } from '../access/note-audit.ts';
import type { CalendarViewer } from '../booking/calendar-viewer.ts';
import { readWishedClient } from '../booking/client-by-staff.ts';
import { freshRules } from '../booking/fresh-rules.ts';
import { optionsOf } from '../booking/quote-wish.ts';
import { readClientRecord } from '../clients/read-client.ts';
import { Problem } from '../kit/problem.ts';
import type { WaitingContext } from './context.ts';
import { refuseDay, refuseLargerThanEvent } from './join-line.ts';
import { refuseUnseen, sees } from './read-line.ts';
import { entryById } from './store.ts';
import { type Joining, writeEntry } from './write-entry.ts';

/** Staff put a client into the line of an event: at its end, as everybody. Refuses as joining does, and with `not_found`, `right_missing`. */
export async function joinEventByStaff(ctx: WaitingContext, viewer: CalendarViewer, eventId: string, wish: WaitingByStaff): Promise<void> {
  const { scope } = viewer.place;
  await refuseUnseen(ctx, viewer, eventId);
  const rules = await freshRules(ctx, scope);
  await optionsOf(ctx, scope, rules, { appointments: [], event: { eventId, places: wish.places } }, ctx.now());
  await refuseLargerThanEvent(ctx, scope, eventId, wish.places);
  await addedBy(ctx, viewer, { ...(await joiningOf(ctx, viewer, wish.client)), line: { eventId }, places: wish.places });
}

export async function joinDayByStaff(ctx: WaitingContext, viewer: CalendarViewer, { client, ...line }: DayWaitingByStaff): Promise<void> {
  const { scope } = viewer.place;
  if (!sees(viewer, line)) throw new Problem('not_found', 404, 'There is no such team member.');
  refuseDay(await freshRules(ctx, scope), line, ctx.now());
  await addedBy(ctx, viewer, { ...(await joiningOf(ctx, viewer, client)), line, places: 1 });
}

async function addedBy(ctx: WaitingContext, { who, place: { scope } }: CalendarViewer, joining: Joining): Promise<void> {
  const { line, places } = joining;
  await ctx.db.transaction(async (tx) => {
    const { entryId } = await writeEntry(ctx, scope, joining, tx);
    const subject = subjectOf('eventId' in line ? line : { eventId: null, day: line.day });
    await noteAudit(tx, ctx, who, { action: 'waiting.added', subject, locationId: scope.locationId, after: { entry: entryId, places } });
  });
}

/** In the log beside what happened to the event itself. */
function subjectOf({ eventId, day }: { readonly eventId: string | null; readonly day?: string | null }): { kind: string; id: string } {
  return eventId === null ? { kind: 'waiting_day', id: day ?? '' } : { kind: 'event', id: eventId };
}

/** Staff take somebody off; an offer goes to the next at once. Who and why stands in the log. Refuses with `not_found`, `step_not_allowed` (they wait no longer). */
export async function removeFromLine(
  ctx: WaitingContext,
  viewer: CalendarViewer,
  entryId: string,
  because: string,
): Promise<{ eventId: string } | { day: string }> {
  const { scope } = viewer.place;
  const entry = await entryById(ctx.db.read, scope, entryId);
  if (!entry || (entry.eventId === null && !sees(viewer, entry))) throw new Problem('not_found', 404, 'There is no such entry.');
  if (entry.eventId !== null) await refuseUnseen(ctx, viewer, entry.eventId);
  const detail = JSON.stringify({ by: viewer.who.name, because });
  await ctx.db.transaction(async (tx) => {
    const { rows } = await sql<{ left: boolean }>`
      select leave_line(${scope.chainId}, ${entryId}, 'removed', ${detail}::jsonb, ${ctx.now()}) "left"`.execute(tx);
    if (rows[0]?.left !== true) throw new Problem('step_not_allowed', 409, 'They wait no longer.', { reason: entry.status });
    await noteAudit(tx, ctx, viewer.who, {
      action: 'waiting.removed',
      subject: subjectOf(entry),
      locationId: scope.locationId,
      before: { entry: entryId, numberInLine: entry.lineNo, status: entry.status },
      after: { status: 'withdrawn', because },
    });
  });
  return entry.eventId === null ? { day: entry.day ?? '' } : { eventId: entry.eventId };
}

async function joiningOf(
  ctx: WaitingContext,
  { place, who }: CalendarViewer,
  wished: WaitingByStaff['client'],
): Promise<Omit<Joining, 'line' | 'places'>> {
  if ('clientId' in wished && !place.rights.has('clients.see')) throw rightMissing('clients.see');
  const { catalog } = await freshRules(ctx, place.scope);
  const read = readWishedClient(wished, catalog.location.country);
  const known = 'clientId' in read ? await readClientRecord(ctx.db.read, place.scope.chainId, read.clientId) : undefined;
  const client = 'clientId' in read ? known : read;
  if (!client) throw new Problem('not_found', 404, 'There is no such client.', { field: 'client.clientId' });
  // who waits is written to, and recognised, by it
  if (!client.phone) throw new Problem('invalid_phone', 422, 'A telephone is needed to wait.', { field: 'client.phone' });
  const { name, phone, email } = client;
  return {
    draftId: ctx.newId('draft'),
    contact: { name, phone, email: email ?? '', comment: '' },
    phone,
    phoneConfirmation: undefined,
    language: known?.language ?? catalog.location.defaultLanguage,
    linkId: catalog.links[0].linkId,
    consent: {},
    promise: { by: 'pay' },
    address: undefined,
    by: { id: who.userId, name: who.name },
  };
}
