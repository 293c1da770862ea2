import { toUnits } from './amounts.ts';
import { decideDispute, disputeCharge, escalateDispute, sendEvidence } from './dispute-charge.ts';
import { giveRefund, type RefundMode, settleRefund } from './give-refund.ts';
import { answerBank, delayedMethod, type PayOutcome, paySession, settleDelayed } from './pay-session.ts';
import type { SandboxPayment } from './payments-account.ts';
import { paymentsAccount } from './payments-account.ts';
import { noSuch } from './refusal.ts';
import type { SandboxState } from './sandbox-state.ts';
import type { SandboxAccount, Work } from './work.ts';

/** What a test or a demo may do to the sandbox from outside the protocol: be the client, be the bank, be the weather. */
export function controlOf(state: SandboxState) {
  const withSession = <T>(id: string, deed: (work: Work) => T): T => {
    state.expireDue();
    return state.deed(owner(state.ownerOf('session', id), 'checkout.session', id), deed);
  };
  return {
    /** The client pays: with the card that pays, a given test card, or a method that is decided later. */
    pay: (sessionId: string, wish: { card?: string | undefined; delayed?: boolean | undefined } = {}): PayOutcome =>
      withSession(sessionId, (work) =>
        paySession(work, sessionId, wish.delayed === true ? { delayed: true } : { card: wish.card ?? '4242424242424242' }),
      ),
    answerBank: (sessionId: string, approved: boolean): PayOutcome => withSession(sessionId, (work) => answerBank(work, sessionId, approved)),
    settleDelayed: (sessionId: string, succeed: boolean): void => withSession(sessionId, (work) => settleDelayed(work, sessionId, succeed)),
    settleRefund: (refundId: string, succeed: boolean): void => {
      state.deed(owner(state.ownerOf('refund', refundId), 'refund', refundId), (work) => settleRefund(work, refundId, succeed));
    },
    /** Every refund there is, in the order of creation. */
    refunds: (): { id: string; status: string | null }[] => state.journal.list('refund').map(({ object: { id, status } }) => ({ id, status })),
    /** How refunds are answered from now on. */
    answerRefunds: (mode: RefundMode): void => {
      state.refundMode = mode;
    },
    /** The provider takes another amount than it was asked for: a fault of its own. */
    askInstead: (sessionId: string, { amount, currency }: { amount: number; currency: string }): void =>
      withSession(sessionId, ({ tx }) => {
        const row = tx.get('session', sessionId);
        if (row) tx.put('session', sessionId, { ...row, session: { ...row.session, amount_total: amount, amount_subtotal: amount, currency } });
      }),
    takesDelayed: (sessionId: string): boolean =>
      withSession(sessionId, ({ tx }) => {
        const session = tx.get('session', sessionId)?.session;
        return session !== undefined && delayedMethod(session) !== undefined;
      }),
    isProcessing: (sessionId: string): boolean => {
      const intent = state.journal.get('session', sessionId)?.session.payment_intent;
      return typeof intent === 'string' && state.journal.get('intent', intent)?.object.status === 'processing';
    },
    /** The merchant refunds in the Dashboard. */
    giveBack: (sessionId: string, amountMinor?: bigint): void =>
      withSession(sessionId, (work) => {
        const session = work.tx.get('session', sessionId)?.session;
        if (typeof session?.payment_intent !== 'string') throw noSuch('payment_intent', sessionId, 'payment_intent');
        const amount = amountMinor === undefined ? {} : { amount: toUnits(amountMinor, session.currency ?? '') };
        giveRefund(work, { payment_intent: session.payment_intent, ...amount }, 'succeeded');
      }),
    /** The cardholder disputes a payment at their bank; answers the dispute's id. */
    dispute: (
      sessionId: string,
      wish: { amountMinor?: bigint | undefined; reason?: string | undefined; inquiry?: boolean | undefined } = {},
    ): string =>
      withSession(sessionId, (work) => {
        const { payment_intent: intentId, currency } = work.tx.get('session', sessionId)?.session ?? {};
        const intent = typeof intentId === 'string' ? work.tx.get('intent', intentId)?.object : undefined;
        if (typeof intent?.latest_charge !== 'string') throw noSuch('charge', sessionId, 'charge');
        const { amountMinor, ...rest } = wish;
        const amount = amountMinor === undefined ? {} : { amount: toUnits(amountMinor, currency ?? '') };
        return disputeCharge(work, intent.latest_charge, { ...rest, ...amount }).id;
      }),
    decideDispute: (disputeId: string, won: boolean): void => {
      state.deed(owner(state.ownerOf('dispute', disputeId), 'dispute', disputeId), (work) => decideDispute(work, disputeId, won));
    },
    escalateDispute: (disputeId: string): void => {
      state.deed(owner(state.ownerOf('dispute', disputeId), 'dispute', disputeId), (work) => escalateDispute(work, disputeId));
    },
    /** The merchant answers in the Dashboard. */
    answerDispute: (disputeId: string): void => {
      state.deed(owner(state.ownerOf('dispute', disputeId), 'dispute', disputeId), (work) =>
        sendEvidence(work, disputeId, { uncategorized_text: 'Answered in the Dashboard.' }, true),
      );
    },
    /** The ids of what a dispute has moved on the balance. */
    movementsOf: (disputeId: string): string[] => state.journal.get('dispute', disputeId)?.object.balance_transactions.map(({ id }) => id) ?? [],
    /** Every dispute there is, in the order of creation. */
    disputes: (): { id: string; status: string; amount: number; currency: string; charge: string }[] =>
      state.journal.list('dispute').map(({ object: { id, status, amount, currency, charge } }) => ({
        id,
        status,
        amount,
        currency,
        charge: typeof charge === 'string' ? charge : charge.id,
      })),
    payments: (): SandboxPayment[] => {
      state.expireDue();
      return paymentsAccount(state.journal);
    },
    tick: (): Promise<void> => state.tick(),
  };
}

export type Control = ReturnType<typeof controlOf>;

function owner(account: SandboxAccount | undefined, object: string, id: string): SandboxAccount {
  if (account === undefined) throw noSuch(object, id, 'id');
  return account;
}
