import type { Booking, PaymentStarted } from '@holdfast/contract/booking';
import type { Said } from './accounts-of.ts';
import { call, clientOf } from './call.ts';
import { confirmPhone } from './memberships-of.ts';
import type { depositDeeds } from './money-history.ts';
import { accountFor, desk, type MoneyTable, newKey, onPage, type Play, visitOf } from './money-table.ts';
import { wishFor } from './wishes.ts';

/** What clients do with what they have on their accounts, while they book and on the page of their booking. */
export const depositPlays: Readonly<Record<(typeof depositDeeds)[number], Play>> = {
  async book_with_part(table, step) {
    const { app, visits, nextTime } = table;
    const { client, clientId } = visitOf(table, step);
    const { no, staffId, startsAt } = nextTime();
    const what = step.choice % 2 ? { serviceIds: ['srv_cut'], pay: ['srv_cut'] } : { serviceIds: ['srv_color'] };
    const wish = (await wishFor(app, { ...what, staffId, startsAt }))(client);
    const draftId = `draft_with_a_part_${no}`;
    const amountMinor = await partOf(table, step);
    const confirmed = { ...wish, draftId, phoneConfirmation: await confirmPhone(app, draftId, wish.client.phone) };
    const { status, body } = await table.keyed(() =>
      clientOf(app).book({ ...confirmed, ...(amountMinor > 0 ? { accountPart: { typeId: null, amountMinor } } : {}) }),
    );
    if (status < 300) visits[step.visit] = { id: body.appointments[0]?.id ?? '', clientId, client, token: body.token };
  },
  async pay_part(table, step) {
    const { token } = visitOf(table, step);
    const wish = { key: newKey(table), typeId: null, amountMinor: Math.max(await partOf(table, step), 100) };
    await table.keyed(() => call<Said<Booking>>(table.app, 'POST', `/api/v1/bookings/${token}/account-parts`, wish));
  },
  async top_up_by_client(table, step) {
    const { token } = visitOf(table, step);
    const wish = { key: newKey(table), typeId: null, amountMinor: step.amountMinor };
    const { status, body } = await table.keyed(() => call<Said<PaymentStarted>>(table.app, 'POST', `/api/v1/bookings/${token}/top-ups`, wish));
    if (status === 200) onPage(table, clientOf(table.app).sessionOf(body), step.choice > 1);
  },
  look_at_top_ups: (table, step) => call(table.app, 'POST', `/api/v1/bookings/${visitOf(table, step).token}/top-up-checks`),
  async pages_stay_open({ app }, step) {
    app.sandbox.faults.add({ match: 'close', kind: 'status500', times: 1 + step.choice });
  },
};

/** What is there, or less: as a page offers it. Now and then more than that, as nobody but a stale page asks for. */
async function partOf(table: MoneyTable, { visit, choice, amountMinor }: Parameters<Play>[1]): Promise<number> {
  const { balanceMinor, heldMinor } = (await desk(table).page(accountFor(table, visit))).account;
  const free = Math.max(balanceMinor - heldMinor, 0);
  if (choice === 0) return amountMinor;
  return Math.min(free, choice % 3 ? amountMinor : 1000, 1000);
}
