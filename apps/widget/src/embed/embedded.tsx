import type { Booking } from '@holdfast/contract/booking';
import type { LocationPage } from '@holdfast/contract/location-page';
import { hydrate, render } from 'preact';
import { type Answer, askBooking, askLocationPage, comeFrom, type LocationAddress, type Trouble } from '../api.ts';
import { App, loadClientPage } from '../app.tsx';
import type { CameFrom } from '../client-page/client-page.tsx';
import { keptLanguage } from '../draft-storage.ts';
import { doAgain, stopListening } from '../early-deeds.ts';
import { TroubleNotice } from '../parts/trouble-notice.tsx';
import { setServerNow } from '../server-clock.ts';
import { type Surroundings, SurroundingsProvider } from '../surroundings.ts';
import { knownLanguage, loadWords, pageWords, WordsProvider } from '../words.tsx';
import type { Drawn } from './drawn.ts';
import { followLinks, leadTo, type Ways } from './follow-links.ts';
import { historyOf } from './history-of.ts';
import { fetchSheet, wear } from './style-sheets.ts';
import { surroundingsOf } from './surroundings-of.ts';

export interface Embedding {
  readonly house: string;
  readonly styles: readonly string[];
  readonly root: ShadowRoot;
  readonly at: LocationAddress;
  readonly link: string | null;
  readonly query: string;
  readonly language: string | null;
  /** Names this widget among those on the page. */
  readonly key: string;
  readonly booking: { readonly token: string; readonly from: CameFrom } | null;
  /** What scrolls, where it is not the page. */
  readonly scroller: HTMLElement | null;
  /** The first step stands there already. */
  readonly drawn: Drawn | null;
}

/** Shows the widget on `stage`; answers how to take it away again. */
export async function mount(stage: HTMLElement, how: Embedding): Promise<() => void> {
  comeFrom(how.house);
  const own = historyOf(how.key);
  const language =
    knownLanguage(how.language) ??
    knownLanguage(keptLanguage()) ??
    knownLanguage(document.documentElement.lang) ??
    knownLanguage(navigator.language) ??
    'en';
  // most likely what is going to be said: nothing waits for it yet
  loadWords(language, { currency: 'EUR', timeZone: 'UTC' }).catch(() => undefined);
  const sheets = Promise.all(how.drawn ? [] : how.styles.map((one) => fetchSheet(how.house + one)));
  let round = 0;
  let { drawn } = how;

  /** `spoken`: what is drawn is the first step in this language. */
  const draw = (around: Surroundings, content: preact.JSX.Element, spoken?: string) => {
    const whole = (
      <SurroundingsProvider key={++round} value={around}>
        {content}
      </SurroundingsProvider>
    );
    if (!drawn) return render(whole, stage);
    const early = stopListening(drawn, stage);
    const isTheSame = stage.lang === spoken;
    drawn = null;
    delete stage.dataset['early'];
    if (!isTheSame) stage.replaceChildren();
    (isTheSame ? hydrate : render)(whole, stage);
    if (isTheSame) void doAgain(early);
  };
  const troubled = async (trouble: Trouble, again: () => void) =>
    draw(
      aroundFor('?'),
      <WordsProvider value={await loadWords(language, { currency: 'EUR', timeZone: 'UTC' })}>
        <TroubleNotice trouble={trouble} retry={again} />
      </WordsProvider>,
    );

  async function choose(query: string): Promise<void> {
    const answer = await askLocationPage(how.at, language, how.link ?? undefined);
    if (!answer.ok) return troubled(answer.trouble, () => void choose(query));
    await show(query, answer.value, null, null);
  }
  async function open(token: string, from: CameFrom): Promise<void> {
    const answer: Answer<Booking> = await askBooking(token);
    if (!answer.ok) return troubled(answer.trouble, () => void open(token, from));
    const { waiting: _, ...kept } = own.read();
    own.replace({ ...kept, booking: token });
    await show('?', null, answer.value, from);
  }
  async function show(query: string, page: LocationPage | null, booking: Booking | null, from: CameFrom): Promise<void> {
    const about = booking ?? page;
    if (!about) return;
    setServerNow(about.now);
    const place = { currency: page?.location.currency ?? booking?.currency ?? 'EUR', timeZone: about.location.timeZone };
    const offered = page?.location.languages;
    const spoken = !offered || offered.includes(language) ? language : (knownLanguage(page.location.defaultLanguage) ?? 'en');
    const words = await loadWords(spoken, place, ...(booking ? pageWords : []));
    const around = aroundFor(query);
    const clientPage = booking ? (await loadClientPage(around)).ClientPage : null;
    draw(
      around,
      <App page={page} booking={booking} words={words} place={place} from={from} banner={null} clientPage={clientPage} />,
      booking ? undefined : spoken,
    );
  }

  /** Somebody's place in a line. */
  async function wait(token: string): Promise<void> {
    try {
      const { openEntry } = await import('../waiting/open-entry.tsx');
      const around = aroundFor('?');
      const opened = await openEntry(token, language, around);
      if ('kind' in opened) return troubled(opened, () => void wait(token));
      const { booking: _, step: __, ...kept } = own.read();
      own.replace({ ...kept, waiting: token });
      draw(around, opened);
    } catch {
      return troubled({ kind: 'offline' }, () => void wait(token));
    }
  }

  const ways: Ways = {
    choose: (query, mark) => {
      const { booking: _, step: __, waiting: ___, ...kept } = own.read();
      own.replace({ ...kept, ...(mark ? { step: mark } : {}) });
      void choose(query);
    },
    open: (token) => void open(token, null),
    wait: (token) => void wait(token),
  };
  function aroundFor(query: string): Surroundings {
    return surroundingsOf(stage, how, query, (path) => {
      const url = new URL(path, how.house);
      if (!leadTo(url, how, ways)) location.assign(url);
    });
  }
  const forget = followLinks(stage, how, ways);
  // The browser may bring the page back as it was when it left for the payment: how does the booking stand now?
  const shownAgain = (event: PageTransitionEvent) => {
    const { booking } = own.read();
    if (event.persisted && booking) void open(booking, null);
  };
  addEventListener('pageshow', shownAgain);

  const { waiting } = own.read();
  const first = how.booking ? open(how.booking.token, how.booking.from) : waiting ? wait(waiting) : choose(how.query);
  for (const sheet of await sheets) wear(how.root, sheet);
  await first;
  stage.classList.remove('waiting');
  stage.removeAttribute('aria-busy');
  return () => {
    forget();
    removeEventListener('pageshow', shownAgain);
    render(null, stage);
  };
}
