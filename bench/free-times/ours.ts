// Ours: the real query behind a bare server.
import Fastify from 'fastify';
import { createDatabase } from '../../apps/server/src/kit/database.ts';
import { postgresSource } from '../../apps/server/src/kit/postgres.ts';
import { answerFreeTimes } from '../../apps/server/src/schedule/answer-free-times.ts';
import { readLocationRules } from '../../apps/server/src/schedule/location-rules.ts';
import { createRulesMemory } from '../../apps/server/src/schedule/rules-memory.ts';
import { CHAIN, LOCATION, NOW } from './salon.ts';

const db = createDatabase(postgresSource(process.env['DATABASE_URL'] ?? '', { connections: Number(process.env['POOL'] ?? 10) }));
const now = () => new Date(NOW);
const deps = { db, now, rules: createRulesMemory((key) => readLocationRules(db.read, key, now())) };
const app = Fastify();
app.get<{ Querystring: { services: string; staff: string; from: string; days: string } }>('/free-times', async (request, reply) => {
  const { services, staff, from, days } = request.query;
  reply.header('content-type', 'application/json; charset=utf-8');
  return answerFreeTimes(deps, { chainId: CHAIN, locationId: LOCATION }, { serviceIds: services.split(','), staff, fromDay: from, days: Number(days) });
});
console.log(`listening on ${await app.listen({ port: 0, host: '127.0.0.1' })}`);
process.once('SIGTERM', () => process.exit(0));
