import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { createDatabase } from '../kit/database.ts';
import { postgresSource } from '../kit/postgres.ts';
import { deriveKey, readSealingKey } from '../kit/seal.ts';
import { sendWebhooks } from '../webhooks/send-webhooks.ts';

/** `node webhook-sender.ts`: a process that sends what is due at a moment and ends, for tests that kill it on the way. */
const { DATABASE_URL = '', HOLDFAST_KEY = '', AT = '' } = process.env;
const db = createDatabase(postgresSource(DATABASE_URL, { connections: 2 }));
const webhookKey = deriveKey(readSealingKey(HOLDFAST_KEY), 'webhook-secret');
const ctx = {
  db,
  now: () => new Date(AT),
  log: pino({ level: 'silent' }),
  newId: (kind: string) => `${kind}_${randomUUID()}`,
  webhookKey,
  webhooksToLoopback: true,
};
while ((await sendWebhooks(ctx, { limit: 64 })) > 0);
await db.close();
