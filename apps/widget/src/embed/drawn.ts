import type { EarlyDeeds } from '../early-deeds.ts';

/** The first step as it stands on the page already, and what has been done on it since. */
export interface Drawn extends EarlyDeeds {
  readonly stage: HTMLElement;
}

/** What `tag.ts` hands over to the element that it has put on the page. */
export interface DrawnElement extends HTMLElement {
  drawn?: Drawn;
}

/** What `tag.ts` has fetched or been given, by its address; the sheet is worn as it is. */
export interface Ahead {
  readonly asked: Record<string, Promise<Response>>;
  readonly sheet: { readonly address: string; readonly worn: CSSStyleSheet } | null;
}
