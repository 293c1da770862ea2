import { createHash, timingSafeEqual } from 'node:crypto';
import type { LiqpayKeys, LiqpayVersion } from './credentials.ts';

const hashes = { 7: 'sha3-256', 3: 'sha1' } as const satisfies Record<LiqpayVersion, string>;

/** What goes over the wire in either direction: JSON in base64, and the proof that a holder of the private key wrote it. */
export interface SignedData {
  readonly data: string;
  readonly signature: string;
}

/** `base64(hash(private key + data + private key))`, over the text of `data` as it stands. Source: liqpay.ua/documentation/en/data_signature. */
export function signatureOf(data: string, { privateKey, version }: Pick<LiqpayKeys, 'privateKey' | 'version'>): string {
  return createHash(hashes[version])
    .update(privateKey + data + privateKey, 'utf8')
    .digest('base64');
}

/** Signs what is said, together with the version and who says it. */
export function signData(said: Readonly<Record<string, unknown>>, keys: LiqpayKeys): SignedData {
  const json = JSON.stringify({ version: Number(keys.version), public_key: keys.publicKey, ...said });
  const data = Buffer.from(json, 'utf8').toString('base64');
  return { data, signature: signatureOf(data, keys) };
}

/** Takes the same time wherever the difference is. The text is compared, not the bytes it stands for: base64 has many spellings of them. */
export function isSignedBy({ data, signature }: SignedData, keys: Pick<LiqpayKeys, 'privateKey' | 'version'>): boolean {
  const came = Buffer.from(signature, 'utf8');
  const expected = Buffer.from(signatureOf(data, keys), 'utf8');
  return came.length === expected.length && timingSafeEqual(came, expected);
}
