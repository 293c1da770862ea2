import type { PaymentLink } from '@holdfast/contract/checkout';
import { formatMoney } from '@holdfast/contract/format-money';
import { escapeHtml } from './page-shell.ts';
import { type PageAsked, renderPayPage, wordsIn } from './render-pay-page.ts';

/** The page of a visit's payment link. */
export function renderPaymentLink(link: PaymentLink, { language, back, byItself, demo, files }: PageAsked): string {
  const words = wordsIn(language);
  const state = link.state === 'ready' && back ? 'not_paid' : link.state;
  const payable = link.state === 'ready' || link.state === 'unavailable';
  const money = (minor: number) => formatMoney(minor, link.currency, words.locale);
  const when = new Intl.DateTimeFormat(words.locale, { dateStyle: 'full', timeStyle: 'short', timeZone: link.timeZone }).format(
    new Date(link.startsAt),
  );
  const pay = link.state === 'unavailable' ? words.tryAgain : words.pay.replace('{amount}', () => money(link.dueMinor));
  return renderPayPage({
    ...link,
    language,
    demo,
    files,
    title: words.titles[state],
    lead: words.texts[state],
    pay: payable ? pay : undefined,
    posts: byItself && state === 'ready',
    waits: state === 'checking',
    card: `<h2>${escapeHtml(when)}</h2>
<p class="card-with">${escapeHtml(words.with).replace('{name}', () => escapeHtml(link.staffName))}</p>
<ul class="card-services">
${link.serviceNames.map((name) => `<li><span>${escapeHtml(name)}</span></li>`).join('\n')}
</ul>
<p class="muted small">${escapeHtml([link.locationName, link.address].filter(Boolean).join(', '))}</p>
<dl class="card-money">
${link.paidMinor > 0 ? `<dt>${escapeHtml(words.paid)}</dt><dd class="good">${escapeHtml(money(link.paidMinor))}</dd>` : ''}
${link.dueMinor > 0 ? `<dt>${escapeHtml(words.due)}</dt><dd><strong>${escapeHtml(money(link.dueMinor))}</strong></dd>` : ''}
</dl>`,
  });
}
