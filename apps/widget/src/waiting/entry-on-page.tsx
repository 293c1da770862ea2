import { directionOf } from '@holdfast/contract/client-language';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { WaitingEntry } from '@holdfast/contract/waiting';
import type { ComponentType } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { askLocationPage } from '../api.ts';
import { keepLanguage } from '../draft-storage.ts';
import { PageFrame } from '../parts/page-frame.tsx';
import { useSurroundings } from '../surroundings.ts';
import { wearColors } from '../wear-colors.ts';
import { type Language, loadWords, type Words, WordsProvider } from '../words.tsx';
import { WaitingPage } from './waiting-page.tsx';

export const wordsOfEntry = ['later-steps', 'client-page', 'waiting'] as const;

interface Props {
  entry: WaitingEntry;
  page: LocationPage;
  words: Words;
  banner: ComponentType | null;
}

/** The page of somebody who waits, wherever it stands. */
export function EntryOnPage({ entry, page: firstPage, words: firstWords, banner }: Props) {
  const around = useSurroundings();
  const [words, setWords] = useState(firstWords);
  const [page, setPage] = useState(firstPage);

  useEffect(() => {
    around.stage.lang = words.language;
    around.stage.dir = directionOf(words.language);
  }, [words]);
  useLayoutEffect(() => wearColors(around.stage, page.widget.look.colors), [page]);

  const speak = async (language: Language) => {
    keepLanguage(language);
    setWords(await loadWords(language, { currency: page.location.currency, timeZone: page.location.timeZone }, ...wordsOfEntry));
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
