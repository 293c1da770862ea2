import type { Booking } from '@holdfast/contract/booking';
import { useRef, useState } from 'preact/hooks';
import { cancelBooking, type Trouble } from '../api.ts';
import { lateText } from '../parts/cancellation-terms.tsx';
import { TroubleNotice } from '../parts/trouble-notice.tsx';
import { serverNow } from '../server-clock.ts';
import { useWords } from '../words.tsx';
import { freeCancellationUntil } from './what-to-show.ts';

/** Cancelling, with its exact consequence for the money shown before anything is decided. */
export function CancelBooking({ booking, onCancelled }: { booking: Booking; onCancelled: (booking: Booking) => void }) {
  const { say, money, when } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const { paidMinor } = booking;
  const { backNowMinor, latePercent } = booking.cancellation;
  const until = freeCancellationUntil(booking, serverNow());

  const cancel = async () => {
    setBusy(true);
    setTrouble(null);
    const answer = await cancelBooking(booking.token);
    setBusy(false);
    if (!answer.ok) return setTrouble(answer.trouble);
    dialog.current?.close();
    onCancelled(answer.value);
  };

  function consequence(): string {
    const facts = { paid: money(paidMinor), back: money(backNowMinor) };
    if (paidMinor === 0) return say('cancel.nothing_paid');
    if (backNowMinor === 0) return say('cancel.nothing_back', facts);
    return say(backNowMinor >= paidMinor ? 'cancel.all_back' : 'cancel.part_back', facts);
  }

  return (
    <div class="cancel">
      <button type="button" class="link link-bad" onClick={() => dialog.current?.showModal()}>
        {say('cancel.open')}
      </button>
      <dialog ref={dialog} class="dialog" aria-labelledby="cancel-title">
        <h2 id="cancel-title">{say('cancel.title')}</h2>
        <p>{consequence()}</p>
        {paidMinor > 0 && until !== null && (
          <p class="muted">
            {say('cancel.free_until', { when: when(new Date(until).toISOString()) })} {lateText(latePercent, say)}
          </p>
        )}
        {paidMinor > 0 && backNowMinor > 0 && <p class="muted">{say('cancel.by_hand')}</p>}
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
