import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';

declare const isKey: unique symbol;
/** 32 secret bytes; made by {@link readSealingKey}, {@link newSealingKey} or {@link deriveKey}. */
export type SealingKey = Buffer & { readonly [isKey]: true };

const VERSION = 1;
const NONCE = 12;
const TAG = 16;
const TOKEN_TAG = 16;

/** The installation's key as it stands in the environment: 32 bytes in base64 (`openssl rand -base64 32` makes one). */
export function readSealingKey(text: string | undefined): SealingKey {
  if (!text) throw new Error('The key is missing: it is 32 random bytes in base64 ("openssl rand -base64 32" makes one).');
  const bytes = Buffer.from(text, 'base64');
  // Node.js skips what is not base64, so a wrong alphabet shows as a shorter key
  if (bytes.length !== 32 || bytes.toString('base64').replace(/=+$/, '') !== text.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/')) {
    throw new Error(`The key must be 32 random bytes in base64 (44 characters), not ${bytes.length} bytes: "openssl rand -base64 32" makes one.`);
  }
  return bytes as SealingKey;
}

export function newSealingKey(): SealingKey {
  return randomBytes(32) as SealingKey;
}

/** Another key for another purpose, which tells nothing about this one (HKDF-SHA256, RFC 5869). */
export function deriveKey(key: SealingKey, purpose: string): SealingKey {
  return Buffer.from(hkdfSync('sha256', key, '', `holdfast/${purpose}`, 32)) as SealingKey;
}

/**
 * Encrypts for keeping (AES-256-GCM): version, nonce, ciphertext, tag. `context` names the place it belongs to, such as chain and connection:
 * moved to another place it does not open.
 */
export function seal(key: SealingKey, plaintext: string, context: string): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(associated(context));
  return Buffer.concat([Buffer.of(VERSION), nonce, cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what {@link seal} made, or throws: the key is another one, the value was changed, or it belongs to another place. */
export function unseal(key: SealingKey, sealed: Uint8Array, context: string): string {
  const bytes = Buffer.from(sealed);
  if (bytes[0] !== VERSION) throw new Error(`A sealed value has version ${bytes[0] ?? 'none'}, which this version does not know: start a newer one.`);
  if (bytes.length < 1 + NONCE + TAG) throw new Error('A sealed value is cut short.');
  const nonce = bytes.subarray(1, 1 + NONCE);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG }).setAAD(associated(context)).setAuthTag(bytes.subarray(-TAG));
  try {
    return decipher.update(bytes.subarray(1 + NONCE, -TAG), undefined, 'utf8') + decipher.final('utf8');
  } catch (error) {
    throw new Error('A sealed value does not open: the key (HOLDFAST_KEY) is not the one it was sealed with, or the value was changed or moved.', {
      cause: error,
    });
  }
}

function associated(context: string): Buffer {
  return Buffer.concat([Buffer.of(VERSION), Buffer.from(context, 'utf8')]);
}

/**
 * A short text for an address, which says `parts` and cannot be forged: base64url of the parts and of 128 bits of HMAC-SHA256. It hides
 * nothing; parts have no line breaks.
 */
export function signToken(key: SealingKey, parts: readonly string[]): string {
  if (parts.length === 0 || parts.some((part) => part.includes('\n'))) throw new Error('bug: a token is made of parts without line breaks');
  const body = Buffer.from(parts.join('\n'), 'utf8');
  return Buffer.concat([tokenTag(key, body), body]).toString('base64url');
}

/** The parts of a token that {@link signToken} made with this key, or undefined for anything else. */
export function readToken(key: SealingKey, token: string): string[] | undefined {
  const bytes = Buffer.from(token, 'base64url');
  // one token has one spelling: what Node.js forgives (other alphabets, stray bits) is not the same address
  if (bytes.length <= TOKEN_TAG || bytes.toString('base64url') !== token) return undefined;
  const body = bytes.subarray(TOKEN_TAG);
  return timingSafeEqual(bytes.subarray(0, TOKEN_TAG), tokenTag(key, body)) ? body.toString('utf8').split('\n') : undefined;
}

function tokenTag(key: SealingKey, body: Buffer): Buffer {
  return keyedHash(key, body).subarray(0, TOKEN_TAG);
}

const keyObjects = new WeakMap<SealingKey, KeyObject>();

/** HMAC-SHA256 (32 bytes). Of a key in plain bytes Node.js makes a key object at every call, which takes several times as long as the hash. */
export function keyedHash(key: SealingKey, data: string | Buffer): Buffer {
  let object = keyObjects.get(key);
  if (!object) {
    object = createSecretKey(key);
    keyObjects.set(key, object);
  }
  return createHmac('sha256', object).update(data).digest();
}
