import { sql } from 'kysely';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { z } from 'zod';
import type { Database } from './database.ts';
import { type Http, problemAnswers } from './http.ts';
import { Problem } from './problem.ts';

const healthShape = z.object({ status: z.literal('ok') });

let kept: Registry | undefined;

/** Memory, event loop, garbage collection: there is one process, however many apps run in it. */
function ofProcess(): Registry {
  if (kept) return kept;
  kept = new Registry();
  collectDefaultMetrics({ register: kept });
  return kept;
}

/** For whoever runs the server: alive, ready, metrics, and what the API is. Mounted first and on the root, so that it times every route. */
export async function operationRoutes(http: Http, { db }: { db: Database }): Promise<void> {
  const registry = new Registry();
  const seconds = new Histogram({
    name: 'holdfast_http_seconds',
    help: 'Seconds from request to answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  http.addHook('onResponse', async (request, reply) => {
    seconds.observe({ method: request.method, route: request.routeOptions.url ?? 'unknown', status: reply.statusCode }, reply.elapsedTime / 1000);
  });

  http.get(
    '/healthz',
    { schema: { operationId: 'isAlive', tags: ['operation'], summary: 'Is the process alive?', response: { 200: healthShape, ...problemAnswers } } },
    async () => ({
      status: 'ok' as const,
    }),
  );

  http.get(
    '/readyz',
    {
      schema: {
        operationId: 'isReady',
        tags: ['operation'],
        summary: 'Can it serve? (asks the database)',
        response: { 200: healthShape, ...problemAnswers },
      },
    },
    async () => {
      try {
        await sql`select 1`.execute(db.read);
      } catch {
        throw new Problem('not_ready', 503, 'The database cannot be reached.');
      }
      return { status: 'ok' as const };
    },
  );

  http.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
    const all = Registry.merge([ofProcess(), registry]);
    return reply.type(all.contentType).send(await all.metrics());
  });

  http.get('/api/openapi.json', { schema: { hide: true } }, async () => (http as unknown as { swagger(): object }).swagger());
}
