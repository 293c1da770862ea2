import type { ReceiptContent } from '@holdfast/contract/receipts';
import { Temporal } from 'temporal-polyfill';
import { mintScope, type Scope } from '../access/scope.ts';
import { type BilledVisit, readBilledVisit } from '../booking/read-billed-visit.ts';
import { readClientRecord } from '../clients/read-client.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant } from '../kit/problem.ts';
import { type MembershipRow, membershipById } from '../memberships/membership-rows.ts';
import { noLongerAside, tellAside } from '../payments/put-aside.ts';
import { type BilledPart, linesAgain, linesAndTaxes } from './compose-content.ts';
import { receiptsToCorrect, visitEarnedBy } from './correct-receipts.ts';
import { documentOf, type EntryToTell, isPaidFor, moneyAccountOf, readEntry } from './read-entry.ts';
import { receiptWords } from './receipt-words.ts';
import { dueEntries, insertReceipt, issuerAt, locationsWithDue, lockIssuing, nextNumber, noMoreDue, noteTry, paidByOf } from './store.ts';
import { type TakenBack, type TakenReceipt, takenBack } from './taken-back.ts';

/** So many documents of one location in one transaction: enough to keep up, few enough to lose nothing when it is rolled back. */
const AT_ONCE = 20;

/**
 * Issues what is due, location by location, in order. Number and document are one transaction, under the lock of the series: whatever dies, and whoever
 * else is at it, no number is missing and none is given twice. What cannot be issued waits by itself and holds nobody up. Answers how many entries it looked at.
 */
export async function issueReceipts(deps: Deps, { limit }: { limit: number }): Promise<number> {
  let looked = 0;
  for (const { chainId, locationId } of await locationsWithDue(deps.db.read, deps.now(), limit)) {
    const scope = mintScope(chainId, locationId);
    try {
      looked += await issueDue(deps, scope, AT_ONCE);
    } catch (error) {
      deps.log.warn({ err: error, locationId }, 'receipts could not be issued together; one after the other');
      looked += await issueOneByOne(deps, scope);
    }
  }
  return looked;
}

/** Answers how many it looked at. */
function issueDue(deps: Deps, scope: Scope, atOnce: number): Promise<number> {
  return deps.db.transaction(async (tx) => {
    await lockIssuing(tx, scope);
    const due = await dueEntries(tx, scope, deps.now(), atOnce);
    for (const { entryId } of due) {
      try {
        await issueOne(tx, deps, scope, entryId);
      } catch (error) {
        throw new NotIssued(entryId, error);
      }
    }
    return due.length;
  });
}

/** One of them cannot be issued: it is put aside, and the others follow. */
async function issueOneByOne(deps: Deps, scope: Scope): Promise<number> {
  for (let looked = 0; looked < AT_ONCE; looked++) {
    try {
      if ((await issueDue(deps, scope, 1)) === 0) return looked;
    } catch (error) {
      const { entryId, cause } = error instanceof NotIssued ? error : { entryId: undefined, cause: error };
      deps.log.error({ err: cause, locationId: scope.locationId, entryId }, 'a receipt could not be issued; it is tried again');
      // whatever it is, it is not about one of them
      if (entryId === undefined || !(await putAside(deps, scope, entryId, cause))) return looked;
    }
  }
  return AT_ONCE;
}

class NotIssued extends Error {
  readonly entryId: string;
  constructor(entryId: string, cause: unknown) {
    super('a receipt could not be issued', { cause });
    this.entryId = entryId;
  }
}

/** False: nothing can be written down now. */
async function putAside(deps: Deps, scope: Scope, entryId: string, error: unknown): Promise<boolean> {
  const at = deps.now();
  try {
    await deps.db.transaction(async (tx) => {
      const tries = await noteTry(tx, scope, entryId, at);
      if (tries !== undefined)
        await tellAside(tx, deps, scope, { kind: 'receipt_not_issued', subject: { kind: 'ledger_entry', id: entryId }, tries, error, at });
    });
    return true;
  } catch (trouble) {
    deps.log.error({ err: trouble, entryId }, 'what cannot be issued could not be put aside either');
    return false;
  }
}

async function issueOne(tx: Tx, deps: Deps, scope: Scope, entryId: string): Promise<void> {
  const entry = await readEntry(tx, scope, entryId);
  const wanted = entry && documentOf(entry);
  const tries = await noMoreDue(tx, scope, entryId);
  if (tries > 0) await noLongerAside(tx, scope, 'receipt_not_issued', entryId, deps.now());
  const earned = entry && visitEarnedBy(entry);
  if (earned) return correctOf(tx, deps, scope, entry, earned);
  if (!wanted) return;
  if (wanted.kind === 'receipt') return writeDocument(tx, deps, scope, entry, { kind: 'receipt', postings: wanted.postings, of: undefined });
  for (const part of await takenBack(tx, scope, entry, wanted.postings))
    await writeDocument(tx, deps, scope, entry, { kind: 'credit_note', ...part });
}

/** Receipts of a visit whose services are others than when it was paid: each is taken back, and what was paid in one way has one receipt again. */
async function correctOf(tx: Tx, deps: Deps, scope: Scope, entry: EntryToTell, appointmentId: string): Promise<void> {
  const visit = await readBilledVisit(tx, scope, appointmentId);
  const corrected = visit ? await receiptsToCorrect(tx, scope, appointmentId, visit) : [];
  for (const { of, paidBy, posting } of corrected)
    await writeDocument(tx, deps, scope, entry, { kind: 'credit_note', postings: [posting], of, paidBy });
  for (const [paidBy, parts] of Map.groupBy(corrected, (one) => one.paidBy)) {
    const [first] = parts;
    if (!first) continue;
    const amountMinor = parts.reduce((sum, { posting }) => sum + posting.amountMinor, 0n);
    const postings = [{ ...first.posting, amountMinor }];
    await writeDocument(tx, deps, scope, entry, { kind: 'receipt', postings, of: undefined, instead: first.of, paidBy });
  }
}

interface ToWrite extends TakenBack {
  readonly kind: 'receipt' | 'credit_note';
  /** The first of the receipts that it replaces. */
  readonly instead?: TakenReceipt;
  /** Left out: as the entry says. */
  readonly paidBy?: string;
}

async function writeDocument(tx: Tx, deps: Deps, scope: Scope, entry: EntryToTell, { kind, postings, of, instead, paidBy }: ToWrite): Promise<void> {
  const issuer = await issuerAt(tx, scope);
  const [first] = postings;
  invariant(issuer && first, 'an entry is at a location, and moves something');
  const about = await aboutWhom(tx, scope, postings);
  const named = of ?? instead;
  const series = kind === 'receipt' ? issuer.receiptSeries : issuer.creditNoteSeries;
  const { year } = Temporal.Instant.fromEpochMilliseconds(entry.happenedAt.getTime()).toZonedDateTimeISO(issuer.timeZone);
  const language = about.language ?? issuer.language;
  const amountMinor = postings.reduce((sum, one) => sum + one.amountMinor, 0n);
  const content: ReceiptContent = {
    company: issuer.company,
    location: { ...issuer.location, timeZone: issuer.timeZone },
    for: about.visit
      ? about.visit.endsAt > entry.happenedAt
        ? 'prepayment'
        : 'visit'
      : about.memberships.size > 0
        ? 'membership'
        : about.clientId
          ? 'account'
          : 'other',
    visitAt: about.visit?.startsAt.toISOString() ?? null,
    ...linesAndTaxes(of?.single ? [linesAgain(of, amountMinor)] : partsOf(postings, about, language)),
    paidBy: paidBy ?? (await paidByOf(tx, scope, moneyAccountOf(postings))),
    of: named ? { name: named.name, happenedAt: named.happenedAt.toISOString() } : null,
    footer: issuer.footer,
  };
  // the number comes last: everything that could fail has been done by then
  const number = await nextNumber(tx, scope, series, year);
  await insertReceipt(tx, scope, {
    id: deps.newId('rct'),
    kind,
    series,
    year,
    number,
    name: `${series}-${year}-${String(number).padStart(6, '0')}`,
    entryId: entry.entryId,
    ofReceipt: of?.id ?? null,
    clientId: about.clientId ?? null,
    clientName: issuer.namesClient ? (about.clientName ?? null) : null,
    purposeId: first.purposeKind === 'appointment' ? first.purposeId : null,
    amountMinor,
    currency: first.currency,
    happenedAt: entry.happenedAt,
    issuedAt: deps.now(),
    language,
    content,
  });
}

interface About {
  readonly visit: BilledVisit | undefined;
  readonly visits: ReadonlyMap<string, BilledVisit>;
  readonly memberships: ReadonlyMap<string, MembershipRow>;
  readonly clientId: string | undefined;
  readonly clientName: string | undefined;
  readonly language: string | undefined;
}

async function aboutWhom(tx: Tx, scope: Scope, postings: EntryToTell['postings']): Promise<About> {
  const visits = new Map<string, BilledVisit>();
  const memberships = new Map<string, MembershipRow>();
  for (const { purposeKind, purposeId } of postings) {
    if (!purposeId) continue;
    const visit = purposeKind === 'appointment' ? await readBilledVisit(tx, scope, purposeId) : undefined;
    if (visit) visits.set(purposeId, visit);
    const membership = purposeKind === 'membership' ? await membershipById(tx, scope, purposeId) : undefined;
    if (membership) memberships.set(purposeId, membership);
  }
  const [visit] = visits.values();
  if (visit) return { visit, visits, memberships, clientId: visit.clientId, clientName: visit.clientName, language: visit.language };
  const owner = postings.flatMap(({ fromKind, fromOwner, toKind, toOwner }) =>
    fromKind === 'client' ? fromOwner : toKind === 'client' ? toOwner : [],
  )[0];
  const [membership] = memberships.values();
  const clientId = membership?.clientId ?? owner?.split('/')[0];
  const client = clientId ? await readClientRecord(tx, scope.chainId, clientId) : undefined;
  return { visit: undefined, visits, memberships, clientId: client && clientId, clientName: client?.name, language: client?.language };
}

function partsOf(postings: EntryToTell['postings'], { visits, memberships }: About, language: string): readonly BilledPart[] {
  const words = receiptWords(language);
  return postings.map((posting): BilledPart => {
    const { amountMinor, purposeId, fromKind, toKind } = posting;
    const onAccount = !isPaidFor(posting) && (fromKind === 'client' || toKind === 'client');
    // sold with the tax of its place
    const membership = purposeId && !onAccount ? memberships.get(purposeId) : undefined;
    if (membership) return { amountMinor, lines: [{ name: membership.name, costMinor: 1n, tax: membership.tax ?? undefined }] };
    const visit = purposeId && !onAccount ? visits.get(purposeId) : undefined;
    if (visit && visit.lines.length > 0) return { amountMinor, lines: visit.lines };
    return { amountMinor, lines: [{ name: onAccount ? words.onAccount : words.payment, costMinor: 1n, tax: undefined }] };
  });
}
