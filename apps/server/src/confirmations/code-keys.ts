import { hash } from 'node:crypto';
import type { Scope } from '../access/scope.ts';
import { deriveKey, keyedHash, type SealingKey, signToken } from '../kit/seal.ts';

/** Makes codes and proofs. All of them follow from what they are for, by keys that the database does not have: none is written down anywhere. */
export interface CodeKeys {
  /** Six digits. */
  codeOf(codeId: string): string;
  /** What the database compares a code by. */
  hashOf(scope: Scope, draftId: string, phone: string, code: string): Buffer;
  /** What who has confirmed a telephone is handed; it confirms nothing before the database knows of it. */
  proofOf(scope: Scope, draftId: string, phone: string): string;
}

export function codeKeys(key: SealingKey): CodeKeys {
  const making = deriveKey(key, 'phone-code');
  const comparing = deriveKey(key, 'phone-code-hash');
  const proving = deriveKey(key, 'phone-confirmation');
  return {
    codeOf: (codeId) => String(keyedHash(making, codeId).readUIntBE(0, 6) % 1_000_000).padStart(6, '0'),
    hashOf: ({ chainId, locationId }, draftId, phone, code) => keyedHash(comparing, [chainId, locationId, draftId, phone, code].join('\n')),
    proofOf: ({ chainId, locationId }, draftId, phone) => signToken(proving, [hash('sha256', [chainId, locationId, draftId, phone].join('\n'))]),
  };
}

export function proofHash(proof: string): Buffer {
  return hash('sha256', proof, 'buffer');
}
