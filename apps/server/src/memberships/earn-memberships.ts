import { sql } from 'kysely';
import { mintScope, type Scope } from '../access/scope.ts';
import { taxIn } from '../catalog/tax-rules.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant } from '../kit/problem.ts';
import { openAccount } from '../ledger/open-account.ts';
import { postEntry } from '../ledger/post-entry.ts';
import { earnedForPurpose } from '../ledger/read-books.ts';
import { lockMembership, type MembershipRow, membershipById } from './membership-rows.ts';
import { earnedBy, looksAgainAt } from './membership-rules.ts';

/**
 * Makes what memberships have earned by now income in the books, and takes back what they have not, each time as the difference. A process that dies leaves
 * the membership due; one that looks a second time finds nothing to post. Answers how many it looked at.
 */
export async function earnMemberships(deps: Deps, { limit }: { limit: number }): Promise<number> {
  const { rows } = await sql<{ chainId: string; locationId: string; id: string }>`
    select chain_id "chainId", location_id "locationId", membership_id id from memberships
     where income_due_at <= ${deps.now()} order by income_due_at limit ${limit}`.execute(deps.db.read);
  let looked = 0;
  for (const { chainId, locationId, id } of rows) {
    try {
      await deps.db.transaction((tx) => earnOne(tx, deps, mintScope(chainId, locationId), id));
      looked++;
    } catch (error) {
      deps.log.error({ err: error, membershipId: id }, 'what a membership has earned could not be posted; it is tried again');
    }
  }
  return looked;
}

async function earnOne(tx: Tx, deps: Deps, scope: Scope, id: string): Promise<void> {
  await lockMembership(tx, scope, id);
  const membership = await membershipById(tx, scope, id);
  const at = deps.now();
  if (!membership?.incomeDueAt || membership.incomeDueAt > at) return;
  const steps = await postEarned(tx, deps, scope, membership, at);
  await sql`
    update memberships set income_due_at = ${looksAgainAt(membership, at, membership.timeZone) ?? null}, income_steps = ${steps}
     where chain_id = ${scope.chainId} and membership_id = ${id}`.execute(tx);
}

/** The membership is locked. Answers how many entries its income has by now. */
async function postEarned(tx: Tx, deps: Deps, scope: Scope, membership: MembershipRow, at: Date): Promise<number> {
  const { id, currency, tax, incomeSteps, incomeDueAt } = membership;
  const purpose = { kind: 'membership', id };
  const posted = new Map((await earnedForPurpose(tx, scope, purpose, currency)).map((one) => [one.kind, one.amountMinor]));
  const earnedMinor = earnedBy(membership, at);
  const taxMinor = tax ? taxIn(earnedMinor, tax.basisPoints) : 0n;
  const missing = (
    [
      ['income', earnedMinor - taxMinor],
      ['tax', taxMinor],
    ] as const
  ).flatMap(([kind, wanted]) => {
    const amountMinor = wanted - (posted.get(kind) ?? 0n);
    return amountMinor === 0n ? [] : [{ kind, amountMinor }];
  });
  if (missing.length === 0) return incomeSteps;
  // in the order of their names, as everybody opens accounts
  const accounts = new Map<string, string>();
  for (const { kind } of missing) accounts.set(kind, await openAccount(tx, deps, scope, { kind, ownerId: tax?.rateId ?? '', currency }));
  const prepayments = await openAccount(tx, deps, scope, { kind: 'prepayments', ownerId: '', currency });
  const done = await postEntry(tx, deps, {
    scope,
    cause: { kind: 'membership_income', id: `${id}/${incomeSteps + 1}` },
    happenedAt: incomeDueAt ?? at,
    memo: '',
    postings: missing.map(({ kind, amountMinor }) => {
      const account = accounts.get(kind);
      invariant(account, `an account is open for ${kind}`);
      const [from, to] = amountMinor > 0n ? [account, prepayments] : [prepayments, account];
      return { from, to, amountMinor: amountMinor > 0n ? amountMinor : -amountMinor, currency, operation: kind, itemId: 'memberships', purpose };
    }),
  });
  invariant(done === 'posted', `step ${incomeSteps + 1} of the income of ${id} is posted once`);
  return incomeSteps + 1;
}
