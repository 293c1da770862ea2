import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hostedPages } from '../../sandbox-kit/hosted-page.ts';
import { pageLanguage, pageWords } from '../../sandbox-kit/page-words.ts';
import type { Invoice } from './kinds.ts';
import type { MonoState } from './mono-state.ts';
import { type Card, payInvoice } from './pay-invoice.ts';
import { shownIn } from './price-shown.ts';

const cards: readonly Card[] = ['pays', 'declines', 'later'];

export const monoPages = hostedPages('MonoBank', {
  light: { accent: '#1f1f1f', onAccent: '#fff', tint: '#f1f1ee' },
  dark: { accent: '#f2f0ea', onAccent: '#17181a', tint: '#2a2d31' },
});

/** The hosted page. Every press is answered by a redirect, so that reloading a page never pays. */
export function pageRoutes(app: FastifyInstance, state: MonoState): void {
  app.get('/pay/:id', (request, reply) => {
    const { invoice, language, query } = look(state, request);
    const say = pageWords[language];
    if (!invoice) return monoPages.send(reply, monoPages.notice({ title: say.unknownTitle, text: say.unknownText }, language), 404);
    const backHref = invoice.redirectUrl;
    const says = (title: string, text: string) => monoPages.send(reply, monoPages.notice({ title, text, backHref }, language));
    switch (invoice.status) {
      case 'created':
        break;
      case 'expired':
        return says(say.expiredTitle, say.expiredText);
      case 'failure':
        return says(say.failedTitle, say.failedText);
      case 'processing':
      case 'hold':
        return says(say.processingTitle, say.processingText);
      case 'success':
      case 'reversed':
        return says(say.paidTitle, say.paidText);
      default:
        invoice.status satisfies never;
    }
    const { amount, ccy, basket, destination } = invoice;
    const shown = (minor: number) => shownIn(minor, ccy, language);
    const lines =
      basket.length > 0
        ? basket.map(({ name, qty, sum, total }) => ({ text: name, amount: shown(total ?? Math.round(qty * sum)) }))
        : [{ text: destination || invoice.reference || say.title, amount: shown(amount) }];
    const page = monoPages.pay(
      {
        total: shown(amount),
        lines,
        secondsLeft: Math.max(0, Math.floor((invoice.expiresAt - state.now().getTime()) / 1000)),
        action: `/pay/${invoice.id}?lang=${language}`,
        choices: [
          { value: 'pays', text: say.pays, hint: '4242 4242 4242 4242' },
          { value: 'declines', text: say.declines, hint: '4000 0000 0000 0002' },
          { value: 'later', text: say.later, hint: say.laterHint },
        ],
        problem: query.get('problem') === 'unknown' ? say.unknownChoice : undefined,
        backHref,
      },
      language,
    );
    return monoPages.send(reply, page);
  });

  app.post('/pay/:id', (request, reply) => {
    const { invoice, language } = look(state, request);
    const say = pageWords[language];
    if (!invoice) return monoPages.send(reply, monoPages.notice({ title: say.unknownTitle, text: say.unknownText }, language), 404);
    const here = `/pay/${invoice.id}?lang=${language}`;
    const pressed = new URLSearchParams(typeof request.body === 'string' ? request.body : '').get('choice');
    const card = cards.find((one) => one === pressed);
    if (!card) return reply.redirect(`${here}&problem=unknown`, 303);
    const answer = state.deed((work) => payInvoice(work, work.tx.get('invoice', invoice.id) ?? invoice, card));
    // led back whether it was paid or not
    return reply.redirect(answer === 'closed' ? here : (invoice.redirectUrl ?? here), 303);
  });
}

function look(
  state: MonoState,
  request: FastifyRequest,
): { invoice: Invoice | undefined; language: ReturnType<typeof pageLanguage>; query: URLSearchParams } {
  state.expireDue();
  const query = new URLSearchParams(request.url.split('?')[1] ?? '');
  const invoice = state.journal.get('invoice', (request.params as { id: string }).id);
  return { invoice, query, language: pageLanguage(query.get('lang') ?? undefined, undefined, request.headers['accept-language']) };
}
