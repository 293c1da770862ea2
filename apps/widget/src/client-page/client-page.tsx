import type { Booking } from '@holdfast/contract/booking';
import { isMade, whatToShow } from '@holdfast/contract/what-to-show';
import { useEffect, useState } from 'preact/hooks';
import { ours, startPayment, type Trouble } from '../api.ts';
import { draftAfter } from '../booking-draft.ts';
import { loadDraft, newDraftId, saveDraft } from '../draft-storage.ts';
import { goToPayment } from '../go-to-payment.ts';
import { happened } from '../happenings.ts';
import { Notice } from '../parts/notice.tsx';
import { TroubleNotice } from '../parts/trouble-notice.tsx';
import { useServerNow } from '../server-clock.ts';
import { useSurroundings } from '../surroundings.ts';
import { useWords } from '../words.tsx';
import { AppointmentCard } from './appointment-card.tsx';
import { SceneHead } from './scene-head.tsx';
import { useBooking } from './use-booking.ts';

export type CameFrom = 'payment' | 'payment-cancelled' | null;

interface Props {
  initial: Booking;
  from: CameFrom;
  /** The booking was made, but going to the payment page did not work. */
  startTrouble: Trouble | null;
}

/** The client's own page: what is booked, what is due, and everything they may do about it. */
export function ClientPage({ initial, from, startTrouble }: Props) {
  const words = useWords();
  const around = useSurroundings();
  const { say } = words;
  const { booking, take, asking, check, look, trouble } = useBooking(initial, from === 'payment');
  const [payTrouble, setPayTrouble] = useState<Trouble | null>(startTrouble);
  const [paying, setPaying] = useState(false);
  const now = useServerNow(5000);
  const scene = whatToShow(booking, now, asking);
  const [asked, setAsked] = useState(false);
  const [moneyBack, setMoneyBack] = useState<typeof import('./money-back.tsx')>();
  const [memberships, setMemberships] = useState<typeof import('./own-memberships.tsx')>();
  const walkedAway = from === 'payment-cancelled' || (from === 'payment' && asked && scene === 'held');

  useEffect(() => {
    void import('./money-back.tsx').then(setMoneyBack);
    void import('./own-memberships.tsx').then(setMemberships);
  }, []);
  useEffect(() => {
    if (asking) setAsked(true);
  }, [asking]);
  useEffect(() => {
    around.title(`${say(`scene.${scene}.title`)} · ${booking.chain.name}`);
  }, [scene, words]);
  useEffect(() => {
    if (isMade(booking)) finishDraft(booking);
    happened({ kind: 'seen', booking });
  }, [booking.status]);

  const pay = async () => {
    setPaying(true);
    setPayTrouble(null);
    const answer = await startPayment(booking.token, around.returnTo());
    if (answer.ok) {
      happened({ kind: 'paying', booking });
      return goToPayment(answer.value.pageUrl);
    }
    setPaying(false);
    setPayTrouble(answer.trouble);
    await look();
  };

  const stands = booking.status === 'confirmed' || booking.status === 'waiting' || booking.status === 'mixed';
  return (
    <div class="own">
      <SceneHead scene={scene} booking={booking} paying={paying} onPay={() => void pay()} onRunOut={() => void check()} />
      {stands && booking.link.afterBooking && <p class="own-words">{booking.link.afterBooking}</p>}
      {walkedAway && scene === 'held' && (
        <Notice tone="calm" title={say(from === 'payment' ? 'return.not_yet_title' : 'return.left_title')}>
          <p>{say(from === 'payment' ? 'return.not_yet_text' : 'return.left_text')}</p>
        </Notice>
      )}
      {from !== null && scene === 'waiting' && booking.dueMinor > 0 && <Notice tone="calm">{say('return.stays_text')}</Notice>}
      {payTrouble && <TroubleNotice trouble={payTrouble} retry={booking.canPay ? () => void pay() : undefined} />}
      {trouble && !payTrouble && <TroubleNotice trouble={trouble} retry={() => void check()} />}
      <div class="own-cards">
        {booking.appointments.map((appointment) => (
          <AppointmentCard key={appointment.id} appointment={appointment} booking={booking} now={now}>
            {moneyBack && appointment.choices.length > 0 && <moneyBack.LateMoney appointment={appointment} booking={booking} onChosen={take} />}
            {moneyBack && appointment.moveUntil && booking.status !== 'checking' && (
              <moneyBack.MoveVisit key={appointment.startsAt} appointment={appointment} booking={booking} onMoved={take} />
            )}
          </AppointmentCard>
        ))}
      </div>
      {booking.comment && (
        <p class="own-comment">
          <span class="muted">{say('details.comment')}:</span> {booking.comment}
        </p>
      )}
      {memberships && <memberships.OwnMembershipsOf booking={booking} />}
      <p>
        <a class="link" href={ours(`/my/${booking.chain.slug}/${booking.location.slug}`)}>
          {say('my.all')}
        </a>
      </p>
      {moneyBack && <moneyBack.OwnBalance booking={booking} onPaid={take} />}
      {moneyBack && <moneyBack.MoneyBack booking={booking} stands={stands} onCancelled={take} onStale={() => void look()} />}
      {!booking.canCancel && booking.status !== 'checking' && stands && booking.cancellation.appointments.length > 0 && (
        <p class="muted">{say('cancel.call', { phone: booking.location.phone })}</p>
      )}
    </div>
  );
}

/** The draft in this tab has become a booking that stands: the next one is a new one. */
function finishDraft(booking: Booking): void {
  const at = { chain: booking.chain.slug, location: booking.location.slug };
  const draft = loadDraft(at);
  if (draft.made?.token === booking.token) saveDraft(at, draftAfter(draft, { type: 'started_anew', draftId: newDraftId() }));
}
