import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { strikeFault } from '../../sandbox-kit/strike-fault.ts';
import { type Payment, paymentKey, type Work } from './kinds.ts';
import type { LiqpayState } from './liqpay-state.ts';
import { numberAs } from './money-text.ts';
import { readData, type SignedData } from './read-data.ts';
import { refundPayment } from './refund-payment.ts';
import { Refusal } from './refusal.ts';
import { readFields, refundShape, reportsShape, statusShape } from './request-shapes.ts';
import { showPayment } from './show-payment.ts';

const broken = '<html><head><title>500 Internal Server Error</title></head><body>500 Internal Server Error</body></html>';
const tooMany = new Refusal('limit', 'Too many requests').body();

/** `POST /api/request`: what a merchant's server asks. */
export function requestRoutes(app: FastifyInstance, state: LiqpayState): void {
  app.post('/api/request', (request, reply) => {
    const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    const answer = (json: object) => reply.type('application/json; charset=utf-8').send(JSON.stringify(json));
    try {
      const signed = readData(form, state.merchantOf);
      const run = actions[signed.action];
      if (!run) throw new Refusal('err_api_action', `This sandbox knows no action ${signed.action}`);
      const fault = strike(state, signed.action, request, reply);
      if (fault?.kind === 'answered') return reply;
      const done = run(state, signed);
      return fault ? fault.loseAnswer() : answer(done);
    } catch (error) {
      if (error instanceof Refusal) return answer(error.body());
      throw error;
    }
  });
}

function strike(state: LiqpayState, action: string, request: FastifyRequest, reply: FastifyReply) {
  return strikeFault(state.faults, action === 'refund' ? 'refund' : 'read', { request, reply, broken, tooMany });
}

const actions: Readonly<Record<string, (state: LiqpayState, signed: SignedData) => object>> = {
  status(state, { fields, merchant }) {
    const { order_id: orderId } = readFields(statusShape, fields);
    return state.deed((work) => ({ result: 'ok', ...showPayment(paymentOf(work, merchant.publicKey, orderId), work.now) }));
  },
  refund(state, { fields, merchant }) {
    const { order_id: orderId, amount } = readFields(refundShape, fields);
    const later = state.refundsLater;
    const { paymentId, status } = state.deed((work) => refundPayment(work, paymentOf(work, merchant.publicKey, orderId), { amount, later }));
    return { result: 'ok', action: 'refund', payment_id: numberAs(paymentId), status, ...(later && { wait_amount: true }) };
  },
  reports(state, { fields, merchant }) {
    const { date_from: from, date_to: to } = readFields(reportsShape, fields);
    if (to < from) throw new Refusal('err_wrong', 'Parameter date_to is wrong');
    const data = state.journal
      .list('payment')
      .filter((one) => one.publicKey === merchant.publicKey && one.status !== 'prepared' && one.createdAt >= from && one.createdAt <= to)
      .map((one) => showPayment(one, state.now()));
    return { result: 'success', data };
  },
};

function paymentOf({ tx }: Work, publicKey: string, orderId: string): Payment {
  const payment = tx.get('payment', paymentKey({ publicKey, orderId }));
  if (!payment) throw new Refusal('payment_not_found', 'Payment not found');
  return payment;
}
