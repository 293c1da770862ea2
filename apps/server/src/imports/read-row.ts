import { foldText } from '@holdfast/contract/fold-text';
import type { ImportKind, ImportWhy } from '@holdfast/contract/import-fields';
import type { DataMapping } from '@holdfast/contract/imports';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { readPhone } from '../clients/read-phone.ts';
import { Problem } from '../kit/problem.ts';
import { readCellAmount, readCellDate } from '../kit/read-cells.ts';
import { cellOf, readMinutes } from './read-columns.ts';

/** What a row asks for; kept with the row between the dry run and the writing. */
export interface ClientRow {
  readonly name: string;
  readonly phone: string | null;
  readonly email: string;
  readonly note: string;
}
export interface ServiceRow {
  readonly name: string;
  readonly category: string;
  readonly description: string;
  readonly priceMinMinor: number;
  readonly priceMaxMinor: number;
  readonly durationMinutes: number;
}
export interface AppointmentRow {
  readonly client: ClientRow;
  readonly startsAt: string;
  readonly staffId: string;
  readonly serviceIds: readonly string[];
  readonly durationMinutes: number | null;
  readonly costMinor: number | null;
}

/** What a row is read by. */
export interface RowPlace {
  readonly mapping: DataMapping;
  readonly country: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly now: Date;
  /** By folded name. */
  readonly staff: ReadonlyMap<string, string>;
  readonly services: ReadonlyMap<string, string>;
}

export type RowRead<Row> = { readonly row: Row } | { readonly why: ImportWhy; readonly detail?: string } | 'empty';

const email = z.email().max(200);
const LATEST_MS = 730 * 86_400_000;

/** One row, read and judged by what stands in it alone; pure, so that the dry run says what the writing does. */
export function readRow(kind: ImportKind, cells: readonly string[], place: RowPlace): RowRead<ClientRow | ServiceRow | AppointmentRow> {
  if (cells.every((cell) => cell.trim() === '')) return 'empty';
  if (kind === 'clients') return readClient(cells, place);
  return kind === 'services' ? readService(cells, place) : readAppointment(cells, place);
}

function readClient(cells: readonly string[], { mapping, country }: RowPlace): RowRead<ClientRow> {
  const cell = (field: 'name' | 'surname' | 'phone' | 'email' | 'note') => cellOf(cells, mapping, field);
  const typed = cell('phone');
  const name = [cell('name'), cell('surname')].filter((part) => part !== '').join(' ') || typed;
  if (name === '') return { why: 'no_name' };
  if (name.length > 120 || cell('note').length > 2000) return { why: 'too_long' };
  if (cell('email') !== '' && !email.safeParse(cell('email')).success) return { why: 'bad_email', detail: cell('email').slice(0, 100) };
  // what table programs make of a number: an apostrophe before it, a fraction behind
  const phone = phoneIn(typed.replace(/^'/, '').replace(/\.0+$/, ''), country);
  if (phone === undefined) return { why: 'bad_phone', detail: typed.slice(0, 60) };
  return { row: { name, phone, email: cell('email'), note: cell('note') } };
}

/** null: none; undefined: none that is one. */
function phoneIn(typed: string, country: string): string | null | undefined {
  if (typed === '') return null;
  try {
    return readPhone(typed, country);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
  try {
    // many programs leave the plus away
    return /^\d{11,15}$/.test(typed) ? readPhone(`+${typed}`, country) : undefined;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return undefined;
  }
}

function readService(cells: readonly string[], { mapping, currency }: RowPlace): RowRead<ServiceRow> {
  const cell = (field: 'name' | 'category' | 'price' | 'price_max' | 'duration' | 'description') => cellOf(cells, mapping, field);
  const name = cell('name');
  if (name === '') return { why: 'no_name' };
  if (name.length > 120 || cell('category').length > 120 || cell('description').length > 4000) return { why: 'too_long' };
  const priceOf = (field: 'price' | 'price_max') => priceIn(cell(field), currency, mapping);
  const lowest = priceOf('price');
  const highest = cell('price_max') === '' ? lowest : priceOf('price_max');
  if (lowest === undefined || highest === undefined || highest < lowest) return { why: 'no_price', detail: cell('price').slice(0, 60) };
  const minutes = readMinutes(cell('duration'));
  if (minutes === undefined || minutes < 5 || minutes > 1440) return { why: 'no_duration', detail: cell('duration').slice(0, 60) };
  return {
    row: {
      name,
      category: cell('category'),
      description: cell('description'),
      priceMinMinor: lowest,
      priceMaxMinor: highest,
      durationMinutes: minutes,
    },
  };
}

function priceIn(text: string, currency: string, { decimal }: DataMapping): number | undefined {
  const amount = readCellAmount(text, currency, decimal);
  return amount === undefined || amount < 0n || amount > 1_000_000_000_000n ? undefined : Number(amount);
}

function readAppointment(cells: readonly string[], place: RowPlace): RowRead<AppointmentRow> {
  const { mapping, timeZone, now, staff, services, currency } = place;
  const cell = (field: 'date' | 'time' | 'staff' | 'service' | 'duration' | 'price') => cellOf(cells, mapping, field);
  const client = readClient(cells, place);
  if (client === 'empty' || 'why' in client) return client === 'empty' ? { why: 'no_name' } : client;
  const when = [cell('date'), cell('time')].filter((part) => part !== '').join(' ');
  const startsAt = /\d:\d\d/.test(when) ? readCellDate(when, mapping.dates, timeZone) : undefined;
  // an hour that clocks leave out: nobody knows which was meant
  if (!startsAt || isLeftOut(startsAt, when, place)) return { why: 'no_date', detail: when.slice(0, 60) };
  if (startsAt <= now) return { why: 'in_the_past', detail: when.slice(0, 60) };
  if (startsAt.getTime() - now.getTime() > LATEST_MS) return { why: 'too_far', detail: when.slice(0, 60) };
  const staffId = staff.get(foldText(cell('staff')));
  if (staffId === undefined) return { why: 'no_staff', detail: cell('staff').slice(0, 60) };
  const serviceIds = servicesIn(cell('service'), services);
  if (typeof serviceIds === 'string') return { why: 'no_service', detail: serviceIds.slice(0, 60) };
  const minutes = cell('duration') === '' ? null : readMinutes(cell('duration'));
  if (minutes === undefined || (minutes !== null && (minutes < 5 || minutes > 1440)))
    return { why: 'no_duration', detail: cell('duration').slice(0, 60) };
  const cost = cell('price') === '' ? null : priceIn(cell('price'), currency, mapping);
  // one price is said for all of it: of several services nobody knows which costs what
  if (cost === undefined || (cost !== null && serviceIds.length > 1)) return { why: 'no_price', detail: cell('price').slice(0, 60) };
  return { row: { client: client.row, startsAt: startsAt.toISOString(), staffId, serviceIds, durationMinutes: minutes, costMinor: cost } };
}

/** Whether no clock at the place ever shows what is written. A moment that names its zone is the same in every zone. */
function isLeftOut(at: Date, when: string, { mapping, timeZone }: RowPlace): boolean {
  const [written, elsewhere] = ['UTC', 'Asia/Tokyo'].map((zone) => readCellDate(when, mapping.dates, zone)?.getTime());
  if (written === elsewhere) return false;
  const shown = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDateTime();
  return shown.toZonedDateTime('UTC').epochMilliseconds !== written;
}

/** One service, or several with commas or the like between; a service's own name may hold a comma. Answers the name that nobody knows. */
function servicesIn(text: string, services: ReadonlyMap<string, string>): string[] | string {
  const whole = services.get(foldText(text));
  if (whole !== undefined) return [whole];
  const parts = text.split(/[,;|+\n]/).map((part) => part.trim());
  const found = parts.map((part) => services.get(foldText(part)));
  const unknown = parts[found.indexOf(undefined)];
  return unknown !== undefined || parts.length > 8 ? (unknown ?? text) : found.filter((id) => id !== undefined);
}
