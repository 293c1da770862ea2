import type { LocationPage } from '@holdfast/contract/location-page';
import { render } from 'preact';
import { App } from './app.tsx';
import { knownLanguage, loadWords, type Words } from './words.tsx';

interface Draft {
  holdfast?: string;
  page: LocationPage;
  language: string;
}

/** The booking page inside the salon's settings: it shows what is typed there, and books nothing. */
export function showDrafts(root: HTMLElement, page: LocationPage, words: Words): void {
  bookNothing();
  let drawn = 0;
  const place = { currency: page.location.currency, timeZone: page.location.timeZone };
  const show = (draft: LocationPage, said: Words) => {
    drawn++;
    // nobody is measured here
    const shown = { ...draft, widget: { ...draft.widget, measurementId: null } };
    render(<App key={drawn} page={shown} booking={null} words={said} place={place} from={null} banner={null} clientPage={null} />, root);
  };
  addEventListener('message', (event: MessageEvent<Draft | null>) => {
    if (event.origin !== location.origin || event.source !== parent || event.data?.holdfast !== 'preview') return;
    const { page: draft, language } = event.data;
    void loadWords(knownLanguage(language) ?? 'en', place).then((said) => show(draft, said));
  });
  root.replaceChildren();
  show(page, words);
  parent.postMessage({ holdfast: 'preview-ready' }, location.origin);
}

/** Questions about prices and free times are answered; nobody is booked, put in a line, sold anything, or sent a code. */
function bookNothing(): void {
  const ask = window.fetch;
  window.fetch = async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input, location.href);
    if ((init?.method ?? 'GET') !== 'GET' && !pathname.endsWith('/quotes')) {
      const refusal = { code: 'step_not_allowed', title: 'This is a preview.', requestId: '', detail: {} };
      return new Response(JSON.stringify(refusal), { status: 409, headers: { 'content-type': 'application/problem+json' } });
    }
    return ask(input, init);
  };
}
