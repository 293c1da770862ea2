import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import type { LogLevel } from './config.ts';

/** Fields whose value is never written, wherever they stand: names as they come in headers, credentials and providers' messages. */
const HIDDEN = /authorization|cookie|passw|secret|token|signature|credential|card|cvc|cvv|iban|api.?key|private|^(key|pan|x-sign)$/i;

/** What is never written wherever it turns up, even inside a sentence or a stack. */
const MASKED: readonly [RegExp, string][] = [
  [/\b((?:sk|rk|pk)_(?:live|test)_|whsec_)\w+/g, '$1…'],
  [/\b(Bearer|Basic) [\w.~+/=-]+/g, '$1 …'],
  // whoever has the address of a client's page, of a payment link or of a page to pay can use it
  [/(\/(?:b|bookings|pay|pay\/page|payment-links)\/)[\w-]{24,}/g, '$1…'],
  // what comes to the secret part of a webhook's address is taken for the provider's
  [/(\/webhooks\/[^/\s"]+\/[^/\s"]+\/)[^/\s"?]+/g, '$1…'],
  [/\b(postgres(?:ql)?:\/\/[^:/@\s]*:)[^@\s]+@/g, '$1…@'],
  [/\+[1-9]\d{4,12}(\d{2})(?!\d)/g, '+…$1'],
  [/[\w.%+-]{1,64}@((?:[\w-]{1,63}\.){1,8}[a-z]{2,20})/gi, '…@$1'],
];

/**
 * The program's log: one JSON object a line. No secret, card, password, phone or e-mail address leaves through it: fields go by their name, and
 * every finished line is searched once more.
 */
export function createLogger(level: LogLevel, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: {
      level: (label: string) => ({ level: label }),
      log: (fields: Record<string, unknown>) => withoutSecrets(fields) as Record<string, unknown>,
    },
    serializers: {
      err: (error: unknown) => withoutSecrets(pino.stdSerializers.err(error as Error)),
      req: (request: { id?: string; method: string; url: string }) => ({ id: request.id, method: request.method, url: request.url.split('?')[0] }),
      res: (reply: { statusCode: number }) => ({ statusCode: reply.statusCode }),
    },
    hooks: { streamWrite: maskLine },
  };
  return destination ? pino(options, destination) : pino(options);
}

export function maskLine(line: string): string {
  let masked = line;
  for (const [pattern, instead] of MASKED) masked = masked.replace(pattern, instead);
  return masked;
}

/** A copy without the values of hidden fields. Requests and errors stay as they are: their serialisers see to them. */
function withoutSecrets(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) return depth > 6 ? '…' : value.map((one) => withoutSecrets(one, depth + 1));
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object' || (depth < 2 && !isPlain(value))) return value;
  if (!isPlain(value)) return value instanceof Date ? value : '…';
  if (depth > 6) return '…';
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, HIDDEN.test(name) ? '[hidden]' : withoutSecrets(one, depth + 1)]));
}

function isPlain(value: object): boolean {
  const made = Object.getPrototypeOf(value);
  // what a serialiser of pino's makes of an error has a prototype of its own
  return made === null || made === Object.prototype || 'raw' in made;
}
