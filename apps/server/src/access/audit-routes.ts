import { auditChoicesShape, auditFilterShape, auditPageQueryShape, auditPageShape } from '@holdfast/contract/audit';
import { z } from 'zod';
import { csvStream } from '../kit/csv.ts';
import type { Deps } from '../kit/deps.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { whoOf } from './guard.ts';
import { readAuditChoices, readAuditLog, walkAuditLog } from './read-audit-log.ts';

const tags = ['salon: users'];
const config = { needs: 'audit.see' } as const;
const HEADING = [
  'at',
  'user',
  'user id',
  'from address',
  'location',
  'action',
  'subject',
  'subject id',
  'subject name',
  'before',
  'after',
  'request',
  'id',
];

/** Who changed what, when, from where. */
export async function auditRoutes(http: Http, ctx: Deps): Promise<void> {
  http.get(
    '/audit-log',
    {
      config,
      schema: {
        operationId: 'readAuditLog',
        tags,
        summary: 'Who changed what, newest first',
        querystring: auditPageQueryShape,
        response: { 200: auditPageShape, ...problemAnswers },
      },
    },
    async (request) => {
      const { after, limit, ...filter } = request.query;
      const entries = await readAuditLog(ctx.db.read, whoOf(request), filter, { after, limit: limit + 1 });
      const page = entries.slice(0, limit);
      return { entries: [...page], next: entries.length > limit ? (page.at(-1)?.id ?? null) : null };
    },
  );

  http.get(
    '/audit-choices',
    {
      config,
      schema: {
        operationId: 'readAuditChoices',
        tags,
        summary: 'What the log can be filtered by',
        response: { 200: auditChoicesShape, ...problemAnswers },
      },
    },
    async (request) => readAuditChoices(ctx.db.read, whoOf(request)),
  );

  http.get(
    '/audit-log.csv',
    {
      config,
      schema: {
        operationId: 'exportAuditLog',
        tags,
        summary: 'The log as a file',
        querystring: auditFilterShape,
        response: { 200: { description: 'All that fits, newest first', content: { 'text/csv': { schema: z.string() } } }, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const who = whoOf(request);
      async function* pages() {
        for await (const page of walkAuditLog(ctx.db.read, who, request.query)) {
          yield page.map(({ at, userName, userId, address, locationId, action, subject, before, after, requestId, id }) =>
            cells(at, userName, userId, address, locationId, action, subject.kind, subject.id, subject.name, before, after, requestId, id),
          );
        }
      }
      reply.header('content-disposition', `attachment; filename="audit-log-${ctx.now().toISOString().slice(0, 10)}.csv"`);
      // a stream goes past the answer's shape
      return reply.type('text/csv; charset=utf-8').send(csvStream(HEADING, pages()) as never);
    },
  );
}

function cells(...values: readonly unknown[]): readonly unknown[] {
  return values;
}
