import type { LocationPage } from '@holdfast/contract/location-page';
import type { MyBooking, MyBookings } from '@holdfast/contract/my-bookings';
import { useEffect, useState } from 'preact/hooks';
import { askMyBookings, calendarFile, type LocationAddress, ours, refusalCode, type Trouble } from '../api.ts';
import { isolated } from '../parts/enter-code.tsx';
import { Icon } from '../parts/icon.tsx';
import { StepTitle } from '../parts/step-title.tsx';
import { TroubleNotice } from '../parts/trouble-notice.tsx';
import { onClockMoved, setServerNow } from '../server-clock.ts';
import { useWords } from '../words.tsx';
import type { SignIn } from './sign-in.ts';

interface Props {
  at: LocationAddress;
  page: LocationPage;
  signIn: SignIn;
  onLeave: () => void;
  /** A day has passed since the phone was confirmed. */
  onRunOut: () => void;
}

/** What is still to come, the next one first, and what was; each leads to its own page. */
export function BookingList({ at, page, signIn: { draftId, asked }, onLeave, onRunOut }: Props) {
  const { say } = useWords();
  const [found, setFound] = useState<MyBookings>();
  const [trouble, setTrouble] = useState<Trouble | null>(null);

  const look = async () => {
    setTrouble(null);
    const answer = await askMyBookings(at, { draftId, phone: asked?.typed ?? '', proof: asked?.proof ?? '' });
    if (answer.ok) {
      setServerNow(answer.value.now);
      return setFound(answer.value);
    }
    if (refusalCode(answer.trouble) === 'phone_not_confirmed') return onRunOut();
    setTrouble(answer.trouble);
  };
  useEffect(() => void look(), []);
  useEffect(() => {
    // whoever comes back from a booking's own page may have moved or cancelled it
    const seen = () => document.visibilityState === 'visible' && void look();
    document.addEventListener('visibilitychange', seen);
    const forget = onClockMoved(() => void look());
    return () => {
      document.removeEventListener('visibilitychange', seen);
      forget();
    };
  }, []);

  const nothing = found && found.upcoming.length + found.past.length === 0;
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
      {nothing && <p class="empty">{say('my.none')}</p>}
      {found && found.upcoming.length > 0 && (
        <section aria-labelledby="my-upcoming">
          <h2 id="my-upcoming">{say('my.upcoming')}</h2>
          <ul class="my-list">
            {found.upcoming.map((one) => (
              <Entry key={one.appointmentId} booking={one} upcoming />
            ))}
          </ul>
        </section>
      )}
      {found && found.past.length > 0 && (
        <section aria-labelledby="my-past">
          <h2 id="my-past">{say('my.past')}</h2>
          <ul class="my-list">
            {found.past.map((one) => (
              <Entry key={one.appointmentId} booking={one} />
            ))}
          </ul>
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

function Entry({ booking, upcoming = false }: { booking: MyBooking; upcoming?: boolean }) {
  const { say, locale } = useWords();
  const { services, places, startsAt, endsAt, staffName, location, status, token } = booking;
  // at the place of each one: a chain may have several in different zones
  const zone = { timeZone: location.timeZone };
  const when = new Intl.DateTimeFormat(locale, {
    ...zone,
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
  const until = new Intl.DateTimeFormat(locale, { ...zone, hour: 'numeric', minute: '2-digit' });
  const name = services.join(' + ') + (places > 1 ? ` × ${places}` : '');
  const gone = status === 'cancelled' || status === 'expired';
  const what = `${name}, ${when.format(new Date(startsAt))}`;
  return (
    <li class="card" data-gone={gone}>
      <div class="card-head">
        <h3>{`${when.format(new Date(startsAt))} – ${until.format(new Date(endsAt))}`}</h3>
        <span class={`state state-${status}`}>{say(`status.${status}`)}</span>
      </div>
      <p>{name}</p>
      <p class="muted">
        {say('card.with', { staff: staffName })} · {[location.name, location.address].filter(Boolean).join(', ')}
      </p>
      <div class="my-tools">
        <a class="button button-quiet" href={ours(`/b/${token}`)}>
          {say(upcoming ? 'my.open' : 'my.see')}
          <span class="unseen"> {what}</span>
        </a>
        {upcoming && (
          <a class="button button-quiet" href={calendarFile(token)} download>
            <Icon name="calendar" />
            {say('scene.add_to_calendar')}
            <span class="unseen"> {what}</span>
          </a>
        )}
      </div>
    </li>
  );
}
