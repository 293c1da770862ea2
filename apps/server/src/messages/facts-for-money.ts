import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { topUpById } from '../accounts/top-up-rows.ts';
import { topUpState } from '../accounts/top-up-rules.ts';
import type { MessagesContext } from './context.ts';
import { amount, type Facts } from './write-message.ts';

export interface MoneyFacts {
  readonly clientId: string;
  readonly facts: (language: string) => Facts;
}

/** A link that fills an account, as long as somebody can pay by it. */
export async function factsOfTopUp(ctx: MessagesContext, scope: Scope, topUpId: string): Promise<MoneyFacts | undefined> {
  const topUp = await topUpById(ctx.db.read, scope, topUpId);
  if (!topUp || topUpState(topUp) !== 'waiting') return undefined;
  const { clientId, amountMinor, currency } = topUp;
  const link = ctx.topUpLinks.urlOf(scope.chainId, topUpId);
  return { clientId, facts: (language) => ({ link, amount: amount(Number(amountMinor), currency, language) }) };
}

/** A receipt or a credit note, by the page it has. */
export async function factsOfReceipt(ctx: MessagesContext, { chainId, locationId }: Scope, receiptId: string): Promise<MoneyFacts | undefined> {
  const { rows } = await sql<{ clientId: string | null; name: string; amountMinor: bigint; currency: string }>`
    select client_id "clientId", name, amount_minor "amountMinor", currency from receipts
     where chain_id = ${chainId} and location_id = ${locationId} and receipt_id = ${receiptId}`.execute(ctx.db.read);
  const [row] = rows;
  if (!row?.clientId) return undefined;
  const { clientId, name, amountMinor, currency } = row;
  const link = ctx.receiptLinks.urlOf(chainId, receiptId);
  return { clientId, facts: (language) => ({ number: name, link, amount: amount(Number(amountMinor), currency, language) }) };
}
