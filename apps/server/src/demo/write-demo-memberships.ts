import { currencyExponent } from '@holdfast/contract/currency-exponent';
import type { NewMembershipType } from '@holdfast/contract/memberships';
import { sql } from 'kysely';
import type { BookingContext } from '../booking/context.ts';
import { sellMembership } from '../desk/sell-membership.ts';
import { registersOf } from '../finance/read-registers.ts';
import type { Tx } from '../kit/database.ts';
import { addMembershipType } from '../memberships/membership-types.ts';
import { number } from './booking-rows.ts';
import { type DemoLocation, demoId } from './demo-location.ts';
import { demoLocations } from './seed-demo.ts';
import { accountantAt } from './write-demo-transactions.ts';

interface Club {
  /** For members only; and one that takes a membership or a payment. */
  readonly members: { readonly name: string; readonly about: string; readonly price: number };
  readonly either: { readonly name: string; readonly about: string; readonly price: number };
  readonly ten: { readonly name: string; readonly price: number };
  readonly month: { readonly name: string; readonly price: number };
  readonly one: { readonly name: string; readonly price: number };
}

const clubs: Readonly<Record<string, Club>> = {
  kyiv: {
    members: { name: 'Експрес-укладка', about: 'Пів години без черги, лише за абонементом.', price: 450 },
    either: { name: 'Відновлювальна маска', about: 'Маска та масаж голови.', price: 500 },
    ten: { name: 'Десять укладок', price: 3600 },
    month: { name: 'Місяць укладок', price: 2400 },
    one: { name: 'Пробний візит', price: 400 },
  },
  lisbon: {
    members: { name: 'Penteado expresso', about: 'Meia hora, sem espera, só com passe.', price: 18 },
    either: { name: 'Máscara reparadora', about: 'Máscara e massagem ao couro cabeludo.', price: 20 },
    ten: { name: 'Dez brushings', price: 145 },
    month: { name: 'Um mês de brushings', price: 95 },
    one: { name: 'Visita de experiência', price: 15 },
  },
};
const otherwise: Club = {
  members: { name: 'Escova expressa', about: 'Meia hora, sem espera, só para assinantes.', price: 60 },
  either: { name: 'Máscara reparadora', about: 'Máscara e massagem no couro cabeludo.', price: 70 },
  ten: { name: 'Dez escovas', price: 480 },
  month: { name: 'Um mês de escovas', price: 320 },
  one: { name: 'Visita de teste', price: 50 },
};

/** Of the first client of each place. Numbers that Ofcom keeps free for fiction, too, but in a form that a phone is confirmed with. */
const memberPhones: Readonly<Record<string, string>> = { kyiv: '+442079460010', lisbon: '+442079460020' };
const memberPhone = '+442079460030';

/** Memberships on sale at each location, services that take them, and a client who has one, by the product's own deeds. Once: what was archived stays so. */
export async function writeDemoMemberships(ctx: BookingContext): Promise<void> {
  for (const location of demoLocations) {
    const desk = accountantAt(location);
    const { chainId, locationId } = desk.place.scope;
    const { rows } = await sql`
      select 1 from membership_types where chain_id = ${chainId} and ${locationId} = any (location_ids) limit 1`.execute(ctx.db.read);
    if (rows.length === 0) await writeFor(ctx, location, clubs[location.key] ?? otherwise);
  }
}

async function writeFor(ctx: BookingContext, location: DemoLocation, club: Club): Promise<void> {
  const desk = accountantAt(location);
  const { scope } = desk.place;
  const minor = (price: number) => price * 10 ** currencyExponent(location.currency);
  await ctx.db.transaction(async (tx) => {
    await addService(tx, location, 'members_only', { ...club.members, minor: minor(club.members.price), takes: 'members', online: 'not_available' });
    await addService(tx, location, 'member_or_paid', { ...club.either, minor: minor(club.either.price), takes: 'either', online: 'required' });
  });
  const plain: Omit<NewMembershipType, 'name' | 'priceMinor' | 'visits' | 'period'> = {
    currency: location.currency,
    begins: 'sale',
    locationIds: [scope.locationId],
    serviceIds: null,
    freezeDays: 0,
    freezeTimes: 0,
    lateHours: 24,
    online: true,
  };
  const types: readonly NewMembershipType[] = [
    {
      ...plain,
      name: club.ten.name,
      priceMinor: minor(club.ten.price),
      visits: 10,
      period: { count: 6, unit: 'months' },
      freezeDays: 30,
      freezeTimes: 1,
    },
    {
      ...plain,
      name: club.month.name,
      priceMinor: minor(club.month.price),
      visits: null,
      period: { count: 1, unit: 'months' },
      begins: 'first_visit',
    },
    { ...plain, name: club.one.name, priceMinor: minor(club.one.price), visits: 1, period: { count: 30, unit: 'days' } },
  ];
  const [ten] = await Promise.all(types.map((type) => addMembershipType(ctx, desk.who, type)));
  const registers = await registersOf(ctx.db.read, scope);
  const registerId = registers.find(({ name }) => name === 'card')?.id;
  if (!ten || !registerId) return;
  const clientId = demoId('cli', location, number(0));
  await sql`update clients set phone = ${memberPhones[location.key] ?? memberPhone} where chain_id = ${scope.chainId} and client_id = ${clientId}`.execute(
    ctx.db.read,
  );
  await sellMembership(ctx, desk, clientId, {
    key: `demo_${location.key}_membership`,
    typeId: ten,
    priceMinor: minor(club.ten.price),
    pay: { way: 'register', registerId },
  });
}

interface Taking {
  readonly name: string;
  readonly about: string;
  readonly minor: number;
  readonly takes: 'members' | 'either';
  readonly online: 'required' | 'not_available';
}

/** Done by everybody who does the first service of the salon. */
async function addService(tx: Tx, location: DemoLocation, key: string, { name, about, minor, takes, online }: Taking): Promise<void> {
  const { chainId, locationId } = accountantAt(location).place.scope;
  const [first] = location.services;
  const [serviceId, like, category] = [
    demoId('srv', location, key),
    demoId('srv', location, first?.key ?? ''),
    demoId('cat', location, first?.category ?? ''),
  ];
  await sql`
    insert into services (chain_id, location_id, service_id, category_id, name, description, price_min_minor, price_max_minor, duration_minutes, online_payment, membership, position)
    values (${chainId}, ${locationId}, ${serviceId}, ${category}, ${name}, ${about}, ${minor}, ${minor}, 30, ${online}, ${takes}, 910)`.execute(tx);
  await sql`
    insert into staff_services (chain_id, location_id, staff_id, service_id)
    select chain_id, location_id, staff_id, ${serviceId} from staff_services where chain_id = ${chainId} and location_id = ${locationId} and service_id = ${like}`.execute(
    tx,
  );
}
