import type { TopUpLink } from '@holdfast/contract/accounts';
import { renderBoughtLink } from './render-bought-link.ts';
import type { PageAsked } from './render-pay-page.ts';
import { topUpLinkWords } from './top-up-link-words.ts';

/** The page of a link by which an account is filled. */
export function renderTopUpLink(link: TopUpLink, asked: PageAsked): string {
  const own = topUpLinkWords[asked.language as keyof typeof topUpLinkWords] ?? topUpLinkWords.en;
  return renderBoughtLink(link, { name: link.typeName ?? own.account, own }, asked);
}
