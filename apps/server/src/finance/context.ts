import type { Place, Who } from '../access/who.ts';
import type { Deps } from '../kit/deps.ts';
import type { Deletions } from './deletions.ts';

/** Somebody of the salon at work on a location's money. */
export interface AtWork {
  readonly who: Who;
  readonly place: Place;
}

export interface FinanceContext extends Deps {
  /** How transactions that other rooms have posted are deleted. */
  readonly deletions: Deletions;
}
