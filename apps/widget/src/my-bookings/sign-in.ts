import type { LocationAddress } from '../api.ts';
import type { PhoneAsked } from '../booking-draft.ts';
import { newDraftId, read, write } from '../draft-storage.ts';

/** A phone that was confirmed, or is being confirmed, and for which draft. */
export interface SignIn {
  draftId: string;
  asked: PhoneAsked | null;
}

/** It lives in this tab only, without a cookie, and the server takes its proof for a day. */
const keyOf = ({ chain, location }: LocationAddress) => `holdfast:my:${chain}/${location}`;

export function loadSignIn(at: LocationAddress): SignIn {
  try {
    const kept = JSON.parse(read(keyOf(at)) || 'null') as SignIn | null;
    if (kept?.draftId) return kept;
  } catch {
    // written by something else
  }
  return { draftId: newDraftId(), asked: null };
}

export function keepSignIn(at: LocationAddress, signIn: SignIn): void {
  write(keyOf(at), JSON.stringify(signIn));
}

/** The next code is for another draft: what was confirmed before is worth nothing in this tab any more. */
export function forgetSignIn(at: LocationAddress): SignIn {
  write(keyOf(at), '');
  return { draftId: newDraftId(), asked: null };
}
