import type { Booking } from '@holdfast/contract/booking';
import type { ComponentChildren } from 'preact';
import { Icon } from '../parts/icon.tsx';
import { useWords } from '../words.tsx';

type Appointment = Booking['appointments'][number];

interface Props {
  appointment: Appointment;
  booking: Booking;
  now: number;
  children?: ComponentChildren;
}

export function AppointmentCard({ appointment, booking, now, children }: Props) {
  const { say, when, time, money, moneyRange, minutes } = useWords();
  const gone = appointment.status === 'expired' || appointment.status === 'cancelled';
  // what a membership covers costs nothing
  const covered = appointment.services.every(({ pay }) => pay === 'membership');
  const runOut = appointment.status === 'held' && booking.holdExpiresAt !== null && Date.parse(booking.holdExpiresAt) <= now;
  return (
    <article class="card" data-gone={gone || runOut}>
      <div class="card-head">
        <h2>{`${when(appointment.startsAt)} – ${time(appointment.endsAt)}`}</h2>
        {booking.appointments.length > 1 && <span class={`state state-${appointment.status}`}>{say(`status.${appointment.status}`)}</span>}
      </div>
      <p class="card-with">{say('card.with', { staff: appointment.staffName })}</p>
      <ul class="card-services">
        {appointment.services.map((service) => (
          <li key={service.serviceId}>
            <span>
              {service.name}
              {appointment.places > 1 && ` × ${appointment.places}`}
            </span>
            <span class="muted">
              {[minutes(service.durationMinutes), service.pay === 'membership' && say('card.membership')].filter(Boolean).join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      <dl class="card-money">
        {!covered && (
          <>
            <dt>{say('card.price')}</dt>
            <dd>{moneyRange(appointment.priceMinMinor, appointment.priceMaxMinor)}</dd>
          </>
        )}
        {appointment.paidMinor > 0 && (
          <>
            <dt>{say('card.paid')}</dt>
            <dd class="good">
              <Icon name="check" />
              {money(appointment.paidMinor)}
            </dd>
          </>
        )}
        {appointment.prepayment === 'due' && !runOut && (
          <>
            <dt>{say('card.due')}</dt>
            <dd>{money(appointment.dueMinor - appointment.paidMinor)}</dd>
          </>
        )}
        {appointment.prepayment === 'checking' && (
          <>
            <dt>{say('card.due')}</dt>
            <dd>{say('card.checking')}</dd>
          </>
        )}
        {appointment.creditMinor > 0 && (
          <>
            <dt>{say('card.credit')}</dt>
            <dd>{money(appointment.creditMinor)}</dd>
          </>
        )}
      </dl>
      {children}
    </article>
  );
}
