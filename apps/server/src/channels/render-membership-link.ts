import type { MembershipLink } from '@holdfast/contract/memberships';
import { membershipLinkWords } from './membership-link-words.ts';
import { renderBoughtLink } from './render-bought-link.ts';
import type { PageAsked } from './render-pay-page.ts';

/** The page of a link by which a membership is bought. */
export function renderMembershipLink(link: MembershipLink, asked: PageAsked): string {
  const own = membershipLinkWords[asked.language as keyof typeof membershipLinkWords] ?? membershipLinkWords.en;
  return renderBoughtLink(link, { name: link.name, own }, asked);
}
