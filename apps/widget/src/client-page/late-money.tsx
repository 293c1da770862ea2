import type { Booking, Choice } from '@holdfast/contract/booking';
import { useState } from 'preact/hooks';
import { askBooking, choose, refusalCode, type Trouble } from '../api.ts';
import { anyStaff } from '../booking-draft.ts';
import { forgetFreeTimes } from '../kept-times.ts';
import { Icon } from '../parts/icon.tsx';
import { Notice } from '../parts/notice.tsx';
import { TroubleNotice } from '../parts/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { AnotherTime } from './another-time.tsx';

type Appointment = Booking['appointments'][number];
type Wanted = Appointment['choices'][number];

interface Props {
  appointment: Appointment;
  booking: Booking;
  onChosen: (booking: Booking) => void;
}

/** The money came after the time had gone to somebody else: the client says what is to become of it. */
export function LateMoney({ appointment, booking, onChosen }: Props) {
  const { say, money, when } = useWords();
  const amount = money(appointment.creditMinor);
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const [staff, setStaff] = useState(appointment.anyStaff ? anyStaff : appointment.staffId);
  const [startsAt, setStartsAt] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [gone, setGone] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const ready = wanted !== null && (wanted !== 'another_time' || startsAt !== null);

  const confirm = async () => {
    if (!ready || busy) return;
    const choice: Choice =
      wanted === 'another_time' ? { choice: wanted, startsAt: startsAt ?? '', staffId: staff === anyStaff ? null : staff } : { choice: wanted };
    setBusy(true);
    setTrouble(null);
    setGone(false);
    const answer = await choose(booking.token, appointment.id, choice);
    setBusy(false);
    if (answer.ok) return onChosen(answer.value);
    const code = refusalCode(answer.trouble);
    if (code === 'choice_already_made' || code === 'step_not_allowed') {
      // another tab, a repeated request or the salon was first: show how things stand, as the words say
      const fresh = await askBooking(booking.token);
      if (fresh.ok) onChosen(fresh.value);
    }
    if (code !== 'time_taken' && code !== 'time_not_offered') return setTrouble(answer.trouble);
    forgetFreeTimes();
    setStartsAt(null);
    setGone(true);
  };

  const texts = {
    another_time: { name: say('late.another_time'), text: say('late.another_time_text', { amount }) },
    keep_credit: { name: say('late.keep_credit', { amount }), text: say('late.keep_credit_text', { amount }) },
    ask_refund: { name: say('late.ask_refund', { amount }), text: say('late.ask_refund_text', { amount }) },
  };
  return (
    <div class="late">
      <fieldset class="group">
        <legend>{say('late.title', { amount })}</legend>
        {appointment.choices.map((choice) => {
          const { name, text } = texts[choice];
          return (
            <label key={choice} class="choice" data-chosen={wanted === choice}>
              <input
                type="radio"
                class="choice-input"
                name={`choice-${appointment.id}`}
                checked={wanted === choice}
                onChange={() => setWanted(choice)}
              />
              <span class="tick tick-round" aria-hidden="true">
                <Icon name="check" />
              </span>
              <span class="choice-body">
                <span class="choice-name">{name}</span>
                <span class="choice-text">{text}</span>
              </span>
            </label>
          );
        })}
      </fieldset>
      {gone && <Notice tone="warn" title={say('time.gone_title')} />}
      {wanted === 'another_time' && (
        <AnotherTime
          appointment={appointment}
          booking={booking}
          staff={staff}
          startsAt={startsAt}
          round={gone ? 1 : 0}
          onStaff={(person) => {
            setStaff(person);
            setStartsAt(null);
          }}
          onPick={setStartsAt}
        />
      )}
      {trouble && <TroubleNotice trouble={trouble} />}
      <button type="button" class="button button-main" aria-disabled={!ready || busy} aria-busy={busy} onClick={() => void confirm()}>
        {wanted === 'another_time' && startsAt ? say('late.confirm_time', { when: when(startsAt) }) : say('late.confirm')}
      </button>
    </div>
  );
}
