import { lookup } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isLoopbackAddress, isPublicAddress } from './public-address.ts';

/** What became of it: an answer, whatever it says, or none and why. */
export type PostAnswer = { readonly status: number; readonly answer: string; readonly retryAfter: string | undefined } | { readonly because: string };

export interface OutsidePost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  /** So much of the answer is read. */
  readonly mostBytes: number;
  /** In the demo and in tests: this machine may be called too. */
  readonly loopback: boolean;
}

/**
 * POSTs to an address that somebody typed in: never into our own network. Names are looked up here and only what is public is connected to, so that a name cannot
 * mean something else a moment later; redirects are not followed. Never throws.
 */
export async function postOutside({ url, headers, body, timeoutMs, mostBytes, loopback }: OutsidePost): Promise<PostAnswer> {
  const target = new URL(url);
  const name = target.hostname.replace(/^\[(.*)\]$/, '$1');
  const mayCall = (address: string) => isPublicAddress(address) || (loopback && isLoopbackAddress(address));
  if (isIP(name) !== 0 && !mayCall(name)) return { because: 'private_address' };
  const pinned: LookupFunction = (hostname, options, done) => {
    lookup(hostname, { all: true, family: options.family ?? 0 }, (error, found) => {
      const allowed = error ? [] : found.filter(({ address }) => mayCall(address));
      if (error) done(error, '', 0);
      else if (!allowed[0]) done(Object.assign(new Error('private address'), { code: 'PRIVATE_ADDRESS' }), '', 0);
      else if (options.all) done(null, allowed);
      else done(null, allowed[0].address, allowed[0].family);
    });
  };
  const request = target.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve) => {
    const asked = request(
      target,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' },
        lookup: pinned,
        agent: false,
        signal: AbortSignal.timeout(timeoutMs),
      },
      (answer) => {
        const pieces: Buffer[] = [];
        let bytes = 0;
        const end = () => {
          const text = Buffer.concat(pieces).subarray(0, mostBytes).toString('utf8').replaceAll('\u0000', '');
          resolve({ status: answer.statusCode ?? 0, answer: text, retryAfter: answer.headers['retry-after'] });
          asked.destroy();
        };
        answer.on('data', (piece: Buffer) => {
          pieces.push(piece);
          bytes += piece.length;
          if (bytes >= mostBytes) end();
        });
        answer.on('end', end);
        // it has said what counts; that the rest breaks off changes nothing
        answer.on('error', end);
      },
    );
    asked.on('error', (error: NodeJS.ErrnoException) => resolve({ because: reasonOf(error) }));
    asked.end(body);
  });
}

function reasonOf({ code = '', name, message }: NodeJS.ErrnoException): string {
  if (name === 'AbortError' || name === 'TimeoutError' || code === 'ABORT_ERR' || code === 'ETIMEDOUT') return 'timeout';
  if (code === 'PRIVATE_ADDRESS') return 'private_address';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'no_such_host';
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET' || code === 'EHOSTUNREACH' || code === 'EPIPE') return 'no_connection';
  if (/CERT|TLS|SSL|SIGNATURE|EPROTO/.test(code)) return 'no_trust';
  return (code || message).slice(0, 100);
}
