import { sql } from 'kysely';
import { accountIdOf } from '../accounts/account-name.ts';
import { addAccountType, readAccountTypes } from '../accounts/account-types.ts';
import type { BookingContext } from '../booking/context.ts';
import { payVisitFromAccount } from '../desk/pay-visit-from-account.ts';
import { topUpAtDesk } from '../desk/top-up-at-desk.ts';
import { registersOf } from '../finance/read-registers.ts';
import { number } from './booking-rows.ts';
import { type DemoLocation, demoId } from './demo-location.ts';
import { demoLocations } from './seed-demo.ts';
import { accountantAt, coffeeMinor } from './write-demo-transactions.ts';

const familyAccount: Readonly<Record<string, string>> = { kyiv: 'Сімейний депозит', lisbon: 'Depósito familiar', saopaulo: 'Conta da família' };

/** Of the clients in the order of the seed: who has left how many coffees' worth, and into which register. */
const deposits = [
  { client: 0, coffees: 40, register: 'main', family: false },
  { client: 1, coffees: 100, register: 'card', family: false },
  { client: 2, coffees: 15, register: 'main', family: false },
  { client: 3, coffees: 200, register: 'card', family: true },
] as const;

/** Of the second client of each place: a number for fiction in a form that a phone is confirmed with, so that the balance can be tried while booking. */
const depositPhones: Readonly<Record<string, string>> = { kyiv: '+442079460011', lisbon: '+442079460021' };
const depositPhone = '+442079460031';

/** A few clients with money on their accounts, and a visit paid from one, by the product's own deeds. Once: what was deleted stays deleted. */
export async function writeDemoDeposits(ctx: BookingContext): Promise<void> {
  for (const location of demoLocations) await writeFor(ctx, location);
}

async function writeFor(ctx: BookingContext, location: DemoLocation): Promise<void> {
  const desk = accountantAt(location);
  const { scope } = desk.place;
  const { chainId, locationId } = scope;
  const { rows: known } = await sql`
    select 1 from account_top_ups where chain_id = ${chainId} and location_id = ${locationId} limit 1`.execute(ctx.db.read);
  if (known.length > 0) return;
  const { currency, key: salon } = location;
  const registers = await registersOf(ctx.db.read, scope);
  const name = familyAccount[salon] ?? salon;
  const ofName = async () => (await readAccountTypes(ctx.db.read, desk.who)).types.find((one) => one.name === name);
  if (!(await ofName())) {
    const creditLimitMinor = 20 * (coffeeMinor[currency] ?? 100);
    await addAccountType(ctx, desk.who, { name, currency, locationIds: [locationId], creditLimitMinor });
  }
  const familyId = (await ofName())?.id;
  for (const { client, coffees, register, family } of deposits) {
    const registerId = registers.find((one) => one.name === register)?.id;
    if (!registerId) continue;
    const owner = demoId('cli', location, number(client));
    const accountId = accountIdOf({ ownerId: family && familyId ? `${owner}/${familyId}` : owner, currency });
    const wish = { key: `demo_${salon}_deposit_${client}`, registerId, amountMinor: coffees * (coffeeMinor[currency] ?? 100) };
    await topUpAtDesk(ctx, desk, accountId, wish);
    if (client === 1)
      await sql`update clients set phone = ${depositPhones[salon] ?? depositPhone} where chain_id = ${chainId} and client_id = ${owner}`.execute(
        ctx.db.read,
      );
    if (client === 0) await payNextVisit(ctx, location, owner, accountId, wish.amountMinor);
  }
}

/** A part of the client's next visit, from half of the account. */
async function payNextVisit(ctx: BookingContext, location: DemoLocation, clientId: string, accountId: string, onAccountMinor: number): Promise<void> {
  const desk = accountantAt(location);
  const { chainId, locationId } = desk.place.scope;
  const { rows } = await sql<{ id: string; version: number; due: bigint }>`
    select appointment_id id, version, cost_minor - paid_minor due from appointments
     where chain_id = ${chainId} and location_id = ${locationId} and client_id = ${clientId} and status in ('waiting', 'confirmed')
       and starts_at > ${ctx.now()} and cost_minor > paid_minor order by starts_at, appointment_id limit 1`.execute(ctx.db.read);
  const [next] = rows;
  if (!next) return;
  const amountMinor = Math.min(Math.floor(onAccountMinor / 2), Number(next.due));
  await payVisitFromAccount(ctx, desk, next.id, { key: `demo_${location.key}_from_deposit`, accountId, amountMinor, version: next.version });
}
