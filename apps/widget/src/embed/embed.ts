import { askedEarly } from './asked-early.ts';
import { type ComeBack, comeBackOf } from './come-back.ts';
import elementCss from './element.css?inline';
import { embedWords } from './embed-words.ts';
import { historyOf, type Kept } from './history-of.ts';
import { lockScroll } from './lock-scroll.ts';
import { sheetOf } from './style-sheets.ts';

const settings = ['mode', 'link', 'service', 'staff', 'event', 'language', 'label'] as const;

let house = '';
let styles: readonly string[] = [];
let cameBack: ComeBack | null = null;

/**
 * Called by the script tag's own few lines: `script` is that tag, `from` our origin, `sheets` the addresses of the widget's styles, `asked` what these lines asked
 * for already, by its address.
 */
export function begin(script: HTMLScriptElement | null, from: string, sheets: readonly string[], asked: Record<string, Promise<Response>>): void {
  Object.assign(askedEarly, asked);
  if (!customElements.get('holdfast-booking')) {
    house = from;
    styles = sheets;
    cameBack = comeBackOf(location.href);
    customElements.define('holdfast-booking', HoldfastBooking);
    // the widget that was left is not on the page any more: any of ours shows the booking
    const anyOfOurs = () => cameBack && document.querySelector<HoldfastBooking>('holdfast-booking')?.resume(cameBack);
    if (document.readyState === 'complete') setTimeout(anyOfOurs);
    else addEventListener('load', () => setTimeout(anyOfOurs));
  }
  const place = script?.dataset['holdfast'];
  if (!script || !place) return;
  const element = document.createElement('holdfast-booking');
  element.setAttribute('place', place);
  for (const name of settings) {
    const value = script.dataset[name];
    if (value !== undefined) element.setAttribute(name, value);
  }
  if (document.head.contains(script)) document.body.append(element);
  else script.after(element);
  // the page's style sheet may have kept the place until now
  script.style.display = 'none';
}

/** `<holdfast-booking place="chain/location" mode="inline|button|popup">`: the booking widget on anybody's page, behind a shadow root. */
class HoldfastBooking extends HTMLElement {
  #leave: (() => void) | undefined;
  #dialog: HTMLDialogElement | undefined;
  #unlock: (() => void) | undefined;
  #loaded = false;

  get #key(): string {
    return ['place', ...settings.slice(0, 5)].map((name) => this.getAttribute(name) ?? '').join('~');
  }
  get #words() {
    return embedWords(this.getAttribute('language'), document.documentElement.lang, navigator.language);
  }

  connectedCallback(): void {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheetOf(elementCss)];
    const mode = this.getAttribute('mode') ?? 'inline';
    this.setAttribute('mode', mode);
    if (mode !== 'inline') this.#offer(root);
    if (cameBack?.place === this.#key) {
      this.resume(cameBack);
      return;
    }
    const kept = historyOf(this.#key).read();
    if (mode === 'inline') void this.#load(root, kept.booking);
    else if (kept.open) this.#reveal();
  }

  disconnectedCallback(): void {
    this.#unlock?.();
    this.#leave?.();
  }

  /** Who has paid, or not, sees where their booking stands, in the very place they left. */
  resume(back: ComeBack): void {
    cameBack = null;
    const root = this.shadowRoot;
    if (!root) return;
    const own = historyOf(this.#key);
    const inDialog = this.#dialog !== undefined;
    // where a membership was bought for it, the booking goes on where it was left
    own.replace({ ...(back.token ? { booking: back.token } : { step: 'membership' }), ...(inDialog ? { open: true } : {}) }, back.url);
    if (inDialog) this.#reveal(back);
    else {
      void this.#load(root, back.token ?? undefined, back.from);
      this.scrollIntoView({ block: 'start' });
    }
  }

  /** A button, and the window it opens. */
  #offer(root: ShadowRoot): void {
    const { open, close, language } = this.#words;
    const label = this.getAttribute('label') || open;
    const opener = document.createElement('button');
    opener.type = 'button';
    opener.className = 'opener';
    opener.setAttribute('part', 'button');
    opener.textContent = label;
    opener.lang = language;
    opener.addEventListener('click', () => this.#open());
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
    cross.addEventListener('click', () => this.#close());
    dialog.append(cross);
    dialog.addEventListener('cancel', (event) => {
      if (event.target !== dialog) return;
      event.preventDefault();
      this.#close();
    });
    dialog.addEventListener('click', (event) => event.target === dialog && this.#close());
    root.append(opener, dialog);
    this.#dialog = dialog;
    addEventListener('popstate', () => {
      const { open: wanted } = historyOf(this.#key).read();
      if (wanted && !dialog.open) this.#reveal();
      else if (!wanted && dialog.open) this.#hide();
    });
  }

  #open(): void {
    historyOf(this.#key).push({ open: true, base: 1 });
    this.#reveal();
  }

  #reveal(back?: ComeBack): void {
    const dialog = this.#dialog;
    if (!dialog || dialog.open) return;
    dialog.showModal();
    this.#unlock = lockScroll();
    const kept: Kept = historyOf(this.#key).read();
    if (!this.#loaded || back) void this.#load(dialog, back?.token ?? kept.booking, back?.from);
    this.#tell('opened');
  }

  #hide(): void {
    this.#dialog?.close();
    this.#unlock?.();
    this.#tell('closed');
  }

  /** What was opened and stepped through lies behind in the history: closing goes back over all of it. */
  #close(): void {
    const own = historyOf(this.#key);
    const { base = 0, depth = 0 } = own.read();
    this.#hide();
    if (base > 0) history.go(-(base + depth));
    else own.replace(undefined);
  }

  async #load(into: ShadowRoot | HTMLDialogElement, token: string | undefined, from: ComeBack['from'] | null = null): Promise<void> {
    this.#leave?.();
    this.#loaded = true;
    into.querySelector('.stage')?.remove();
    const stage = document.createElement('div');
    stage.className = 'stage waiting';
    stage.setAttribute('aria-busy', 'true');
    into.append(stage);
    try {
      const { mount } = await import('./embedded.tsx');
      this.#leave = await mount(stage, {
        house,
        styles,
        root: this.shadowRoot as ShadowRoot,
        at: this.#at(),
        link: this.getAttribute('link'),
        query: this.#query(),
        language: this.getAttribute('language'),
        key: this.#key,
        booking: token ? { token, from } : null,
        scroller: this.#dialog ?? null,
      });
    } catch {
      this.#loaded = false;
      stage.textContent = this.#words.trouble;
    }
  }

  #at() {
    const [chain = '', location = ''] = (this.getAttribute('place') ?? '').split('/');
    return { chain, location };
  }

  #query(): string {
    const asked = new URLSearchParams();
    for (const name of ['service', 'staff', 'event'] as const) {
      const value = this.getAttribute(name);
      if (value) asked.set(name, value);
    }
    return `?${asked}`;
  }

  #tell(name: 'opened' | 'closed'): void {
    this.dispatchEvent(new CustomEvent(`holdfast:${name}`, { bubbles: true, composed: true }));
  }
}
