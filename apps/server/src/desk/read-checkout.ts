import type { Checkout } from '@holdfast/contract/checkout';
import { toJsonAmount } from '@holdfast/contract/money';
import { mayTouchRegister, withinLastDays } from '../access/limits-of-place.ts';
import type { Place } from '../access/who.ts';
import { accountIdOf } from '../accounts/account-name.ts';
import { accountRowsOfClient } from '../accounts/account-rows.ts';
import { mayBeUsed, shownAccount } from '../accounts/find-account.ts';
import { liveHoldsFor } from '../accounts/hold-rows.ts';
import { type AccountPaymentRow, accountPaymentsOf } from '../accounts/payment-rows.ts';
import type { BookingContext } from '../booking/context.ts';
import { stateOfLink } from '../booking/read-payment-link.ts';
import { readVisit, type Visit } from '../booking/read-visit.ts';
import { type Register, registersOf } from '../finance/read-registers.ts';
import { type CoverOfVisit, coverOfVisit } from '../memberships/cover-of-visit.ts';
import { openChannels } from '../messages/channels.ts';
import { type PurposePayment, paymentsFor } from '../payments/read-payments.ts';
import { deskDueMinor } from './desk-rules.ts';
import { shownHold } from './read-accounts.ts';
import { clientById, type DeskPayment, deskPaymentsOf, isLinkMade, timeZoneOf } from './store.ts';

/** The Checkout tab of the booking window, for whoever asks. Refuses with `not_found`. */
export async function readCheckout(ctx: BookingContext, place: Place, appointmentId: string): Promise<Checkout> {
  const { scope, rights } = place;
  const at = ctx.now();
  const q = ctx.db.read;
  const visit = await readVisit(q, scope, appointmentId);
  const registers = await registersOf(q, scope);
  const online = await paymentsFor(q, scope.chainId, { kind: 'appointment', id: appointmentId });
  const desk = await deskPaymentsOf(q, scope, appointmentId);
  const fromAccounts = await accountPaymentsOf(q, scope, appointmentId);
  const holds = await liveHoldsFor(q, scope.chainId, { kind: 'appointment', id: appointmentId });
  const accounts = rights.has('accounts.pay') ? await accountRowsOfClient(q, scope, visit.clientId) : [];
  const seesClients = rights.has('clients.see');
  const timeZone = await timeZoneOf(q, scope);
  const client = await clientById(q, scope, visit.clientId);
  const channels = await openChannels(q, scope);
  const mayReverse = (one: DeskPayment) =>
    !one.reversed && mayTouchRegister(place, one.accountId) && withinLastDays(place, 'transactions.delete', one.takenAt, at, timeZone);
  return {
    appointmentId,
    version: visit.version,
    currency: visit.currency,
    lines: [...visit.lines],
    costMinor: toJsonAmount(visit.costMinor),
    paidMinor: toJsonAmount(visit.paidMinor),
    heldMinor: toJsonAmount(visit.heldMinor),
    dueMinor: toJsonAmount(deskDueMinor(visit)),
    registers: registers
      .filter(({ id, currency }) => rights.has('checkout.take') && mayTouchRegister(place, id) && currency === visit.currency)
      .map(({ id, name, kind }) => ({ id, name, kind })),
    payments: [
      // a payment nobody was asked for yet is none
      ...online.filter(({ asked }) => asked).map(onlineRow),
      ...fromAccounts.map((one) => ({
        ...accountRow(one, seesClients),
        mayReverse: !one.reversed && one.amountMinor <= visit.paidMinor && withinLastDays(place, 'transactions.delete', one.paidAt, at, timeZone),
      })),
      ...desk.map((one) => ({ ...deskRow(one, registers), mayReverse: mayReverse(one) })),
    ].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)),
    link: {
      ...(await linkOf(ctx, place, visit, at)),
      mayBeSentBy: channels.filter((channel) => (channel === 'sms' ? client?.phone : client?.email)),
    },
    accounts: accounts.filter((one) => one.currency === visit.currency && mayBeUsed(one).mayPay).map((one) => shownAccount(one, { seesClients })),
    cover: rights.has('accounts.pay') ? shownCover(await coverOfVisit(q, scope, appointmentId, at)) : null,
    holds: holds.map((one) => shownHold(place, one)),
    payment: runningOf(online, visit, at, rights.has('payment_links.make')),
    client:
      client && rights.has('clients.see')
        ? {
            id: visit.clientId,
            name: client.name,
            phone: rights.has('clients.contacts') ? client.phone : null,
            email: rights.has('clients.contacts') ? client.email : null,
          }
        : null,
  };
}

function shownCover({ lines, reason, covered }: CoverOfVisit): Checkout['cover'] {
  return { offer: [...lines], reason, covered: [...covered] };
}

async function linkOf(ctx: BookingContext, { scope }: Place, visit: Visit, at: Date): Promise<Pick<Checkout['link'], 'state' | 'url'>> {
  const said = await stateOfLink(ctx.db.read, scope, visit, at);
  const state = linkStates[said];
  const shown = state === 'ready' && (await isLinkMade(ctx.db.read, scope, visit.appointmentId));
  return { state, url: shown ? ctx.links.urlOf(scope.chainId, visit.appointmentId) : null };
}

const linkStates = {
  ready: 'ready',
  checking: 'ready',
  off: 'off',
  paid: 'nothing_due',
  nothing_due: 'nothing_due',
  cancelled: 'not_payable',
  expired: 'not_payable',
} as const;

function onlineRow(one: PurposePayment): Checkout['payments'][number] {
  return {
    id: one.lineNo === 0 ? one.attemptId : `${one.attemptId}.${one.lineNo}`,
    kind: one.orderKind === 'visit' ? 'link' : 'online',
    at: one.at.toISOString(),
    amountMinor: toJsonAmount(one.amountMinor),
    refundedMinor: toJsonAmount(one.refundedMinor),
    disputedMinor: toJsonAmount(one.disputedMinor),
    chargedBackMinor: toJsonAmount(one.chargedBackMinor),
    status: one.status,
    placed: one.outcome,
    by: one.by,
    mayReverse: false,
    account: null,
  };
}

function deskRow(one: DeskPayment, registers: readonly Register[]): Omit<Checkout['payments'][number], 'mayReverse'> {
  return {
    id: one.id,
    kind: registers.find(({ id }) => id === one.accountId)?.kind === 'cashless' ? 'card' : 'cash',
    at: one.takenAt.toISOString(),
    amountMinor: toJsonAmount(one.amountMinor),
    refundedMinor: 0,
    disputedMinor: 0,
    chargedBackMinor: 0,
    status: one.reversed ? 'reversed' : 'taken',
    placed: 'applied',
    by: one.userName,
    account: null,
  };
}

function accountRow(one: AccountPaymentRow, seesClients: boolean): Omit<Checkout['payments'][number], 'mayReverse'> {
  return {
    id: one.id,
    kind: 'account',
    at: one.paidAt.toISOString(),
    amountMinor: toJsonAmount(one.amountMinor),
    refundedMinor: 0,
    disputedMinor: 0,
    chargedBackMinor: 0,
    status: one.reversed ? 'reversed' : 'taken',
    placed: 'applied',
    by: one.userName,
    account: { id: accountIdOf(one), clientId: one.clientId, clientName: seesClients ? one.clientName : null, typeName: one.typeName },
  };
}

/** The payment that is under way, the one being checked first. */
function runningOf(online: readonly PurposePayment[], visit: Visit, at: Date, mayCancel: boolean): Checkout['payment'] {
  const running =
    online.find(({ status }) => status === 'processing') ??
    online.find((one) => one.asked && !one.superseded && isOpen(one) && at < one.payableUntil);
  if (!running) return null;
  const until = visit.paymentBlockedUntil;
  return {
    attemptId: running.attemptId,
    attemptStatus: running.status,
    via: running.orderKind === 'visit' ? 'link' : 'online',
    blockedUntil: until && until > at ? until.toISOString() : null,
    payableUntil: running.payableUntil.toISOString(),
    mayCancel: mayCancel && isOpen(running),
  };
}

function isOpen({ status }: PurposePayment): boolean {
  return status === 'open' || status === 'intended';
}
