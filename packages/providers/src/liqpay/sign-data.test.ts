import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { LiqpayKeys } from './credentials.ts';
import { isSignedBy, signatureOf, signData } from './sign-data.ts';

const privateKey = 'a4825234f4bae72a0be04eafe9e8e2bada209255';
const data = 'eyJ2ZXJzaW9uIjo3LCJwdWJsaWNfa2V5IjoiaTAwMDAwMDAwIiwiYWN0aW9uIjoic3RhdHVzIiwib3JkZXJfaWQiOiJoZl8xIn0=';
const keys = (version: '7' | '3'): LiqpayKeys => ({ publicKey: 'i00000000', privateKey, version });

/**
 * Made apart from our code, and both say the same:
 *   printf '%s' "$key$data$key" | openssl dgst -sha3-256 -binary | base64     (-sha1 for version 3)
 *   python3 -c 'import hashlib, base64; print(base64.b64encode(hashlib.sha3_256((key + data + key).encode()).digest()))'
 */
const vectors = [
  ['7', 'sha3-256', '2qMwSk1Tz6An1F59pRQ2eoFk+UQE/+7adbaBceALjug='],
  ['3', 'sha1', 'SA7swR0QNxHYgfbVCXdj247Tjko='],
] as const;

describe('what we say to LiqPay', () => {
  it.each(vectors)('is signed in version %s with %s, as OpenSSL and Python do it', (version, hash, signature) => {
    expect(signatureOf(data, keys(version))).toBe(signature);
    expect(signData({ action: 'status', order_id: 'hf_1' }, keys(version)).data === data).toBe(version === '7');
    expect(opensslSignature(hash, data) ?? signature).toBe(signature);
    const other = signData({ action: 'pay', description: 'Стрижка 🧔 + "борода"' }, keys(version));
    expect(opensslSignature(hash, other.data) ?? other.signature).toBe(other.signature);
  });

  it('is known again only with the same version, key, data and spelling', () => {
    for (const [version, , signature] of vectors) {
      expect(isSignedBy({ data, signature }, keys(version))).toBe(true);
      expect(isSignedBy({ data, signature }, keys(version === '7' ? '3' : '7'))).toBe(false);
      expect(isSignedBy({ data, signature }, { version, privateKey: `${privateKey}0` })).toBe(false);
      for (const wrong of [
        '',
        `${signature} `,
        signature.slice(0, -1),
        signature.toLowerCase(),
        `${signature.slice(0, -2)}h=`,
        '\u0000',
        'ї'.repeat(44),
      ])
        expect(isSignedBy({ data, signature: wrong }, keys(version))).toBe(false);
      for (const wrong of ['', `${data} `, data.replace('=', ''), data.replace('e', 'f')])
        expect(isSignedBy({ data: wrong, signature }, keys(version))).toBe(false);
    }
  });
});

/** The signature by OpenSSL's command, or nothing on a machine without it: there the vectors above, made by it, stand alone. */
function opensslSignature(hash: string, said: string): string | undefined {
  try {
    return execFileSync('openssl', ['dgst', `-${hash}`, '-binary'], { input: privateKey + said + privateKey }).toString('base64');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
