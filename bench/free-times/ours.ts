// Ours: the whole app, as it runs in earnest; its log is written, to where nobody reads it.
import { createWriteStream } from 'node:fs';
import { createApp } from '../../apps/server/src/app.ts';
import { createDatabase } from '../../apps/server/src/kit/database.ts';
import { createLogger } from '../../apps/server/src/kit/log.ts';
import { postgresSource } from '../../apps/server/src/kit/postgres.ts';
import { newSealingKey } from '../../apps/server/src/kit/seal.ts';
import { NOW } from './salon.ts';

const app = await createApp({
  db: createDatabase(postgresSource(process.env['DATABASE_URL'] ?? '', { connections: Number(process.env['POOL'] ?? 10) })),
  now: () => new Date(NOW),
  log: createLogger('info', createWriteStream('/dev/null')),
  key: newSealingKey(),
  publicUrl: 'http://127.0.0.1',
  trustProxy: false,
});
console.log(`listening on ${await app.http.listen({ port: 0, host: '127.0.0.1' })}`);
process.once('SIGTERM', () => process.exit(0));
