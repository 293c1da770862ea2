import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describeApi } from '../apps/server/src/ops/describe-api.ts';

// npm run openapi: brings docs/openapi.json up to date after a route was added or changed.
writeFileSync(fileURLToPath(new URL('../docs/openapi.json', import.meta.url)), await describeApi());
console.log('docs/openapi.json is up to date.');
