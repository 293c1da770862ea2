import { isComplete, mostAppointments } from '../booking-draft.ts';
import { contactFaults } from '../check-contact.ts';
import { ContactForm } from '../parts/contact-form.tsx';
import { Icon } from '../parts/icon.tsx';
import { StepTitle } from '../parts/step-title.tsx';
import { policyOfDraft } from '../policy-of-draft.ts';
import { useWords } from '../words.tsx';
import type { LaterStepProps } from './step-props.ts';

export default function EnterDetails({ page, draft, dispatch, showFaults, phoneRefused, way, goOn, goTo }: LaterStepProps) {
  const { say } = useWords();
  const { contact } = draft;
  const faults = showFaults ? contactFaults(contact, page.widget) : {};
  const addAnother = () => {
    dispatch({ type: 'appointment_added' });
    goTo(way[0] ?? 'services');
  };

  return (
    <section>
      <StepTitle focusKey="details">{say('details.title')}</StepTitle>
      <ContactForm
        page={page}
        contact={contact}
        faults={phoneRefused && !faults.phone ? { ...faults, phone: 'details.phone_wrong' } : faults}
        policy={policyOfDraft(page, draft)}
        onType={(change) => dispatch({ type: 'contact_typed', change })}
        onSubmit={goOn}
      />
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
