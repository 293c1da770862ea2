import elementCss from './element.css?inline';
import type { Said } from './embed-words.ts';
import { historyOf } from './history-of.ts';
import { lockScroll } from './lock-scroll.ts';
import { sheetOf } from './style-sheets.ts';

const texts = {
  en: { open: 'Book online', close: 'Close' },
  uk: { open: 'Записатися онлайн', close: 'Закрити' },
  pt: { open: 'Marcar online', close: 'Fechar' },
  ar: { open: 'احجز عبر الإنترنت', close: 'إغلاق' },
};

export interface Offer {
  readonly dialog: HTMLDialogElement;
  /** Opens the window without an entry of its own in the history. */
  reveal(): void;
  leave(): void;
}

interface Needed {
  /** What the visitor reads of such texts. */
  readonly say: <T>(texts: Said<T>) => T & { readonly language: string };
  /** What is to be in the window is wanted now. */
  readonly opened: () => void;
}

/** A button, and the window it opens. A piece of its own: a widget that stands in the page has neither. */
export function offer(element: HTMLElement, root: ShadowRoot, key: string, { say, opened }: Needed): Offer {
  root.adoptedStyleSheets.push(sheetOf(elementCss));
  const own = historyOf(key);
  const { open, close, language } = say(texts);
  const label = element.getAttribute('label') || open;
  const opener = document.createElement('button');
  opener.type = 'button';
  opener.className = 'opener';
  opener.setAttribute('part', 'button');
  opener.textContent = label;
  opener.lang = language;
  // whoever points at it most likely opens it
  opener.addEventListener('pointerenter', () => void import('./embedded.tsx'), { once: true });
  const dialog = document.createElement('dialog');
  dialog.className = 'window';
  dialog.setAttribute('aria-label', label);
  const cross = document.createElement('button');
  cross.type = 'button';
  cross.className = 'close';
  cross.setAttribute('aria-label', close);
  cross.textContent = '✕';
  dialog.append(cross);
  let unlock: (() => void) | undefined;
  const tell = (name: 'opened' | 'closed') => element.dispatchEvent(new CustomEvent(`holdfast:${name}`, { bubbles: true, composed: true }));

  const reveal = () => {
    if (dialog.open) return;
    dialog.showModal();
    unlock = lockScroll();
    opened();
    tell('opened');
  };
  const hide = () => {
    dialog.close();
    unlock?.();
    tell('closed');
  };
  /** What was opened and stepped through lies behind in the history: closing goes back over all of it. */
  const shut = () => {
    const { base = 0, depth = 0 } = own.read();
    hide();
    if (base > 0) history.go(-(base + depth));
    else own.replace(undefined);
  };
  opener.addEventListener('click', () => {
    own.push({ open: true, base: 1 });
    reveal();
  });
  cross.addEventListener('click', shut);
  dialog.addEventListener('cancel', (event) => {
    if (event.target !== dialog) return;
    event.preventDefault();
    shut();
  });
  dialog.addEventListener('click', (event) => event.target === dialog && shut());
  addEventListener('popstate', () => {
    const { open: wanted } = own.read();
    if (wanted && !dialog.open) reveal();
    else if (!wanted && dialog.open) hide();
  });
  root.append(opener, dialog);
  return { dialog, reveal, leave: () => unlock?.() };
}
