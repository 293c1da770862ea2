import { X509Certificate } from 'node:crypto';
import { Socket } from 'node:net';
import { createSecureContext, type SecureContext, type SecureContextOptions, TLSSocket } from 'node:tls';
import type { Credentials } from '../payment-provider.ts';

/** What the bank knows the salon by, before a word is said. `none`: the connection has none, as at some banks' test environments. */
export type ClientCertificate =
  | { readonly kind: 'none'; readonly secureContext: SecureContext }
  | { readonly kind: 'ready'; readonly secureContext: SecureContext; readonly endsAt: Date }
  | { readonly kind: 'unreadable'; readonly why: string };

/** @param ca PEM of the authority to trust for the bank's own certificate, where that is none of the well-known ones */
export function readClientCertificate(credentials: Credentials, ca?: string): ClientCertificate {
  const passphrase = credentials['certificatePassword'] ?? '';
  const [pem, file] = [credentials['certificate']?.trim() ?? '', credentials['certificateFile']?.trim() ?? ''];
  const trusted: SecureContextOptions = ca === undefined ? {} : { ca };
  if (pem === '' && file === '') return { kind: 'none', secureContext: createSecureContext(trusted) };
  if (pem !== '' && !/-----BEGIN CERTIFICATE-----/.test(pem)) return unreadable('There is no certificate in the text, only something else.');
  if (pem !== '' && !/-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/.test(pem))
    return unreadable('The private key is missing: it belongs below the certificate.');
  const own = pem === '' ? { pfx: Buffer.from(file, 'base64') } : { cert: pem, key: pem };
  try {
    const secureContext = createSecureContext({ ...trusted, ...own, passphrase });
    const leaf = pem === '' ? certificateOf(secureContext) : new X509Certificate(pem);
    if (!leaf) return unreadable('There is no certificate in the file.');
    return { kind: 'ready', secureContext, endsAt: leaf.validToDate };
  } catch (error) {
    return unreadable(whyNot(error, pem === ''));
  }
}

/** Node reads a P12 but shows what is in it only to a socket. This one is never connected. */
function certificateOf(secureContext: SecureContext): X509Certificate | undefined {
  const socket = new TLSSocket(new Socket(), { secureContext });
  try {
    return socket.getX509Certificate();
  } finally {
    socket.destroy();
  }
}

function whyNot(error: unknown, isFile: boolean): string {
  const said = error instanceof Error ? `${(error as NodeJS.ErrnoException).code ?? ''} ${error.message}` : '';
  if (/mac verify failure|bad decrypt|bad password|interrupted or cancelled/i.test(said)) return 'The certificate’s password is wrong.';
  if (/mismatch/i.test(said)) return 'The private key belongs to another certificate.';
  if (isFile && /unsupported/i.test(said))
    return 'The file is locked in an old way that is not read any more. How to lock it anew stands in the guide to PIX.';
  return isFile ? 'This is no P12 file with a private key in it, or it is damaged.' : 'The certificate or its private key cannot be read.';
}

function unreadable(why: string): ClientCertificate {
  return { kind: 'unreadable', why };
}
