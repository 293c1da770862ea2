import type { ReceiptList } from '@holdfast/contract/receipts';
import { inWords } from './in-words.ts';
import type { IssuedReceipt } from './read-receipts.ts';
import { receiptWords } from './receipt-words.ts';

export const RECEIPT_STYLE = '/receipt.css';
export const RECEIPT_SCRIPT = '/receipt.js';

export const receiptScript = `document.querySelector('[data-print]')?.addEventListener('click', () => window.print());
`;

export const receiptStyle = `:root { color-scheme: light dark; --line: light-dark(#d8d3cc, #4a4744); --soft: light-dark(#5d5751, #b8b2ab); --page: light-dark(#f6f3ef, #1b1a19); --paper: light-dark(#fff, #262423); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 42rem; margin: 1.5rem auto; padding: 1.5rem; background: var(--paper); border: 1px solid var(--line); border-radius: 0.75rem; }
h1 { font-size: 1.4rem; line-height: 1.25; margin: 1.25rem 0 0.75rem; }
.issuer { margin: 0; color: var(--soft); font-size: 0.9rem; }
.issuer strong { display: block; color: CanvasText; font-size: 1.05rem; }
.issuer span { display: block; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.15rem 1rem; margin: 0 0 0.5rem; }
dt { color: var(--soft); } dd { margin: 0; }
table { width: 100%; border-collapse: collapse; margin: 1rem 0; }
th, td { text-align: start; padding: 0.45rem 0 0.45rem 0.75rem; border-bottom: 1px solid var(--line); vertical-align: top; font-weight: normal; }
th:first-child, td:first-child { padding-inline-start: 0; }
td.n, th.n { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead th { color: var(--soft); font-size: 0.85rem; }
tfoot th, tfoot td { font-weight: 600; border-bottom: 0; }
small { display: block; color: var(--soft); }
.deeds { display: flex; flex-wrap: wrap; gap: 0.75rem; margin-top: 1.5rem; }
.deeds a, .deeds button { font: inherit; min-height: 2.75rem; padding: 0.55rem 1.1rem; border: 1px solid var(--line); border-radius: 0.5rem; background: none; color: inherit; text-decoration: none; cursor: pointer; }
ul { list-style: none; padding: 0; } li { border-bottom: 1px solid var(--line); } li a { display: flex; justify-content: space-between; gap: 1rem; padding: 0.75rem 0; color: inherit; }
@media (max-width: 30rem) { main { margin: 0; border: 0; border-radius: 0; padding: 1rem; } dl { grid-template-columns: 1fr; } th, td { padding-inline-start: 0.4rem; } }
@media print { .deeds { display: none; } body, main { background: none; border: 0; margin: 0; padding: 0; max-width: none; } }
`;

/** A receipt or credit note as a page: to look at, print, or take along. It works without any script but for its button "Print". */
export function renderReceiptPage(receipt: IssuedReceipt, { self }: { self: string }): string {
  const worded = inWords(receipt);
  const { words } = worded;
  const [first = '', ...more] = worded.issuer;
  return page(
    receipt.language,
    worded.title,
    `<p class="issuer"><strong>${safe(first)}</strong>${more.map((one) => `<span>${safe(one)}</span>`).join('')}</p>
<h1>${safe(worded.title)}</h1>
<dl>${worded.facts
      .slice(1)
      .filter(([label]) => label)
      .map(([label, value]) => `<dt>${safe(label)}</dt><dd>${safe(value)}</dd>`)
      .join('')}</dl>
${worded.facts
  .filter(([label]) => !label)
  .map(([, value]) => `<p>${safe(value)}</p>`)
  .join('')}
<p>${safe(worded.about)}</p>
<table><tbody>${worded.lines
      .map(
        (line) => `<tr><td>${safe(line.name)}${line.tax ? `<small>${safe(line.tax)}</small>` : ''}</td><td class="n">${safe(line.amount)}</td></tr>`,
      )
      .join('')}</tbody>
<tfoot><tr><th scope="row">${safe(worded.total[0])}</th><td class="n">${safe(worded.total[1])}</td></tr></tfoot></table>
${
  worded.taxes.length === 0
    ? ''
    : `<table><thead><tr><th scope="col">${safe(words.rate)}</th><th scope="col" class="n">${safe(words.net)}</th><th scope="col" class="n">${safe(words.tax)}</th><th scope="col" class="n">${safe(words.gross)}</th></tr></thead><tbody>${worded.taxes
        .map(
          (one) =>
            `<tr><th scope="row">${safe(one.rate)}</th><td class="n">${safe(one.net)}</td><td class="n">${safe(one.tax)}</td><td class="n">${safe(one.gross)}</td></tr>`,
        )
        .join('')}</tbody></table>`
}
${worded.footer ? `<p>${safe(worded.footer)}</p>` : ''}
<p class="deeds"><a href="${safe(self)}/pdf" download>${safe(words.download)}</a><button type="button" data-print>${safe(words.print)}</button></p>`,
  );
}

/** All documents of a booking, for its client. */
export function renderReceiptList(
  items: ReceiptList['items'],
  shown: { language: string; timeZone: string; urlOf: (id: string) => string; back: string },
): string {
  const words = receiptWords(shown.language);
  const day = new Intl.DateTimeFormat(words.locale, { dateStyle: 'long', timeZone: shown.timeZone });
  const list = items.map(
    (one) =>
      `<li><a href="${safe(shown.urlOf(one.id))}"><span>${safe(words[one.kind])} ${safe(one.name)}</span><span>${safe(day.format(new Date(one.happenedAt)))}</span></a></li>`,
  );
  return page(
    shown.language,
    words.list,
    `<h1>${safe(words.list)}</h1>
${list.length > 0 ? `<ul>${list.join('')}</ul>` : `<p>${safe(words.none)}</p>`}
<p class="deeds"><a href="${safe(shown.back)}">${safe(words.back)}</a></p>`,
  );
}

function page(language: string, title: string, body: string): string {
  return `<!doctype html>
<html lang="${safe(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${safe(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${RECEIPT_STYLE}">
<script type="module" src="${RECEIPT_SCRIPT}"></script>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

function safe(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
