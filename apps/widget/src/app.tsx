import type { Booking } from '@holdfast/contract/booking';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { askLocationPage, type Trouble } from './api.ts';
import { BookingFlow } from './booking-flow.tsx';
import { type CameFrom, ClientPage } from './client-page/client-page.tsx';
import { keepLanguage } from './draft-storage.ts';
import { PageFrame } from './parts/page-frame.tsx';
import { type Language, loadWords, type Place, type Words, WordsProvider } from './words.tsx';

interface Props {
  page: LocationPage | null;
  booking: Booking | null;
  words: Words;
  place: Place;
  from: CameFrom;
  banner: ComponentType | null;
}

/** Either the way to a booking or the client's own page of one; the first becomes the second without a reload. */
export function App({ page: firstPage, booking: firstBooking, words: firstWords, place, from, banner }: Props) {
  const [words, setWords] = useState(firstWords);
  const [page, setPage] = useState(firstPage);
  const [booked, setBooked] = useState<{ booking: Booking; trouble: Trouble | null } | null>(
    firstBooking && { booking: firstBooking, trouble: null },
  );
  const owner = booked?.booking ?? page;

  useEffect(() => {
    document.documentElement.lang = words.language;
  }, [words]);

  const speak = async (language: Language) => {
    keepLanguage(language);
    setWords(await loadWords(language, place));
    if (!page) return;
    // the salon's own words, such as its terms, may be there in that language too
    const answer = await askLocationPage({ chain: page.chain.slug, location: page.location.slug }, language);
    if (answer.ok) setPage(answer.value);
  };
  const onBooked = (booking: Booking, trouble: Trouble | null) => {
    history.replaceState(null, '', `/b/${booking.token}`);
    setBooked({ booking, trouble });
  };

  if (!owner) return null;
  return (
    <WordsProvider value={words}>
      <PageFrame
        chain={owner.chain}
        location={owner.location}
        banner={banner}
        {...(page ? { otherLocations: page.otherLocations, offeredLanguages: page.location.languages } : {})}
        onLanguage={(language) => void speak(language)}
      >
        {booked ? (
          <ClientPage initial={booked.booking} from={from} startTrouble={booked.trouble} />
        ) : (
          page && <BookingFlow page={page} at={{ chain: page.chain.slug, location: page.location.slug }} onBooked={onBooked} />
        )}
      </PageFrame>
    </WordsProvider>
  );
}
