import type { Deps } from '../kit/deps.ts';
import type { SealingKey } from '../kit/seal.ts';

export interface WebhooksContext extends Deps {
  /** Seals the endpoints' secrets. */
  readonly webhookKey: SealingKey;
  /** In the demo and in tests: endpoints may be on this machine, without https. */
  readonly webhooksToLoopback: boolean;
}
