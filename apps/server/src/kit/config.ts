import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { readSealingKey, type SealingKey } from './seal.ts';

type Environment = Readonly<Record<string, string | undefined>>;
export type LogLevel = z.infer<typeof logLevel>;

/** Where the data is: a PostgreSQL server, or a folder of this machine. */
export type DataPlace = { readonly kind: 'server'; readonly url: string } | { readonly kind: 'folder'; readonly folder: string };

interface Common {
  /** 0: any free one. */
  readonly port: number;
  readonly host: string;
  readonly data: DataPlace;
  readonly logLevel: LogLevel;
}

/** `npm start`: the demo. Its key lies in `dataDir`. */
export interface DemoConfig extends Common {
  readonly mode: 'start';
  /** Absolute. */
  readonly dataDir: string;
}

/** `npm run serve`: the real thing. */
export interface RealConfig extends Common {
  readonly mode: 'serve';
  /** Origin, without a slash at the end. */
  readonly publicUrl: string;
  readonly trustProxy: false | number | string[];
  readonly key: SealingKey;
}

/** Everything that is wrong with the environment, one sentence each. */
export class WrongConfig extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`The settings in the environment are not right:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
    this.name = 'WrongConfig';
    this.problems = problems;
  }
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const logLevel = z.enum(logLevels, `LOG_LEVEL must be one of ${logLevels.join(', ')}.`);

const port = z.string().transform((text, ctx) => {
  const number = Number(text);
  if (!/^\d{1,5}$/.test(text) || number > 65535) return refuse(ctx, `PORT must be a whole number from 0 to 65535, not "${text}".`);
  return number;
});

const host = z.string().regex(/^[\w.:-]+$/, 'HOST must be an address or a host name to listen on, such as 127.0.0.1 or 0.0.0.0.');

const databaseUrl = z.string().transform((text, ctx) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // not repeated in the message: it holds a password
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) return refuse(ctx, 'DATABASE_URL must look like postgres://user:password@host:5432/database.');
  return text;
});

const publicUrl = z.string().transform((text, ctx) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.pathname !== '/' || url.search || url.hash) {
    return refuse(ctx, 'PUBLIC_URL must be the address at which clients reach Holdfast, without a path, such as https://book.example.com.');
  }
  if (url.protocol !== 'https:' && !isThisMachine(url.hostname)) {
    return refuse(ctx, `PUBLIC_URL must begin with https:// (only localhost may do without), not "${url.origin}".`);
  }
  return url.origin;
});

const PROXY_NAMES = ['loopback', 'linklocal', 'uniquelocal'];
const trustProxy = z.string().transform((text, ctx): false | number | string[] => {
  if (text === 'false' || text === '0') return false;
  if (/^[1-9]$/.test(text)) return Number(text);
  const proxies = text.split(',').map((one) => one.trim());
  if (proxies.every(isProxy)) return proxies;
  return refuse(
    ctx,
    `TRUST_PROXY must be false, the number of proxies in front (1 to 9), or their addresses with commas between (10.0.0.1, 10.1.0.0/16, ${PROXY_NAMES.join(', ')}), not "${text}".`,
  );
});

const key = z.string().transform((text, ctx) => {
  try {
    return readSealingKey(text);
  } catch (error) {
    return refuse(ctx, `HOLDFAST_KEY: ${(error as Error).message}`);
  }
});

const dataDir = z.string();

const demoShape = z.object({
  PORT: port.default(3000),
  // the demo's clock can be moved by whoever reaches it, so only this machine does unless somebody asks for more
  HOST: host.default('127.0.0.1'),
  DATA_DIR: dataDir.default('data'),
  DATABASE_URL: databaseUrl.optional(),
  LOG_LEVEL: logLevel.default('warn'),
});

const realShape = z.object({
  PORT: port.default(3000),
  HOST: host.default('0.0.0.0'),
  DATA_DIR: dataDir.optional(),
  DATABASE_URL: databaseUrl.optional(),
  LOG_LEVEL: logLevel.default('info'),
  PUBLIC_URL: required('PUBLIC_URL is missing: the address at which clients reach Holdfast, such as https://book.example.com.', publicUrl),
  TRUST_PROXY: trustProxy.default(false),
  HOLDFAST_KEY: required(
    'HOLDFAST_KEY is missing: 32 random bytes in base64, which seal the payment providers\' credentials ("openssl rand -base64 32" makes one; keep it safe, nothing opens without it).',
    key,
  ),
});

/** Reads the settings of `mode` from the environment; an empty variable counts as unset. Throws {@link WrongConfig} with all that is wrong. */
export function readConfig(mode: 'start', env: Environment, folder?: string): DemoConfig;
export function readConfig(mode: 'serve', env: Environment, folder?: string): RealConfig;
export function readConfig(mode: 'start' | 'serve', env: Environment, folder = process.cwd()): DemoConfig | RealConfig {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const place = (url: string | undefined, dir: string): DataPlace =>
    url ? { kind: 'server', url } : { kind: 'folder', folder: resolve(folder, dir) };
  if (mode === 'start') {
    const read = demoShape.safeParse(set);
    if (!read.success) throw wrong(read.error);
    const { PORT, HOST, DATA_DIR, DATABASE_URL, LOG_LEVEL } = read.data;
    return { mode, port: PORT, host: HOST, logLevel: LOG_LEVEL, dataDir: resolve(folder, DATA_DIR), data: place(DATABASE_URL, DATA_DIR) };
  }
  const read = realShape.safeParse(set);
  const nowhere =
    set['DATABASE_URL'] || set['DATA_DIR']
      ? []
      : ['DATABASE_URL or DATA_DIR is missing: the PostgreSQL server, or the folder of this machine, in which Holdfast keeps its data.'];
  if (!read.success) throw wrong(read.error, nowhere);
  if (nowhere.length > 0) throw new WrongConfig(nowhere);
  const { PORT, HOST, DATA_DIR = '', DATABASE_URL, LOG_LEVEL, PUBLIC_URL, TRUST_PROXY, HOLDFAST_KEY } = read.data;
  return {
    mode,
    port: PORT,
    host: HOST,
    logLevel: LOG_LEVEL,
    data: place(DATABASE_URL, DATA_DIR),
    publicUrl: PUBLIC_URL,
    trustProxy: TRUST_PROXY,
    key: HOLDFAST_KEY,
  };
}

function required<T extends z.ZodType>(sentence: string, shape: T) {
  return z.string(sentence).pipe(shape as T & z.ZodType<z.output<T>, string>);
}

function refuse(ctx: z.core.$RefinementCtx, message: string): never {
  ctx.addIssue({ code: 'custom', message });
  return z.NEVER;
}

function wrong(error: z.ZodError, more: readonly string[] = []): WrongConfig {
  return new WrongConfig([...error.issues.map((issue) => issue.message), ...more]);
}

function isThisMachine(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function isProxy(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  if (PROXY_NAMES.includes(text)) return true;
  if (more.length > 0 || isIP(address) === 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (isIP(address) === 4 ? 32 : 128));
}
