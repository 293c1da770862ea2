import type { TopUpLink } from '@holdfast/contract/accounts';
import { formatMoney } from '@holdfast/contract/format-money';
import type { MembershipLink } from '@holdfast/contract/memberships';
import { type BoughtWords, boughtLinkWords } from './bought-link-words.ts';
import { escapeHtml } from './page-shell.ts';
import { type PageAsked, renderPayPage, wordsIn } from './render-pay-page.ts';

/** The page of a link by which something is bought for one amount. For whom stands nowhere: a link can be passed on. */
export function renderBoughtLink(
  link: MembershipLink | TopUpLink,
  { name, own }: { readonly name: string; readonly own: BoughtWords },
  { language, back, byItself, demo, files }: PageAsked,
): string {
  const words = wordsIn(language);
  const bought = boughtLinkWords[language as keyof typeof boughtLinkWords] ?? boughtLinkWords.en;
  const state = link.state === 'ready' && back ? 'not_paid' : link.state;
  const payable = link.state === 'ready' || link.state === 'unavailable';
  const amount = formatMoney(link.amountMinor, link.currency, words.locale);
  const isPaid = state === 'paid';
  return renderPayPage({
    ...link,
    language,
    demo,
    files,
    title: { ...words.titles, ...bought.titles, ready: own.title }[state],
    lead: { ...words.texts, ...bought.texts, ready: own.ready, paid: own.paid, off: own.off }[state],
    pay: payable ? (link.state === 'unavailable' ? words.tryAgain : words.pay.replace('{amount}', () => amount)) : undefined,
    posts: byItself && state === 'ready',
    waits: state === 'checking',
    card: `<h2>${escapeHtml(name)}</h2>
<p class="muted small">${escapeHtml([link.locationName, link.address].filter(Boolean).join(', '))}</p>
<dl class="card-money">
<dt>${escapeHtml(isPaid ? words.paid : payable || state === 'checking' ? words.due : bought.amount)}</dt><dd${isPaid ? ' class="good"' : ''}><strong>${escapeHtml(amount)}</strong></dd>
</dl>`,
  });
}
