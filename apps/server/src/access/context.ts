import type { Deps } from '../kit/deps.ts';
import { deriveKey, type SealingKey } from '../kit/seal.ts';

/** One key for each purpose, so that what was made for one is worth nothing for another. */
export interface AccessKeys {
  /** Seals second factors' secrets. */
  readonly sealing: SealingKey;
  /** Signs the addresses of invitations and resets. */
  readonly links: SealingKey;
  /** Hashes whom tries are counted for, so that the table names nobody. */
  readonly tries: SealingKey;
  /** Signs the mark of a browser in which somebody has signed in before. */
  readonly devices: SealingKey;
  /** Hashes recovery codes. */
  readonly recovery: SealingKey;
  /** Makes the code that opens an empty installation. */
  readonly setup: SealingKey;
  /** Hashes API keys. */
  readonly apiKeys: SealingKey;
}

export function accessKeys(key: SealingKey): AccessKeys {
  return {
    sealing: deriveKey(key, 'second-factor'),
    links: deriveKey(key, 'user-link'),
    tries: deriveKey(key, 'sign-in-tries'),
    devices: deriveKey(key, 'known-device'),
    recovery: deriveKey(key, 'recovery-code'),
    setup: deriveKey(key, 'setup-code'),
    apiKeys: deriveKey(key, 'api-key'),
  };
}

export interface AccessContext extends Deps {
  /** Where the admin app is served: origin without a slash at the end. */
  readonly publicUrl: string;
  /** Served over https, so cookies go nowhere else. */
  readonly secure: boolean;
  readonly keys: AccessKeys;
  /** Does something right after the answer, so that how long the answer takes tells nothing. */
  readonly soon: (what: string, deed: () => Promise<unknown>) => void;
}
