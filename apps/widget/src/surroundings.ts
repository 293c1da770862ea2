import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** What lies around the widget: a page of ours, or somebody else's, where neither the address nor the document is ours to change. */
export interface Surroundings {
  readonly embedded: boolean;
  /** What language, direction and colours are set on. */
  readonly stage: HTMLElement;
  /** What a deep link carries: `?service=…`. */
  readonly query: string;
  /** Nothing has been done here yet: a deep link counts once. */
  isFresh(): boolean;
  /** The step that is asked for, as `#time`. */
  mark(): string;
  /** How many steps of ours lie behind: going back must not lead out of them. */
  depth(): number;
  show(step: string, how: 'next' | 'instead'): void;
  /** The booking is there: who comes back with the browser's button finds it, not a form that is already sent. */
  showBooking(token: string): void;
  /** Leads to another page of ours, such as `/b/…`, where the widget stands. */
  goTo(path: string): void;
  onMoved(listener: () => void): () => void;
  title(text: string): void;
  toTop(heading: HTMLElement | null): void;
  focusField(name: string): void;
  /** Where a payment comes back to; undefined: to our own page. */
  returnTo(): ReturnTo | undefined;
  /** Puts on a sheet of ours that not every screen needs; done when it is worn. */
  bringStyles(address: string): Promise<void>;
}

/** A page of somebody else's, and which of the widgets on it. */
export interface ReturnTo {
  readonly url: string;
  readonly place: string;
}

interface Kept {
  readonly depth?: number;
}

const brought = new Map<string, Promise<void>>();

function linkStyles(address: string): Promise<void> {
  // the client's own page comes with it
  if ([...document.styleSheets].some(({ href }) => href === address)) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = address;
    link.onload = () => resolve();
    link.onerror = () => {
      link.remove();
      reject(new Error('no styles'));
    };
    document.head.append(link);
  });
}

/** A page of ours: the step is in its address. */
export const ownPage: Surroundings = {
  embedded: false,
  // asked for when it is needed: the server draws the first sight, and has neither
  get stage() {
    return document.documentElement;
  },
  get query() {
    return location.search;
  },
  isFresh: () => history.state === null,
  mark: () => location.hash,
  depth: () => (history.state as Kept | null)?.depth ?? 0,
  show(step, how) {
    if (how === 'next') history.pushState({ depth: ownPage.depth() + 1 }, '', `#${step}`);
    else history.replaceState({ depth: ownPage.depth() }, '', `#${step}`);
  },
  showBooking: (token) => history.replaceState(null, '', `/b/${token}`),
  goTo: (path) => location.assign(path),
  onMoved(listener) {
    addEventListener('popstate', listener);
    return () => removeEventListener('popstate', listener);
  },
  title: (text) => {
    document.title = text;
  },
  toTop: () => window.scrollTo({ top: 0 }),
  focusField: (name) => document.querySelector<HTMLElement>(`#contact [name="${name}"]`)?.focus(),
  returnTo: () => undefined,
  bringStyles(address) {
    const known = brought.get(address) ?? linkStyles(address);
    brought.set(address, known);
    known.catch(() => brought.delete(address));
    return known;
  },
};

const SurroundingsContext = createContext(ownPage);
export const SurroundingsProvider = SurroundingsContext.Provider;

export function useSurroundings(): Surroundings {
  return useContext(SurroundingsContext);
}
