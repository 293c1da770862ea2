import type { Booking, BookingWish, WishedAppointment } from '@holdfast/contract/booking';
import type { Balance } from '@holdfast/contract/deposits';
import { sql } from 'kysely';
import { accountDesk, type Said } from './accounts-of.ts';
import { call } from './call.ts';
import { confirmPhone, phoneOf } from './memberships-of.ts';
import type { StaffUser } from './sign-in-as.ts';
import type { TestApp } from './test-app.ts';
import { wishFor } from './wishes.ts';

/** Clients who have money on an account here, and pay with it while they book. */
export function depositsOf(app: TestApp, owner: StaffUser) {
  const desk = accountDesk(app, owner);
  const base = '/api/v1/locations/test/salon';
  const { chainId } = app.scope;
  const deposits = {
    desk,
    /** Client number n, with so much on the ordinary account. */
    async client(n: number, amountMinor: number): Promise<string> {
      const id = app.salon.newId('cli');
      await sql`
        insert into clients (chain_id, client_id, name, phone, language, created_at) values (${chainId}, ${id}, ${`Client ${n}`}, ${phoneOf(n)}, 'en', ${app.clock.now()})`.execute(
        app.database.read,
      );
      if (amountMinor > 0) await desk.topUp(`${id}~EUR`, amountMinor);
      return id;
    },
    /** Their wish, with the telephone confirmed. */
    async wish(
      n: number,
      appointments: readonly (WishedAppointment & { pay?: readonly string[] })[],
      amountMinor: number,
      typeId: string | null = null,
    ): Promise<BookingWish> {
      const wish = (await wishFor(app, ...appointments))(n);
      return {
        ...wish,
        phoneConfirmation: await confirmPhone(app, wish.draftId, wish.client.phone),
        accountPart: { typeId, amountMinor },
      };
    },
    book: (wish: BookingWish) => call<Said<Booking>>(app, 'POST', `${base}/bookings`, wish),
    balance: (asked: object) => call<Said<Balance>>(app, 'POST', `${base}/balance`, asked),
    /** What stands on an account: the client's money, and what of it is kept. */
    async stands(clientId: string): Promise<{ balance: number; held: number }> {
      const { rows } = await sql<{ balance: bigint; held: bigint }>`
        select -balance_minor balance, held_minor held from client_accounts where chain_id = ${chainId} and owner_id = ${clientId}`.execute(
        app.database.read,
      );
      return { balance: Number(rows[0]?.balance ?? 0n), held: Number(rows[0]?.held ?? 0n) };
    },
  };
  return deposits;
}
