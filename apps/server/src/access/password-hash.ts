import { hash, verify } from '@node-rs/argon2';
import { Problem } from '../kit/problem.ts';

/** OWASP's second choice for argon2id (Password Storage Cheat Sheet, 2025): 19 MiB, two passes, one lane. A change here is applied as people sign in. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const MADE_LIKE_THIS = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=${cost.parallelism}$`;

/** What is kept of a password. The same password typed on another keyboard may come in other code points, so it is normalised. */
export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFKC'), cost));
}

let nobodys: Promise<string> | undefined;

/** Whether it is this one. `kept` null (nobody, or no password yet) takes the same time, and is never right. */
export async function passwordMatches(kept: string | null, password: string): Promise<boolean> {
  nobodys ??= hash('the password of nobody', cost);
  const like = kept ?? (await nobodys);
  const right = await inTurn(() => verify(like, password.normalize('NFKC')));
  return right && kept !== null;
}

/** It was hashed when other costs were right. */
export function isHashedAnew(kept: string): boolean {
  return kept.startsWith(MADE_LIKE_THIS);
}

/** Each takes a thread of the few that files and names are looked up with, and 19 MiB: many strangers at once must not take them all. */
const AT_ONCE = 2;
const MAY_WAIT = 100;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(deed: () => Promise<T>): Promise<T> {
  if (running < AT_ONCE) running++;
  else {
    if (waiting.length >= MAY_WAIT) throw new Problem('too_many_requests', 429, 'Too many people are signing in at once.', { retryAfterSeconds: 5 });
    await new Promise<void>((begin) => waiting.push(begin));
  }
  try {
    return await deed();
  } finally {
    const next = waiting.shift();
    // whoever waited longest takes this place
    if (next) next();
    else running--;
  }
}
