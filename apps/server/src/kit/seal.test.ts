import { createDecipheriv, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { deriveKey, newSealingKey, readSealingKey, readToken, seal, signToken, unseal } from './seal.ts';

const key = readSealingKey(Buffer.alloc(32, 7).toString('base64'));

test('what was sealed opens with the same key in the same place, and nothing of it can be read before', () => {
  const sealed = seal(key, 'sk_live_ключ', 'chain/connection');
  expect(sealed.includes('sk_live')).toBe(false);
  expect(unseal(key, sealed, 'chain/connection')).toBe('sk_live_ключ');
  expect(unseal(key, seal(key, '', 'a'), 'a')).toBe('');
});

test('the same secret sealed twice looks different', () => {
  expect(seal(key, 'same', 'a').equals(seal(key, 'same', 'a'))).toBe(false);
});

test('a sealed value is plain AES-256-GCM, so another program with the key could open it', () => {
  const sealed = seal(key, 'hello', 'a');
  const plain = createDecipheriv('aes-256-gcm', Buffer.alloc(32, 7), sealed.subarray(1, 13))
    .setAAD(Buffer.from('\u0001a'))
    .setAuthTag(sealed.subarray(-16));
  expect(plain.update(sealed.subarray(13, -16), undefined, 'utf8') + plain.final('utf8')).toBe('hello');
});

test('a value moved to another connection, or opened with another key, does not open', () => {
  const sealed = seal(key, 'secret', 'chain/one');
  expect(() => unseal(key, sealed, 'chain/two')).toThrow(/changed or moved/);
  expect(() => unseal(newSealingKey(), sealed, 'chain/one')).toThrow(/HOLDFAST_KEY/);
});

test('a value with any one bit flipped, or cut short anywhere, does not open', () => {
  const sealed = seal(key, 'secret', 'a');
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const flipped = Buffer.from(sealed);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => unseal(key, flipped, 'a')).toThrow(/sealed value/);
  }
  for (let length = 0; length < sealed.length; length++) expect(() => unseal(key, sealed.subarray(0, length), 'a')).toThrow(/sealed value/);
});

test.each([
  ['missing', undefined, /missing/],
  ['empty', '', /missing/],
  ['short', Buffer.alloc(16).toString('base64'), /not 16 bytes/],
  ['long', Buffer.alloc(33).toString('base64'), /not 33 bytes/],
  ['not base64', 'x'.repeat(42) + '!!', /base64/],
  ['with a stray space', `${Buffer.alloc(32, 1).toString('base64')} `, /base64/],
])('a key that is %s is refused with a sentence', (_case, text, sentence) => {
  expect(() => readSealingKey(text)).toThrow(sentence);
});

test('a refused key is not repeated in the message', () => {
  expect(() => readSealingKey('c2VjcmV0LWtleQ==')).toThrow(expect.not.objectContaining({ message: expect.stringContaining('c2VjcmV0') }) as Error);
});

test('keys for different purposes differ, and stay the same from start to start', () => {
  expect(deriveKey(key, 'client-page').equals(deriveKey(key, 'client-page'))).toBe(true);
  expect(deriveKey(key, 'client-page').equals(deriveKey(key, 'network-address'))).toBe(false);
  expect(deriveKey(key, 'client-page').equals(key)).toBe(false);
});

test('the token of a booking is short, fits into an address and says which booking it is', () => {
  const token = signToken(key, ['chn_demo', 'bkg_01k9zzzzzzzzzzzzzzzzzzzzzz']);
  expect(token).toMatch(/^[\w-]{1,80}$/);
  expect(readToken(key, token)).toEqual(['chn_demo', 'bkg_01k9zzzzzzzzzzzzzzzzzzzzzz']);
});

test('the token is 128 bits of HMAC-SHA256 before its parts', () => {
  const body = Buffer.from('a\nb');
  const tag = createHmac('sha256', Buffer.alloc(32, 7)).update(body).digest().subarray(0, 16);
  expect(signToken(key, ['a', 'b'])).toBe(Buffer.concat([tag, body]).toString('base64url'));
});

test('a token of another installation, a changed one, a cut one and nonsense are all refused', () => {
  const token = signToken(key, ['chain', 'booking']);
  expect(readToken(newSealingKey(), token)).toBeUndefined();
  const bytes = Buffer.from(token, 'base64url');
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Buffer.from(bytes);
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(readToken(key, flipped.toString('base64url'))).toBeUndefined();
  }
  for (let length = 0; length < token.length; length++) expect(readToken(key, token.slice(0, length))).toBeUndefined();
  for (const nonsense of ['', '-', `${token}=`, ` ${token}`, `${token}!`, '🙂'.repeat(40)]) expect(readToken(key, nonsense)).toBeUndefined();
});

test('two parts cannot be read as other two', () => {
  expect(signToken(key, ['ab', 'c'])).not.toBe(signToken(key, ['a', 'bc']));
  expect(() => signToken(key, ['a\nb', 'c'])).toThrow(/line breaks/);
});
