import { hostedPages } from '../../sandbox-kit/hosted-page.ts';
import { type PageLanguage, pageWords } from '../../sandbox-kit/page-words.ts';
import { formatAmount } from './currencies.ts';
import type { Way } from './pay-order.ts';
import type { OrderRow } from './work.ts';

export type Ending = 'paid' | 'processing' | 'expired' | 'cancelled' | 'unknown';

export const vivaPages = hostedPages('Viva Wallet', {
  light: { accent: '#1b3a8f', onAccent: '#fff', tint: '#eaeefb' },
  dark: { accent: '#a9bdf5', onAccent: '#0c1630', tint: '#20283d' },
});

/** What only Viva's page says. */
const ownWords: Readonly<Record<PageLanguage, Readonly<Record<'later' | 'cancelledTitle' | 'cancelledText', string>>>> = {
  en: {
    later: 'Multibanco reference, decided later',
    cancelledTitle: 'This order was cancelled',
    cancelledText: 'It can no longer be paid. Nothing was charged.',
  },
  uk: {
    later: 'Рахунок Multibanco, рішення пізніше',
    cancelledTitle: 'Замовлення скасовано',
    cancelledText: 'Сплатити його вже не можна. Гроші не списано.',
  },
  pt: {
    later: 'Referência Multibanco, decidida mais tarde',
    cancelledTitle: 'Esta encomenda foi cancelada',
    cancelledText: 'Já não pode ser paga. Nada foi cobrado.',
  },
};

/** An order that can be paid. `backHref`: where the way without paying leads. */
export function payPage(
  order: OrderRow,
  language: PageLanguage,
  { secondsLeft, declined, backHref }: { secondsLeft: number; declined: boolean; backHref: string | undefined },
): string {
  const say = pageWords[language];
  const total = formatAmount(order.amount, order.currency, language);
  const choices: readonly { value: Way; text: string; hint: string }[] = [
    { value: 'pays', text: say.pays, hint: '4147 46•• •••• 0133' },
    { value: 'declined', text: say.declines, hint: '6060 05•• •••• 0148' },
    ...(order.disableCash ? [] : [{ value: 'later' as const, text: ownWords[language].later, hint: say.laterHint }]),
  ];
  const action = `/web/checkout?ref=${order.code}&lang=${language}`;
  const problem = declined ? `${say.declined} ${say.tryAgain}` : undefined;
  const lines = [{ text: order.customerTrns, amount: total }];
  return vivaPages.pay({ total, lines, secondsLeft, action, choices, problem, backHref, keep: { ref: order.code } }, language);
}

/** An order that takes no money any more, or none at all. */
export function endPage(ending: Ending, language: PageLanguage, { code, backHref }: { code: string; backHref?: string | undefined }): string {
  const say = { ...pageWords[language], ...ownWords[language] };
  return vivaPages.notice({ title: say[`${ending}Title`], text: say[`${ending}Text`], backHref, keep: { ref: code } }, language);
}
