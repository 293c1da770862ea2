import type { MyBooking } from '@holdfast/contract/my-bookings';
import { calendarFile, ours } from '../api.ts';
import { Icon } from '../parts/icon.tsx';
import { useWords } from '../words.tsx';

/** One appointment, and the way to its own page. */
export function BookingEntry({ booking, upcoming = false }: { booking: MyBooking; upcoming?: boolean }) {
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
