import type { CancellationPolicy } from '@holdfast/contract/cancellation-rules';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { Contact } from '../booking-draft.ts';
import type { ContactField } from '../check-contact.ts';
import { type TextKey, useWords } from '../words.tsx';
import { CancellationTerms } from './cancellation-terms.tsx';
import { Consent } from './consent.tsx';
import { Field } from './field.tsx';

interface Props {
  page: LocationPage;
  contact: Contact;
  faults: Partial<Record<ContactField, TextKey>>;
  /** Of what is chosen. */
  policy: CancellationPolicy;
  onType: (change: Partial<Contact>) => void;
  onSubmit: () => void;
}

/** Who it is, and what they agree to: the fields that the booking link asks for. */
export function ContactForm({ page, contact, faults, policy, onType: type, onSubmit }: Props) {
  const { say } = useWords();
  const { fields, privacy } = page.widget;
  const words = (key: TextKey | undefined) => (key ? say(key) : undefined);
  return (
    <form
      id="contact"
      noValidate
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
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
          fault={words(faults.phone)}
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
            <CancellationTerms policy={policy} />
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
  );
}
