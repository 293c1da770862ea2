import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describeSchema } from '../apps/server/src/kit/describe-schema.ts';
import { embeddedSource } from '../apps/server/src/kit/embedded.ts';
import { migrate } from '../apps/server/src/kit/migrate.ts';

// npm run schema: brings db/schema.sql up to date after a migration was added.
const source = await embeddedSource('memory');
try {
  await migrate(source);
  writeFileSync(fileURLToPath(new URL('../db/schema.sql', import.meta.url)), await describeSchema(source));
  console.log('db/schema.sql is up to date.');
} finally {
  await source.close();
}
