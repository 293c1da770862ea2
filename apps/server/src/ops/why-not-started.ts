import { WrongConfig } from '../kit/config.ts';
import { isSqlError } from '../kit/sql-source.ts';

/**
 * Why the program could not start, for whoever started it: a sentence where they can do something about it (settings, a folder in use, a database that
 * cannot be reached), the whole stack where only we can.
 */
export function whyNotStarted(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof WrongConfig) return error.message;
  if (cannotConnect(error)) return `PostgreSQL cannot be reached at the address in DATABASE_URL (${codeOf(error)}).`;
  if (isSqlError(error)) return `PostgreSQL says: ${error.message} (${error.code}).`;
  // our own sentences are plain errors; what the engine throws has a class of its own
  const isSentence = error.constructor === Error && !error.message.startsWith('bug:') && codeOf(error) === undefined;
  return isSentence ? error.message : (error.stack ?? error.message);
}

function cannotConnect(error: Error): boolean {
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'].includes(codeOf(error) ?? '');
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
