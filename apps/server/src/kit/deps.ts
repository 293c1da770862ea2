import type { Logger } from 'pino';
import type { Database } from './database.ts';
import type { NewId } from './new-id.ts';

/** What every deed is handed: nothing reads a clock or makes an id by itself. */
export interface Deps {
  readonly db: Database;
  readonly now: () => Date;
  readonly newId: NewId;
  readonly log: Logger;
}
