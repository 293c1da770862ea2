import type { StaffOffer } from '@holdfast/contract/location-page';
import { anyStaff, currentAppointment } from '../booking-draft.ts';
import { offerFor, staffForAll } from '../offers.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { Mark } from '../parts/mark.tsx';
import { StepTitle } from '../parts/step-title.tsx';
import { useWords } from '../words.tsx';
import type { StepProps } from './step-props.ts';

export function ChooseStaff(props: StepProps) {
  const { page, draft } = props;
  const { say } = useWords();
  const able = staffForAll(page, currentAppointment(draft).serviceIds);
  return (
    <section>
      <StepTitle focusKey={`staff-${draft.current}`}>{say('staff.title')}</StepTitle>
      <p class="lead">{say('staff.lead')}</p>
      <fieldset class="group">
        <legend class="unseen">{say('staff.title')}</legend>
        {page.location.anyStaff && able.length > 1 && <StaffChoice {...props} person={null} />}
        {able.map((person) => (
          <StaffChoice key={person.id} {...props} person={person} />
        ))}
      </fieldset>
    </section>
  );
}

function StaffChoice({ page, draft, dispatch, person }: StepProps & { person: StaffOffer | null }) {
  const { say, moneyRange, minutes } = useWords();
  const { serviceIds, staff } = currentAppointment(draft);
  const value = person?.id ?? anyStaff;
  const offer = offerFor(page, serviceIds, value);
  if (!offer) return null;
  return (
    <label class="choice choice-person" data-chosen={staff === value}>
      <input
        type="radio"
        class="choice-input"
        name="staff"
        value={value}
        checked={staff === value}
        onChange={() => dispatch({ type: 'staff_chosen', staff: value })}
      />
      <Avatar person={person} />
      <span class="choice-body">
        <span class="choice-name">{person?.name ?? say('staff.any')}</span>
        <span class="choice-text">{person ? person.position : say('staff.any_text')}</span>
        {person?.about && <span class="choice-text">{person.about}</span>}
        <span class="choice-facts">
          <span>{minutes(offer.minMinutes, offer.maxMinutes)}</span>
          {person && <Mark status={offer.mark} />}
        </span>
      </span>
      <span class="choice-price">{moneyRange(offer.priceMinMinor, offer.priceMaxMinor)}</span>
      <span class="tick tick-round" aria-hidden="true">
        <Icon name="check" />
      </span>
    </label>
  );
}
