import { useRef } from 'preact/hooks';
import { isComplete, mostAppointments } from '../booking-draft.ts';
import { contactFaults } from '../check-contact.ts';
import { CancellationTerms } from '../parts/cancellation-terms.tsx';
import { Fault, Field } from '../parts/field.tsx';
import { Icon } from '../parts/icon.tsx';
import { StepTitle } from '../parts/step-title.tsx';
import { policyOfDraft } from '../policy-of-draft.ts';
import { useWords } from '../words.tsx';
import type { LaterStepProps } from './step-props.ts';

export default function EnterDetails({ page, draft, dispatch, showFaults, phoneRefused, way, goOn, goTo }: LaterStepProps) {
  const { say } = useWords();
  const form = useRef<HTMLFormElement>(null);
  const { contact } = draft;
  const { fields, privacy } = page.widget;
  const faults = showFaults ? contactFaults(contact, page.widget) : {};
  const phoneFault = faults.phone ?? (phoneRefused ? 'details.phone_wrong' : undefined);
  const type = (change: Partial<typeof contact>) => dispatch({ type: 'contact_typed', change });
  const addAnother = () => {
    dispatch({ type: 'appointment_added' });
    goTo(way[0] ?? 'services');
  };
  const words = (key: Parameters<typeof say>[0] | undefined) => (key ? say(key) : undefined);

  return (
    <section>
      <StepTitle focusKey="details">{say('details.title')}</StepTitle>
      <form
        ref={form}
        id="contact"
        noValidate
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          goOn();
        }}
      >
        <Field
          name="name"
          label={say('details.name')}
          value={contact.name}
          fault={words(faults.name)}
          onValue={(name) => type({ name })}
          input={{ autocomplete: 'name', required: true, maxLength: 120 }}
        />
        <div class="form-pair">
          <Field
            name="phone"
            label={say('details.phone')}
            value={contact.phone}
            fault={words(phoneFault)}
            onValue={(phone) => type({ phone })}
            input={{ type: 'tel', inputMode: 'tel', autocomplete: 'tel', required: true, maxLength: 40 }}
          />
          {fields.email !== 'off' && (
            <Field
              name="email"
              label={say('details.email')}
              optional={fields.email === 'optional'}
              value={contact.email}
              fault={words(faults.email)}
              onValue={(email) => type({ email })}
              input={{ type: 'email', inputMode: 'email', autocomplete: 'email', required: fields.email === 'required', maxLength: 200 }}
            />
          )}
        </div>
        {fields.comment !== 'off' && (
          <Field
            name="comment"
            label={say('details.comment')}
            optional={fields.comment === 'optional'}
            value={contact.comment}
            fault={words(faults.comment)}
            onValue={(comment) => type({ comment })}
            lines={2}
          />
        )}
        <div class="terms">
          <Consent
            name="terms"
            given={contact.terms}
            fault={words(faults.terms)}
            onGiven={(terms) => type({ terms })}
            text={say('details.terms', { salon: page.chain.name })}
          />
          <details class="disclosure">
            <summary>{say('details.read_terms')}</summary>
            <div class="disclosure-body">
              <p class="as-written">{page.location.terms.text}</p>
              <CancellationTerms policy={policyOfDraft(page, draft)} />
            </div>
          </details>
        </div>
        {privacy && (
          <div class="terms">
            <Consent
              name="privacy"
              given={contact.privacy}
              fault={words(faults.privacy)}
              onGiven={(given) => type({ privacy: given })}
              text={say('details.privacy')}
            />
            <details class="disclosure">
              <summary>{say('details.read_privacy')}</summary>
              <p class="disclosure-body as-written">{privacy}</p>
            </details>
          </div>
        )}
      </form>
      {!draft.event && draft.appointments.filter(isComplete).length < mostAppointments && (
        <div class="add-another">
          <button type="button" class="button button-quiet" onClick={addAnother}>
            <Icon name="plus" />
            {say('details.add_another')}
          </button>
          <p class="hint">{say('details.add_another_text')}</p>
        </div>
      )}
    </section>
  );
}

interface ConsentProps {
  name: string;
  given: boolean;
  fault: string | undefined;
  onGiven: (given: boolean) => void;
  text: string;
}

function Consent({ name, given, fault, onGiven, text }: ConsentProps) {
  const faultId = `${name}-fault`;
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          name={name}
          checked={given}
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault ? faultId : undefined}
          onChange={(event) => onGiven(event.currentTarget.checked)}
        />
        <span>{text}</span>
      </label>
      {fault && <Fault id={faultId} text={fault} />}
    </>
  );
}
