import type { LocationPage } from '@holdfast/contract/location-page';
import type { MyBooking } from '@holdfast/contract/my-bookings';
import { useEffect, useState } from 'preact/hooks';
import { type LocationAddress, ours, refusalCode, type Trouble } from '../api.ts';
import { isolated } from '../parts/enter-code.tsx';
import { StepTitle } from '../parts/step-title.tsx';
import { TroubleNotice } from '../parts/trouble-notice.tsx';
import { setServerNow } from '../server-clock.ts';
import { useLookAgain } from '../use-look-again.ts';
import { useWords } from '../words.tsx';
import { askMine, type Mine } from './ask-mine.ts';
import { BookingEntry } from './booking-entry.tsx';
import { MyBalance } from './my-balance.tsx';
import { MyMemberships } from './my-memberships.tsx';
import type { SignIn } from './sign-in.ts';

interface Props {
  at: LocationAddress;
  page: LocationPage;
  signIn: SignIn;
  onLeave: () => void;
  /** A day has passed since the phone was confirmed. */
  onRunOut: () => void;
}

/** Of what was, so many are seen at once. */
const mostPast = 5;

/** What is still to come, the next one first, and what was; each leads to its own page. */
export function BookingList({ at, page, signIn, onLeave, onRunOut }: Props) {
  const { draftId, asked } = signIn;
  const { say } = useWords();
  const [found, setFound] = useState<Mine>();
  const [trouble, setTrouble] = useState<Trouble | null>(null);

  const look = async () => {
    setTrouble(null);
    const answer = await askMine(at, { draftId, phone: asked?.typed ?? '', proof: asked?.proof ?? '' });
    if (answer.ok) {
      setServerNow(answer.value.bookings.now);
      return setFound(answer.value);
    }
    if (refusalCode(answer.trouble) === 'phone_not_confirmed') return onRunOut();
    setTrouble(answer.trouble);
  };
  useEffect(() => void look(), []);
  // whoever comes back from a booking's own page may have moved or cancelled it
  useLookAgain(look);

  const { upcoming = [], past = [] } = found?.bookings ?? {};
  return (
    <div class="my">
      <StepTitle focusKey="my-list">{say('my.title')}</StepTitle>
      <p class="my-who">
        <span class="muted">{say('my.booked_with', { phone: isolated(asked?.shown ?? '') })}</span>
        <button type="button" class="link" onClick={onLeave}>
          {say('my.sign_out')}
        </button>
      </p>
      {!found && !trouble && <div class="bone bone-block" role="status" aria-label={say('page.loading')} />}
      {trouble && <TroubleNotice trouble={trouble} retry={() => void look()} />}
      {found && upcoming.length + past.length === 0 && <p class="empty">{say('my.none')}</p>}
      {upcoming.length > 0 && (
        <section aria-labelledby="my-upcoming">
          <h2 id="my-upcoming">{say('my.upcoming')}</h2>
          <Entries of={upcoming} upcoming />
        </section>
      )}
      {found && <MyMemberships at={at} page={page} signIn={signIn} mine={found.memberships} />}
      {found && <MyBalance balance={found.balance} />}
      {past.length > 0 && (
        <section aria-labelledby="my-past">
          <h2 id="my-past">{say('my.past')}</h2>
          <Entries of={past.slice(0, mostPast)} />
          {past.length > mostPast && (
            <details class="disclosure">
              <summary>{say('my.earlier', { count: past.length - mostPast })}</summary>
              <Entries of={past.slice(mostPast)} />
            </details>
          )}
        </section>
      )}
      {found && (
        <p>
          <a class="button button-quiet" href={ours(`/book/${page.chain.slug}/${page.location.slug}`)}>
            {say('my.book')}
          </a>
        </p>
      )}
    </div>
  );
}

function Entries({ of, upcoming = false }: { of: readonly MyBooking[]; upcoming?: boolean }) {
  return (
    <ul class="my-list">
      {of.map((one) => (
        <BookingEntry key={one.appointmentId} booking={one} upcoming={upcoming} />
      ))}
    </ul>
  );
}
