import type { PaymentProvider } from '@holdfast/providers/payment-provider';
import type { Deps } from '../kit/deps.ts';
import type { SealingKey } from '../kit/seal.ts';
import type { PaidRoom } from './purposes.ts';

/** What names a connection's provider. */
export interface ConnectionName {
  readonly chainId: string;
  readonly connectionId: string;
  readonly provider: string;
  /** Talks to a sandbox instead of the provider. */
  readonly sandbox: boolean;
}

/** Where a sandbox listens. */
export interface SandboxEndpoint {
  readonly origin: string;
  /** Where people look: its pages, and its keys at `/developers`. */
  readonly pagesOrigin: string;
  /** PEM of the authority that vouches for `origin`. */
  readonly ca?: string | undefined;
}

/** What the payments room is given by whoever starts the program. */
export interface PaymentsContext extends Deps {
  readonly providerOf: (connection: ConnectionName) => PaymentProvider;
  /** Where a provider's sandbox listens; undefined: sandboxes are refused, and a connection talks to the provider itself. */
  readonly sandboxEndpoint: (provider: string) => SandboxEndpoint | undefined;
  /** Who implements an order's kind. Throws for a kind that nobody implements: that is a bug. */
  readonly roomOf: (orderKind: string) => PaidRoom;
  /** Opens the providers' credentials. */
  readonly sealingKey: SealingKey;
  /** Where clients and providers reach us: origin without a slash at the end. */
  readonly publicUrl: string;
  /** This installation's mark in references: see `installationMark`. */
  readonly mark: string;
  /** Does something right after the answer, without anybody waiting. Never rejects; the program waits for it before it ends. */
  readonly soon: (what: string, deed: () => Promise<unknown>) => void;
}
