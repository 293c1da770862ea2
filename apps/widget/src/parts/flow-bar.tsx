import type { Quote } from '@holdfast/contract/booking';
import type { LocationPage } from '@holdfast/contract/location-page';
import { type BookingDraft, currentAppointment } from '../booking-draft.ts';
import { offerFor } from '../offers.ts';
import type { Step } from '../steps-path.ts';
import { payableNow, payableOnline } from '../wish.ts';
import { type TextKey, useWords } from '../words.tsx';
import { totalOf } from './summary.tsx';

interface Props {
  page: LocationPage;
  draft: BookingDraft;
  quote: Quote | null;
  step: Step;
  /** Nothing comes after it but the booking. */
  last: boolean;
  /** Why the way on is shut; left out: it is open. */
  missing: TextKey | undefined;
  busy: boolean;
  onContinue: () => void;
}

/** The total and the way on: at the bottom of a phone, under the summary on a desk. */
export function FlowBar({ page, draft, quote, step, last, missing: missingKey, busy, onContinue }: Props) {
  const { say, money, moneyRange, minutes, when } = useWords();
  const total = totalOf(page, draft, quote);
  const here = currentAppointment(draft);
  const services = draft.appointments.reduce((sum, { serviceIds }) => sum + serviceIds.length, 0);
  const offer = offerFor(page, here.serviceIds, here.staff);
  const payNow = quote && step === 'payment' ? payableOnline(quote, draft) : 0;
  const missing = missingKey ? say(missingKey) : '';

  function what() {
    if (step === 'payment') return say('payment.now');
    if (draft.event) return draft.event.startsAt ? say('event.count', { count: draft.event.places }) : say('summary.total');
    if (services === 0) return say('summary.total');
    const [only, more] = draft.appointments;
    if (step === 'details' && only?.startsAt && !more) {
      return (
        <>
          <span class="on-phone">{when(only.startsAt)}</span>
          <span class="on-desk">{say('summary.total')}</span>
        </>
      );
    }
    return [say('bar.services', { count: services }), offer && !more && minutes(offer.minMinutes, offer.maxMinutes)].filter(Boolean).join(' · ');
  }
  function label(): string {
    if (step === 'payment')
      return payNow > 0 ? say('bar.proceed_to_payment') : say(quote && payableNow(quote, draft) > 0 ? 'bar.book' : 'bar.book_unpaid');
    return say(last ? 'bar.book' : 'bar.continue');
  }

  return (
    <div class="bar">
      <div class="bar-inner">
        <p class="bar-total">
          <span class="bar-what">{what()}</span>
          <strong>{step === 'payment' ? money(payNow) : total ? moneyRange(total.min, total.max) : '–'}</strong>
        </p>
        <button
          type="button"
          class="button button-main"
          aria-disabled={missing !== '' || busy}
          aria-busy={busy}
          aria-describedby="bar-missing"
          onClick={() => missing === '' && !busy && onContinue()}
        >
          {label()}
        </button>
        <p id="bar-missing" class="bar-missing">
          {missing}
        </p>
      </div>
    </div>
  );
}
