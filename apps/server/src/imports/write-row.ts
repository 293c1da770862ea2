import { foldText } from '@holdfast/contract/fold-text';
import type { ImportWhy } from '@holdfast/contract/import-fields';
import { languageShape } from '@holdfast/contract/session';
import { noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import { bookByStaff } from '../booking/book-by-staff.ts';
import { freshRules } from '../booking/fresh-rules.ts';
import { createService } from '../catalog/change-service.ts';
import { createCategory } from '../catalog/name-in-catalog.ts';
import { addClient, changeClient } from '../clients/write-client.ts';
import { tell } from '../kit/outbox.ts';
import type { ImportsContext } from './context.ts';
import { isBookedAlready } from './judge-rows.ts';
import { knownClient } from './known-client.ts';
import type { AppointmentRow, ClientRow, ServiceRow } from './read-row.ts';

export interface Written {
  readonly written: 'written' | 'same' | 'refused';
  readonly why?: ImportWhy;
  readonly id?: string;
}

interface By {
  readonly who: Who;
  readonly place: Place;
}

/** A new client; or what somebody who is there has not said yet. Nothing that is there is written over. */
export async function writeClient(ctx: ImportsContext, { who, place: { scope } }: By, row: ClientRow): Promise<Written> {
  const { location } = (await freshRules(ctx, scope)).catalog;
  const { chainId } = scope;
  const known = await knownClient(ctx.db.read, chainId, row);
  const language = languageShape.safeParse(location.defaultLanguage).data ?? 'en';
  if (!known) {
    const id = await addClient(ctx, chainId, location.country, {
      name: row.name,
      phone: row.phone ?? '',
      email: row.email,
      language,
      note: row.note,
    });
    await noteAudit(ctx.db.read, ctx, who, { action: 'client.created', subject: { kind: 'client', id }, after: { by: 'import' } });
    return { written: 'written', id };
  }
  const wish = {
    version: known.version,
    name: known.name,
    phone: known.phone ?? '',
    email: known.email ?? row.email,
    language: languageShape.safeParse(known.language).data ?? language,
    note: known.note || row.note,
  };
  return ctx.db.transaction(async (tx) => {
    const fields = await changeClient(tx, chainId, location.country, known.id, wish);
    if (fields.length === 0) return { written: 'same', why: 'there_already', id: known.id } as const;
    await tell(tx, chainId, { id: ctx.newId('out'), topic: 'client.changed', subjectId: known.id, at: ctx.now() });
    await noteAudit(tx, ctx, who, { action: 'client.changed', subject: { kind: 'client', id: known.id }, after: { fields, by: 'import' } });
    return { written: 'written', id: known.id } as const;
  });
}

/** A new service in its category, which is made if there is none of this name. Nobody does it yet. */
export async function writeService(ctx: ImportsContext, by: By, row: ServiceRow): Promise<Written> {
  const { catalog } = await freshRules(ctx, by.place.scope);
  if ([...catalog.services.values()].some(({ name, archived }) => !archived && foldText(name) === foldText(row.name)))
    return { written: 'same', why: 'there_already' };
  const named = row.category === '' ? row.name : row.category;
  const kept = [...catalog.categories.values()].find(({ name }) => foldText(name) === foldText(named));
  const categoryId = kept?.categoryId ?? (await createCategory(ctx, by, named));
  const id = await createService(ctx, by, {
    categoryId,
    name: row.name,
    description: row.description,
    priceMinMinor: row.priceMinMinor,
    priceMaxMinor: row.priceMaxMinor,
    durationMinutes: row.durationMinutes,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    onlineBooking: true,
    onlinePayment: 'not_available',
    cancellation: null,
  });
  return { written: 'written', id };
}

/** An appointment as staff would make it, also outside working hours; the client is not told, because they have known it for long. */
export async function writeAppointment(ctx: ImportsContext, { who, place }: By, row: AppointmentRow): Promise<Written> {
  if (await isBookedAlready(ctx.db.read, place.scope, row)) return { written: 'same', why: 'there_already' };
  const known = row.client.phone === null ? await knownClient(ctx.db.read, place.scope.chainId, row.client) : undefined;
  const id = await bookByStaff(
    ctx,
    { who, place, onlyStaffId: undefined, clients: true, contacts: true },
    {
      client: known ? { clientId: known.id } : { name: row.client.name, phone: row.client.phone ?? '', email: row.client.email },
      staffId: row.staffId,
      startsAt: row.startsAt,
      services: row.serviceIds.map((serviceId) => ({ serviceId, costMinor: row.costMinor })),
      durationMinutes: row.durationMinutes,
      comment: row.client.note.slice(0, 1000),
      outsideHours: true,
    },
    { quietly: true },
  );
  return { written: 'written', id };
}
