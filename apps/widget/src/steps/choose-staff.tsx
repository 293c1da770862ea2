import type { StaffOffer } from '@holdfast/contract/location-page';
import { anyStaff, currentAppointment } from '../booking-draft.ts';
import { offerFor, staffForAll } from '../offers.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { Mark } from '../parts/mark.tsx';
import { StepTitle } from '../parts/step-title.tsx';
import { useFitting } from '../use-fitting.ts';
import { useWords } from '../words.tsx';
import type { StepProps } from './step-props.ts';

export default function ChooseStaff(props: StepProps) {
  const { page, at, draft } = props;
  const { say } = useWords();
  const { serviceIds } = currentAppointment(draft);
  const fits = useFitting(at, draft);
  const able =
    page.widget.first === 'staff' ? page.staff : staffForAll(page, serviceIds).filter(({ id }) => serviceIds.every((service) => fits(service, id)));
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
  const choose = () => {
    // chosen before what they are to do: what they do not do is chosen no more
    const done = serviceIds.filter((id) => !person || person.services.some(({ serviceId }) => serviceId === id));
    if (done.length < serviceIds.length) dispatch({ type: 'services_chosen', serviceIds: done, staff: value });
    else dispatch({ type: 'staff_chosen', staff: value });
  };
  return (
    <label class="choice choice-person" data-chosen={staff === value}>
      <input type="radio" class="choice-input" name="staff" value={value} checked={staff === value} onChange={choose} />
      <Avatar person={person} />
      <span class="choice-body">
        <span class="choice-name">{person?.name ?? say('staff.any')}</span>
        <span class="choice-text">{person ? person.position : say('staff.any_text')}</span>
        {person?.about && <span class="choice-text">{person.about}</span>}
        {offer && (
          <span class="choice-facts">
            <span>{minutes(offer.minMinutes, offer.maxMinutes)}</span>
            {person && <Mark status={offer.mark} />}
          </span>
        )}
      </span>
      {offer && <span class="choice-price">{moneyRange(offer.priceMinMinor, offer.priceMaxMinor)}</span>}
      <span class="tick tick-round" aria-hidden="true">
        <Icon name="check" />
      </span>
    </label>
  );
}
