import { deriveKey, readToken, type SealingKey, signToken } from './seal.ts';

/** Addresses that whoever has one may use: each belongs to one thing of a chain, hides nothing and cannot be forged. */
export interface SignedLinks<Id extends string> {
  sign(chainId: string, id: string): string;
  urlOf(chainId: string, id: string): string;
  /** What a token names; undefined for anything we did not sign for this use. */
  read(token: string): ({ readonly chainId: string } & Readonly<Record<Id, string>>) | undefined;
}

/** `use` separates their key from every other's; `under` is the address before the token; `id` is what the thing's number is called. */
export function signedLinks<const Id extends string>(
  key: SealingKey,
  { use, under, id }: { readonly use: string; readonly under: string; readonly id: Id },
): SignedLinks<Id> {
  const own = deriveKey(key, use);
  const sign = (chainId: string, named: string) => signToken(own, [chainId, named]);
  return {
    sign,
    urlOf: (chainId, named) => `${under}/${sign(chainId, named)}`,
    read: (token) => {
      const [chainId, named] = readToken(own, token) ?? [];
      return chainId && named ? ({ chainId, [id]: named } as { readonly chainId: string } & Readonly<Record<Id, string>>) : undefined;
    },
  };
}
