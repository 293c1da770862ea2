import type { Quote } from '@holdfast/contract/booking';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { ComponentChildren } from 'preact';
import { anyStaff, type BookingDraft, isComplete, type PickedAppointment, type PickedEvent } from '../booking-draft.ts';
import { offerFor, servicesOf, taxesIn } from '../offers.ts';
import { askedOf } from '../wish.ts';
import { useWords } from '../words.tsx';
import { Icon } from './icon.tsx';

interface Props {
  page: LocationPage;
  draft: BookingDraft;
  quote: Quote | null;
  onChange: (index: number) => void;
  onRemove: (index: number) => void;
}

/** What is chosen so far. The prices are offers until there is a quote. */
export function Summary({ page, draft, quote, onChange, onRemove }: Props) {
  const { say } = useWords();
  const started = (draft.event ? [] : draft.appointments)
    .map((appointment, index) => ({ appointment, index }))
    .filter(({ appointment }) => appointment.serviceIds.length > 0);
  const complete = draft.appointments.filter(isComplete).length;
  const asked = quote && askedOf(quote, draft);
  return (
    <div class="recap" data-complete={complete > 0 || Boolean(draft.event?.startsAt)}>
      <h2 class="recap-title">{say('summary.title')}</h2>
      {draft.event?.startsAt && <PickedPlaces event={draft.event} onChange={() => onChange(0)} />}
      {started.length === 0 && !draft.event && <p class="muted">{say('summary.empty')}</p>}
      <ul class="recap-list">
        {started.map(({ appointment, index }) => (
          <Picked key={index} page={page} appointment={appointment} quoted={isComplete(appointment) ? quote?.appointments[index] : undefined}>
            {isComplete(appointment) && (
              <div class="recap-tools">
                <button type="button" class="link" onClick={() => onChange(index)}>
                  {say('summary.change')}
                  <span class="unseen"> {namesOf(page, appointment)}</span>
                </button>
                {complete > 1 && (
                  <button type="button" class="link" onClick={() => onRemove(index)}>
                    {say('summary.remove')}
                    <span class="unseen"> {namesOf(page, appointment)}</span>
                  </button>
                )}
              </div>
            )}
          </Picked>
        ))}
      </ul>
      {asked && asked.requiredMinor > 0 && <PayNow minor={asked.requiredMinor} />}
    </div>
  );
}

function PayNow({ minor }: { minor: number }) {
  const { say, money } = useWords();
  return (
    <p class="recap-pay">
      <Icon name="card" />
      {say('summary.pay_now', { amount: money(minor) })}
    </p>
  );
}

const namesOf = (page: LocationPage, { serviceIds }: PickedAppointment) =>
  servicesOf(page, serviceIds)
    .map(({ name }) => name)
    .join(' + ');

interface PickedProps {
  page: LocationPage;
  appointment: PickedAppointment;
  quoted: Quote['appointments'][number] | undefined;
  children?: ComponentChildren;
}

function Picked({ page, appointment, quoted, children }: PickedProps) {
  const { say, moneyRange, minutes, when } = useWords();
  const offered = offerFor(page, appointment.serviceIds, appointment.staff);
  const length = quoted && (Date.parse(quoted.endsAt) - Date.parse(quoted.startsAt)) / 60_000;
  const offer = quoted && length ? { ...quoted, minMinutes: length, maxMinutes: length } : offered;
  const person = page.staff.find(({ id }) => id === appointment.staff);
  const tax = offer && taxesIn(page, appointment.serviceIds);
  return (
    <li class="recap-item">
      <div class="recap-head">
        <strong>{namesOf(page, appointment)}</strong>
        {offer && <span class="recap-price">{moneyRange(offer.priceMinMinor, offer.priceMaxMinor)}</span>}
      </div>
      <p class="muted">
        {offer && minutes(offer.minMinutes, offer.maxMinutes)}
        {person && ` · ${person.name}`}
        {appointment.staff === anyStaff && ` · ${say('staff.any')}`}
        {tax && ` · ${say('price.incl_tax', { tax })}`}
      </p>
      {appointment.startsAt && (
        <p class="recap-when">
          <Icon name="calendar" />
          {when(appointment.startsAt)}
        </p>
      )}
      {children}
    </li>
  );
}

function PickedPlaces({ event, onChange }: { event: PickedEvent; onChange: () => void }) {
  const { say, moneyRange, when } = useWords();
  return (
    <div class="recap-item">
      <div class="recap-head">
        <strong>{event.title}</strong>
        <span class="recap-price">{moneyRange(event.priceMinMinor * event.places, event.priceMaxMinor * event.places)}</span>
      </div>
      <p class="muted">
        {say('event.count', { count: event.places })} · {event.staffName}
      </p>
      <p class="recap-when">
        <Icon name="calendar" />
        {when(event.startsAt)}
      </p>
      <div class="recap-tools">
        <button type="button" class="link" onClick={onChange}>
          {say('summary.change')}
          <span class="unseen"> {event.title}</span>
        </button>
      </div>
    </div>
  );
}

/** Total over everything chosen so far; exact once there is a quote. */
export function totalOf(page: LocationPage, draft: BookingDraft, quote: Quote | null): { min: number; max: number } | null {
  const { event } = draft;
  if (!quote && event?.startsAt) return { min: event.priceMinMinor * event.places, max: event.priceMaxMinor * event.places };
  if (event && !quote) return null;
  if (quote) {
    const { priceMinMinor, priceMaxMinor } = askedOf(quote, draft);
    return { min: priceMinMinor, max: priceMaxMinor };
  }
  const offers = draft.appointments.flatMap(({ serviceIds, staff }) => offerFor(page, serviceIds, staff) ?? []);
  if (offers.length === 0) return null;
  return {
    min: offers.reduce((sum, { priceMinMinor }) => sum + priceMinMinor, 0),
    max: offers.reduce((sum, { priceMaxMinor }) => sum + priceMaxMinor, 0),
  };
}
