import { sql } from 'kysely';
import { mintScope, type Scope } from '../access/scope.ts';
import type { ConfirmationContext } from './context.ts';

export interface CodeToSend {
  readonly phone: string;
  readonly language: string;
  readonly code: string;
  /** On which page a telephone may fill the code in by itself. */
  readonly host: string;
}

/** What a message about a code says, for whoever writes it. Undefined: it has run out, was confirmed, or another has been asked for since. */
export async function codeToSend(
  ctx: Pick<ConfirmationContext, 'db' | 'now' | 'codes'>,
  chainId: string,
  codeId: string,
): Promise<CodeToSend | undefined> {
  const { rows } = await sql<Omit<CodeToSend, 'code'>>`
    select c.phone, c.language, c.host from phone_codes c
     where c.chain_id = ${chainId} and c.code_id = ${codeId} and c.sent and c.expires_at > ${ctx.now()} and c.confirmed_at is null
       and not exists (select 1 from phone_codes n where n.chain_id = c.chain_id and n.location_id = c.location_id and n.draft_id = c.draft_id and n.phone = c.phone
                          and (n.asked_at, n.code_id) > (c.asked_at, c.code_id))`.execute(ctx.db.read);
  const [row] = rows;
  return row && { ...row, code: ctx.codes.codeOf(codeId) };
}

/** Which location pays for it. */
export async function placeOfCode({ db }: Pick<ConfirmationContext, 'db'>, chainId: string, codeId: string): Promise<Scope | undefined> {
  const { rows } = await sql<{ locationId: string }>`
    select location_id "locationId" from phone_codes where chain_id = ${chainId} and code_id = ${codeId}`.execute(db.read);
  return rows[0] && mintScope(chainId, rows[0].locationId);
}
