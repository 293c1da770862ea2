import type { PaymentLink } from '@holdfast/contract/checkout';
import { formatMoney } from '@holdfast/contract/format-money';
import { escapeHtml, type WidgetFiles } from './page-shell.ts';
import { paymentLinkWords } from './payment-link-words.ts';

export const BY_ITSELF = '/pay-by-itself.js';
export const LINK_STYLE = '/pay-link.css';

/**
 * Begins the payment as the button would, once, for a person who is looking: not for who comes back by the back button, nor in a page that the browser
 * has fetched before anybody asked for it.
 */
export const byItselfScript = `const form = document.querySelector('form[data-by-itself]');
const start = () => {
  if (!form || document.visibilityState !== 'visible') return document.addEventListener('visibilitychange', start, { once: true });
  form.querySelector('button').setAttribute('aria-busy', 'true');
  form.requestSubmit();
};
const [arrived] = performance.getEntriesByType('navigation');
if (arrived?.type !== 'back_forward') {
  if (document.prerendering) document.addEventListener('prerenderingchange', start, { once: true });
  else start();
}
`;

/** Beside the widget's own sheet, whose parts the page is made of. */
export const linkStyle = `.pay { display: grid; gap: 1rem; text-align: start; justify-items: stretch; }
.pay h1 { text-align: start; }
.pay > *, .pay .card > p { margin: 0; }
.pay .card { width: 100%; max-width: none; text-align: start; }
.pay .card-money { grid-template-columns: 1fr auto; }
.pay .button { width: 100%; }
.pay .small { font-size: 0.875rem; overflow-wrap: anywhere; }
`;

interface Shown {
  readonly link: PaymentLink;
  readonly language: string;
  /** The client comes back from the provider's page. */
  readonly back: boolean;
  /** Whether the page may begin the payment by itself. */
  readonly byItself: boolean;
  readonly demo: boolean;
  readonly files: WidgetFiles | undefined;
}

/** The page of a payment link: what is paid for, to whom, how much; and one button. It works without any script. */
export function renderPaymentLink({ link, language, back, byItself, demo, files }: Shown): string {
  const words = paymentLinkWords[language as keyof typeof paymentLinkWords] ?? paymentLinkWords.en;
  const state = link.state === 'ready' && back ? 'not_paid' : link.state;
  const payable = link.state === 'ready' || link.state === 'unavailable';
  const posts = byItself && state === 'ready';
  const money = (minor: number) => escapeHtml(formatMoney(minor, link.currency, words.locale));
  const when = new Intl.DateTimeFormat(words.locale, { dateStyle: 'full', timeStyle: 'short', timeZone: link.timeZone }).format(
    new Date(link.startsAt),
  );
  const label = link.state === 'unavailable' ? escapeHtml(words.tryAgain) : escapeHtml(words.pay).replace('{amount}', money(link.dueMinor));
  return `<!doctype html>
<html lang="${words === paymentLinkWords.en ? 'en' : escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${state === 'checking' ? '<meta http-equiv="refresh" content="10">' : ''}
<title>${escapeHtml(words.titles[state])} · ${escapeHtml(link.locationName)}</title>
<link rel="icon" href="data:,">
${(files?.styles ?? []).map((one) => `<link rel="stylesheet" href="/widget/${one}">`).join('\n')}
<link rel="stylesheet" href="${LINK_STYLE}">
${posts ? `<script type="module" src="${BY_ITSELF}"></script>` : ''}
</head>
<body>
<header class="top"><div class="top-inner"><span class="brand"><span class="brand-name">${escapeHtml(link.chainName)}</span></span></div></header>
<main class="own">
<section class="scene pay">
${demo ? `<p class="muted small">${escapeHtml(words.demo)}</p>` : ''}
<h1>${escapeHtml(words.titles[state])}</h1>
<p class="lead">${escapeHtml(words.texts[state])}</p>
<article class="card">
<h2>${escapeHtml(when)}</h2>
<p class="card-with">${escapeHtml(words.with).replace('{name}', () => escapeHtml(link.staffName))}</p>
<ul class="card-services">
${link.serviceNames.map((name) => `<li><span>${escapeHtml(name)}</span></li>`).join('\n')}
</ul>
<p class="muted small">${escapeHtml([link.locationName, link.address].filter(Boolean).join(', '))}</p>
<dl class="card-money">
${link.paidMinor > 0 ? `<dt>${escapeHtml(words.paid)}</dt><dd class="good">${money(link.paidMinor)}</dd>` : ''}
${link.dueMinor > 0 ? `<dt>${escapeHtml(words.due)}</dt><dd><strong>${money(link.dueMinor)}</strong></dd>` : ''}
</dl>
</article>
${payable ? `<form method="post"${posts ? ' data-by-itself' : ''}><button class="button button-main" type="submit">${label}</button></form>` : ''}
${state === 'checking' ? `<p><a href="?from=payment">${escapeHtml(words.lookAgain)}</a></p>` : ''}
${company(link, words)}
${link.phone ? `<p class="muted small">${escapeHtml(words.call)} <a href="tel:${escapeHtml(link.phone.replaceAll(/[^+\d]/g, ''))}">${escapeHtml(link.phone)}</a></p>` : ''}
</section>
</main>
</body>
</html>
`;
}

function company({ company: known }: PaymentLink, words: (typeof paymentLinkWords)['en']): string {
  if (!known) return '';
  const registration = words.registration.replace('{number}', () => known.registrationNumber);
  return `<p class="muted small">${escapeHtml(words.company)}: ${[known.legalName, registration, known.legalAddress].map(escapeHtml).join(' · ')}</p>`;
}
