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

/** Where storage is switched off, as long as the page stays. */
const memory = new Map<string, string>();

export function read(key: string): string | null {
  try {
    return sessionStorage.getItem(key) ?? memory.get(key) ?? null;
  } catch {
    return memory.get(key) ?? null;
  }
}

export function write(key: string, value: string): void {
  memory.set(key, value);
  try {
    sessionStorage.setItem(key, value);
  } catch {
    // the page works without, it only forgets on reload
  }
}

export function loadDraft(at: LocationAddress): BookingDraft {
  const fresh = newDraft(newDraftId());
  try {
    const kept = JSON.parse(read(keyOf(at)) ?? 'null') as Partial<BookingDraft> | null;
    return kept?.draftId && kept.appointments?.length ? { ...fresh, ...kept } : fresh;
  } catch {
    return fresh;
  }
}

export function saveDraft(at: LocationAddress, draft: BookingDraft): void {
  write(keyOf(at), JSON.stringify(draft));
}

const languageKey = 'holdfast:language';

export function keptLanguage(): string | null {
  return read(languageKey);
}

export function keepLanguage(language: string): void {
  write(languageKey, language);
}
