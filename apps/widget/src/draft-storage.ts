import type { LocationAddress } from './api.ts';
import { type BookingDraft, newDraft } from './booking-draft.ts';

/** The draft lives in this tab only (sessionStorage): it survives reloads and the way to the payment page, and nobody finds it tomorrow. */
const keyOf = ({ chain, location }: LocationAddress) => `holdfast:draft:${chain}/${location}`;

export function newDraftId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}

export function loadDraft(at: LocationAddress): BookingDraft {
  const fresh = newDraft(newDraftId());
  try {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(at)) ?? 'null') as Partial<BookingDraft> | null;
    return kept?.draftId && kept.appointments?.length ? { ...fresh, ...kept } : fresh;
  } catch {
    return fresh; // storage may be switched off: the page then works, it only forgets on reload
  }
}

export function saveDraft(at: LocationAddress, draft: BookingDraft): void {
  try {
    sessionStorage.setItem(keyOf(at), JSON.stringify(draft));
  } catch {
    // see loadDraft
  }
}

const languageKey = 'holdfast:language';

export function keptLanguage(): string | null {
  try {
    return sessionStorage.getItem(languageKey);
  } catch {
    return null;
  }
}

export function keepLanguage(language: string): void {
  try {
    sessionStorage.setItem(languageKey, language);
  } catch {
    // see loadDraft
  }
}
