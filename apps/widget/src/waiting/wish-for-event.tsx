import type { PublicEvent } from '@holdfast/contract/events';
import { Fault } from '../parts/field.tsx';
import { useWords } from '../words.tsx';

interface Props {
  event: PublicEvent;
  places: number;
  /** How many the event has at all, once that is known. */
  capacity: number | null;
  tooMany: boolean;
  onPlaces: (places: number) => void;
}

const MOST_PLACES = 50;

/** Which event, who waits for it already, and how many places. */
export function WishForEvent({ event, places, capacity, tooMany, onPlaces }: Props) {
  const { say, when, time, moneyRange } = useWords();
  return (
    <div class="card">
      <h2>{event.title}</h2>
      <p class="card-with">
        <bdi>
          {when(event.startsAt)} – {time(event.endsAt)}
        </bdi>
        {' · '}
        {event.staffName}
      </p>
      <p>{event.waiting === 0 ? say('join.nobody_waits') : say('join.parties_wait', { count: event.waiting })}</p>
      <fieldset class="event-places" aria-label={say('event.places')}>
        <button type="button" class="round-button" aria-label={say('event.fewer')} disabled={places <= 1} onClick={() => onPlaces(places - 1)}>
          −
        </button>
        <output aria-live="polite">{say('event.count', { count: places })}</output>
        <button
          type="button"
          class="round-button"
          aria-label={say('event.more')}
          disabled={places >= (capacity ?? MOST_PLACES)}
          onClick={() => onPlaces(places + 1)}
        >
          +
        </button>
        <strong>{moneyRange(event.priceMinMinor * places, event.priceMaxMinor * places)}</strong>
      </fieldset>
      <div role="alert">{tooMany && <Fault id="places-fault" text={say('join.too_many', { count: capacity ?? 0 })} />}</div>
    </div>
  );
}
