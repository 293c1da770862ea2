import { askedEarly } from './asked-early.ts';
import { type ComeBack, comeBackOf } from './come-back.ts';
import type { Ahead, Drawn, DrawnElement } from './drawn.ts';
import { saidIn } from './embed-words.ts';
import { historyOf } from './history-of.ts';
import type { Offer } from './offer.ts';
import placeCss from './place.css?inline';
import { keepSheet, sheetOf } from './style-sheets.ts';

const settings = ['mode', 'link', 'service', 'staff', 'event', 'language', 'label'] as const;
const trouble = {
  en: { text: 'Booking does not load just now.' },
  uk: { text: 'Онлайн-запис зараз не завантажується.' },
  pt: { text: 'A marcação não está a carregar.' },
  ar: { text: 'تعذّر تحميل الحجز حاليًا.' },
};

let house = '';
let styles: readonly string[] = [];
let cameBack: ComeBack | null = null;

/** Called by the script tag's own few lines (tag.ts): `from` is our origin, `sheets` the addresses of the widget's styles. */
export function begin(from: string, sheets: readonly string[], { asked, sheet }: Ahead): void {
  Object.assign(askedEarly, asked);
  if (sheet) keepSheet(sheet.address, sheet.worn);
  if (customElements.get('holdfast-booking')) return;
  house = from;
  styles = sheets;
  cameBack = comeBackOf(location.href);
  customElements.define('holdfast-booking', HoldfastBooking);
  // the widget that was left is not on the page any more: any of ours shows the booking
  const anyOfOurs = () => cameBack && document.querySelector<HoldfastBooking>('holdfast-booking')?.resume(cameBack);
  if (document.readyState === 'complete') setTimeout(anyOfOurs);
  else addEventListener('load', () => setTimeout(anyOfOurs));
}

/** `<holdfast-booking place="chain/location" mode="inline|button|popup">`: the booking widget on anybody's page, behind a shadow root. */
class HoldfastBooking extends HTMLElement implements DrawnElement {
  // on it before it was one of these
  declare drawn?: Drawn;
  #leave: (() => void) | undefined;
  #offered: Promise<Offer> | undefined;
  #loaded = false;

  get #key(): string {
    return ['place', ...settings.slice(0, 5)].map((name) => this.getAttribute(name) ?? '').join('~');
  }

  connectedCallback(): void {
    const { drawn } = this;
    delete this.drawn;
    if (this.shadowRoot && !drawn) return;
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets.unshift(sheetOf(placeCss));
    const mode = this.getAttribute('mode') ?? 'inline';
    this.setAttribute('mode', mode);
    const kept = historyOf(this.#key).read();
    if (mode !== 'inline') {
      this.#offered = import('./offer.ts').then(({ offer }) =>
        offer(this, root, this.#key, { say: (texts) => saidIn(texts, this), opened: () => this.#fillWindow(null) }),
      );
      if (kept.open && cameBack?.place !== this.#key) void this.#offered.then(({ reveal }) => reveal());
    }
    if (cameBack?.place === this.#key) this.resume(cameBack);
    else if (mode === 'inline') void this.#load(root, kept.booking, null, drawn);
  }

  disconnectedCallback(): void {
    void this.#offered?.then(({ leave }) => leave());
    this.#leave?.();
  }

  /** Who has paid, or not, sees where their booking stands, in the very place they left. */
  resume(back: ComeBack): void {
    cameBack = null;
    const root = this.shadowRoot;
    if (!root) return;
    const own = historyOf(this.#key);
    // where a membership was bought for it, the booking goes on where it was left
    own.replace({ ...(back.token ? { booking: back.token } : { step: 'membership' }), ...(this.#offered ? { open: true } : {}) }, back.url);
    if (this.#offered) this.#fillWindow(back);
    else {
      void this.#load(root, back.token ?? undefined, back.from);
      this.scrollIntoView({ block: 'start' });
    }
  }

  /** What is in the window that a button opens, and the window open where somebody comes back. */
  #fillWindow(back: ComeBack | null): void {
    void this.#offered?.then(({ dialog, reveal }) => {
      if (!this.#loaded || back) void this.#load(dialog, back?.token ?? historyOf(this.#key).read().booking, back?.from);
      if (back) reveal();
    });
  }

  async #load(into: ShadowRoot | HTMLDialogElement, token: string | undefined, from: ComeBack['from'] | null = null, drawn?: Drawn): Promise<void> {
    this.#leave?.();
    this.#loaded = true;
    const stage = drawn?.stage ?? waitingIn(into);
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
        scroller: into instanceof HTMLDialogElement ? into : null,
        drawn: drawn ?? null,
      });
    } catch {
      this.#loaded = false;
      stage.textContent = saidIn(trouble, this).text;
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
}

function waitingIn(into: ShadowRoot | HTMLDialogElement): HTMLElement {
  into.querySelector('.stage')?.remove();
  const stage = document.createElement('div');
  stage.className = 'stage waiting';
  stage.setAttribute('aria-busy', 'true');
  into.append(stage);
  return stage;
}
