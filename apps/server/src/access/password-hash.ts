import { hash, verify } from '@node-rs/argon2';

/** OWASP's second choice for argon2id (Password Storage Cheat Sheet, 2025): 19 MiB, two passes, one lane. A change here is applied as people sign in. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const MADE_LIKE_THIS = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$`;

/** What is kept of a password. The same password typed on another keyboard may come in other code points, so it is normalised. */
export async function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), cost);
}

let nobodys: Promise<string> | undefined;

/** Whether it is this one. `kept` null (nobody, or no password yet) takes the same time, and is never right. */
export async function passwordMatches(kept: string | null, password: string): Promise<boolean> {
  nobodys ??= hashPassword('the password of nobody');
  const right = await verify(kept ?? (await nobodys), password.normalize('NFKC'));
  return right && kept !== null;
}

/** It was hashed when other costs were right. */
export function isHashedAnew(kept: string): boolean {
  return kept.startsWith(MADE_LIKE_THIS);
}
