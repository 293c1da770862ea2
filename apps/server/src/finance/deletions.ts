import type { UndeletableReason } from '@holdfast/contract/transactions';
import type { Place, Who } from '../access/who.ts';
import type { Queryable } from '../kit/database.ts';

export interface DeletionAsked {
  readonly who: Who;
  readonly place: Place;
  /** Of the entry's cause: what it is called in the room that posted it. */
  readonly causeId: string;
  readonly because: string;
  /** From which register the money is handed back, where that is asked. */
  readonly registerId: string | undefined;
}

/**
 * How transactions of one kind of cause are deleted: the books keep them and get an entry the other way. The deed decides everything itself, under its own locks;
 * the right, its last days and the registers of the entry were looked at before. What depends on the transaction is named in `detail` of its refusal.
 */
export interface Deletion {
  readonly asksRegister: boolean;
  delete(asked: DeletionAsked): Promise<void>;
  /** Why this one cannot be deleted here, for the screen; undefined: by what is known, it can. */
  whyNot?(q: Queryable, place: Place, causeId: string): Promise<UndeletableReason | undefined>;
}

/** By the kind of an entry's cause; wired where the house is put together. A kind that is not here cannot be deleted: it came from a provider, or follows from something else. */
export type Deletions = Readonly<Record<string, Deletion>>;
