import type { JSX } from 'preact';
import { askLocationPage, type Trouble } from '../api.ts';
import { setServerNow } from '../server-clock.ts';
import laterStyles from '../styles/later.css?url';
import type { Surroundings } from '../surroundings.ts';
import { type Language, loadWords } from '../words.tsx';
import { EntryOnPage, wordsOfEntry } from './entry-on-page.tsx';
import { askEntry } from './waiting-api.ts';

/** The page of somebody who waits, on somebody else's page, where nothing of it is written yet. */
export async function openEntry(token: string, language: Language, around: Surroundings): Promise<JSX.Element | Trouble> {
  const entry = await askEntry(token);
  if (!entry.ok) return entry.trouble;
  const { chain, location, linkSlug, now } = entry.value;
  const page = await askLocationPage({ chain: chain.slug, location: location.slug }, language, linkSlug);
  if (!page.ok) return page.trouble;
  setServerNow(now);
  const { currency, timeZone } = page.value.location;
  const [words] = await Promise.all([loadWords(language, { currency, timeZone }, ...wordsOfEntry), around.bringStyles(laterStyles)]);
  return <EntryOnPage entry={entry.value} page={page.value} words={words} banner={null} />;
}
