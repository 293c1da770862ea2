import { createHash } from 'node:crypto';
import type { Version } from './kinds.ts';

const hashes = { '3': 'sha1', '7': 'sha3-256' } as const satisfies Record<Version, string>;

/** base64 of the hash of private key, data, private key: SHA-1 in version 3, SHA3-256 in version 7. */
export function signData(data: string, privateKey: string, version: Version): string {
  return createHash(hashes[version]).update(`${privateKey}${data}${privateKey}`, 'utf8').digest('base64');
}
