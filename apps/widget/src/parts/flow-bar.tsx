import type { Quote } from '@holdfast/contract/booking';
import type { LocationPage } from '@holdfast/contract/location-page';
import { type BookingDraft, currentAppointment, isComplete } from '../booking-draft.ts';
import { offerFor } from '../offers.ts';
import type { Step } from '../steps-path.ts';
import { asksForPayment, payableNow } from '../wish.ts';
import { useWords } from '../words.tsx';
import { totalOf } from './summary.tsx';

interface Props {
  page: LocationPage;
  draft: BookingDraft;
  quote: Quote | null;
  step: Step;
  busy: boolean;
  onContinue: () => void;
}

/** The total and the way on: at the bottom of a phone, under the summary on a desk. */
export function FlowBar({ page, draft, quote, step, busy, onContinue }: Props) {
  const { say, money, moneyRange, minutes, when } = useWords();
  const total = totalOf(page, draft, quote);
  const here = currentAppointment(draft);
  const services = draft.appointments.reduce((sum, { serviceIds }) => sum + serviceIds.length, 0);
  const offer = offerFor(page, here.serviceIds, here.staff);
  const payNow = quote && step === 'payment' ? payableNow(quote, draft) : 0;
  const missing = whatIsMissing();

  function whatIsMissing() {
    if (step === 'services' && here.serviceIds.length === 0) return say('bar.choose_service');
    if (step === 'staff' && here.staff === null) return say('bar.choose_staff');
    if (step === 'time' && !isComplete(here)) return say('bar.choose_time');
    return '';
  }
  function what() {
    if (step === 'payment') return say('payment.now');
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
    if (step === 'payment') return payNow > 0 ? say('bar.proceed_to_payment') : say('bar.book_unpaid');
    return step === 'details' && quote && !asksForPayment(quote) ? say('bar.book') : say('bar.continue');
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
