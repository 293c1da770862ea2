import type { Ahead, Drawn, DrawnElement } from './drawn.ts';

/** The widget's pieces, as the build has named them. */
interface Pieces {
  readonly embed: string;
  /** What a widget needs that stands in the page, and a button. */
  readonly needs: readonly string[];
  readonly offer: readonly string[];
  readonly sheets: readonly string[];
  /** By language. */
  readonly words: Readonly<Record<string, string>>;
}

/** What the server has drawn for one place (apps/server/src/channels/partner-sight.ts). */
interface Sight {
  /** `chain/location` */
  readonly place: string;
  readonly link: string;
  readonly language: string;
  readonly direction: string;
  /** What the salon speaks, and what it speaks to everybody else. */
  readonly spoken: readonly string[];
  readonly otherwise: string;
  /** The location's page, as JSON. */
  readonly page: string;
  /** All that it wears, fitted to somebody else's page that may be dark. */
  readonly style: string;
  /** The first step; empty: the page does not begin with its services. */
  readonly html: string;
}

// The server writes both in front of these lines.
declare const pieces: Pieces;
declare const sight: Sight | null;

interface Embed {
  begin(house: string, sheets: readonly string[], ahead: Ahead): void;
}

type Policies = { createPolicy(name: string, rules: { createHTML(html: string): string }): { createHTML(html: string): string } };

/**
 * What a partner's page names: these few lines run by themselves, as a script of the old kind, because only such a one knows its own tag. They put the element on the
 * page and fetch the rest by names that carry their content. Nothing may be imported here: it would be one more answer to wait for.
 */
const script = (document.currentScript ?? document.querySelector('script[src$="/embed.js"],script[src*="/embed.js?"]')) as HTMLScriptElement;
const house = new URL(script.src).origin;
const { holdfast: place, mode = 'inline', link = '', language: wished, service, staff, event } = script.dataset;
const asked: Record<string, Promise<Response>> = {};
let sheet: Ahead['sheet'] = null;

function kept(name: string): string | null {
  try {
    return sessionStorage.getItem(`holdfast:${name}`);
  } catch {
    return null; // storage is forbidden: nothing is kept
  }
}

function preload(files: readonly string[]): void {
  for (const file of files) {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = `${house}/widget/${file}`;
    document.head.append(link);
  }
}

/** Shown at once: its pieces, its words, its styles and what can be booked are asked for now, or one would wait for the other. A button may never be pressed. */
function askAhead(at: string): string {
  const known = (tag: string | null | undefined) => (tag ?? '').slice(0, 2).toLowerCase();
  const wanted = [wished, kept('language'), document.documentElement.lang, navigator.language].map(known).find((one) => pieces.words[one]) ?? 'en';
  preload([...pieces.needs, pieces.words[wanted] as string]);
  const page = `${house}/api/v1/locations/${at.split('/').map(encodeURIComponent).join('/')}?${new URLSearchParams({ language: wanted, ...(link && { link }) })}`;
  const speaks = sight?.spoken.includes(wanted) ? wanted : sight?.otherwise;
  const isHere = sight?.place === at && sight.link === link && sight.language === speaks;
  if (sight && isHere) asked[page] = Promise.resolve(new Response(sight.page));
  for (const one of [...(sight ? [] : pieces.sheets.map((name) => house + name)), ...(isHere ? [] : [page])]) {
    asked[one] = fetch(one, { credentials: 'omit' });
    asked[one].catch(() => 0);
  }
  return isHere ? wanted : '';
}

/** The page's own style sheets say whether it is dark, and may still be on their way. */
function wear(style: string): CSSStyleSheet {
  const worn = new CSSStyleSheet();
  const fit = () => {
    const isDark = getComputedStyle(document.documentElement).colorScheme.includes('dark');
    worn.replaceSync(isDark ? style : style.replaceAll(/@media ?\(prefers-color-scheme: ?dark\)/g, '@media not all'));
  };
  fit();
  for (const one of document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')) if (!one.sheet) one.addEventListener('load', fit);
  return worn;
}

/** Nothing flashes by: who comes back into a booking, from a payment or with something chosen already waits for the widget itself. */
function isFresh(at: string): boolean {
  const key = [at, mode, link, service, staff, event].map((one) => one ?? '').join('~');
  const { holdfast } = (history.state ?? {}) as { holdfast?: Record<string, unknown> };
  return !(service || staff || event || holdfast?.[key] || location.href.includes('#holdfast?') || kept(`draft:${at}`));
}

/** The first step, before any of the widget is there; what is done on it meanwhile is written down. */
function draw({ html, language, direction }: Sight, element: DrawnElement, worn: CSSStyleSheet): void {
  const { trustedTypes: policies } = window as { trustedTypes?: Policies };
  const stage = document.createElement('div');
  try {
    stage.innerHTML = policies ? policies.createPolicy('holdfast', { createHTML: (drawn) => drawn }).createHTML(html) : html;
  } catch {
    return; // the page names all that may make elements of a text, and we are not among them
  }
  stage.className = 'stage';
  stage.lang = language;
  stage.dir = direction;
  // whoever is led to a place further down would see it move when what is above is laid out
  if (!location.hash) stage.dataset['early'] = '';
  const deeds: Drawn['deeds'][number][] = [];
  const types = ['click', 'input', 'change'];
  const note = ({ type, target }: Event) => deeds.push({ type, target, value: (target as HTMLInputElement).value });
  for (const type of types) stage.addEventListener(type, note, true);
  const stop = () => {
    for (const type of types) stage.removeEventListener(type, note, true);
  };
  const root = element.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [worn];
  root.append(stage);
  element.drawn = { stage, deeds, stop };
}

function put(element: HTMLElement): void {
  if (document.head.contains(script)) document.body.append(element);
  else script.after(element);
  // the page's style sheet may have kept the place until now
  script.style.display = 'none';
}

if (place) {
  const element: DrawnElement = document.createElement('holdfast-booking');
  element.setAttribute('place', place);
  for (const name of ['link', 'service', 'staff', 'event', 'language', 'label']) {
    const value = script.dataset[name];
    if (value !== undefined) element.setAttribute(name, value);
  }
  element.setAttribute('mode', mode);
  if (mode === 'inline') {
    const isSpoken = askAhead(place);
    if (sight) {
      const worn = wear(sight.style);
      sheet = { address: house + pieces.sheets[0], worn };
      if (isSpoken && sight.html && isFresh(place)) draw(sight, element, worn);
    }
  } else preload(pieces.offer);
  // in the head there is no place of its own, and half a page has no end yet
  if (document.readyState === 'loading' && document.head.contains(script)) document.addEventListener('DOMContentLoaded', () => put(element));
  else put(element);
}
void import(/* @vite-ignore */ `${house}/widget/${pieces.embed}`).then((embed: Embed) => embed.begin(house, pieces.sheets, { asked, sheet }));
