import type { Booking } from '@holdfast/contract/booking';
import type { MoveQuote } from '@holdfast/contract/moving';
import { useEffect, useRef, useState } from 'preact/hooks';
import { askBooking, moveVisit, quoteMove, refusalCode, type Trouble } from '../api.ts';
import { anyStaff } from '../booking-draft.ts';
import { forgetFreeTimes } from '../kept-times.ts';
import { Notice } from '../parts/notice.tsx';
import { TroubleNotice } from '../parts/trouble-notice.tsx';
import { type TextKey, useWords } from '../words.tsx';
import { AnotherTime } from './another-time.tsx';

type Appointment = Booking['appointments'][number];

interface Props {
  appointment: Appointment;
  booking: Booking;
  onMoved: (booking: Booking) => void;
}

/** Another time for a visit that stands, with what it means for the money shown before anything is decided. */
export function MoveVisit({ appointment, booking, onMoved }: Props) {
  const { say, when, money } = useWords();
  const [open, setOpen] = useState(false);
  const [staff, setStaff] = useState(appointment.anyStaff ? anyStaff : appointment.staffId);
  const [startsAt, setStartsAt] = useState<string | null>(null);
  const [quote, setQuote] = useState<MoveQuote | null>(null);
  const [round, setRound] = useState(0);
  const [readings, setReadings] = useState(0);
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLElement>(null);
  const wish = (at: string) => ({ startsAt: at, staffId: staff === anyStaff ? null : staff });

  useEffect(() => {
    if (open) panel.current?.focus();
  }, [open]);
  useEffect(() => {
    setQuote(null);
    if (!startsAt) return;
    let current = true;
    void quoteMove(booking.token, appointment.id, wish(startsAt)).then((answer) => {
      if (!current) return;
      if (answer.ok) setQuote(answer.value);
      else refused(answer.trouble);
    });
    return () => {
      current = false;
    };
  }, [startsAt, staff, readings]);

  const refused = (refusal: Trouble) => {
    setTrouble(refusal);
    const code = refusalCode(refusal);
    if (code === 'membership_not_usable') return setStartsAt(null);
    // the time stays chosen: only what it means is read again
    if (isOtherConsequence(refusal)) return setReadings((before) => before + 1);
    if (code !== 'time_taken' && code !== 'time_not_offered' && code !== 'quote_changed') return;
    forgetFreeTimes();
    setStartsAt(null);
    setRound(round + 1);
  };
  const close = () => {
    setOpen(false);
    setStartsAt(null);
    setTrouble(null);
    opener.current?.focus();
  };
  const confirm = async () => {
    if (!quote || !startsAt || busy) return;
    setBusy(true);
    setTrouble(null);
    const answer = await moveVisit(booking.token, appointment.id, {
      ...wish(startsAt),
      staffId: quote.staffId,
      from: appointment.startsAt,
      seen: { at: quote.cancellation.at, mostPercent: quote.mostPercent, visitsLost: quote.cancellation.visitsLost },
    });
    setBusy(false);
    if (answer.ok) {
      forgetFreeTimes();
      close();
      return onMoved(answer.value);
    }
    refused(answer.trouble);
    if (refusalCode(answer.trouble) !== 'changed_meanwhile') return;
    const fresh = await askBooking(booking.token);
    if (fresh.ok) onMoved(fresh.value);
  };

  if (!appointment.moveUntil) return null;
  if (!open) {
    return (
      <div class="move">
        <button ref={opener} type="button" class="button button-quiet" onClick={() => setOpen(true)}>
          {say('move.open')}
        </button>
        <span class="muted">{say('move.until', { when: when(appointment.moveUntil) })}</span>
      </div>
    );
  }
  return (
    <section ref={panel} class="move" tabIndex={-1} aria-label={say('move.title')}>
      <h3>{say('move.title')}</h3>
      <AnotherTime
        appointment={appointment}
        booking={booking}
        staff={staff}
        startsAt={startsAt}
        round={round}
        onStaff={(person) => {
          setStaff(person);
          setStartsAt(null);
          setTrouble(null);
        }}
        onPick={(picked) => {
          setTrouble(null);
          setStartsAt(picked);
        }}
      />
      {trouble && <MoveTrouble trouble={trouble} />}
      {quote && (
        <Notice tone="calm" title={say('move.to', { when: when(quote.startsAt), staff: quote.staffName })}>
          {appointment.paidMinor > 0 && <p>{say('move.keeps', { amount: money(appointment.paidMinor) })}</p>}
          {appointment.paidMinor > 0 && <Afterwards quote={quote} />}
          <VisitsAfterwards quote={quote} />
        </Notice>
      )}
      <div class="dialog-tools">
        <button type="button" class="button button-quiet" onClick={close}>
          {say('move.keep')}
        </button>
        <button type="button" class="button button-main" aria-disabled={!quote || busy} aria-busy={busy} onClick={() => void confirm()}>
          {quote ? say('move.confirm', { when: when(quote.startsAt) }) : say('move.choose')}
        </button>
      </div>
    </section>
  );
}

/** What moving is refused for in words of its own. */
const refusals: Partial<Record<string, TextKey>> = {
  quote_changed: 'move.other_visit',
  changed_meanwhile: 'move.changed',
  too_late_to_cancel: 'move.too_late',
  membership_not_usable: 'move.beyond',
};

function isOtherConsequence(trouble: Trouble): boolean {
  return trouble.kind === 'refused' && trouble.detail['because'] === 'other_consequence';
}

function MoveTrouble({ trouble }: { trouble: Trouble }) {
  const { say } = useWords();
  const own = isOtherConsequence(trouble) ? 'move.less_now' : refusals[refusalCode(trouble) ?? ''];
  return own ? <Notice tone="warn" title={say(own)} /> : <TroubleNotice trouble={trouble} />;
}

/** The visits of memberships that pay for it go along, as late as they are by now. */
function VisitsAfterwards({ quote }: { quote: MoveQuote }) {
  const { say, when } = useWords();
  return (
    <>
      {quote.cancellation.appointments
        .flatMap(({ visits }) => visits)
        .map(({ membershipName, visits, back, until }, index) => (
          <p key={index}>
            {say('move.visits', { count: visits, membership: membershipName })} {!back && say('move.visits_lost')}
            {until && say('move.visits_until', { when: when(until) })}
          </p>
        ))}
    </>
  );
}

/** What cancelling will mean then; what was lost by now is not brought back. */
function Afterwards({ quote }: { quote: MoveQuote }) {
  const { say, when, money } = useWords();
  const { backMinor, until, thenMinor } = quote.cancellation;
  return (
    <>
      {quote.mostPercent < 100 && <p>{say('move.at_most', { amount: money(backMinor) })}</p>}
      {until && <p>{say('move.then', { when: when(until), amount: money(backMinor), later: money(thenMinor ?? 0) })}</p>}
    </>
  );
}
