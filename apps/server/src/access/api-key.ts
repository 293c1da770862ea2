import { randomInt } from 'node:crypto';
import { keyedHash } from '../kit/seal.ts';
import type { AccessKeys } from './context.ts';

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_LETTERS = 40;
const SHOWN_LETTERS = 6;

/** A key as whoever asks sends it: `hf_<40 letters>_<chain>`. The chain stands in it, because that is where its row is looked for. */
export interface ApiKeySecret {
  readonly chainId: string;
  readonly secret: string;
}

export function newApiKeySecret(chainId: string): ApiKeySecret {
  const letters = Array.from({ length: RANDOM_LETTERS }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return { chainId, secret: `hf_${letters}_${chainId}` };
}

/** How a key begins, by which its owner recognises it. */
export function prefixOf({ secret }: ApiKeySecret): string {
  return secret.slice(0, 'hf_'.length + SHOWN_LETTERS);
}

/** The key of `Authorization: Bearer hf_…`. Undefined: nothing of that form was sent. */
export function readBearer(header: string | undefined): ApiKeySecret | undefined {
  const [, secret, chainId] = /^bearer +(hf_[0-9A-Za-z]{40}_([\w-]{1,60})) *$/i.exec(header ?? '') ?? [];
  return secret && chainId ? { chainId, secret } : undefined;
}

/** What is kept of it. Keyed, so that a copy of the database alone does not even say whether a key is one of these. */
export function hashOfKey({ apiKeys }: Pick<AccessKeys, 'apiKeys'>, { secret }: ApiKeySecret): Buffer {
  return keyedHash(apiKeys, secret);
}
