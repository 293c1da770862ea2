import type { z } from 'zod';
import type { Credentials, Outcome } from '../payment-provider.ts';
import { readExactJson } from './exact-json.ts';

export interface Question {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** As it goes over the wire; its `content-type` is among the headers. */
  readonly body?: string;
}

/** What came back, whatever it is. */
export interface RawAnswer {
  readonly status: number;
  readonly text: string;
}

/** Brings a question there and the whole answer back, or throws; gives up when `signal` says so. Never follows a redirect: it would take the secrets along. */
export type Send = (question: Question, signal: AbortSignal) => Promise<RawAnswer>;

/** An answer that is one: not a failure of the provider, and what it says in JSON, every number as text (see `readExactJson`). */
export interface ProviderAnswer {
  readonly status: number;
  /** Undefined when the body is empty or no JSON. */
  readonly json: unknown;
}

/** The provider understood and said no. `bad_credentials` is the code for credentials it does not know, whatever it calls that itself. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** The provider says this no also as its own failure (5xx), and means it: nothing was done. Otherwise a failure is never a refusal. */
  readonly alsoAsFailure?: boolean;
}

/** How one provider is spoken to over one connection. */
export interface Conversation {
  /** For messages: "LiqPay". */
  readonly title: string;
  /** Values that may be in no message. */
  readonly secrets: readonly string[];
  /** How long the whole answer may take. */
  readonly timeoutMs: number;
  /** Reads the provider's words of refusal, at any status: some refuse with 200. Undefined when it is not a refusal, or not the provider's. */
  readonly refusalOf: (answer: ProviderAnswer) => Refusal | undefined;
  /** The way there; `fetch` when left out. */
  readonly send?: Send | undefined;
}

const longestAnswer = 20_000_000;

/**
 * Asks one question and reads the answer by `shape`; never throws, whatever comes. Only an understood "no" is `declined`. A broken line, a time-out, a failure
 * of the provider's (5xx, 429), a redirect, a page instead of JSON, JSON of another shape: the call may have had its effect, so it is `unknown`. Nothing
 * is asked twice.
 */
export async function askProvider<Shape extends z.ZodType>(
  { title, secrets, timeoutMs, refusalOf, send = sendByFetch }: Conversation,
  question: Question,
  shape: Shape,
): Promise<Outcome<z.infer<Shape>>> {
  const unknown = (what: string): Outcome<never> => ({ kind: 'unknown', message: withoutSecrets(`${title}: ${what}`, secrets) });
  let raw: RawAnswer;
  try {
    raw = await inTime(timeoutMs, (signal) => send(question, signal));
  } catch (error) {
    return unknown(reasonOf(error));
  }
  const answer: ProviderAnswer = { status: raw.status, json: jsonOf(raw.text) };
  const refusal = refusalOf(answer);
  const failed = raw.status >= 500 || raw.status === 429 || raw.status === 408;
  if (refusal && (!failed || refusal.alsoAsFailure)) {
    return { kind: 'declined', code: refusal.code, message: withoutSecrets(refusal.message, secrets) };
  }
  if (raw.status < 200 || raw.status > 299) return unknown(`answered ${raw.status}${refusal ? `: ${refusal.message}` : ''}`);
  const read = shape.safeParse(answer.json);
  if (read.success) return { kind: 'done', value: read.data };
  const [issue] = read.error.issues;
  return unknown(`an answer that cannot be read (${issue ? `${issue.path.join('.') || 'all of it'}: ${issue.message}` : 'no reason given'})`);
}

/** The values of those fields that the form marks as secrets. */
export function secretsOf(shape: z.ZodObject<Record<string, z.ZodType<string>>>, credentials: Credentials): readonly string[] {
  return Object.entries(shape.shape).flatMap(([name, field]) => (field.meta()?.['secret'] === true ? [credentials[name] ?? ''] : []));
}

/** Messages go to logs and screens; a secret in them would too, also when it is quoted as an address or JSON writes it. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const written = secrets.flatMap((secret) => [secret, encodeURIComponent(secret.toWellFormed()), JSON.stringify(secret).slice(1, -1)]);
  // the longest first: a secret may be part of another one
  const longestFirst = written.filter((one) => one !== '').sort((one, other) => other.length - one.length);
  return longestFirst.reduce((clean, secret) => clean.replaceAll(secret, '…'), text).slice(0, 300);
}

async function sendByFetch({ method, url, headers, body }: Question, signal: AbortSignal): Promise<RawAnswer> {
  const answer = await fetch(url, { method, headers: { accept: 'application/json', ...headers }, body: body ?? null, redirect: 'manual', signal });
  let text = '';
  const decoder = new TextDecoder();
  for await (const part of answer.body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.length > longestAnswer) throw new Error('an answer without end');
  }
  return { status: answer.status, text: text + decoder.decode() };
}

/** The signal is for who listens to it; the deadline holds also for a way there that does not. */
async function inTime<T>(timeoutMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`no whole answer within ${timeoutMs} ms`);
      reject(error);
      stop.abort(error);
    }, timeoutMs);
  });
  try {
    return await Promise.race([work(stop.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}

function jsonOf(text: string): unknown {
  try {
    return readExactJson(text);
  } catch {
    return undefined;
  }
}

/** `fetch` says only "fetch failed"; why stands in its cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no reason given';
  const cause = error.cause instanceof Error ? ((error.cause as NodeJS.ErrnoException).code ?? error.cause.message) : undefined;
  return cause ? `${error.message} (${cause})` : error.message || error.name;
}
