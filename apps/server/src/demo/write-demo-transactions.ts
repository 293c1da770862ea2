import { rights } from '@holdfast/contract/rights';
import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { Place, Who } from '../access/who.ts';
import type { AtWork } from '../finance/context.ts';
import { noteOpeningBalance, transferMoney } from '../finance/move-between-registers.ts';
import { startOfDay } from '../finance/place-facts.ts';
import { registersOf } from '../finance/read-registers.ts';
import { writeTransaction } from '../finance/write-transaction.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant } from '../kit/problem.ts';
import { type DemoLocation, demoChain, locationId } from './demo-location.ts';
import { userId } from './demo-users.ts';
import { demoLocations } from './seed-demo.ts';

/** What a month costs, roughly, by what a coffee costs there. */
export const coffeeMinor: Readonly<Record<string, number>> = { UAH: 6_000, EUR: 150, BRL: 700 };

interface Line {
  readonly daysAgo: number;
  readonly hour: number;
  readonly itemId: string;
  readonly register: 'main' | 'card';
  readonly coffees: number;
  readonly counterparty: string;
  readonly comment: string;
}

const lines: readonly Line[] = [
  { daysAgo: 26, hour: 10, itemId: 'rent', register: 'card', coffees: 420, counterparty: 'Landlord', comment: 'Rent for the month' },
  {
    daysAgo: 22,
    hour: 12,
    itemId: 'materials',
    register: 'card',
    coffees: 96,
    counterparty: 'Colour & Care Supplies',
    comment: 'Invoice 1187: colour, oxidant, foil',
  },
  { daysAgo: 15, hour: 18, itemId: 'wages', register: 'card', coffees: 610, counterparty: '', comment: 'First half of the month' },
  { daysAgo: 12, hour: 16, itemId: 'goods', register: 'main', coffees: 9, counterparty: '', comment: 'Shampoo, two bottles' },
  { daysAgo: 9, hour: 11, itemId: 'materials', register: 'main', coffees: 14, counterparty: 'Corner shop', comment: 'Coffee, milk, towels' },
  { daysAgo: 5, hour: 15, itemId: 'goods', register: 'card', coffees: 12, counterparty: '', comment: 'Hair mask' },
  { daysAgo: 3, hour: 10, itemId: 'other_expense', register: 'main', coffees: 7, counterparty: 'Locksmith', comment: 'New key for the back door' },
  { daysAgo: 1, hour: 17, itemId: 'other_income', register: 'main', coffees: 20, counterparty: '', comment: 'Chair rented out for a day' },
];

/**
 * What the demo's salons have earned and spent by hand in the last weeks, written down by the product's own deeds. Once: their keys are always the same, and
 * what was written down and deleted stays deleted.
 */
export async function writeDemoTransactions(deps: Deps): Promise<void> {
  for (const location of demoLocations) {
    const scope = mintScope(demoChain.chainId, locationId(location));
    const { rows } = await sql`select 1 from manual_entries where chain_id = ${scope.chainId} and location_id = ${scope.locationId} limit 1`.execute(
      deps.db.read,
    );
    if (rows.length === 0) await writeFor(deps, location);
  }
}

async function writeFor(deps: Deps, location: DemoLocation): Promise<void> {
  const { currency, timeZone } = location;
  const at = accountantAt(location);
  const scope = at.place.scope;
  const registers = await registersOf(deps.db.read, scope);
  const register = (name: 'main' | 'card') => {
    const found = registers.find((one) => one.name === name);
    invariant(found, 'a demo location has its two registers');
    return found.id;
  };
  const coffee = coffeeMinor[currency] ?? 100;
  const dayAgo = (days: number) => new Date(deps.now().getTime() - days * 86_400_000).toLocaleDateString('sv-SE', { timeZone });
  const key = (name: string | number) => `demo_${location.key}_by_hand_${name}`;
  for (const [name, coffees] of [
    ['main', 150],
    ['card', 2_400],
  ] as const)
    await noteOpeningBalance(deps, at, register(name), { key: key(`opening_${name}`), amountMinor: coffees * coffee, day: dayAgo(30), comment: '' });
  for (const [n, { daysAgo, hour, coffees, register: into, ...line }] of lines.entries()) {
    const happenedAt = new Date(startOfDay(dayAgo(daysAgo), timeZone).getTime() + hour * 3_600_000).toISOString();
    await writeTransaction(deps, at, {
      ...line,
      key: key(n),
      registerId: register(into),
      amountMinor: coffees * coffee,
      happenedAt,
      clientId: null,
      staffId: null,
    });
  }
  await transferMoney(deps, at, {
    key: key('to_the_bank'),
    fromRegisterId: register('main'),
    toRegisterId: register('card'),
    amountMinor: 60 * coffee,
    happenedAt: new Date(startOfDay(dayAgo(2), timeZone).getTime() + 20 * 3_600_000).toISOString(),
    comment: 'Cash brought to the bank',
  });
}

/** Somebody who may do everything with money there. */
export function accountantAt(location: DemoLocation): AtWork {
  const place: Place = {
    scope: mintScope(demoChain.chainId, locationId(location)),
    role: 'accountant',
    rights: new Set(rights),
    registers: undefined,
    lastDays: {},
    refundLimitMinor: undefined,
    staffId: undefined,
  };
  const who: Who = {
    chainId: demoChain.chainId,
    userId: userId('accountant'),
    name: 'Accountant',
    email: 'accountant@example.com',
    language: 'en',
    totp: false,
    sessionId: '',
    places: new Map([[place.scope.locationId, place]]),
    address: '127.0.0.1',
    requestId: 'demo',
  };
  return { who, place };
}
