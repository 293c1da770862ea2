import { formatMoney } from '@holdfast/contract/format-money';
import type { MembershipLink } from '@holdfast/contract/memberships';
import { membershipLinkWords } from './membership-link-words.ts';
import { escapeHtml } from './page-shell.ts';
import { type PageAsked, renderPayPage, wordsIn } from './render-pay-page.ts';

/** The page of a link by which a membership is bought. For whom stands nowhere: a link can be passed on. */
export function renderMembershipLink(link: MembershipLink, { language, back, byItself, demo, files }: PageAsked): string {
  const words = wordsIn(language);
  const own = membershipLinkWords[language as keyof typeof membershipLinkWords] ?? membershipLinkWords.en;
  const state = link.state === 'ready' && back ? 'not_paid' : link.state;
  const payable = link.state === 'ready' || link.state === 'unavailable';
  const amount = formatMoney(link.amountMinor, link.currency, words.locale);
  const isPaid = state === 'paid';
  return renderPayPage({
    ...link,
    language,
    demo,
    files,
    title: own.titles[state],
    lead: own.texts[state],
    pay: payable ? (link.state === 'unavailable' ? words.tryAgain : words.pay.replace('{amount}', () => amount)) : undefined,
    posts: byItself && state === 'ready',
    waits: state === 'checking',
    card: `<h2>${escapeHtml(link.name)}</h2>
<p class="muted small">${escapeHtml([link.locationName, link.address].filter(Boolean).join(', '))}</p>
<dl class="card-money">
<dt>${escapeHtml(isPaid ? words.paid : payable || state === 'checking' ? words.due : own.amount)}</dt><dd${isPaid ? ' class="good"' : ''}><strong>${escapeHtml(amount)}</strong></dd>
</dl>`,
  });
}
