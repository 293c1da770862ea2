import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { askProvider, type Conversation, type ProviderAnswer, type Question, type Refusal, type Send } from '../kit/ask-provider.ts';
import type { Credentials, Outcome, ProviderEndpoint } from '../payment-provider.ts';
import { type ClientCertificate, readClientCertificate } from './client-certificate.ts';
import { pixCredentialsShape } from './pix-credentials.ts';
import { sendWithCertificate } from './send-with-certificate.ts';
import { problemShape, tokenProblemShape, tokenShape } from './wire.ts';

/** A question to the API; `path` below the connection's base address, its parts already encoded. */
export interface BankQuestion {
  readonly method: Question['method'];
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `missing`: the bank knows no such thing, in its own words. */
export type Found<T> = Outcome<T> | { readonly kind: 'missing'; readonly code: string; readonly message: string };

/** One merchant's API at one bank. */
export interface Bank {
  readonly certificateEndsAt: Date | undefined;
  ask<Shape extends z.ZodType>(question: BankQuestion, shape: Shape): Promise<Found<z.infer<Shape>>>;
  /** What this program is allowed to do, asked anew; undefined where the bank does not say. */
  askRights(): Promise<Outcome<readonly string[] | undefined>>;
}

interface Token {
  readonly text: string;
  readonly scope: string | undefined;
  readonly goodUntil: Date;
}

const secondsBeforeEnd = 60;
const kept = 100;

/** The banks of all connections, each with its certificate read once and its token kept in memory until shortly before its end. */
export function createBanks({ origin, ca, timeoutMs = 10_000, now = () => new Date() }: ProviderEndpoint): (credentials: Credentials) => Bank {
  const banks = new Map<string, Bank>();
  return (credentials) => {
    const key = createHash('sha256')
      .update(JSON.stringify(pixCredentialNames.map((name) => credentials[name] ?? '')))
      .digest('base64');
    const bank = banks.get(key) ?? openBank(credentials, { origin, ca, timeoutMs, now });
    banks.delete(key);
    banks.set(key, bank);
    for (const oldest of banks.keys()) if (banks.size > kept) banks.delete(oldest);
    return bank;
  };
}

const pixCredentialNames = Object.keys(pixCredentialsShape.shape);

function openBank(
  credentials: Credentials,
  { origin, ca, timeoutMs, now }: { origin: string | undefined; ca: string | undefined; timeoutMs: number; now: () => Date },
): Bank {
  const certificate = readClientCertificate(credentials, ca);
  const send = certificate.kind === 'unreadable' ? undefined : sendWithCertificate(certificate.secureContext, { onlyOutside: origin === undefined });
  const basic = Buffer.from(`${credentials['clientId']}:${credentials['clientSecret']}`).toString('base64');
  // the certificate and its password are told to nobody, so nobody can repeat them
  const secrets = [credentials['clientId'] ?? '', credentials['clientSecret'] ?? '', basic];
  let token: Promise<Outcome<Token>> | undefined;

  /** One question; `status` besides the outcome, because 401 and 404 mean more than their words. */
  async function askOnce<Shape extends z.ZodType>(question: Question, shape: Shape, refusalOf: Conversation['refusalOf'], accessToken?: string) {
    let status = 0;
    const noting: Send = async (asked, signal) => {
      const answer = await (send ?? noWay)(asked, signal);
      status = answer.status;
      return answer;
    };
    const talk = { title: 'PIX', secrets: accessToken === undefined ? secrets : [...secrets, accessToken], timeoutMs, refusalOf, send: noting };
    return { outcome: await askProvider(talk, question, shape), status };
  }

  async function askToken(): Promise<Outcome<Token>> {
    const json = credentials['tokenBody'] === 'json';
    const question: Question = {
      method: 'POST',
      url: addressAt(origin, credentials['tokenUrl'] ?? ''),
      headers: { authorization: `Basic ${basic}`, 'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded' },
      body: json ? '{"grant_type":"client_credentials"}' : 'grant_type=client_credentials',
    };
    const asked = now();
    const { outcome } = await askOnce(question, tokenShape, tokenRefusalOf);
    if (outcome.kind !== 'done') return outcome;
    const { access_token: text, expires_in: seconds, scope } = outcome.value;
    const goodUntil = new Date(asked.getTime() + ((seconds ?? 0) - secondsBeforeEnd) * 1000);
    return { kind: 'done', value: { text, scope: scope ?? undefined, goodUntil } };
  }

  /** Several questions at once share one token. What is no token is asked for again, and so is one the bank has refused. */
  async function currentToken(refused?: string): Promise<Outcome<Token>> {
    const before = token;
    const had = await before;
    if (had?.kind === 'done' && had.value.goodUntil > now() && had.value.text !== refused) return had;
    const next = token === undefined || token === before ? askToken() : token;
    token = next;
    return next;
  }

  async function askWith<Shape extends z.ZodType>({ method, path, body, headers }: BankQuestion, shape: Shape, accessToken: string) {
    const question: Question = {
      method,
      url: addressAt(origin, `${(credentials['baseUrl'] ?? '').replace(/\/+$/, '')}${path}`),
      headers: { ...headers, authorization: `Bearer ${accessToken}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    return askOnce(question, shape, refusalOf, accessToken);
  }

  return {
    certificateEndsAt: certificate.kind === 'ready' ? certificate.endsAt : undefined,

    async ask(question, shape) {
      const unfit = whyUnfit(certificate, now());
      if (unfit) return unfit;
      const first = await currentToken();
      if (first.kind !== 'done') return first;
      let { outcome, status } = await askWith(question, shape, first.value.text);
      if (status === 401) {
        // a token may be taken back before its time. Refused like this nothing was done, so asking again does nothing twice
        const other = await currentToken(first.value.text);
        if (other.kind !== 'done') return other;
        ({ outcome, status } = await askWith(question, shape, other.value.text));
      }
      return status === 404 && outcome.kind === 'declined' ? { ...outcome, kind: 'missing' } : outcome;
    },

    async askRights() {
      const unfit = whyUnfit(certificate, now());
      if (unfit) return unfit;
      token = askToken();
      const outcome = await token;
      return outcome.kind === 'done' ? { kind: 'done', value: outcome.value.scope?.split(/[\s,]+/).filter((right) => right !== '') } : outcome;
    },
  };
}

function whyUnfit(certificate: ClientCertificate, now: Date): Outcome<never> | undefined {
  if (certificate.kind === 'unreadable') return { kind: 'declined', code: 'bad_certificate', message: certificate.why };
  if (certificate.kind === 'none' || certificate.endsAt > now) return undefined;
  const message = `The certificate ended on ${certificate.endsAt.toISOString().slice(0, 10)}: the bank has to give a new one.`;
  return { kind: 'declined', code: 'certificate_expired', message };
}

/** With an origin given every host of the provider's is replaced by it; paths stay. */
function addressAt(origin: string | undefined, address: string): string {
  if (origin === undefined) return address;
  const { pathname, search } = new URL(address);
  return new URL(`${pathname}${search}`, origin).href;
}

const noWay: Send = () => Promise.reject(new Error('there is no way to the bank'));

/** RFC 7807: the last part of `type` names the refusal. What names none is not the bank's, but of something in between. */
function refusalOf({ status, json }: ProviderAnswer): Refusal | undefined {
  if (status === 401) return { code: 'bad_credentials', message: 'The bank does not accept this program’s credentials.' };
  if (status === 495) return { code: 'bad_certificate', message: 'The bank does not accept this certificate, or wants one where there is none.' };
  if (status < 400) return undefined;
  const { type, title, detail, violacoes, nome, mensagem } = problemShape.parse(json);
  const [code] = /\w+$/.exec(type ?? '') ?? /^\w+$/.exec(nome ?? '') ?? [];
  if (code === undefined) return undefined;
  const reasons = violacoes?.flatMap(({ razao }) => (razao ? [razao] : [])) ?? [];
  return { code, message: [detail ?? mensagem ?? title ?? code, ...reasons].join(' ') };
}

/** RFC 6749. Some banks refuse with a problem of their API's here, too. */
function tokenRefusalOf(answer: ProviderAnswer): Refusal | undefined {
  const problem = tokenProblemShape.safeParse(answer.json);
  if (!problem.success || answer.status === 401) return refusalOf(answer);
  const { error, error_description: message } = problem.data;
  return { code: error === 'invalid_client' ? 'bad_credentials' : error, message: message || error };
}
