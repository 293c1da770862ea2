import type { Booking } from '@holdfast/contract/booking';
import { directionOf } from '@holdfast/contract/client-language';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { ComponentType } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { askLocationPage, ours, type Trouble } from './api.ts';
import { BookingFlow } from './booking-flow.tsx';
import type { CameFrom, ClientPage as ClientPageShape } from './client-page/client-page.tsx';
import { keepLanguage } from './draft-storage.ts';
import { happened } from './happenings.ts';
import type MyBookingsShape from './my-bookings/my-bookings.tsx';
import { PageFrame } from './parts/page-frame.tsx';
import laterStyles from './styles/later.css?url';
import { type Surroundings, useSurroundings } from './surroundings.ts';
import { wearColors } from './wear-colors.ts';
import { type Language, loadWords, type Place, pageWords, type Words, WordsProvider } from './words.tsx';

/** A piece of its own: whoever is choosing a time does not wait for it. */
export async function loadClientPage(around: Surroundings): Promise<{ ClientPage: typeof ClientPageShape }> {
  const [piece] = await Promise.all([import('./client-page/client-page.tsx'), around.bringStyles(laterStyles)]);
  return piece;
}

/** All bookings of one telephone, likewise. */
export async function loadMyBookings(around: Surroundings): Promise<typeof MyBookingsShape> {
  const [piece] = await Promise.all([import('./my-bookings/my-bookings.tsx'), around.bringStyles(laterStyles)]);
  return piece.default;
}

interface Props {
  page: LocationPage | null;
  booking: Booking | null;
  words: Words;
  place: Place;
  from: CameFrom;
  banner: ComponentType | null;
  /** The client's own page, where it is shown at once. */
  clientPage: typeof ClientPageShape | null;
  /** Instead of the way to a booking: all that was booked with one telephone. */
  myBookings?: typeof MyBookingsShape | null;
}

/** Either the way to a booking or the client's own page of one; the first becomes the second without a reload. */
export function App({ page: firstPage, booking: firstBooking, words: firstWords, place, from, banner, clientPage, myBookings: MyBookings }: Props) {
  const around = useSurroundings();
  const [words, setWords] = useState(firstWords);
  const [page, setPage] = useState(firstPage);
  const [booked, setBooked] = useState<{ booking: Booking; trouble: Trouble | null; ClientPage: typeof ClientPageShape } | null>(
    firstBooking && clientPage && { booking: firstBooking, trouble: null, ClientPage: clientPage },
  );
  const owner = booked?.booking ?? page;
  const look = booked?.booking.link.look ?? page?.widget.look;

  useEffect(() => {
    around.stage.lang = words.language;
    around.stage.dir = directionOf(words.language);
  }, [words]);

  // before anything is painted in other colours
  useLayoutEffect(() => wearColors(around.stage, look?.colors ?? null), [look]);

  useEffect(() => {
    if (page && !booked && !MyBookings) {
      happened({ kind: 'loaded', page });
      if (/[?&]from=locations(&|$)/.test(around.query)) happened({ kind: 'told', name: 'location_selected', page, once: page.location.slug });
    }
    const stage = around.embedded ? around.stage : document.getElementById('app');
    // nobody waits for it, and nobody misses it
    if (stage) import('./telling/tell-others.ts').then(({ tellOthers }) => tellOthers(stage, words.language)).catch(() => undefined);
  }, []);

  const speak = async (language: Language) => {
    keepLanguage(language);
    setWords(await loadWords(language, place));
    // the salon's own words, such as its terms, may be there in that language too
    await readAgain(language);
  };
  const readAgain = async (language: Language) => {
    if (!page) return null;
    const answer = await askLocationPage({ chain: page.chain.slug, location: page.location.slug }, language, page.widget.link);
    if (!answer.ok) return null;
    setPage(answer.value);
    return answer.value;
  };
  const onBooked = async (booking: Booking, trouble: Trouble | null) => {
    around.showBooking(booking.token);
    try {
      const [spoken, clientPage] = await Promise.all([loadWords(words.language, place, ...pageWords), loadClientPage(around)]);
      setWords(spoken);
      setBooked({ booking, trouble, ...clientPage });
    } catch {
      // the line broke just now: the server writes the same page
      location.assign(ours(`/b/${booking.token}`));
    }
  };

  if (!owner) return null;
  return (
    <WordsProvider value={words}>
      <PageFrame
        chain={owner.chain}
        location={owner.location}
        logo={look?.logo ?? null}
        banner={banner}
        {...(page ? { otherLocations: page.otherLocations, offeredLanguages: page.location.languages } : {})}
        onLanguage={(language) => void speak(language)}
      >
        {booked ? (
          <booked.ClientPage initial={booked.booking} from={from} startTrouble={booked.trouble} />
        ) : (
          page &&
          (MyBookings ? (
            <MyBookings page={page} at={{ chain: page.chain.slug, location: page.location.slug }} />
          ) : (
            <BookingFlow
              page={page}
              at={{ chain: page.chain.slug, location: page.location.slug }}
              onBooked={(...made) => void onBooked(...made)}
              onOutdated={() => readAgain(words.language)}
            />
          ))
        )}
      </PageFrame>
    </WordsProvider>
  );
}
