import type { Deps } from '../kit/deps.ts';

export interface SetupContext extends Deps {
  /** Where clients reach us: origin without a slash at the end. */
  readonly publicUrl: string;
}
