import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { askProvider, type Question, secretsOf } from '../kit/ask-provider.ts';
import type { Credentials, Outcome, ProviderEndpoint } from '../payment-provider.ts';
import { vivaCredentialsShape } from './viva-credentials.ts';
import { type VivaHosts, vivaHosts } from './viva-hosts.ts';
import { type KeyPair, vivaRefusal } from './viva-refusal.ts';
import { tokenShape } from './wire.ts';

/** A question to one of Viva's hosts. */
interface VivaQuestion {
  readonly method: Question['method'];
  readonly path: string;
  readonly json?: object;
}

type AskViva = <Shape extends z.ZodType>(credentials: Credentials, question: VivaQuestion, shape: Shape) => Promise<Outcome<z.infer<Shape>>>;

/** Viva's two interfaces, each with the pair of keys it takes. */
export interface Viva {
  /** The older one: Merchant ID and API Key. */
  readonly askOlder: AskViva;
  /** The newer one: a token, got with Client ID and Client Secret, kept until shortly before its end. */
  readonly askNewer: AskViva;
  /** Asks for a token anew: do Client ID and Client Secret work? */
  readonly tryClient: (credentials: Credentials) => Promise<Outcome<unknown>>;
}

interface KeptToken {
  readonly token: string;
  readonly goodUntil: number;
}

/** A token that ends while a call is on its way would be refused. */
const beforeItsEndMs = 60_000;

export function createViva({ origin, timeoutMs = 10_000, now = () => new Date() }: ProviderEndpoint): Viva {
  const tokens = new Map<string, KeptToken>();
  const underWay = new Map<string, Promise<Outcome<KeptToken>>>();
  const hosts = (credentials: Credentials): VivaHosts => vivaHosts(credentials['environment'], origin);

  function ask<Shape extends z.ZodType>(
    credentials: Credentials,
    { pair, authorization, question }: { pair: KeyPair; authorization: string; question: Question },
    shape: Shape,
  ): Promise<Outcome<z.infer<Shape>>> {
    const secrets = [...secretsOf(vivaCredentialsShape, credentials), authorization.replace(/^\w+ /, '')];
    const whole = { ...question, headers: { ...question.headers, authorization } };
    return askProvider({ title: 'Viva', secrets, timeoutMs, refusalOf: (answer) => vivaRefusal(pair, answer) }, whole, shape);
  }

  async function getToken(credentials: Credentials): Promise<Outcome<KeptToken>> {
    const asked = now().getTime();
    const question: Question = {
      method: 'POST',
      url: `${hosts(credentials).accounts}/connect/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'grant_type=client_credentials',
    };
    const authorization = basic(credentials['clientId'], credentials['clientSecret']);
    const answer = await ask(credentials, { pair: 'client', authorization, question }, tokenShape);
    if (answer.kind !== 'done') return answer;
    const { access_token: token, expires_in } = answer.value;
    return { kind: 'done', value: { token, goodUntil: asked + Number(expires_in) * 1000 - beforeItsEndMs } };
  }

  /** One call for all who need a token of these credentials at this moment. */
  async function tokenOf(credentials: Credentials): Promise<Outcome<KeptToken>> {
    const whose = nameOf(credentials);
    const kept = tokens.get(whose);
    if (kept && kept.goodUntil > now().getTime()) return { kind: 'done', value: kept };
    let getting = underWay.get(whose);
    if (!getting) {
      getting = getToken(credentials).finally(() => underWay.delete(whose));
      underWay.set(whose, getting);
    }
    const answer = await getting;
    for (const [name, { goodUntil }] of tokens) if (goodUntil <= now().getTime()) tokens.delete(name);
    if (answer.kind === 'done') tokens.set(whose, answer.value);
    return answer;
  }

  return {
    askOlder(credentials, question, shape) {
      const authorization = basic(credentials['merchantId'], credentials['apiKey']);
      return ask(credentials, { pair: 'merchant', authorization, question: toQuestion(hosts(credentials).www, question) }, shape);
    },

    async askNewer(credentials, question, shape) {
      const whole = toQuestion(hosts(credentials).api, question);
      const askWith = ({ token }: KeptToken) => ask(credentials, { pair: 'client', authorization: `Bearer ${token}`, question: whole }, shape);
      const first = await tokenOf(credentials);
      if (first.kind !== 'done') return first;
      const answer = await askWith(first.value);
      if (answer.kind !== 'declined' || answer.code !== 'bad_credentials') return answer;
      // the token was taken back before its end, or the keys were: nothing was done, and a new token tells which
      const whose = nameOf(credentials);
      if (tokens.get(whose)?.token === first.value.token) tokens.delete(whose);
      const second = await tokenOf(credentials);
      return second.kind === 'done' ? askWith(second.value) : second;
    },

    tryClient: getToken,
  };
}

function toQuestion(host: string, { method, path, json }: VivaQuestion): Question {
  const question = { method, url: host + path };
  return json === undefined ? question : { ...question, headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) };
}

function basic(name = '', secret = ''): string {
  return `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`;
}

function nameOf({ environment, clientId, clientSecret }: Credentials): string {
  return createHash('sha256')
    .update(JSON.stringify([environment, clientId, clientSecret]))
    .digest('hex');
}
