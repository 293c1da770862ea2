import type { Booking } from '@holdfast/contract/booking';
import { useRef, useState } from 'preact/hooks';
import { cancelBooking, type Trouble } from '../api.ts';
import { happened } from '../happenings.ts';
import { TroubleNotice } from '../parts/trouble-notice.tsx';
import { useWords } from '../words.tsx';

type Quote = Booking['cancellation'];

/** Cancelling, with its exact consequence for the money shown before anything is decided. `onStale`: what was shown is no longer so. */
export function CancelBooking({ booking, onCancelled, onStale }: { booking: Booking; onCancelled: (booking: Booking) => void; onStale: () => void }) {
  const { say } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const quote = booking.cancellation;

  const cancel = async () => {
    setBusy(true);
    setTrouble(null);
    const answer = await cancelBooking(booking.token, quote);
    setBusy(false);
    if (!answer.ok) {
      setTrouble(answer.trouble);
      return onStale();
    }
    happened({ kind: 'cancelled', booking });
    dialog.current?.close();
    onCancelled(answer.value);
  };

  return (
    <div class="cancel">
      <button type="button" class="link link-bad" onClick={() => dialog.current?.showModal()}>
        {say('cancel.open')}
      </button>
      <dialog ref={dialog} class="dialog" aria-labelledby="cancel-title">
        <h2 id="cancel-title">{say('cancel.title')}</h2>
        <Consequence quote={quote} booking={booking} />
        <VisitsOf quote={quote} />
        {trouble && <TroubleNotice trouble={trouble} />}
        <div class="dialog-tools">
          <button type="button" class="button button-quiet" onClick={() => dialog.current?.close()}>
            {say('cancel.keep')}
          </button>
          <button type="button" class="button button-bad" aria-disabled={busy} aria-busy={busy} onClick={() => !busy && void cancel()}>
            {say('cancel.confirm')}
          </button>
        </div>
      </dialog>
    </div>
  );
}

/** What becomes of the visits of memberships that pay for it, and when that changes. */
function VisitsOf({ quote }: { quote: Quote }) {
  const { say, when } = useWords();
  return (
    <>
      {quote.appointments
        .flatMap(({ visits }) => visits)
        .map(({ membershipName, visits, back, until }, index) => (
          <p key={index}>
            {say(back ? 'cancel.visits_back' : 'cancel.visits_lost', { count: visits, membership: membershipName })}{' '}
            {until && <span class="muted">{say('cancel.visits_until', { when: when(until) })}</span>}
          </p>
        ))}
    </>
  );
}

/** How much comes back now, by which way, and when that changes; of several visits each by itself as well. */
function Consequence({ quote, booking }: { quote: Quote; booking: Booking }) {
  const { say, money, when } = useWords();
  const paidMinor = quote.appointments.reduce((sum, one) => sum + one.paidMinor, 0);
  const { backMinor, until, thenMinor } = quote;
  const facts = { paid: money(paidMinor), back: money(backMinor) };
  if (paidMinor === 0) return quote.appointments.some(({ visits }) => visits.length > 0) ? null : <p>{say('cancel.nothing_paid')}</p>;
  const startsAt = (id: string) => booking.appointments.find((one) => one.id === id)?.startsAt ?? quote.at;
  const payments = quote.appointments.flatMap((one) => one.payments).filter((one) => one.backMinor > 0);
  const whereTo = ({ kind, by, backMinor: back }: (typeof payments)[number]) => {
    const amount = money(back);
    if (kind === 'online' || kind === 'link') return say('cancel.to_provider', { amount, by });
    return say(kind === 'account' ? 'cancel.to_account' : 'cancel.to_desk', { amount });
  };
  return (
    <>
      <p>{say(backMinor === 0 ? 'cancel.nothing_back' : backMinor >= paidMinor ? 'cancel.all_back' : 'cancel.part_back', facts)}</p>
      <ul>
        {quote.appointments.length > 1 &&
          quote.appointments.map((one) => (
            <li key={one.appointmentId}>{say('cancel.one', { visit: when(startsAt(one.appointmentId)), amount: money(one.backMinor) })}</li>
          ))}
        {payments.map((one, index) => (
          <li key={index}>{whereTo(one)}</li>
        ))}
      </ul>
      {until && <p class="muted">{say('cancel.until', { when: when(until), amount: money(backMinor), later: money(thenMinor ?? 0) })}</p>}
      {backMinor > 0 && <p class="muted">{say('cancel.by_hand')}</p>}
    </>
  );
}
