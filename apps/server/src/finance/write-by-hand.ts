import { toJsonAmount } from '@holdfast/contract/money';
import type { Operation } from '@holdfast/contract/operations';
import type { Written } from '@holdfast/contract/transactions';
import { noteAudit } from '../access/note-audit.ts';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { tell } from '../kit/outbox.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { postEntry } from '../ledger/post-entry.ts';
import type { AtWork } from './context.ts';
import { balancesOf, insertManualEntry, type ManualFacts, type WrittenEntry, writtenByKey } from './store-manual.ts';

export interface ByHand extends ManualFacts {
  readonly happenedAt: Date;
  readonly posting: {
    readonly from: string;
    readonly to: string;
    readonly amountMinor: bigint;
    readonly currency: string;
    readonly operation: Operation;
    readonly itemId?: string;
  };
}

/**
 * What somebody writes down: its words, its entry in the books, who wrote it. The same key has one effect; answers what is written, with the moment at which it
 * stands. Refuses with `already_there` where the key was used for something else.
 */
export async function writeByHand(tx: Tx, deps: Deps, { who, place }: AtWork, wish: ByHand): Promise<WrittenEntry> {
  const { scope } = place;
  const id = deps.newId('man');
  if (!(await insertManualEntry(tx, scope, id, wish))) return repeated(tx, scope, wish);
  const { amountMinor, currency, itemId } = wish.posting;
  await noteAudit(tx, deps, who, {
    action: `transaction.${wish.kind === 'manual' ? 'written' : wish.kind}`,
    subject: { kind: 'transaction', id },
    locationId: scope.locationId,
    after: {
      amountMinor,
      currency,
      ...(itemId ? { itemId } : {}),
      happenedAt: wish.happenedAt,
      ...(wish.replacesId ? { replaces: wish.replacesId } : {}),
    },
  });
  await tell(tx, scope.chainId, {
    id: deps.newId('out'),
    topic: `transaction.${wish.kind}`,
    subjectId: id,
    payload: { amountMinor: toJsonAmount(amountMinor), currency },
    at: deps.now(),
  });
  const posted = await postEntry(tx, deps, {
    scope,
    cause: { kind: wish.kind, id },
    happenedAt: wish.happenedAt,
    memo: '',
    by: { id: who.userId, name: who.name },
    postings: [{ ...wish.posting, purpose: { kind: 'manual_entry', id } }],
  });
  invariant(posted === 'posted', 'what is written down for the first time has no entry yet');
  const written = await writtenByKey(tx, scope, wish.key);
  invariant(written, 'what was written down is there');
  return written;
}

/** What this key has become before; undefined: nothing. Refuses with `already_there` where that was something else. */
export async function repeatedByHand(
  q: Queryable,
  scope: Scope,
  wish: Pick<ByHand, 'key' | 'kind' | 'posting' | 'replacesId'>,
): Promise<WrittenEntry | undefined> {
  const known = await writtenByKey(q, scope, wish.key);
  if (!known) return undefined;
  const { posting, kind, replacesId } = wish;
  const same =
    known.kind === kind &&
    known.from === posting.from &&
    known.to === posting.to &&
    known.amountMinor === posting.amountMinor &&
    known.itemId === (posting.itemId ?? null) &&
    known.replacesId === replacesId;
  if (same) return known;
  throw new Problem('already_there', 409, 'Something else was written down with this key.');
}

async function repeated(tx: Tx, scope: Scope, wish: ByHand): Promise<WrittenEntry> {
  const known = await repeatedByHand(tx, scope, wish);
  invariant(known, 'a key that is taken belongs to something');
  return known;
}

/** For the screen: where it stands, and which of the registers hold less than nothing now. */
export async function answerWritten(
  q: Queryable,
  scope: Scope,
  { entryId, happenedAt }: WrittenEntry,
  registerIds: readonly string[],
): Promise<Written> {
  const balances = await balancesOf(q, scope.chainId, registerIds);
  return {
    entryId,
    happenedAt: happenedAt.toISOString(),
    belowZero: [...balances]
      .filter(([, balance]) => balance < 0n)
      .map(([registerId, balance]) => ({ registerId, balanceMinor: toJsonAmount(balance) })),
  };
}
