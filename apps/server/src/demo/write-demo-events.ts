import { currencyExponent } from '@holdfast/contract/currency-exponent';
import { sql } from 'kysely';
import { bookPlaces } from '../booking/book-places.ts';
import type { CalendarViewer } from '../booking/calendar-viewer.ts';
import type { BookingContext } from '../booking/context.ts';
import { foreseeDates, makeEvents } from '../events/make-events.ts';
import { wallClockOf } from '../events/series-days.ts';
import { number } from './booking-rows.ts';
import { type DemoLocation, demoId } from './demo-location.ts';
import { demoLocations } from './seed-demo.ts';
import { accountantAt } from './write-demo-transactions.ts';

const DAY_MS = 86_400_000;
const PLACES = 8;
/** How many places clients have at each of the coming workshops. */
const booked: readonly (readonly number[])[] = [[2, 1, 1, 3], [1, 2], [1], [2, 1, 1, 2, 2]];

const workshops: Readonly<Record<string, { name: string; about: string; price: number }>> = {
  kyiv: { name: 'Майстер-клас «Колір удома»', about: 'Вчимося доглядати за фарбованим волоссям; матеріали включено.', price: 600 },
  lisbon: { name: 'Workshop «Cor em casa»', about: 'Como cuidar do cabelo pintado; materiais incluídos.', price: 35 },
};
const otherwise = { name: 'Oficina «Cor em casa»', about: 'Como cuidar do cabelo pintado; materiais incluídos.', price: 120 };

/** A weekly workshop with some clients at each location, by the product's own deeds. Once: what has become of it since stays. */
export async function writeDemoEvents(ctx: BookingContext): Promise<void> {
  for (const location of demoLocations) {
    const at = accountantAt(location);
    const { chainId, locationId } = at.place.scope;
    const { rows } = await sql`select 1 from services where chain_id = ${chainId} and location_id = ${locationId} and kind = 'event' limit 1`.execute(
      ctx.db.read,
    );
    if (rows.length > 0) continue;
    await writeFor(ctx, location, { ...at, onlyStaffId: undefined, clients: true, contacts: true });
  }
}

async function writeFor(ctx: BookingContext, location: DemoLocation, viewer: CalendarViewer): Promise<void> {
  const { chainId, locationId } = viewer.place.scope;
  const { name, about, price } = workshops[location.key] ?? otherwise;
  const [serviceId, staffId] = [demoId('srv', location, 'workshop'), demoId('stf', location, location.staff[0]?.key ?? '')];
  const category = demoId('cat', location, location.services[0]?.category ?? '');
  const minor = price * 10 ** currencyExponent(location.currency);
  await ctx.db.transaction(async (tx) => {
    await sql`
      insert into services (chain_id, location_id, service_id, category_id, name, description, price_min_minor, price_max_minor, duration_minutes, online_payment, kind, places, position)
      values (${chainId}, ${locationId}, ${serviceId}, ${category}, ${name}, ${about}, ${minor}, ${minor}, 90, 'required', 'event', ${PLACES}, 900)`.execute(
      tx,
    );
    await sql`insert into staff_services (chain_id, location_id, staff_id, service_id) values (${chainId}, ${locationId}, ${staffId}, ${serviceId})`.execute(
      tx,
    );
  });
  // in the evening after work, once a week
  const { day } = wallClockOf(location.timeZone, new Date(ctx.now().getTime() + 2 * DAY_MS));
  const repeat = { every: 'week' as const, interval: 1, weekdays: [], until: null, count: 6, except: [] as string[] };
  const times = { day, atMinute: 19 * 60 + 30, durationMinutes: 90 };
  const wish = { serviceId, staffId, title: '', description: '', ...times, capacity: PLACES, repeat, outsideHours: true };
  const { dates } = await foreseeDates(ctx, viewer, wish);
  const except = dates.filter(({ refusal, soft }) => refusal !== null && !soft).map((one) => one.day);
  if (except.length === dates.length) return;
  const made = await makeEvents(ctx, viewer, { ...wish, repeat: { ...repeat, except } });
  let client = 0;
  for (const [n, parties] of booked.entries()) {
    const eventId = made[n];
    for (const places of eventId ? parties : []) {
      const clientId = demoId('cli', location, number(client % location.clientNames.length));
      if (eventId) await bookPlaces(ctx, viewer, eventId, { client: { clientId }, places, comment: '' });
      client += 1;
    }
  }
}
