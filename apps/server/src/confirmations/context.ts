import type { Scope } from '../access/scope.ts';
import type { Deps } from '../kit/deps.ts';
import type { CodeKeys } from './code-keys.ts';

export interface ConfirmationContext extends Deps {
  readonly codes: CodeKeys;
  /** Keyed hash of a network address. */
  readonly hashAddress: (address: string) => string;
  /** Where clients reach us: origin without a slash at the end. */
  readonly publicUrl: string;
  /** Whether this location can send an SMS now. */
  readonly smsIsOn: (scope: Scope) => Promise<boolean>;
}
