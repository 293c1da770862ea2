import { reportNames } from '@holdfast/contract/report-names';
import { reportPeriodShape, reportShape } from '@holdfast/contract/reports';
import { z } from 'zod';
import { placeOf } from '../access/guard.ts';
import { csvStream } from '../kit/csv.ts';
import type { Deps } from '../kit/deps.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { readReport, shownReport } from './read-report.ts';
import { headingOf, linesOf } from './report-file.ts';

const tags = ['salon: reports'];
const params = z.object({ location: z.string().max(60), report: z.enum(reportNames) });

/** Finance → Reports. */
export async function reportRoutes(http: Http, ctx: Deps): Promise<void> {
  http.get(
    '/locations/:location/reports/:report',
    {
      config: { needs: 'reports.see' },
      schema: {
        operationId: 'readReport',
        tags,
        summary: 'A report of a period, compared with the one before',
        params,
        querystring: reportPeriodShape,
        response: { 200: reportShape, ...problemAnswers },
      },
    },
    async (request) =>
      shownReport(request.params.report, request.query, await readReport(ctx, placeOf(request), request.params.report, request.query)),
  );

  http.get(
    '/locations/:location/reports/:report/file',
    {
      config: { needs: 'reports.see' },
      schema: {
        operationId: 'exportReport',
        tags,
        summary: 'All rows of a report as a file',
        params,
        querystring: reportPeriodShape,
        response: { 200: { description: 'Comma-separated values, UTF-8', content: { 'text/csv': { schema: z.string() } } }, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const { report } = request.params;
      const { from, to } = request.query;
      const told = await readReport(ctx, placeOf(request), report, { from, to });
      reply.header('content-disposition', `attachment; filename="${report}-${from}-${to}.csv"`);
      // a stream goes past the answer's shape
      return reply.type('text/csv; charset=utf-8').send(csvStream(headingOf(report), linesOf(report, told)) as never);
    },
  );
}
