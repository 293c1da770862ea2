import { createHash, createHmac, sign } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Credentials } from '@holdfast/providers/payment-provider';

/** What a provider posted, to the byte. */
export interface Post {
  /** Without the origin. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export async function readPost(request: IncomingMessage): Promise<Post> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const kept = Object.entries(request.headers).filter(([name]) => /^(content-type|stripe-signature|x-sign)$/.test(name));
  return { url: request.url ?? '', headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])), body: Buffer.concat(pieces) };
}

/** Where it came to, without and with the part of the address that only the provider was told. */
export function partsOf(url: string): { readonly open: string; readonly secret: string | undefined; readonly rest: string } {
  const [, open = '', , secret, rest = ''] =
    /^(\/api\/v1\/webhooks\/[^/]+\/[^/]+)(\/([^/]+)(\/pix)?)?$/.exec(new URL(url, 'http://x').pathname) ?? [];
  return { open, secret, rest };
}

/** The JSON in it as text: LiqPay's is in a form, in base64. */
export function textOf(provider: string, { body }: Pick<Post, 'body'>): string {
  if (provider !== 'liqpay') return body.toString();
  return Buffer.from(new URLSearchParams(body.toString()).get('data') ?? '', 'base64').toString();
}

/** Makes the proof that belongs to a text; mono's key is the bank's own. */
export function posted(provider: string, post: Post, text: string, keys: { credentials: Credentials; now: Date; bankKey?: string }): Post {
  const { credentials, now, bankKey } = keys;
  const body = Buffer.from(text);
  switch (provider) {
    case 'stripe': {
      const t = Math.floor(now.getTime() / 1000);
      const v1 = createHmac('sha256', credentials['signingSecret'] ?? '')
        .update(`${t}.`)
        .update(body)
        .digest('hex');
      return { ...post, headers: { ...post.headers, 'stripe-signature': `t=${t},v1=${v1}` }, body };
    }
    case 'mono':
      return { ...post, headers: { ...post.headers, 'x-sign': sign('sha256', body, bankKey ?? '').toString('base64') }, body };
    case 'liqpay': {
      const data = body.toString('base64');
      const hash = credentials['version'] === '3' ? 'sha1' : 'sha3-256';
      const key = credentials['privateKey'] ?? '';
      const signature = createHash(hash).update(`${key}${data}${key}`).digest('base64');
      return { ...post, body: Buffer.from(new URLSearchParams({ data, signature }).toString()) };
    }
    default:
      return { ...post, body };
  }
}

/** The same news as another event: providers never use an event's number twice. */
export function renumbered(provider: string, text: string, n: number): string {
  const digits = String(n).padStart(4, '0');
  switch (provider) {
    case 'stripe':
      return text.replace(/"id":\s*"evt_\w+"/, `"id":"evt_forged${digits}"`);
    case 'viva':
      return text.replace(/"MessageId":\s*"[^"]+"/, `"MessageId":"forged-${digits}"`);
    case 'mono':
      return text.replace(/"modifiedDate":\s*"[^"]+"/, `"modifiedDate":"2026-03-02T09:00:00Z#${digits}"`);
    case 'liqpay':
      return text.replace(/"end_date":\s*\d+/, `"end_date":177244200${digits}`);
    case 'pix':
      return text.replace(/("endToEndId":\s*"\w+)\w{4}"/, `$1${digits}"`);
    default:
      return text;
  }
}
