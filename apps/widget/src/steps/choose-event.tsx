import type { PublicEvent } from '@holdfast/contract/events';
import { wishedAgain } from '@holdfast/contract/say-waiting';
import { useEffect, useState } from 'preact/hooks';
import { type PickedEvent, someEvent } from '../booking-draft.ts';
import { Icon } from '../parts/icon.tsx';
import { Mark, MembershipMark } from '../parts/mark.tsx';
import { StepTitle } from '../parts/step-title.tsx';
import { TroubleNotice } from '../parts/trouble-notice.tsx';
import { useEvents } from '../use-events.ts';
import { JoinLater } from '../waiting/join-later.tsx';
import { useWords } from '../words.tsx';
import type { LaterStepProps } from './step-props.ts';

const mostPlaces = 50;

/** Group events, day by day: one is chosen, and how many places. */
export default function ChooseEvent({ page, at, draft, dispatch, again, onAgain }: LaterStepProps) {
  const { say, day, timeZone } = useWords();
  const { events, trouble, ask } = useEvents(at);
  const [kind, setKind] = useState('');
  const [joining, setJoining] = useState<{ event: PublicEvent; places: number }>();
  const picked = draft.event ?? someEvent();

  // what a link names, and what was chosen before: with its facts as they are now, if it is still there
  useEffect(() => {
    const one = events?.find(({ id }) => id === picked.eventId);
    if (!events || picked.eventId === '') return;
    const wish = again === null ? null : wishedAgain(again);
    onAgain();
    // whoever wants to wait again does so, unless there is room for them by now
    if (one && wish && 'places' in wish && one.placesLeft < wish.places) return setJoining({ event: one, places: wish.places });
    const now = one && one.placesLeft > 0 ? pickOf(one, Math.min(picked.places, one.placesLeft)) : someEvent();
    if (JSON.stringify(now) !== JSON.stringify(picked)) dispatch({ type: 'event_picked', event: now });
  }, [events]);

  const kinds = [...new Map((events ?? []).map((one) => [one.serviceId, one.serviceName])).entries()];
  const shown = (events ?? []).filter((one) => kind === '' || one.serviceId === kind);
  const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  const days = new Map<string, PublicEvent[]>();
  for (const one of shown) {
    const on = dayOf.format(new Date(one.startsAt));
    days.set(on, [...(days.get(on) ?? []), one]);
  }
  const pick = (one: PublicEvent, places: number) => dispatch({ type: 'event_picked', event: pickOf(one, places) });

  if (joining) {
    const line = { kind: 'event', ...joining } as const;
    return <JoinLater page={page} at={at} draft={draft} dispatch={dispatch} line={line} onBack={() => setJoining(undefined)} />;
  }
  return (
    <section>
      <StepTitle focusKey="event">{say('event.title')}</StepTitle>
      {!events && !trouble && <div class="bone bone-block" role="status" aria-label={say('page.loading')} />}
      {trouble && <TroubleNotice trouble={trouble} retry={ask} />}
      {kinds.length > 1 && (
        <fieldset class="event-kinds" aria-label={say('event.filter')}>
          {[['', say('event.all')] as const, ...kinds].map(([id, name]) => (
            <button key={id} type="button" class="button button-quiet" aria-pressed={kind === id} onClick={() => setKind(id)}>
              <bdi>{name}</bdi>
            </button>
          ))}
        </fieldset>
      )}
      {[...days].map(([on, theirs]) => (
        <fieldset key={on} class="group">
          <legend>
            <h2>{day(on)}</h2>
          </legend>
          {theirs.map((one) => (
            <EventChoice
              key={one.id}
              event={one}
              places={one.id === picked.eventId ? picked.places : 0}
              onPick={(places) => pick(one, places)}
              onJoin={(places) => setJoining({ event: one, places })}
            />
          ))}
        </fieldset>
      ))}
      <p role="status" class={events?.length === 0 ? 'empty' : 'unseen'}>
        {events?.length === 0 ? say('event.none') : ''}
      </p>
    </section>
  );
}

interface ChoiceProps {
  event: PublicEvent;
  /** 0: another one is chosen. */
  places: number;
  onPick: (places: number) => void;
  /** To wait for so many. */
  onJoin: (places: number) => void;
}

/** A full one stays to be seen, and can be waited for; so can more places than are left. */
function EventChoice({ event, places, onPick, onJoin }: ChoiceProps) {
  const { say, time, when, moneyRange } = useWords();
  const full = event.placesLeft < 1;
  const most = Math.min(event.placesLeft, mostPlaces);
  return (
    <div class="event" data-event={event.id}>
      <label class="choice" data-chosen={places > 0} data-off={full}>
        <input type="radio" name="event" class="choice-input" checked={places > 0} disabled={full} onChange={() => onPick(1)} />
        <span class="tick" aria-hidden="true">
          <Icon name="check" />
        </span>
        <span class="choice-body">
          <span class="choice-name">
            {time(event.startsAt)}–{time(event.endsAt)} <bdi>{event.title}</bdi>
          </span>
          {event.description && (
            <span class="choice-text">
              <bdi>{event.description}</bdi>
            </span>
          )}
          <span class="choice-facts">
            <bdi>{event.staffName}</bdi>
            <span>{full ? say('event.full') : say('event.left', { count: event.placesLeft })}</span>
            {event.membership !== 'members' && <Mark status={event.policy.status} />}
            <MembershipMark use={event.membership} />
          </span>
        </span>
        <span class="choice-price">{moneyRange(event.priceMinMinor, event.priceMaxMinor)}</span>
      </label>
      {places > 0 && (
        <fieldset class="event-places" aria-label={say('event.places')}>
          <button type="button" class="round-button" aria-label={say('event.fewer')} disabled={places <= 1} onClick={() => onPick(places - 1)}>
            −
          </button>
          <output aria-live="polite">{say('event.count', { count: places })}</output>
          <button type="button" class="round-button" aria-label={say('event.more')} disabled={places >= most} onClick={() => onPick(places + 1)}>
            +
          </button>
          <strong>{moneyRange(event.priceMinMinor * places, event.priceMaxMinor * places)}</strong>
        </fieldset>
      )}
      {(full || (places === most && most < mostPlaces)) && (
        <button
          type="button"
          class="link"
          aria-label={`${say(full ? 'join.open' : 'join.larger')}: ${event.title}, ${when(event.startsAt)}`}
          onClick={() => onJoin(full ? 1 : most + 1)}
        >
          {say(full ? 'join.open' : 'join.larger')}
        </button>
      )}
    </div>
  );
}

function pickOf(
  { id, serviceId, title, staffName, startsAt, priceMinMinor, priceMaxMinor, membership, cancellation }: PublicEvent,
  places: number,
): PickedEvent {
  return { eventId: id, places, serviceId, title, staffName, startsAt, priceMinMinor, priceMaxMinor, membership, cancellation };
}
