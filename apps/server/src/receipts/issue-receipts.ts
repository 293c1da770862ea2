import type { ReceiptContent } from '@holdfast/contract/receipts';
import { Temporal } from 'temporal-polyfill';
import { mintScope, type Scope } from '../access/scope.ts';
import { type BilledVisit, readBilledVisit } from '../booking/read-billed-visit.ts';
import { readClientRecord } from '../clients/read-client.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant } from '../kit/problem.ts';
import { type BilledPart, linesAndTaxes } from './compose-content.ts';
import { documentOf, type EntryToTell, moneyAccountOf, readEntry } from './read-entry.ts';
import { receiptWords } from './receipt-words.ts';
import { dueEntries, insertReceipt, issuerAt, locationsWithDue, lockIssuing, nextNumber, noMoreDue, paidByOf, receiptTakenBack } from './store.ts';

/** So many documents of one location in one transaction: enough to keep up, few enough to lose nothing when it is rolled back. */
const AT_ONCE = 20;

/**
 * Issues what is due, location by location, in order. Number and document are one transaction, under the lock of the series: whatever dies, and whoever
 * else is at it, no number is missing and none is given twice. Answers how many entries it looked at.
 */
export async function issueReceipts(deps: Deps, { limit }: { limit: number }): Promise<number> {
  let looked = 0;
  for (const { chainId, locationId } of await locationsWithDue(deps.db.read, limit)) {
    const scope = mintScope(chainId, locationId);
    try {
      looked += await deps.db.transaction(async (tx) => {
        await lockIssuing(tx, scope);
        const due = await dueEntries(tx, scope, AT_ONCE);
        for (const entryId of due) await issueOne(tx, deps, scope, entryId);
        return due.length;
      });
    } catch (error) {
      deps.log.error({ err: error, locationId }, 'receipts could not be issued; it is tried again');
    }
  }
  return looked;
}

async function issueOne(tx: Tx, deps: Deps, scope: Scope, entryId: string): Promise<void> {
  const entry = await readEntry(tx, scope, entryId);
  const wanted = entry && documentOf(entry);
  await noMoreDue(tx, scope, entryId);
  if (!wanted) return;
  const issuer = await issuerAt(tx, scope);
  const [first] = wanted.postings;
  invariant(issuer && first, 'an entry is at a location, and moves something');
  const about = await aboutWhom(tx, scope, wanted.postings);
  const of = wanted.kind === 'credit_note' ? await receiptTakenBack(tx, scope, entry) : undefined;
  const series = wanted.kind === 'receipt' ? issuer.receiptSeries : issuer.creditNoteSeries;
  const { year } = Temporal.Instant.fromEpochMilliseconds(entry.happenedAt.getTime()).toZonedDateTimeISO(issuer.timeZone);
  const language = about.language ?? issuer.language;
  const paidBy = await paidByOf(tx, scope, moneyAccountOf(wanted.postings));
  const content: ReceiptContent = {
    company: issuer.company,
    location: { ...issuer.location, timeZone: issuer.timeZone },
    for: about.visit ? (about.visit.endsAt > entry.happenedAt ? 'prepayment' : 'visit') : about.clientId ? 'account' : 'other',
    visitAt: about.visit?.startsAt.toISOString() ?? null,
    ...linesAndTaxes(partsOf(wanted.postings, about.visits, language)),
    paidBy,
    of: of ? { name: of.name, happenedAt: of.happenedAt.toISOString() } : null,
    footer: issuer.footer,
  };
  // the number comes last: everything that could fail has been done by then
  const number = await nextNumber(tx, scope, series, year);
  await insertReceipt(tx, scope, {
    id: deps.newId('rct'),
    kind: wanted.kind,
    series,
    year,
    number,
    name: `${series}-${year}-${String(number).padStart(6, '0')}`,
    entryId,
    ofReceipt: of?.id ?? null,
    clientId: about.clientId ?? null,
    clientName: issuer.namesClient ? (about.clientName ?? null) : null,
    purposeId: first.purposeKind === 'appointment' ? first.purposeId : null,
    amountMinor: wanted.postings.reduce((sum, { amountMinor }) => sum + amountMinor, 0n),
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
  readonly clientId: string | undefined;
  readonly clientName: string | undefined;
  readonly language: string | undefined;
}

async function aboutWhom(tx: Tx, scope: Scope, postings: EntryToTell['postings']): Promise<About> {
  const visits = new Map<string, BilledVisit>();
  for (const { purposeKind, purposeId } of postings) {
    if (purposeKind !== 'appointment' || !purposeId) continue;
    const visit = await readBilledVisit(tx, scope, purposeId);
    if (visit) visits.set(purposeId, visit);
  }
  const [visit] = visits.values();
  if (visit) return { visit, visits, clientId: visit.clientId, clientName: visit.clientName, language: visit.language };
  const owner = postings.flatMap(({ fromKind, fromOwner, toKind, toOwner }) =>
    fromKind === 'client' ? fromOwner : toKind === 'client' ? toOwner : [],
  )[0];
  const clientId = owner?.split('/')[0];
  const client = clientId ? await readClientRecord(tx, scope.chainId, clientId) : undefined;
  return { visit: undefined, visits, clientId: client && clientId, clientName: client?.name, language: client?.language };
}

function partsOf(postings: EntryToTell['postings'], visits: ReadonlyMap<string, BilledVisit>, language: string): readonly BilledPart[] {
  const words = receiptWords(language);
  return postings.map(({ amountMinor, purposeId, fromKind, toKind }): BilledPart => {
    const visit = purposeId ? visits.get(purposeId) : undefined;
    const onAccount = fromKind === 'client' || toKind === 'client';
    if (visit && visit.lines.length > 0 && !onAccount) return { amountMinor, lines: visit.lines };
    return { amountMinor, lines: [{ name: onAccount ? words.onAccount : words.payment, costMinor: 1n, tax: undefined }] };
  });
}
