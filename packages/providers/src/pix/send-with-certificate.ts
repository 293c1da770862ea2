import { request as plainRequest } from 'node:http';
import { Agent, request as tlsRequest } from 'node:https';
import type { SecureContext } from 'node:tls';
import type { RawAnswer, Send } from '../kit/ask-provider.ts';
import { lookupOutside, refuseInside } from './on-the-internet.ts';

const longestAnswer = 5_000_000;

/**
 * The way to the bank: `fetch` shows no client certificate. A certificate that the bank's end refuses while shaking hands becomes an answer of status 495
 * without a body: nothing was asked, so nothing has moved. `onlyOutside`: the address was typed by somebody and has to be one of the internet.
 */
export function sendWithCertificate(secureContext: SecureContext, { onlyOutside }: { readonly onlyOutside: boolean }): Send {
  // lines are not kept: one that has died in the meantime looks like a lost answer. The handshake is remembered, which makes the next one short
  const agent = new Agent({ secureContext, keepAlive: false });
  return ({ method, url, headers, body }, signal) =>
    new Promise<RawAnswer>((resolve, reject) => {
      const address = new URL(url);
      if (onlyOutside) refuseInside(address);
      const options = {
        method,
        signal,
        ...(onlyOutside && { lookup: lookupOutside }),
        headers: {
          accept: 'application/json, application/problem+json',
          ...headers,
          ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
        },
      };
      const sent = address.protocol === 'http:' ? plainRequest(address, options) : tlsRequest(address, { ...options, agent });
      const failed = (error: Error) => (isRefusedCertificate(error) ? resolve({ status: 495, text: '' }) : reject(error));
      sent.once('error', failed);
      sent.once('response', (answer) => {
        const parts: Buffer[] = [];
        let length = 0;
        answer.on('error', failed);
        answer.on('data', (part: Buffer) => {
          parts.push(part);
          length += part.length;
          if (length > longestAnswer) answer.destroy(new Error('an answer without end'));
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }));
      });
      sent.end(body);
    });
}

/** TLS alerts that are about the certificate we showed, or did not show. */
function isRefusedCertificate(error: Error): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  return /^ERR_SSL_.*ALERT_(?:BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA|ACCESS_DENIED)$/.test(code);
}
