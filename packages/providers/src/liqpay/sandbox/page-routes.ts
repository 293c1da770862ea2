import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { hostedPages } from '../../sandbox-kit/hosted-page.ts';
import { pageLanguage, pageWords } from '../../sandbox-kit/page-words.ts';
import { strikeFault } from '../../sandbox-kit/strike-fault.ts';
import { type Payment, paymentKey } from './kinds.ts';
import type { LiqpayState } from './liqpay-state.ts';
import { shownIn } from './money-text.ts';
import { openCheckout } from './open-checkout.ts';
import { type Card, payCheckout } from './pay-checkout.ts';
import { readData } from './read-data.ts';
import { Refusal } from './refusal.ts';
import { checkoutShape, readFields } from './request-shapes.ts';
import { statusAt } from './show-payment.ts';

const cards: readonly Card[] = ['pays', 'declines', 'later'];

export const liqpayPages = hostedPages('LiqPay', {
  light: { accent: '#2f7a2f', onAccent: '#fff', tint: '#eef6ee' },
  dark: { accent: '#8fd18f', onAccent: '#0f1f0f', tint: '#1e2a1e' },
});

/** The checkout: the client's browser brings the signed form, and is led to a page. Every press is answered by a redirect, so that reloading a page never pays. */
export function pageRoutes(app: FastifyInstance, state: LiqpayState): void {
  const checkout = (request: FastifyRequest, reply: FastifyReply) => {
    const fault = strikeFault(state.faults, 'create', { request, reply, broken: 'Internal Server Error', tooMany: 'Too Many Requests' });
    if (fault?.kind === 'answered') return reply;
    try {
      const { merchant, version, fields } = readData(formOf(request), state.merchantOf);
      const wish = readFields(checkoutShape, fields);
      const { token } = state.deed((work) => openCheckout(work, { merchant, version, wish }));
      return fault ? fault.loseAnswer() : reply.redirect(`/checkout/${token}`, 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const language = pageLanguage(queryOf(request).get('lang') ?? undefined, undefined, request.headers['accept-language']);
      // the form goes along, so that the page can be read in another language
      const { data = '', signature = '' } = Object.fromEntries(formOf(request));
      const notice = { title: pageWords[language].failedTitle, text: `${error.code}: ${error.message}`, keep: { data, signature } };
      return liqpayPages.send(reply, liqpayPages.notice(notice, language), 400);
    }
  };
  app.post('/api/3/checkout', checkout);
  app.get('/api/3/checkout', checkout);

  app.get('/checkout/:token', (request, reply) => {
    const { payment, language, query } = look(state, request);
    const say = pageWords[language];
    const says = (title: string, text: string, backHref?: string) =>
      liqpayPages.send(reply, liqpayPages.notice({ title, text, backHref }, language), payment ? 200 : 404);
    if (!payment) return says(say.unknownTitle, say.unknownText);
    const { status, errCode } = statusAt(payment, state.now());
    switch (status) {
      case 'prepared':
        break;
      case 'failure':
        return errCode === 'expired_prepared'
          ? says(say.expiredTitle, say.expiredText, payment.resultUrl)
          : says(say.failedTitle, say.failedText, payment.resultUrl);
      case 'wait_secure':
        return says(say.processingTitle, say.processingText, payment.resultUrl);
      case 'success':
      case 'reversed':
        return says(say.paidTitle, say.paidText, payment.resultUrl);
      default:
        return status satisfies never;
    }
    const total = shownIn(BigInt(payment.amount), payment.currency, language);
    const page = liqpayPages.pay(
      {
        total,
        lines: [{ text: payment.description, amount: total }],
        secondsLeft: payment.expiresAt === undefined ? undefined : Math.max(0, Math.floor((payment.expiresAt - state.now().getTime()) / 1000)),
        action: `/checkout/${payment.token}?lang=${language}`,
        choices: [
          { value: 'pays', text: say.pays, hint: '4242 4242 4242 4242' },
          { value: 'declines', text: say.declines, hint: '4000 0000 0000 0002' },
          { value: 'later', text: say.later, hint: say.laterHint },
        ],
        problem: query.get('problem') === 'unknown' ? say.unknownChoice : undefined,
        backHref: payment.resultUrl,
      },
      language,
    );
    return liqpayPages.send(reply, page);
  });

  app.post('/checkout/:token', (request, reply) => {
    const { payment, language } = look(state, request);
    const say = pageWords[language];
    if (!payment) return liqpayPages.send(reply, liqpayPages.notice({ title: say.unknownTitle, text: say.unknownText }, language), 404);
    const here = `/checkout/${payment.token}?lang=${language}`;
    const pressed = formOf(request).get('choice');
    const card = cards.find((one) => one === pressed);
    if (!card) return reply.redirect(`${here}&problem=unknown`, 303);
    const answer = state.deed((work) => payCheckout(work, work.tx.get('payment', paymentKey(payment)) ?? payment, card));
    // led back whether it was paid or not
    return reply.redirect(answer === 'closed' ? here : (payment.resultUrl ?? here), 303);
  });
}

function formOf(request: FastifyRequest): URLSearchParams {
  return request.method === 'GET' ? queryOf(request) : new URLSearchParams(typeof request.body === 'string' ? request.body : '');
}

function queryOf(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(request.url.split('?')[1] ?? '');
}

function look(
  state: LiqpayState,
  request: FastifyRequest,
): { payment: Payment | undefined; language: ReturnType<typeof pageLanguage>; query: URLSearchParams } {
  const query = queryOf(request);
  const { token } = request.params as { token: string };
  const payment = state.paymentWith((one) => one.token === token);
  return { payment, query, language: pageLanguage(query.get('lang') ?? undefined, payment?.language, request.headers['accept-language']) };
}
