import { directionOf } from '@holdfast/contract/client-language';
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

/** How a page is asked for. */
export interface PageAsked {
  readonly language: string;
  /** The client comes back from the provider's page. */
  readonly back: boolean;
  /** Whether the page may begin the payment by itself. */
  readonly byItself: boolean;
  readonly demo: boolean;
  readonly files: WidgetFiles | undefined;
}

interface PayPage {
  readonly language: string;
  readonly title: string;
  readonly chainName: string;
  readonly locationName: string;
  readonly lead: string;
  /** What is paid for and how much: HTML. */
  readonly card: string;
  /** What the button says; undefined: there is nothing to pay. */
  readonly pay: string | undefined;
  /** The page begins the payment by itself. */
  readonly posts: boolean;
  /** The payment is being checked: look again by itself. */
  readonly waits: boolean;
  readonly company: { readonly legalName: string; readonly registrationNumber: string; readonly legalAddress: string } | null;
  readonly phone: string;
  readonly demo: boolean;
  readonly files: WidgetFiles | undefined;
}

/** How every page of ours looks that leads to a provider: what is paid for, to whom, how much; and one button. It works without any script. */
export function renderPayPage(page: PayPage): string {
  const words = wordsIn(page.language);
  const { waits, posts, pay, files } = page;
  return `<!doctype html>
<html lang="${words === paymentLinkWords.en ? 'en' : escapeHtml(page.language)}" dir="${directionOf(words === paymentLinkWords.en ? 'en' : page.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${waits ? '<meta http-equiv="refresh" content="10">' : ''}
<title>${escapeHtml(page.title)} · ${escapeHtml(page.locationName)}</title>
<link rel="icon" href="data:,">
${(files?.styles ?? []).map((one) => `<link rel="stylesheet" href="/widget/${one}">`).join('\n')}
<link rel="stylesheet" href="${LINK_STYLE}">
${posts ? `<script type="module" src="${BY_ITSELF}"></script>` : ''}
</head>
<body>
<header class="top"><div class="top-inner"><span class="brand"><span class="brand-name">${escapeHtml(page.chainName)}</span></span></div></header>
<main class="own">
<section class="scene pay">
${page.demo ? `<p class="muted small">${escapeHtml(words.demo)}</p>` : ''}
<h1>${escapeHtml(page.title)}</h1>
<p class="lead">${escapeHtml(page.lead)}</p>
<article class="card">
${page.card}
</article>
${pay ? `<form method="post"${posts ? ' data-by-itself' : ''}><button class="button button-main" type="submit">${escapeHtml(pay)}</button></form>` : ''}
${waits ? `<p><a href="?from=payment">${escapeHtml(words.lookAgain)}</a></p>` : ''}
${company(page, words)}
${page.phone ? `<p class="muted small">${escapeHtml(words.call)} <a href="tel:${escapeHtml(page.phone.replaceAll(/[^+\d]/g, ''))}"><bdi dir="ltr">${escapeHtml(page.phone)}</bdi></a></p>` : ''}
</section>
</main>
</body>
</html>
`;
}

/** The words that all these pages share. */
export function wordsIn(language: string): (typeof paymentLinkWords)['en'] {
  return paymentLinkWords[language as keyof typeof paymentLinkWords] ?? paymentLinkWords.en;
}

function company({ company: known }: PayPage, words: (typeof paymentLinkWords)['en']): string {
  if (!known) return '';
  const registration = words.registration.replace('{number}', () => known.registrationNumber);
  return `<p class="muted small">${escapeHtml(words.company)}: ${[known.legalName, registration, known.legalAddress].map(escapeHtml).join(' · ')}</p>`;
}
