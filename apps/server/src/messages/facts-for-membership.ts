import { fillTemplate } from '@holdfast/contract/fill-template';
import type { MessageKind } from '@holdfast/contract/message-kinds';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { membershipById } from '../memberships/membership-rows.ts';
import { stateOf } from '../memberships/membership-rules.ts';
import type { MessagesContext } from './context.ts';
import type { MoneyFacts } from './facts-for-money.ts';
import { membershipWords } from './templates.ts';
import { amount, dayOnly } from './write-message.ts';

/** A membership that was bought or is running out, as it stands now; undefined: it is no longer so. */
export async function factsOfMembership(
  ctx: MessagesContext,
  scope: Scope,
  membershipId: string,
  kind: MessageKind,
): Promise<MoneyFacts | undefined> {
  const membership = await membershipById(ctx.db.read, scope, membershipId);
  if (!membership) return undefined;
  const state = stateOf(membership, ctx.now());
  const told = kind === 'membership_bought' ? ['active', 'frozen', 'used_up'] : ['active', 'used_up'];
  if (!told.includes(state)) return undefined;
  const { clientId, name, visits, reserved, used, endsAt, timeZone, priceMinor, currency } = membership;
  const { rows } = await sql<{ chain: string; location: string }>`
    select c.slug chain, l.slug location from locations l join chains c on c.chain_id = l.chain_id
     where l.chain_id = ${scope.chainId} and l.location_id = ${scope.locationId}`.execute(ctx.db.read);
  const link = `${ctx.publicUrl}/book/${rows[0]?.chain}/${rows[0]?.location}`;
  const terms = (language: string) => {
    const words = membershipWords(language);
    if (visits !== null && used >= visits) return words['membership.used_up'];
    const left =
      visits === null
        ? words['membership.unlimited']
        : fillTemplate(words['membership.visits_left'], { left: String(visits - reserved - used), visits: String(visits) });
    // the last day on which it can be used
    const last = endsAt && dayOnly(new Date(endsAt.getTime() - 1), timeZone, language);
    return last ? `${left}. ${fillTemplate(words['membership.until'], { day: last })}` : left;
  };
  return {
    clientId,
    facts: (language) => ({ membership: name, terms: terms(language), link, amount: amount(Number(priceMinor), currency, language) }),
  };
}
