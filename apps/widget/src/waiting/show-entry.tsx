import { directionOf } from '@holdfast/contract/client-language';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { WaitingEntry } from '@holdfast/contract/waiting';
import { type ComponentType, render } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { askLocationPage } from '../api.ts';
import { keepLanguage, keptLanguage } from '../draft-storage.ts';
import { PageFrame } from '../parts/page-frame.tsx';
import { setServerNow } from '../server-clock.ts';
import laterStyles from '../styles/later.css?url';
import { ownPage } from '../surroundings.ts';
import { wearColors } from '../wear-colors.ts';
import { knownLanguage, type Language, loadWords, type Words, WordsProvider } from '../words.tsx';
import { WaitingPage } from './waiting-page.tsx';

const said = ['later-steps', 'client-page', 'waiting'] as const;

/** The page of somebody who waits, from what the server has written into it. */
export async function showEntry(root: HTMLElement, entry: WaitingEntry, page: LocationPage): Promise<void> {
  setServerNow(entry.now);
  const place = { currency: page.location.currency, timeZone: page.location.timeZone };
  const asked = knownLanguage(new URLSearchParams(location.search).get('language'));
  const language = asked ?? knownLanguage(keptLanguage()) ?? knownLanguage(entry.language) ?? 'en';
  const demo = page.chain.demo ? import('../parts/demo-banner.tsx') : null;
  const [words] = await Promise.all([loadWords(language, place, ...said), ownPage.bringStyles(laterStyles)]);
  const banner = (await demo)?.DemoBanner ?? null;
  root.replaceChildren();
  render(<EntryOnPage entry={entry} page={page} words={words} banner={banner} />, root);
}

interface Props {
  entry: WaitingEntry;
  page: LocationPage;
  words: Words;
  banner: ComponentType | null;
}

function EntryOnPage({ entry, page: firstPage, words: firstWords, banner }: Props) {
  const [words, setWords] = useState(firstWords);
  const [page, setPage] = useState(firstPage);

  useEffect(() => {
    ownPage.stage.lang = words.language;
    ownPage.stage.dir = directionOf(words.language);
  }, [words]);
  useLayoutEffect(() => wearColors(ownPage.stage, page.widget.look.colors), [page]);

  const speak = async (language: Language) => {
    keepLanguage(language);
    setWords(await loadWords(language, { currency: page.location.currency, timeZone: page.location.timeZone }, ...said));
    // the salon's own words, such as its terms, may be there in that language too
    const answer = await askLocationPage({ chain: page.chain.slug, location: page.location.slug }, language, page.widget.link);
    if (answer.ok) setPage(answer.value);
  };
  return (
    <WordsProvider value={words}>
      <PageFrame
        chain={page.chain}
        location={page.location}
        logo={page.widget.look.logo}
        banner={banner}
        offeredLanguages={page.location.languages}
        onLanguage={(language) => void speak(language)}
      >
        <WaitingPage initial={entry} page={page} />
      </PageFrame>
    </WordsProvider>
  );
}
