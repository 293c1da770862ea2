import { directionOf } from '@holdfast/contract/client-language';
import type { ChainOfLocations } from '../catalog/find-location.ts';
import { escapeHtml, type WidgetFiles } from './page-shell.ts';

const words = {
  en: { title: 'Where would you like to come?', demo: 'Demo: no real salon, no real money.' },
  uk: { title: 'Куди вам зручно прийти?', demo: 'Демо: несправжній салон, несправжні гроші.' },
  pt: { title: 'Onde quer vir?', demo: 'Demonstração: não é um salão real, nem dinheiro real.' },
  ar: { title: 'أي فرع يناسبك؟', demo: 'عرض تجريبي: لا صالون حقيقي ولا أموال حقيقية.' },
} as const;

/** The first step where a chain has several locations: which one? Plain links, so that it needs no script. `query` goes along to the next page. */
export function chooseLocationPage(chain: ChainOfLocations, language: string, query: string, files: WidgetFiles): string {
  const { title, demo } = words[language as keyof typeof words] ?? words.en;
  const links = chain.locations.map(
    ({
      slug,
      name,
      address,
    }) => `<a class="card" href="/book/${escapeHtml(chain.slug)}/${escapeHtml(slug)}${escapeHtml(`${query}${query ? '&' : '?'}from=locations`)}">
<strong>${escapeHtml(name)}</strong><br>
<span class="muted small">${escapeHtml(address)}</span>
</a>`,
  );
  return `<!doctype html>
<html lang="${escapeHtml(language)}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(chain.name)}</title>
<link rel="icon" href="data:,">
${files.styles.map((one) => `<link rel="stylesheet" href="/widget/${one}">`).join('\n')}
</head>
<body>
<header class="top"><div class="top-inner"><span class="brand"><span class="brand-name">${escapeHtml(chain.name)}</span></span></div></header>
<main class="own">
<section class="scene">
${chain.demo ? `<p class="muted">${demo}</p>` : ''}
<h1>${title}</h1>
<nav class="group" aria-label="${escapeHtml(chain.name)}">
${links.join('\n')}
</nav>
</section>
</main>
</body>
</html>
`;
}
