import type { AttentionList } from '@holdfast/contract/attention';
import type { Appointment } from '@holdfast/contract/calendar';
import type { Reconciliation, SettlementDecisions, SettlementDifferences } from '@holdfast/contract/reconciliation';
import type { Refundable, RefundList } from '@holdfast/contract/refunds';
import type { DayFigures } from '@holdfast/contract/reports';
import { sql } from 'kysely';
import { financeOf } from '../finance/testing/finance-of.ts';
import { clientOf } from './call.ts';
import { deskOf } from './desk-of.ts';
import { depositPlays } from './money-deposits.ts';
import type { MoneyStep } from './money-history.ts';
import { accountFor, desk, type MoneyTable, newKey, onPage, type Play, pick, visitOf } from './money-table.ts';
import type { TestApp } from './test-app.ts';

async function takeAtDesk(table: MoneyTable, step: MoneyStep, register: 'main' | 'card') {
  const { id } = visitOf(table, step);
  const one = desk(table);
  const [{ version, dueMinor }, registerId, key] = [await one.checkout(id), await one.register(register), newKey(table)];
  const amountMinor = step.choice % 2 ? dueMinor : step.amountMinor;
  if (amountMinor > 0)
    await table.keyed(() => table.owner.here('POST', `appointments/${id}/desk-payments`, { key, registerId, amountMinor, version }));
}

async function pageOf(table: MoneyTable, step: MoneyStep, how: 'online' | 'link'): Promise<string | undefined> {
  const client = clientOf(table.app);
  const { id, token } = visitOf(table, step);
  const page = await (how === 'link' ? client.followLink(id) : client.startPayment(token));
  return page.status === 200 ? client.sessionOf(page.body) : undefined;
}

async function payInstead(table: MoneyTable, step: MoneyStep, currency: string) {
  const page = await pageOf(table, step, step.choice % 2 ? 'online' : 'link');
  if (!page) return;
  try {
    table.app.sandbox.askInstead(page, { amount: step.amountMinor, currency });
  } catch {
    // nobody pays on it any more
  }
  onPage(table, page);
}

async function refundIn(table: MoneyTable, step: MoneyStep, statuses: readonly string[]) {
  const { items } = (await table.owner.here<RefundList>('GET', 'refunds?state=todo')).body;
  return pick(
    items.filter(({ status, appointmentId }) => statuses.includes(status) && table.visits.some(({ id }) => id === appointmentId)),
    step.choice,
  );
}

/** What each deed is, done by whoever does it. Whatever is refused is refused. */
export const moneyPlays: Readonly<Record<MoneyStep['deed'], Play>> = {
  ...depositPlays,
  pay_online: async (table, step) => onPage(table, await pageOf(table, step, 'online'), step.choice > 1),
  pay_by_link: async (table, step) => onPage(table, await pageOf(table, step, 'link'), step.choice > 1),
  pay_other_amount: (table, step) => payInstead(table, step, 'eur'),
  pay_in_dollars: (table, step) => payInstead(table, step, 'usd'),
  pay_in_yen: (table, step) => payInstead(table, step, 'jpy'),
  pay_in_dinars: (table, step) => payInstead(table, step, 'kwd'),
  async pay_open_pages(table) {
    for (const page of table.pages) onPage(table, page);
  },
  come_back: (table, step) => clientOf(table.app).comeBack(visitOf(table, step).token),
  cash: (table, step) => takeAtDesk(table, step, 'main'),
  card: (table, step) => takeAtDesk(table, step, 'card'),
  reverse_desk: (table, step) => deskOf(table.app, table.owner.cookie).reverse(visitOf(table, step).id),
  async top_up(table, step) {
    const one = desk(table);
    const wish = { key: newKey(table), register: step.choice % 2 ? ('main' as const) : ('card' as const) };
    await table.keyed(() => one.topUp(accountFor(table, step.visit), step.amountMinor, wish));
  },
  async top_up_there(table, step) {
    const one = desk(table);
    const wish = { key: newKey(table), scope: table.second };
    await table.keyed(() => one.topUp(accountFor(table, step.visit), step.amountMinor, wish));
  },
  async top_up_by_link(table, step) {
    const [one, key] = [desk(table), newKey(table)];
    const made = await table.keyed(() => one.link(accountFor(table, step.visit), step.amountMinor, key));
    const url = made.status === 200 ? made.body.topUps.find(({ state }) => state === 'waiting')?.url : undefined;
    if (!url) return;
    const answer = await table.app.http.inject({ method: 'POST', url: new URL(url).pathname, headers: { 'user-agent': 'Mozilla/5.0' } });
    onPage(table, answer.headers.location?.split('/').at(-1)?.split('?')[0], step.choice > 1);
  },
  async reverse_top_up(table, step) {
    const one = desk(table);
    const done = (await one.page(accountFor(table, step.visit))).topUps.find(({ mayReverse }) => mayReverse);
    if (done) await table.keyed(() => one.reverseTopUp(done.id));
  },
  pay_from_account: (table, step) => fromAccount(table, step, 'payments'),
  hold: (table, step) => fromAccount(table, step, 'holds'),
  async release(table, step) {
    const one = desk(table);
    const [hold] = (await one.checkout(visitOf(table, step).id)).holds;
    if (hold) await table.keyed(() => one.release(hold.id));
  },
  async put_back(table, step) {
    const one = desk(table);
    const paid = (await one.checkout(visitOf(table, step).id)).payments.find(({ kind, mayReverse }) => kind === 'account' && mayReverse);
    if (paid) await table.keyed(() => one.reversePayment(paid.id));
  },
  cancel_by_client: (table, step) => clientOf(table.app).cancel(visitOf(table, step).token),
  async cancel_by_staff(table, step) {
    const { id } = visitOf(table, step);
    const { version } = (await table.owner.here<Appointment>('GET', `appointments/${id}`)).body;
    const refund = pick(['policy', 'all', 'nothing'], step.choice);
    await table.owner.here('POST', `appointments/${id}/cancellation`, { version, because: 'ill', refund });
  },
  async take_step(table, step) {
    const { id } = visitOf(table, step);
    const { version } = (await table.owner.here<Appointment>('GET', `appointments/${id}`)).body;
    await table.owner.here('POST', `appointments/${id}/steps`, {
      version,
      step: pick(['arrive', 'markNoShow', 'undoArrive', 'confirm'], step.choice),
    });
  },
  async propose_refund(table, step) {
    const { id } = visitOf(table, step);
    const { money } = (await table.owner.here<Refundable>('GET', `appointments/${id}/refundable`)).body;
    const one = pick(
      money.filter(({ leftMinor }) => leftMinor > 0),
      step.choice,
    );
    if (!one) return;
    const amountMinor = step.choice % 2 ? one.leftMinor : Math.min(step.amountMinor, one.leftMinor);
    const wish = { key: newKey(table), appointmentId: id, source: one.source, amountMinor, because: 'asked for' };
    await table.keyed(() => table.owner.here('POST', 'refunds', wish));
  },
  async approve_refund(table, step) {
    const one = await refundIn(table, step, ['open']);
    if (one) await table.keyed(() => table.owner.here('POST', `refunds/${one.id}/approval`, { version: one.version }));
  },
  async send_refund(table, step) {
    const one = await refundIn(table, step, ['open', 'approved']);
    if (!one) return;
    let { version } = one;
    if (one.status === 'open') {
      const approved = await table.owner.here<RefundList & { version?: number }>('POST', `refunds/${one.id}/approval`, { version });
      if (approved.status !== 200) return;
      version = (await table.owner.here<RefundList>('GET', 'refunds?state=todo')).body.items.find(({ id }) => id === one.id)?.version ?? version;
    }
    const way = pick(['provider', 'account', 'register', 'provider'], step.choice);
    const registerId = way === 'register' ? await desk(table).register() : null;
    const wish = { version, key: newKey(table), way, registerId };
    await table.keyed(() => table.owner.here('POST', `refunds/${one.id}/sending`, wish));
  },
  async decline_refund(table, step) {
    const one = await refundIn(table, step, ['open', 'approved']);
    if (one) await table.owner.here('POST', `refunds/${one.id}/refusal`, { version: one.version, because: 'they came after all' });
  },
  async refund_there(table, step) {
    const page = pick(table.pages, step.choice);
    try {
      if (page) table.app.sandbox.giveBack(page, step.choice % 3 ? BigInt(step.amountMinor) : undefined);
    } catch {
      // more than is left, or never paid
    }
  },
  refunds_pend: async ({ app }) => app.sandbox.answerRefunds('pending'),
  refunds_fail: async ({ app }) => app.sandbox.answerRefunds('failed'),
  answer_is_lost: async ({ app }, step) => {
    const match = pick(['create', 'read', 'close', 'refund', 'refund', 'refund'] as const, step.choice) ?? 'any';
    app.sandbox.faults.add({ match, kind: step.choice % 2 ? 'drop_after' : 'status500_after' });
  },
  async write_by_hand(table, step) {
    const registerId = await desk(table).register(step.choice % 2 ? 'main' : 'card');
    const itemId = pick(['rent', 'other_income', 'goods', 'wages'], step.choice) ?? 'rent';
    const happenedAt = table.app.clock.now().toISOString();
    const wish = { key: newKey(table), registerId, itemId, happenedAt, amountMinor: step.amountMinor };
    await table.keyed(() => financeOf(table.owner).write(wish));
  },
  async transfer(table, step) {
    const one = desk(table);
    const [fromRegisterId, toRegisterId] = [
      await one.register(step.choice % 2 ? 'main' : 'card'),
      await one.register(step.choice % 2 ? 'card' : 'main'),
    ];
    const wish = { key: newKey(table), fromRegisterId, toRegisterId, amountMinor: step.amountMinor, happenedAt: table.app.clock.now().toISOString() };
    await table.keyed(() => table.owner.here('POST', 'register-transfers', wish));
  },
  async opening(table, step) {
    const one = desk(table);
    const register = await one.register(step.choice % 2 ? 'main' : 'card');
    const day = table.app.clock.now().toISOString().slice(0, 10);
    const wish = { key: newKey(table), amountMinor: step.amountMinor, day };
    await table.keyed(() => table.owner.here('POST', `registers/${register}/opening-balance`, wish));
  },
  async delete_transaction(table, step) {
    const { transactions } = (await financeOf(table.owner).page({ limit: 12 })).body;
    const one = pick(transactions, step.choice);
    if (!one) return;
    const { undeletable, asksRegister } = (await financeOf(table.owner).see(one.entryId)).body;
    if (undeletable) return;
    const wish = { because: 'a mistake', ...(asksRegister ? { registerId: await desk(table).register() } : {}) };
    await table.keyed(() => table.owner.here('POST', `transactions/${one.entryId}/deletion`, wish));
  },
  async attention(table, step) {
    const { items } = (await table.owner.here<AttentionList>('GET', 'attention')).body;
    const one = pick(items, step.choice);
    const action = pick(one?.actions.filter(({ whyNot }) => whyNot === null) ?? [], step.visit)?.action;
    if (one && action) await table.keyed(() => table.owner.here('POST', `attention/${one.id}/resolution`, { action, because: 'seen' }));
  },
  async close_day(table, step) {
    const day = new Date(table.app.clock.now().getTime() - (step.choice % 3) * 86_400_000).toISOString().slice(0, 10);
    const { money } = (await table.owner.here<DayFigures>('GET', `days/${day}`)).body;
    const till = money[0]?.places.find(({ name }) => name === 'main');
    const counted = (till?.endMinor ?? 0) + (step.amountMinor - 700);
    const counts = till?.id && step.choice > 5 ? [{ registerId: till.id, booksMinor: till.endMinor, countedMinor: counted, post: true }] : [];
    await table.keyed(() => table.owner.here('POST', `days/${day}/closing`, { counts, note: '' }));
  },
  async reopen_day(table) {
    const today = table.app.clock.now().toISOString().slice(0, 10);
    const { closedThrough } = (await table.owner.here<DayFigures>('GET', `days/${today}`)).body;
    if (closedThrough) await table.keyed(() => table.owner.here('POST', `days/${closedThrough}/reopening`, { because: 'forgot something' }));
  },
  async webhooks(table, step) {
    await table.app.sandbox.events.release({ times: 1 + (step.choice % 3), shuffle: true });
    await table.server.rest();
  },
  chores: (table) => table.server.rest(),
  minutes_pass: (table, step) => pass(table, 3 + step.choice * 2),
  a_day_passes: (table) => pass(table, 24 * 60),
  async pay_there(table, step) {
    const one = desk(table);
    const { second, visitThere } = table;
    const wish = { key: newKey(table), scope: second, version: (await one.checkout(visitThere, second)).version };
    await table.keyed(() => one.pay(visitThere, accountFor(table, step.visit), step.amountMinor, wish));
  },
  dispute: async (table, step) =>
    disputePage(table, step, { ...(step.choice % 3 ? { amountMinor: BigInt(step.amountMinor) } : {}), reason: 'fraudulent' }),
  inquiry: async (table, step) => disputePage(table, step, { inquiry: true }),
  answer_dispute: async ({ app }, step) =>
    aboutDispute(app, step, (id) => (step.choice % 3 ? app.sandbox.answerDispute(id) : app.sandbox.escalateDispute(id))),
  decide_dispute: async ({ app }, step) => aboutDispute(app, step, (id) => app.sandbox.decideDispute(id, step.choice % 2 === 0)),
  read_provider_books: (table) => pass(table, 61),
  async payouts_wait({ app, owner }, step) {
    const { connections } = (await owner.here<Reconciliation>('GET', 'reconciliation')).body;
    const one = connections.find(({ id }) => id === app.connectionId);
    if (!one) return;
    const { missingAfterDays, assumedFeeBp, version } = one;
    const wish = { autoAccept: step.choice % 3 === 0, missingAfterDays, assumedFeeBp, version };
    await owner.here('PUT', `reconciliation/connections/${app.connectionId}/settings`, wish);
  },
  async accept_difference(table, step) {
    const { differences } = (await table.owner.here<SettlementDifferences>('GET', 'reconciliation/differences')).body;
    const one = pick(differences, step.choice)?.item;
    if (!one) return;
    await table.keyed(() => table.owner.here('POST', 'reconciliation/acceptances', { items: [{ id: one.id, revision: one.revision }] }));
  },
  async undo_difference(table, step) {
    const { decisions } = (await table.owner.here<SettlementDecisions>('GET', 'reconciliation/decisions')).body;
    const one = pick(
      decisions.filter(({ mayBeUndone }) => mayBeUndone),
      step.choice,
    );
    if (one) await table.owner.here('POST', `reconciliation/decisions/${one.id}/undoing`);
  },
  clock_goes_back: async ({ app }, step) => app.clock.advance({ seconds: -30 * step.choice }),
};

function disputePage({ app, pages }: MoneyTable, step: MoneyStep, how: Parameters<TestApp['sandbox']['dispute']>[1]): void {
  const page = pick(pages, step.choice);
  try {
    if (page) app.sandbox.dispute(page, how);
  } catch {
    // never paid, or all of it is disputed
  }
}

/** One that is not decided; the sandbox says no where a deed makes no sense of it. */
function aboutDispute(app: TestApp, step: MoneyStep, deed: (disputeId: string) => void): void {
  const one = pick(
    app.sandbox.disputes().filter(({ status }) => /needs_response|under_review/.test(status)),
    step.choice,
  );
  try {
    if (one) deed(one.id);
  } catch {
    // an inquiry cannot be lost, a dispute cannot be escalated
  }
}

async function pass({ app, server }: MoneyTable, minutes: number): Promise<void> {
  app.clock.advance({ minutes });
  await app.sandbox.tick();
  await server.rest();
}

async function fromAccount(table: MoneyTable, step: MoneyStep, how: 'payments' | 'holds') {
  const one = desk(table);
  const { id } = visitOf(table, step);
  const wish = { key: newKey(table), version: (await one.checkout(id)).version, how };
  // now and then another client's
  await table.keyed(() => one.pay(id, accountFor(table, step.visit + (step.choice % 4 === 0 ? 1 : 0)), step.amountMinor, wish));
}

/** Payouts that wait for a person are accepted by one. */
export async function acceptPayouts({ owner }: Pick<MoneyTable, 'owner'>): Promise<void> {
  const { differences } = (await owner.here<SettlementDifferences>('GET', 'reconciliation/differences')).body;
  const items = differences.filter(({ item }) => item.status === 'payout_open').map(({ item: { id, revision } }) => ({ id, revision }));
  if (items.length > 0) await owner.here('POST', 'reconciliation/acceptances', { items });
}

/** How many entries the books have: what comes again must not make more. */
export async function entriesOf(app: TestApp): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int n from ledger_entries`.execute(app.database.read);
  return rows[0]?.n ?? 0;
}
