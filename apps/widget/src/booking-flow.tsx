import type { Booking, Quote } from '@holdfast/contract/booking';
import type { LocationPage } from '@holdfast/contract/location-page';
import { useEffect, useReducer, useState } from 'preact/hooks';
import { type LocationAddress, makeBooking, ours, refusalCode, startPayment, type Trouble } from './api.ts';
import { type BookingDraft, type DraftAction, draftAfter, onWay, someEvent } from './booking-draft.ts';
import { contactFaults, isGood } from './check-contact.ts';
import { coverIsGood, membershipUseOf } from './cover.ts';
import { preselection } from './deep-link.ts';
import { loadDraft, saveDraft } from './draft-storage.ts';
import { goToPayment } from './go-to-payment.ts';
import { happened } from './happenings.ts';
import { forgetFreeTimes } from './kept-times.ts';
import { ChangedQuote } from './parts/changed-quote.tsx';
import { FlowBar } from './parts/flow-bar.tsx';
import { HeldNotice } from './parts/held-notice.tsx';
import { Notice } from './parts/notice.tsx';
import { Progress } from './parts/progress.tsx';
import { Summary } from './parts/summary.tsx';
import { TroubleNotice } from './parts/trouble-notice.tsx';
import { ChooseServices } from './steps/choose-services.tsx';
import { fetchAhead, LaterStep } from './steps/later-step.tsx';
import { furthestStep, reachableStep, type Step, stepOfHash, stepRules, type WayFacts, wayOf } from './steps-path.ts';
import { type Surroundings, useSurroundings } from './surroundings.ts';
import { useQuote } from './use-quote.ts';
import { asksForPayment, payableNow, wishOf } from './wish.ts';
import { useWords } from './words.tsx';

interface Props {
  page: LocationPage;
  at: LocationAddress;
  onBooked: (booking: Booking, trouble: Trouble | null) => void;
  /** What the salon asks for is another by now: the page is read once more. */
  onOutdated: () => Promise<LocationPage | null>;
}

/** From the first choice to a booking. The step is in the address, everything chosen and typed is in the draft. */
export function BookingFlow({ page, at, onBooked, onOutdated }: Props) {
  const words = useWords();
  const around = useSurroundings();
  const [draft, change] = useReducer(draftAfter, at, () => firstDraft(at, page, around));
  const dispatch = (action: DraftAction) => {
    happened({ kind: 'chose', page, draft, action });
    change(action);
  };
  const [asked, setAsked] = useState<Step>(() => stepOfHash(around.mark()) ?? furthestStep(factsOf(draft, false)));
  const [gone, setGone] = useState(false);
  const [again, setAgain] = useState(() => (around.isFresh() ? new URLSearchParams(around.query).get('wait') : null));
  const [showFaults, setShowFaults] = useState(false);
  const [refusedPhone, setRefusedPhone] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [shownBefore, setShownBefore] = useState<Quote | null>(null);
  const [busy, setBusy] = useState(false);

  const reached = reachableStep(asked, factsOf(draft, needsQuote(asked)));
  const { found, quote, retry, replace } = useQuote(at, draft, !stepRules[reached].picks);
  // until there is a quote, whoever asked for the payment's address is believed
  const facts = factsOf(draft, quote ? asksForPayment(quote, draft) : needsQuote(reached));
  const way = wayOf(facts);
  const step = reachableStep(asked, facts);
  const after = way[way.indexOf(step) + 1];

  useEffect(() => saveDraft(at, draft), [draft]);
  const agreed = `${page.location.terms.version} ${page.widget.consentVersion}`;
  const [agreedTo, setAgreedTo] = useState(agreed);
  useEffect(() => {
    // what stands there now is another text
    if (agreed !== agreedTo) dispatch({ type: 'contact_typed', change: { terms: false, privacy: false } });
    setAgreedTo(agreed);
  }, [agreed]);
  useEffect(() => fetchAhead(way, words, around), [way.join(), words]);
  useEffect(() => {
    const moved = () => {
      setAsked(stepOfHash(around.mark()) ?? wayOf(facts)[0] ?? 'services');
      setTrouble(null);
    };
    return around.onMoved(moved);
  }, []);
  useEffect(() => {
    if (around.mark() !== `#${step}` || around.isFresh()) around.show(step, 'instead');
    around.title(`${words.say(`progress.${step}`)} · ${page.chain.name}`);
    if (!stepRules[step].picks) dispatch({ type: 'unfinished_dropped' });
  }, [step, words]);
  useEffect(() => {
    if (found.state === 'trouble') timeIsGone(found.trouble);
  }, [found.state, step]);

  function factsOf(now: BookingDraft, paysOnline: boolean): WayFacts {
    return {
      widget: page.widget,
      draft: now,
      contactIsGood: isGood(now.contact, page.widget),
      paysOnline,
      memberships: membershipUseOf(page, now),
      coverIsGood: coverIsGood(page, now),
    };
  }

  function go(next: Step, instead = false) {
    setTrouble(null);
    if (next !== 'time' && next !== 'event') setGone(false);
    around.show(next, instead ? 'instead' : 'next');
    setAsked(next);
  }

  /** Back to the list with a friendly word; who, what and everything typed stays. Answers whether that was the trouble. */
  function timeIsGone(why: Trouble): boolean {
    const code = refusalCode(why);
    if (why.kind !== 'refused' || !['time_taken', 'time_not_offered', 'event_full', ...(draft.event ? ['not_found'] : [])].includes(code ?? ''))
      return false;
    const line = why.detail['line'];
    forgetFreeTimes();
    if (draft.event) dispatch({ type: 'event_picked', event: someEvent() });
    else dispatch({ type: 'times_gone', index: typeof line === 'number' ? line : null });
    setShownBefore(null);
    setBusy(false);
    go(draft.event ? 'event' : 'time');
    setGone(true);
    return true;
  }

  async function book(deal: Quote) {
    setBusy(true);
    setTrouble(null);
    const answer = await makeBooking(at, wishOf(draft, deal, words.language, page));
    if (!answer.ok) return (await asksAnew(answer.trouble)) || refused(answer.trouble, deal);
    const booking = answer.value;
    happened({ kind: 'booked', page, booking, quote: deal });
    const became: DraftAction = { type: 'became_booking', token: booking.token, holdExpiresAt: booking.holdExpiresAt };
    dispatch(became);
    saveDraft(at, draftAfter(draft, became)); // now: this part of the page may be gone before its effects run
    if (payableNow(deal, draft) === 0 || !booking.canPay) return onBooked(booking, null);
    const payment = await startPayment(booking.token, around.returnTo());
    if (!payment.ok) return onBooked(booking, payment.trouble);
    happened({ kind: 'paying', booking });
    around.showBooking(booking.token);
    goToPayment(payment.value.pageUrl);
  }

  /** The salon has changed meanwhile what has to be agreed to, filled in or confirmed: the page as it is now asks for it. Answers whether that was the trouble. */
  async function asksAnew(why: Trouble): Promise<boolean> {
    if (!['consent_needed', 'invalid_request', 'phone_not_confirmed'].includes(refusalCode(why) ?? '')) return false;
    const now = await onOutdated();
    if (!now || asksFor(now) === asksFor(page)) return false;
    setBusy(false);
    setShowFaults(true);
    go('details');
    return true;
  }

  function refused(why: Trouble, deal: Quote) {
    setBusy(false);
    if (timeIsGone(why)) return;
    if (why.kind === 'refused') {
      const { quote: changed, token } = why.detail as { quote?: Quote; token?: string };
      if (why.code === 'quote_changed') {
        setShownBefore(deal);
        if (changed) replace(changed);
        else retry();
        return;
      }
      if (why.code === 'invalid_phone') {
        setRefusedPhone(draft.contact.phone);
        return go('details');
      }
      // it was spent meanwhile, in another tab or at the salon: they are asked anew
      if (why.code === 'not_enough_on_account') dispatch({ type: 'balance_known', balance: null });
      if (why.code === 'phone_not_confirmed' && way.includes('phone')) {
        dispatch({ type: 'phone_asked', phone: null });
        return go('phone');
      }
      if ((why.code === 'membership_needed' || why.code === 'membership_not_usable') && way.includes('membership')) {
        // what was covered a moment ago was used meanwhile, in another tab or at the salon: it is asked anew
        dispatch({ type: 'cover_known', cover: null });
        return go('membership');
      }
      if ((why.code === 'booking_already_made' || why.code === 'payment_in_progress') && token) {
        return setTrouble(why);
      }
    }
    setTrouble(why);
  }

  function onContinue() {
    if (step === 'details') {
      const faults = Object.keys(contactFaults(draft.contact, page.widget));
      setShowFaults(true);
      const [first] = draft.contact.phone === refusedPhone ? ['phone', ...faults] : faults;
      if (first) return around.focusField(first);
    }
    if (!stepRules[step].picks && !quote) return;
    if (step === 'details' && quote) happened({ kind: 'told', name: 'contact_details_submitted', page, facts: { valueMinor: quote.priceMinMinor } });
    if (after) return go(after);
    if (quote) void book(quote);
  }

  /** From appointments to events, or back. */
  const changeKind = () => {
    const event = draft.event ? null : someEvent();
    dispatch({ type: 'event_picked', event });
    go(wayOf(factsOf({ ...draft, event }, false))[0] ?? 'services', true);
  };
  const props = { page, at, draft, dispatch };
  const openAppointment = (index: number, next: Step) => {
    dispatch({ type: 'appointment_opened', index });
    go(next);
  };

  return (
    <div class="layout" data-step={step}>
      <div class="steps">
        <Progress
          steps={way}
          here={step}
          canOpen={(one) => way.indexOf(one) < way.indexOf(step)}
          onOpen={(one) => go(one)}
          onBack={() => (around.depth() > 0 ? history.back() : go(way[way.indexOf(step) - 1] ?? step, true))}
        />
        {page.widget.texts.welcome && step === way[0] && <p class="welcome">{page.widget.texts.welcome}</p>}
        <HeldNotice made={draft.made} />
        {gone && step === 'event' && <Notice tone="warn" title={words.say('event.gone_title')} children={words.say('event.gone_text')} />}
        {page.events && page.services.length > 0 && step === way[0] && (
          <button type="button" class="link events-link" onClick={changeKind}>
            {words.say(draft.event ? 'event.appointments' : 'event.offer')}
          </button>
        )}
        {gone && step === 'time' && <Notice tone="warn" title={words.say('time.gone_title')} children={words.say('time.gone_text')} />}
        {step === 'services' && <ChooseServices {...props} />}
        <LaterStep
          key={step}
          {...props}
          step={step}
          way={way}
          facts={facts}
          quote={quote}
          goOn={onContinue}
          goTo={go}
          again={again}
          onAgain={() => setAgain(null)}
          showFaults={showFaults}
          phoneRefused={refusedPhone !== null && refusedPhone === draft.contact.phone}
        />
        {step === 'payment' && found.state === 'loading' && <div class="bone bone-block" role="status" aria-label={words.say('page.loading')} />}
        {shownBefore && quote && shownBefore.quoteId !== quote.quoteId && (
          <ChangedQuote before={shownBefore} after={quote} onOtherTime={() => openAppointment(0, 'time')} />
        )}
        {found.state === 'trouble' && <TroubleNotice trouble={found.trouble} retry={retry} />}
        {trouble && <BookingTrouble trouble={trouble} retry={quote ? () => void book(quote) : undefined} />}
      </div>
      <aside class="side">
        <Summary
          page={page}
          draft={draft}
          quote={quote}
          onChange={(index) => openAppointment(index, way[0] ?? 'services')}
          onRemove={(index) => dispatch({ type: 'appointment_removed', index })}
        />
        <FlowBar
          page={page}
          draft={draft}
          quote={quote}
          step={step}
          last={after === undefined && quote !== null}
          missing={stepRules[step].isDone(facts) ? undefined : stepRules[step].missing}
          busy={busy || (step === 'details' && found.state === 'loading')}
          onContinue={onContinue}
        />
      </aside>
    </div>
  );
}

/** What a client has to agree to, fill in or confirm. */
const asksFor = ({ location, widget }: LocationPage) => JSON.stringify([location.terms.version, widget]);

/** Some refusals lead to the booking that is there already; the others offer the same request again, which never books twice. */
function BookingTrouble({ trouble, retry }: { trouble: Trouble; retry: (() => void) | undefined }) {
  const { say } = useWords();
  const code = refusalCode(trouble);
  const token = trouble.kind === 'refused' ? trouble.detail['token'] : undefined;
  if (typeof token === 'string') {
    return (
      <Notice tone="warn" title={say(code === 'payment_in_progress' ? 'trouble.payment_in_progress' : 'trouble.already_made')}>
        <a class="button button-quiet" href={ours(`/b/${token}`)}>
          {say('trouble.open_booking')}
        </a>
      </Notice>
    );
  }
  return <TroubleNotice trouble={trouble} retry={retry} />;
}

function firstDraft(at: LocationAddress, page: LocationPage, around: Surroundings) {
  const { first, asksStaff } = page.widget;
  const kept = onWay(loadDraft(at), { timeFirst: first === 'time', asksStaff });
  // A deep link counts once: on a reload or on the way back what was chosen since then wins.
  const fresh = around.isFresh() && around.mark() !== '#membership'; // nor when they come back from buying a membership
  const eventId = fresh && page.events ? new URLSearchParams(around.query).get('event') : null;
  if (eventId) return { ...kept, event: someEvent(eventId) };
  if (page.events && page.services.length === 0 && !kept.event) return { ...kept, event: someEvent() };
  const linked = fresh ? preselection(around.query, page) : null;
  return linked ? onWay(draftAfter(kept, { type: 'preselected', appointment: linked }), kept.way) : kept;
}

/** Steps that may only be there because something is paid online: whoever asks for their address is believed until there is a quote. */
function needsQuote(step: Step): boolean {
  return step === 'phone' || step === 'membership' || step === 'payment';
}
