import { askTogether } from '../kit/ask-together.ts';
import type { ReportKind, ReportRow } from './report-rows.ts';
import { dayOf } from './span-of-day.ts';
import { missedVisits } from './store-visits.ts';

/** Who did not come, or cancelled, and what was kept of their prepayment. */
export const noShowsReport: ReportKind = {
  columns: [
    { key: 'kept', kind: 'money' },
    { key: 'cost', kind: 'money' },
    { key: 'status', kind: 'text' },
    { key: 'visit_at', kind: 'when' },
  ],
  async read(q, { scope, facts, span, seesClients }) {
    const { missed } = await askTogether(q, { missed: missedVisits(scope, span) });
    const rows = missed.map(
      (visit): ReportRow => ({
        currency: visit.currency,
        key: visit.appointmentId,
        name: seesClients ? visit.clientName : '',
        values: [visit.paidMinor, visit.costMinor, visit.status, visit.startsAt.toISOString()],
        link: { page: 'visit', id: visit.appointmentId, day: dayOf(visit.startsAt, facts.timeZone) },
      }),
    );
    return { rows };
  },
};
