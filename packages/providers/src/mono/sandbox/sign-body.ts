import { generateKeyPairSync, sign } from 'node:crypto';
import type { SigningKey } from './kinds.ts';

/** X-Sign: ECDSA on P-256 with SHA-256 over the body's bytes, DER, base64. */
export function signBody(body: string, privatePem: string): string {
  return sign('sha256', Buffer.from(body, 'utf8'), privatePem).toString('base64');
}

export function makeKey(): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return {
    privatePem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  };
}
