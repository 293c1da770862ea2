import type { BookingWish } from '@holdfast/contract/booking';
import type { Checkout } from '@holdfast/contract/checkout';
import type { Membership, MembershipsOfClient, MembershipTypes } from '@holdfast/contract/memberships';
import { sql } from 'kysely';
import type { Said } from './accounts-of.ts';
import { clientOf } from './call.ts';
import type { StaffUser } from './sign-in-as.ts';
import type { TestApp } from './test-app.ts';
import { wishFor } from './wishes.ts';

export interface TypeWish {
  readonly priceMinor?: number;
  readonly visits?: number | null;
  readonly period?: { count: number; unit: 'days' | 'months' } | null;
  readonly begins?: 'sale' | 'first_visit';
  readonly serviceIds?: readonly string[] | null;
  readonly freezeDays?: number;
  readonly freezeTimes?: number;
  readonly lateHours?: number | null;
  readonly online?: boolean;
}

/** Somebody who sells memberships, and the clients who use them. */
export function membershipDesk(app: TestApp, owner: StaffUser) {
  let n = 0;
  const name = () => `Membership ${n++}`;
  const client = clientOf(app);
  const desk = {
    key: () => `key_of_a_membership_${n++}`,
    async type(wish: TypeWish = {}) {
      const made = name();
      const fields = {
        priceMinor: 10_000,
        visits: 10,
        period: null,
        begins: 'sale',
        serviceIds: null,
        freezeDays: 0,
        freezeTimes: 0,
        lateHours: null,
        online: true,
      };
      const { body, status } = await owner.here<Said<MembershipTypes>>('POST', 'membership-types', {
        ...fields,
        name: made,
        currency: 'EUR',
        locationIds: [app.scope.locationId],
        ...wish,
      });
      const type = status === 200 ? body.types.find((one) => one.name === made) : undefined;
      if (!type) throw new Error(JSON.stringify(body));
      return type;
    },
    /** The client number n of the test wishes. */
    async client(of: number): Promise<string> {
      const id = app.salon.newId('cli');
      const { rows } = await sql<{ id: string }>`
        insert into clients (chain_id, client_id, name, phone, language, created_at)
        values (${app.scope.chainId}, ${id}, ${`Client ${of}`}, ${phoneOf(of)}, 'en', ${app.clock.now()}) on conflict (chain_id, phone) do update set name = excluded.name
        returning client_id id`.execute(app.database.read);
      return rows[0]?.id ?? id;
    },
    async register(owns: 'main' | 'card' = 'main') {
      const { rows } = await sql<{ id: string }>`
        select account_id id from ledger_accounts where chain_id = ${app.scope.chainId} and location_id = ${app.scope.locationId} and kind = 'register' and owner_id = ${owns}`.execute(
        app.database.read,
      );
      return rows[0]?.id ?? '';
    },
    async sell(clientId: string, type: { id: string; priceMinor: number }, more: { key?: string; pay?: object } = {}) {
      const pay = more.pay ?? { way: 'register', registerId: await desk.register() };
      return owner.here<Said<MembershipsOfClient>>('POST', `clients/${clientId}/memberships`, {
        key: more.key ?? desk.key(),
        typeId: type.id,
        priceMinor: type.priceMinor,
        pay,
      });
    },
    /** Sold for cash to client number n. */
    async sold(of: number, wish: TypeWish = {}): Promise<{ clientId: string; id: string }> {
      const clientId = await desk.client(of);
      const type = await desk.type(wish);
      const { body } = await desk.sell(clientId, type);
      const made = body.memberships?.find(({ typeId }) => typeId === type.id);
      if (!made) throw new Error(JSON.stringify(body));
      return { clientId, id: made.id };
    },
    async see(clientId: string, id?: string): Promise<Membership> {
      const { body } = await owner.here<MembershipsOfClient>('GET', `clients/${clientId}/memberships`);
      const found = body.memberships.find((one) => id === undefined || one.id === id);
      if (!found) throw new Error('no such membership');
      return found;
    },
    deed: (id: string, deed: 'freeze' | 'unfreeze' | 'refund' | 'cancellation', body: object) =>
      owner.here<Said<MembershipsOfClient>>('POST', `memberships/${id}/${deed}`, body),
    /** A wish of client number n whose services are all covered; their phone is confirmed. */
    async coveredWish(
      of: number,
      wished: { serviceIds: readonly string[]; staffId: string | null; startsAt: string },
      draft = '',
    ): Promise<BookingWish> {
      const wish = (await wishFor(app, { ...wished, serviceIds: [...wished.serviceIds] }))(of);
      const draftId = `${wish.draftId}${draft}`;
      return {
        ...wish,
        draftId,
        phoneConfirmation: await confirmPhone(app, draftId, phoneOf(of)),
        appointments: wish.appointments.map((one) => ({ ...one, coverServiceIds: [...wished.serviceIds] })),
      };
    },
    async book(of: number, wished: { serviceIds: readonly string[]; staffId: string | null; startsAt: string }, draft = '') {
      const { status, body } = await client.book(await desk.coveredWish(of, wished, draft));
      return { status, body: body as Said<typeof body>, id: body.appointments?.[0]?.id ?? '', token: body.token };
    },
    async checkout(visit: string) {
      return (await owner.here<Said<Checkout>>('GET', `appointments/${visit}/checkout`)).body;
    },
    async cover(visit: string, undo = false) {
      const { version } = await desk.checkout(visit);
      return owner.here<Said<Checkout>>('POST', `appointments/${visit}/membership-cover${undo ? '/undo' : ''}`, { version });
    },
  };
  return desk;
}

export const phoneOf = (n: number) => `+3519120${String(10_000 + n).padStart(5, '0')}`;

/** As if the code had come and been typed. */
export async function confirmPhone(app: TestApp, draftId: string, phone: string): Promise<string> {
  const proof = `proof_${draftId}`;
  const at = app.clock.now();
  await sql`
    insert into phone_codes (chain_id, code_id, location_id, draft_id, phone, code_hash, proof_hash, language, host, address_hash, sent, asked_at, expires_at, confirmed_at)
    values (${app.scope.chainId}, ${app.salon.newId('cod')}, ${app.scope.locationId}, ${draftId}, ${phone}, '', sha256(convert_to(${proof}, 'UTF8')), 'en', '', '', true, ${at},
            ${new Date(at.getTime() + 300_000)}, ${at})`.execute(app.database.read);
  return proof;
}
