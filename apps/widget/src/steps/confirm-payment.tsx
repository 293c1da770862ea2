import type { Quote } from '@holdfast/contract/booking';
import type { OnlinePaymentPolicy } from '@holdfast/contract/online-payment';
import { isTicked } from '../booking-draft.ts';
import { isCovered } from '../cover.ts';
import { taxesIn } from '../offers.ts';
import { CancellationTerms } from '../parts/cancellation-terms.tsx';
import { Icon } from '../parts/icon.tsx';
import { StepTitle } from '../parts/step-title.tsx';
import { policyOfDraft } from '../policy-of-draft.ts';
import { askedOf, payableOnline } from '../wish.ts';
import { useWords } from '../words.tsx';
import type { LaterStepProps } from './step-props.ts';
import { UseBalance } from './use-balance.tsx';

/** What has to be paid now, what may be, until when, to whom, and what happens to the money on a cancellation. */
export default function ConfirmPayment({ quote, ...props }: LaterStepProps) {
  // until the deal is known again, after a reload
  return quote ? <Payment {...props} quote={quote} /> : null;
}

function Payment({ page, at, draft, dispatch, goTo, quote }: LaterStepProps & { quote: Quote }) {
  const { say, money, when } = useWords();
  const { company } = page.location;
  const now = payableOnline(quote, draft);
  const asked = askedOf(quote, draft);
  const tax = taxesIn(
    page,
    quote.appointments.flatMap(({ services }) => services.map(({ serviceId }) => serviceId)),
  );
  return (
    <section>
      <StepTitle focusKey="payment">{say(asked.requiredMinor > 0 ? 'payment.title_required' : 'payment.title_available')}</StepTitle>
      <p class="lead">{say(asked.requiredMinor > 0 ? 'payment.lead_required' : 'payment.lead_available')}</p>
      {quote.appointments.map((appointment, index) => (
        <fieldset key={index} class="group">
          <legend>
            <h2>{[when(appointment.startsAt), appointment.staffName].filter(Boolean).join(' · ')}</h2>
          </legend>
          {appointment.services.map((service) =>
            isCovered(draft, index, service.serviceId) ? (
              <CoveredLine key={service.serviceId} name={service.name} />
            ) : (
              <PayLine
                key={service.serviceId}
                service={service}
                staffName={appointment.staffName}
                ticked={isTicked(draft, index, service.serviceId)}
                onTick={(on) => dispatch({ type: 'box_ticked', index, serviceId: service.serviceId, on })}
              />
            ),
          )}
        </fieldset>
      ))}
      <UseBalance at={at} draft={draft} dispatch={dispatch} goTo={goTo} quote={quote} />
      <div class="pay-total">
        <span>{say('payment.now')}</span>
        <strong>{money(now)}</strong>
      </div>
      {tax && now > 0 && <p class="muted">{say('price.incl_tax', { tax })}</p>}
      {now > 0 && (
        <p class="deadline">
          <Icon name="clock" />
          {say(asked.requiredMinor > 0 ? 'payment.deadline_required' : 'payment.deadline_available')}
        </p>
      )}
      <div class="fine">
        <h2>{say('terms.title')}</h2>
        <CancellationTerms policy={policyOfDraft(page, draft)} />
        {company && (
          <>
            <h2>{say('company.title')}</h2>
            <address class="company">
              <strong>{company.legalName}</strong>
              {company.registrationNumber && <span>{say('company.registration', { number: company.registrationNumber })}</span>}
              {company.taxNumber && <span>{say('company.tax', { number: company.taxNumber })}</span>}
              <span>{company.legalAddress}</span>
            </address>
          </>
        )}
      </div>
    </section>
  );
}

function CoveredLine({ name }: { name: string }) {
  const { say } = useWords();
  return (
    <div class="pay-line">
      <span class="choice-body">
        <span class="choice-name">{name}</span>
        <span class="choice-text">{say('membership.covers')}</span>
      </span>
    </div>
  );
}

type QuotedService = Quote['appointments'][number]['services'][number];

function PayLine({
  service,
  staffName,
  ticked,
  onTick,
}: {
  service: QuotedService;
  staffName: string | null;
  ticked: boolean;
  onTick: (on: boolean) => void;
}) {
  const { say, money, moneyRange } = useWords();
  const { status } = service.policy;
  if (status === 'not_available') {
    return (
      <div class="pay-line">
        <span class="choice-body">
          <span class="choice-name">{service.name}</span>
          <span class="choice-text">{say('payment.at_the_salon')}</span>
        </span>
        <span class="choice-price">{moneyRange(service.priceMinMinor, service.priceMaxMinor)}</span>
      </div>
    );
  }
  const required = status === 'required';
  return (
    <label class="choice" data-chosen={required || ticked} data-fixed={required}>
      <input
        type="checkbox"
        class="choice-input"
        checked={required || ticked}
        disabled={required}
        onChange={(event) => onTick(event.currentTarget.checked)}
      />
      <span class="tick" aria-hidden="true">
        <Icon name="check" />
      </span>
      <span class="choice-body">
        <span class="choice-name">{service.name}</span>
        <span class="choice-text">{say(reasonKey(service.policy, staffName), { staff: staffName ?? '' })}</span>
      </span>
      <span class="choice-price">{money(service.prepayMinor)}</span>
    </label>
  );
}

/** Why the client is asked, as one sentence. */
function reasonKey({ status, reason }: OnlinePaymentPolicy, staffName: string | null) {
  if (status === 'available') return 'why.available';
  if (reason === 'staff_required' && staffName === null) return 'why.any_required';
  return reason === 'staff_required' ? 'why.staff_required' : 'why.service_required';
}
