import type { Membership } from '@holdfast/contract/memberships';
import { toJsonAmount } from '@holdfast/contract/money';
import type { Who } from '../access/who.ts';
import type { SecondLook } from '../refunds/second-look.ts';

/** As screens see that somebody has asked for it. */
export function shownSecondLook(look: SecondLook | undefined, { userId }: Pick<Who, 'userId'>): Membership['refundAsked'] {
  if (!look) return null;
  return { at: look.at.toISOString(), by: look.by, byYou: look.byId === userId, amountMinor: toJsonAmount(look.amountMinor), because: look.because };
}
