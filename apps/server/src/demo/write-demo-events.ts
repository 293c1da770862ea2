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

/** For members only, in the second week. */
const evenings: Readonly<Record<string, { name: string; about: string; price: number }>> = {
  kyiv: { name: 'Вечір укладок для своїх', about: 'Вчимося укладати волосся вдома; лише за абонементом.', price: 450 },
  lisbon: { name: 'Noite de penteados', about: 'Aprenda a pentear-se em casa; só com passe.', price: 18 },
};
const otherEvening = { name: 'Noite de penteados', about: 'Aprenda a se pentear em casa; só para assinantes.', price: 60 };

/** A weekly workshop with some clients at each location, and an evening for members, by the product's own deeds. Once: what has become of it since stays. */
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
  const staffId = demoId('stf', location, location.staff[0]?.key ?? '');
  const serviceId = await addKind(ctx, location, {
    ...(workshops[location.key] ?? otherwise),
    key: 'workshop',
    staffId,
    online: 'required',
    takes: 'payment',
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
  const evening = evenings[location.key] ?? otherEvening;
  const forMembers = await addKind(ctx, location, { ...evening, key: 'evening', staffId, online: 'not_available', takes: 'members' });
  const later = wallClockOf(location.timeZone, new Date(ctx.now().getTime() + 10 * DAY_MS));
  const once = { ...wish, serviceId: forMembers, day: later.day, repeat: null };
  const [foreseen] = (await foreseeDates(ctx, viewer, once)).dates;
  if (foreseen && (foreseen.refusal === null || foreseen.soft)) await makeEvents(ctx, viewer, once);
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

interface Kind {
  readonly key: string;
  readonly name: string;
  readonly about: string;
  readonly price: number;
  readonly staffId: string;
  readonly online: 'required' | 'not_available';
  readonly takes: 'payment' | 'members';
}

/** A service that is given to groups, and who gives it. */
async function addKind(ctx: BookingContext, location: DemoLocation, { key, name, about, price, staffId, online, takes }: Kind): Promise<string> {
  const { chainId, locationId } = accountantAt(location).place.scope;
  const serviceId = demoId('srv', location, key);
  const category = demoId('cat', location, location.services[0]?.category ?? '');
  const minor = price * 10 ** currencyExponent(location.currency);
  await ctx.db.transaction(async (tx) => {
    await sql`
      insert into services (chain_id, location_id, service_id, category_id, name, description, price_min_minor, price_max_minor, duration_minutes, online_payment, membership,
                            kind, places, position)
      values (${chainId}, ${locationId}, ${serviceId}, ${category}, ${name}, ${about}, ${minor}, ${minor}, 90, ${online}, ${takes}, 'event', ${PLACES}, 900)`.execute(
      tx,
    );
    await sql`insert into staff_services (chain_id, location_id, staff_id, service_id) values (${chainId}, ${locationId}, ${staffId}, ${serviceId})`.execute(
      tx,
    );
  });
  return serviceId;
}
