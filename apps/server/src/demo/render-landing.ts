import { currencyExponent } from '@holdfast/contract/currency-exponent';
import { formatMoney } from '@holdfast/contract/format-money';
import type { OnlinePaymentStatus } from '@holdfast/contract/online-payment';
import { connectedProviders } from './connect-demo-provider.ts';
import { type DemoLanguage, type DemoLocation, demoChain, firstTries } from './demo-location.ts';
import { type LandingTexts, landingTexts } from './landing-texts.ts';
import { demoLocations } from './seed-demo.ts';

const languageNames: Readonly<Record<DemoLanguage, string>> = { en: 'English', uk: 'Українська', pt: 'Português' };
/** What the sandbox's payment page makes of a card; the numbers are Stripe's published test cards. */
const testCards = [
  { number: '4242 4242 4242 4242', outcome: 'pays' },
  { number: '4000 0000 0000 0002', outcome: 'declined' },
  { number: '4000 0025 0000 3155', outcome: 'secure' },
] as const;

export interface Landing {
  readonly language: DemoLanguage;
  /** By a link on this page, not by the browser: then the booking pages are asked for it too. */
  readonly chosen: boolean;
  readonly now: Date;
  readonly offsetMinutes: number;
  /** Where each provider's sandbox shows its pages. */
  readonly sandboxes: readonly LandingSandbox[];
}

export interface LandingSandbox {
  readonly provider: string;
  readonly title: string;
  readonly pagesOrigin: string;
}

/** The whole page. No inline style or script: the content security policy refuses them. */
export function renderLanding({ language, chosen, now, offsetMinutes, sandboxes }: Landing): string {
  const texts = landingTexts[language];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${escapeText(demoChain.name)} · Holdfast ${escapeText(texts.demo)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/demo/landing.css">
<script type="module" src="/demo/landing.js"></script>
</head>
<body data-now="${now.getTime()}">
<header>
<p class="brand">Holdfast <span class="badge">${escapeText(texts.demo)}</span></p>
<nav aria-label="${escapeText(texts.languages)}">${languageLinks(language)}</nav>
</header>
<main>
<section class="hero">
<h1>${escapeText(texts.title)}</h1>
<p class="lead">${escapeText(texts.lead)}</p>
<p class="note">${escapeText(texts.noMoney)}</p>
</section>
<section aria-labelledby="locations">
<h2 id="locations">${escapeText(texts.locations)}</h2>
<div class="locations">${demoLocations.map((location) => locationCard(location, texts, { language, chosen, now })).join('')}</div>
</section>
<div class="pair">
<section class="panel" aria-labelledby="salon-side">
<h2 id="salon-side">${escapeText(texts.salonSide)}</h2>
<p>${escapeText(texts.salonSideLead)}</p>
<ul class="people">${Object.entries(texts.asWhom)
    .map(([role, name]) => `<li><a href="/demo/admin?as=${role}">${escapeText(name)}</a></li>`)
    .join('')}</ul>
</section>
<section class="panel" aria-labelledby="inbox">
<h2 id="inbox">${escapeText(texts.inbox)}</h2>
<p>${escapeText(texts.inboxLead)}</p>
<p><a href="/demo/inbox">${escapeText(texts.openInbox)}</a></p>
</section>
</div>
<div class="pair">
<section class="panel" aria-labelledby="cards">
<h2 id="cards">${escapeText(texts.cards)}</h2>
<p>${escapeText(texts.cardsLead)}</p>
<table>
<thead><tr><th scope="col">${escapeText(texts.card)}</th><th scope="col">${escapeText(texts.outcome)}</th></tr></thead>
<tbody>${testCards.map(({ number, outcome }) => `<tr><td><code>${number}</code></td><td>${escapeText(texts[outcome])}</td></tr>`).join('')}</tbody>
</table>
</section>
<section class="panel" id="clock" aria-labelledby="clock-title">
<h2 id="clock-title">${escapeText(texts.clock)}</h2>
<p>${escapeText(texts.clockLead)}</p>
<p class="offset" role="status">${escapeText(offsetMinutes > 0 ? texts.ahead(offsetMinutes) : texts.notAhead)}</p>
<form method="post" action="${chosen ? `/?language=${language}` : '/'}">${texts.moves.map(moveButton).join('')}</form>
</section>
</div>
${sandboxPanel(sandboxes, texts)}
</main>
<footer><p>${escapeText(texts.afresh)}</p></footer>
</body>
</html>
`;
}

function languageLinks(chosen: DemoLanguage): string {
  const link = ([code, name]: [string, string]) =>
    `<a href="/?language=${code}" lang="${code}" hreflang="${code}"${code === chosen ? ' aria-current="true"' : ''}>${name}</a>`;
  return Object.entries(languageNames).map(link).join('');
}

function locationCard(location: DemoLocation, texts: LandingTexts, { language, chosen, now }: Omit<Landing, 'offsetMinutes' | 'sandboxes'>): string {
  const path = `/book/${demoChain.slug}/${location.key}`;
  const currency = new Intl.DisplayNames(language, { type: 'currency' }).of(location.currency) ?? location.currency;
  return `<article class="location ${location.key}">
<h3 lang="${location.language}">${escapeText(location.name)}</h3>
<p class="address" lang="${location.language}">${escapeText(location.address)}</p>
<dl>
<div><dt>${escapeText(texts.localTime)}</dt><dd><time data-zone="${location.timeZone}" data-language="${language}" datetime="${now.toISOString()}">${escapeText(localTime(location, language, now))}</time></dd></div>
<div><dt>${escapeText(texts.currency)}</dt><dd>${escapeText(currency)} (${location.currency})</dd></div>
</dl>
<p class="try">${escapeText(texts.tryThis)}</p>
<ul>${firstTries.map((key) => firstTry(location, key, texts, language)).join('')}</ul>
<a class="button" href="${path}${chosen ? `?language=${language}` : ''}">${escapeText(texts.open)}<span class="path" aria-hidden="true">${path}</span></a>
</article>`;
}

function firstTry(location: DemoLocation, key: string, texts: LandingTexts, language: DemoLanguage): string {
  const service = location.services.find((one) => one.key === key);
  if (!service) throw new Error(`bug: ${location.key} has no service ${key}`);
  const price = formatMoney(service.price[0] * 10 ** currencyExponent(location.currency), location.currency, language);
  const words: Readonly<Record<OnlinePaymentStatus, string>> = {
    required: texts.required,
    available: texts.available,
    not_available: texts.notAvailable,
  };
  return `<li class="${service.onlinePayment}"><b lang="${location.language}">${escapeText(service.name)}</b> <span class="price">${escapeText(price)}</span><br>${escapeText(words[service.onlinePayment])}</li>`;
}

function sandboxPanel(sandboxes: readonly LandingSandbox[], texts: LandingTexts): string {
  const at = (provider: string) =>
    demoLocations
      .filter(({ key }) => connectedProviders(key).includes(provider))
      .map(({ name, language }) => `<span lang="${language}">${escapeText(name)}</span>`);
  const row = ({ provider, title, pagesOrigin }: LandingSandbox) =>
    `<tr><th scope="row">${escapeText(title)}</th><td>${at(provider).join('<br>')}</td><td><a href="${pagesOrigin}/developers">${escapeText(texts.keysOf(title))}</a></td></tr>`;
  return `<div class="pair"><section class="panel" aria-labelledby="sandboxes">
<h2 id="sandboxes">${escapeText(texts.sandboxes)}</h2>
<p>${escapeText(texts.sandboxesLead)}</p>
<table class="sandboxes">
<thead><tr><th scope="col">${escapeText(texts.provider)}</th><th scope="col">${escapeText(texts.connectedAt)}</th><th scope="col">${escapeText(texts.developers)}</th></tr></thead>
<tbody>${sandboxes.map(row).join('')}</tbody>
</table>
</section></div>`;
}

function moveButton({ minutes, label, why }: LandingTexts['moves'][number]): string {
  return `<button name="advanceMinutes" value="${minutes}"><b>${escapeText(label)}</b><span>${escapeText(why)}</span></button>`;
}

function localTime({ timeZone }: DemoLocation, language: DemoLanguage, now: Date): string {
  return new Intl.DateTimeFormat(language, {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(now);
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
