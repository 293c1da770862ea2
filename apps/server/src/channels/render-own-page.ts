import { directionOf } from '@holdfast/contract/client-language';
import { formatMoney } from '@holdfast/contract/format-money';
import { renderSVG } from 'uqr';
import { OWN_PAGE_SCRIPT, OWN_PAGE_STYLE } from './own-page-assets.ts';
import { ownPageWords } from './own-page-words.ts';
import { escapeHtml, type WidgetFiles } from './page-shell.ts';
import { BY_ITSELF } from './render-pay-page.ts';

/** What a provider has said; in a language it does not speak, English. */
type InLanguages = Readonly<Record<'en' | 'uk' | 'pt', string>> & { readonly ar?: string };

/** What a page of ours has to show while it may be paid. */
export interface OwnPageShown {
  readonly show:
    | { readonly kind: 'form'; readonly action: string; readonly fields: Readonly<Record<string, string>> }
    | { readonly kind: 'code'; readonly code: string }
    | {
        readonly kind: 'instructions';
        readonly values: readonly { readonly title: InLanguages; readonly value: string }[];
        readonly say: InLanguages;
      };
  /** As people know it. */
  readonly provider: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly payableUntil: Date;
  readonly now: Date;
  readonly returnUrl: string;
  readonly cancelUrl: string;
  readonly language: string;
  readonly lines: readonly string[];
  /** In the demo: where the sandbox plays the client's bank. */
  readonly sandboxApp: string | undefined;
}

/** The page where one payment is made at a provider that has no page: a form that posts itself, a code to scan or copy, or what to do in words. */
export function renderOwnPage(page: OwnPageShown, { demo, files }: { demo: boolean; files: WidgetFiles | undefined }): string {
  const language = page.language.slice(0, 2) as keyof typeof ownPageWords;
  const words = ownPageWords[language] ?? ownPageWords.en;
  const named = (text: string) => escapeHtml(text).replaceAll('{provider}', () => escapeHtml(page.provider));
  const form = page.show.kind === 'form';
  const title = named(page.show.kind === 'instructions' ? words.howToPay : words.payWith);
  const data = {
    until: page.payableUntil.toISOString(),
    now: page.now.toISOString(),
    back: page.returnUrl,
    received: words.received,
    checking: words.checking,
    trouble: words.trouble,
    over: words.timeIsUp,
  };
  return `<!doctype html>
<html lang="${words === ownPageWords.en ? 'en' : language}" dir="${directionOf(words === ownPageWords.en ? 'en' : language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${form ? '' : '<noscript><meta http-equiv="refresh" content="15"></noscript>'}
<title>${title}</title>
<link rel="icon" href="data:,">
${(files?.styles ?? []).map((one) => `<link rel="stylesheet" href="/widget/${one}">`).join('\n')}
<link rel="stylesheet" href="${OWN_PAGE_STYLE}">
<script type="module" src="${form ? BY_ITSELF : OWN_PAGE_SCRIPT}"></script>
</head>
<body>
<main class="own">
<section class="scene pay-page" data-page ${Object.entries(data)
    .map(([name, value]) => `data-${name}="${escapeHtml(value)}"`)
    .join(' ')}>
${demo ? `<p class="muted small">${escapeHtml(words.demo)}</p>` : ''}
<h1>${title}</h1>
<div class="card">
${page.lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n')}
<dl class="facts"><dt>${escapeHtml(words.amount)}</dt><dd>${escapeHtml(formatMoney(Number(page.amountMinor), page.currency, words.locale))}</dd>
${page.show.kind === 'code' ? `<dt>${escapeHtml(words.timeLeft)}</dt><dd><span role="timer">–</span></dd>` : ''}</dl>
</div>
${body(page, words, named)}
<p class="small"><a href="${escapeHtml(page.cancelUrl)}">${escapeHtml(words.back)}</a></p>
</section>
</main>
</body>
</html>
`;
}

type Words = (typeof ownPageWords)['en'];

function body({ show, payableUntil, returnUrl, language, sandboxApp }: OwnPageShown, words: Words, named: (text: string) => string): string {
  switch (show.kind) {
    case 'form':
      return `<p class="lead">${named(words.leaving)}</p>
<form method="post" action="${escapeHtml(show.action)}" accept-charset="utf-8" data-by-itself>
${Object.entries(show.fields)
  .map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
  .join('\n')}
<button class="button button-main" type="submit">${named(words.goOn)}</button>
</form>`;
    case 'code':
      return `<ol>${words.steps.map((step) => `<li>${named(step)}</li>`).join('')}</ol>
<p role="status">${escapeHtml(words.waiting)}</p>
<div class="card">
<div class="qr qr-part" role="img" aria-label="${escapeHtml(words.scan)}">${renderSVG(show.code, { ecc: 'M', border: 1 })}</div>
<label class="small" for="code">${escapeHtml(words.code)}</label>
<textarea id="code" dir="ltr" readonly rows="4" spellcheck="false">${escapeHtml(show.code)}</textarea>
<button class="button button-main" type="button" hidden data-copy="code" data-copied="${escapeHtml(words.copied)}">${escapeHtml(words.copy)}</button>
</div>
${sandboxApp ? `<p class="small"><a href="${escapeHtml(sandboxApp)}" target="_blank" rel="noopener">${escapeHtml(words.sandboxApp)}</a></p>` : ''}`;
    case 'instructions': {
      const own = (text: InLanguages) => escapeHtml(text[language.slice(0, 2) as keyof InLanguages] ?? text.en);
      const by = new Intl.DateTimeFormat(words.locale, { dateStyle: 'long' }).format(payableUntil);
      return `<p class="lead">${own(show.say)}</p>
<div class="card">
${show.values
  .map(
    (
      { title, value },
      index,
    ) => `<div class="value"><div><div class="muted small">${own(title)}</div><strong id="value_${index}" dir="auto">${escapeHtml(value)}</strong></div>
<button class="button" type="button" hidden data-copy="value_${index}" data-copied="${escapeHtml(words.copied)}" aria-label="${escapeHtml(words.copyValue)}: ${own(title)}">${escapeHtml(words.copyValue)}</button></div>`,
  )
  .join('\n')}
</div>
<p>${escapeHtml(words.toPayBy.replace('{time}', () => by))}</p>
<p role="status"></p>
<p><a class="button button-main" href="${escapeHtml(returnUrl)}">${escapeHtml(words.done)}</a></p>`;
    }
  }
}
