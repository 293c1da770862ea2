import { askTogether } from '../kit/ask-together.ts';
import { balancesAt } from '../ledger/balances-at.ts';
import type { ReportKind, ReportRow, Tie } from './report-rows.ts';
import { dayOf } from './span-of-day.ts';
import { type Outstanding, outstandingAt } from './store-outstanding.ts';

/** Prepayments and deposits that are still owed at the end of the last day: for whom, for which visit, since when. */
export const outstandingReport: ReportKind = {
  standing: true,
  columns: [
    { key: 'owed', kind: 'money' },
    { key: 'kind', kind: 'text' },
    { key: 'since', kind: 'when' },
    { key: 'visit_at', kind: 'when' },
  ],
  async read(q, { scope, facts, span, seesClients }) {
    const { all, balances } = await askTogether(q, { all: outstandingAt(scope, span.until), balances: balancesAt(scope, span.until) });
    const currencies = [...new Set([...all, ...balances.filter(({ balanceMinor }) => balanceMinor !== 0n)].map(({ currency }) => currency))];
    const ties = currencies.flatMap((currency) =>
      (['prepayments', 'client'] as const).map(
        (account): Tie => ({
          currency,
          account,
          listedMinor: all.reduce((sum, one) => (one.kind === account && one.currency === currency ? sum + one.owedMinor : sum), 0n),
          booksMinor: balances.reduce((sum, one) => (one.kind === account && one.currency === currency ? sum - one.balanceMinor : sum), 0n),
        }),
      ),
    );
    return {
      rows: all.map(
        (one, index): ReportRow => ({
          currency: one.currency,
          key: `${one.kind}/${one.appointmentId ?? one.clientId ?? ''}${one.membership === null ? '' : `/${index}`}`,
          name: seesClients ? one.clientName : '',
          values: [
            one.owedMinor,
            one.membership === null ? one.kind : 'membership',
            one.since?.toISOString() ?? null,
            one.startsAt?.toISOString() ?? null,
          ],
          link: linkOf(one, facts.timeZone),
        }),
      ),
      ties: ties.filter(({ listedMinor, booksMinor }) => listedMinor !== 0n || booksMinor !== 0n),
    };
  },
};

function linkOf({ appointmentId, startsAt, clientId }: Outstanding, timeZone: string): ReportRow['link'] {
  if (appointmentId && startsAt) return { page: 'visit', id: appointmentId, day: dayOf(startsAt, timeZone) };
  return clientId ? { page: 'client', id: clientId } : null;
}
