import { createApp } from '../app.ts';
import { createDatabase } from '../kit/database.ts';
import { embeddedSource } from '../kit/embedded.ts';
import { createLogger } from '../kit/log.ts';
import { migrate } from '../kit/migrate.ts';
import { newSealingKey } from '../kit/seal.ts';

/** The OpenAPI document of this version as the text of docs/openapi.json: what a real server answers at /api/openapi.json, laid out to be read. */
export async function describeApi(): Promise<string> {
  const source = await embeddedSource('memory');
  await migrate(source);
  const app = await createApp({
    db: createDatabase(source),
    now: () => new Date(0),
    log: createLogger('silent'),
    key: newSealingKey(),
    publicUrl: 'http://localhost',
    trustProxy: false,
  });
  try {
    const answer = await app.http.inject('/api/openapi.json');
    return `${JSON.stringify(answer.json(), undefined, 2)}\n`;
  } finally {
    await app.close();
  }
}
