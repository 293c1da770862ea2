import type { Booking } from '@holdfast/contract/booking';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { WaitingEntry } from '@holdfast/contract/waiting';
import { hydrate, render } from 'preact';
import { App, loadClientPage, loadMyBookings } from './app.tsx';
import type { CameFrom } from './client-page/client-page.tsx';
import { keptLanguage } from './draft-storage.ts';
import { doAgain, stopListening } from './early-deeds.ts';
import { setServerNow } from './server-clock.ts';
import './styles/base.css';
import './styles/layout.css';
import './styles/choices.css';
import './embed/inside.css';
import { ownPage } from './surroundings.ts';
import { knownLanguage, loadWords, pageWords } from './words.tsx';

/** The server writes what the page is about into it, so that nothing has to be asked for before the first sight. */
function inlined<T>(id: string): T | null {
  const written = document.getElementById(id)?.textContent;
  return written ? (JSON.parse(written) as T) : null;
}

async function start(): Promise<void> {
  const page = inlined<LocationPage>('page');
  const booking = inlined<Booking>('booking');
  const root = document.getElementById('app');
  const about = booking ?? page;
  if (!root || !about) return;
  const entry = page && inlined<WaitingEntry>('waiting');
  if (entry) return (await import('./waiting/show-entry.tsx')).showEntry(root, entry, page);
  setServerNow(about.now);
  const query = new URLSearchParams(location.search);
  const language = knownLanguage(query.get('language')) ?? knownLanguage(keptLanguage()) ?? knownLanguage(document.documentElement.lang) ?? 'en';
  const place = { currency: page?.location.currency ?? booking?.currency ?? 'EUR', timeZone: about.location.timeZone };
  const from = query.get('from');
  const cameFrom: CameFrom = from === 'payment' || from === 'payment-cancelled' ? from : null;
  if (booking && cameFrom) history.replaceState(null, '', location.pathname); // a reload later is not a return from the provider
  // before the first sight, so that nothing jumps; only the demo carries it
  const demo = about.chain.demo ? import('./parts/demo-banner.tsx') : null;
  const clientPage = booking ? loadClientPage(ownPage) : null;
  const mine = document.getElementById('mine') ? loadMyBookings(ownPage) : null;
  const words = await loadWords(language, place, ...(booking || mine ? pageWords : []));
  const banner = (await demo)?.DemoBanner ?? null;
  const own = (await clientPage)?.ClientPage ?? null;
  const myBookings = await mine;
  if (page && query.has('preview') && parent !== window) return (await import('./preview.tsx')).showDrafts(root, page, words);
  const app = (
    <App page={page} booking={booking} words={words} place={place} from={cameFrom} banner={banner} clientPage={own} myBookings={myBookings} />
  );
  const { later } = document.documentElement.dataset;
  const isDrawn = root.firstChild && later === undefined && words.language === document.documentElement.lang;
  // it is to be seen first: taking over is work
  if (isDrawn && document.visibilityState === 'visible') await new Promise(requestAnimationFrame);
  const early = stopListening(window.holdfastEarly, root);
  if (isDrawn) {
    hydrate(app, root);
    delete document.documentElement.dataset['early'];
    await doAgain(early);
    return;
  }
  root.replaceChildren();
  const { dataset } = document.documentElement;
  for (const one of ['later', 'early']) delete dataset[one];
  render(app, root);
}

// The browser may bring a page back as it was when it left: a booking may have been paid since.
addEventListener('pageshow', (event) => event.persisted && location.reload());
void start();
