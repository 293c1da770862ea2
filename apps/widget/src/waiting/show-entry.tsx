import type { LocationPage } from '@holdfast/contract/location-page';
import type { WaitingEntry } from '@holdfast/contract/waiting';
import { render } from 'preact';
import { keptLanguage } from '../draft-storage.ts';
import { setServerNow } from '../server-clock.ts';
import laterStyles from '../styles/later.css?url';
import { ownPage } from '../surroundings.ts';
import { knownLanguage, loadWords } from '../words.tsx';
import { EntryOnPage, wordsOfEntry } from './entry-on-page.tsx';

/** The page of somebody who waits, from what the server has written into it. */
export async function showEntry(root: HTMLElement, entry: WaitingEntry, page: LocationPage): Promise<void> {
  setServerNow(entry.now);
  const place = { currency: page.location.currency, timeZone: page.location.timeZone };
  const asked = knownLanguage(new URLSearchParams(location.search).get('language'));
  const language = asked ?? knownLanguage(keptLanguage()) ?? knownLanguage(entry.language) ?? 'en';
  const demo = page.chain.demo ? import('../parts/demo-banner.tsx') : null;
  const [words] = await Promise.all([loadWords(language, place, ...wordsOfEntry), ownPage.bringStyles(laterStyles)]);
  const banner = (await demo)?.DemoBanner ?? null;
  root.replaceChildren();
  render(<EntryOnPage entry={entry} page={page} words={words} banner={banner} />, root);
}
