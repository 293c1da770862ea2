import type { LocationPage, ServiceOffer } from '@holdfast/contract/location-page';
import { useState } from 'preact/hooks';
import { currentAppointment, mostServices } from '../booking-draft.ts';
import { canBeAdded, servicesOf, staffForAll } from '../offers.ts';
import { Icon } from '../parts/icon.tsx';
import { Mark, MembershipMark } from '../parts/mark.tsx';
import { StepTitle } from '../parts/step-title.tsx';
import { useSurroundings } from '../surroundings.ts';
import { useFitting } from '../use-fitting.ts';
import { useWords } from '../words.tsx';
import type { StepProps } from './step-props.ts';

const manyServices = 8;

export function ChooseServices({ page, at, draft, dispatch }: StepProps) {
  const { say } = useWords();
  const [sought, setSought] = useState('');
  const chosen = currentAppointment(draft).serviceIds;
  const fits = useFitting(at, draft);
  // chosen before what they are to do, or by their own link: only what they do
  const linked = new URLSearchParams(useSurroundings().query);
  const asked = page.widget.first === 'staff' ? null : linked.has('service') ? '' : (linked.get('staff') ?? '');
  const doer = page.staff.find(({ id }) => id === currentAppointment(draft).staff && (asked ?? id) === id);
  const found = page.services.filter(
    (service) => matches(service, sought) && (!doer || doer.services.some(({ serviceId }) => serviceId === service.id)),
  );
  const categories = page.categories
    .map((category) => ({ ...category, services: found.filter((service) => service.categoryId === category.id) }))
    .filter((category) => category.services.length > 0);

  const toggle = (serviceId: string) => {
    const serviceIds = chosen.includes(serviceId) ? chosen.filter((id) => id !== serviceId) : [...chosen, serviceId];
    const { staff } = currentAppointment(draft);
    const stillDoesAll = staff === 'any' || staffForAll(page, serviceIds).some((person) => person.id === staff);
    dispatch({ type: 'services_chosen', serviceIds, staff: stillDoesAll ? staff : null });
  };

  return (
    <section>
      <StepTitle focusKey={`services-${draft.current}`}>{say(draft.current === 0 ? 'services.title' : 'services.title_another')}</StepTitle>
      <p class="lead">{say('services.lead')}</p>
      {page.services.length > manyServices && (
        <div class="search">
          <label class="unseen" for="service-search">
            {say('services.search')}
          </label>
          <input
            id="service-search"
            type="search"
            class="input"
            placeholder={say('services.search')}
            value={sought}
            onInput={(event) => setSought(event.currentTarget.value)}
            autocomplete="off"
          />
        </div>
      )}
      {categories.map((category) => (
        <fieldset key={category.id} class="group">
          <legend>
            <h2>{category.name}</h2>
          </legend>
          {category.services.map((service) => (
            <ServiceChoice
              key={service.id}
              service={service}
              chosen={chosen}
              page={page}
              fits={fits(service.id)}
              onToggle={() => toggle(service.id)}
            />
          ))}
        </fieldset>
      ))}
      <p role="status" class={categories.length === 0 ? 'empty' : 'unseen'}>
        {categories.length === 0 ? say('services.none_found', { sought }) : ''}
      </p>
    </section>
  );
}

interface ChoiceProps {
  service: ServiceOffer;
  chosen: string[];
  page: LocationPage;
  /** At the time that was chosen before. */
  fits: boolean;
  onToggle: () => void;
}

function ServiceChoice({ service, chosen, page, fits, onToggle }: ChoiceProps) {
  const { say, moneyRange, minutes } = useWords();
  const isChosen = chosen.includes(service.id);
  const together = isChosen || canBeAdded(page, chosen, service.id);
  const full = !isChosen && chosen.length >= mostServices;
  const reason = together ? whyNotNow() : whyNot();
  const reasonId = `why-${service.id}`;

  function whyNotNow(): string {
    if (full) return say('services.full', { count: mostServices });
    return isChosen || fits ? '' : say('services.not_then');
  }
  function whyNot(): string {
    const names = servicesOf(page, chosen).map(({ name }) => name);
    return chosen.length === 0 ? say('services.nobody') : say('services.not_together', { services: names.join(', ') });
  }

  return (
    <label class="choice" data-chosen={isChosen} data-off={reason !== ''}>
      <input
        type="checkbox"
        class="choice-input"
        checked={isChosen}
        disabled={reason !== ''}
        aria-describedby={reason ? reasonId : undefined}
        onChange={onToggle}
      />
      <span class="tick" aria-hidden="true">
        <Icon name="check" />
      </span>
      <span class="choice-body">
        <span class="choice-name">{service.name}</span>
        {service.description && (
          <span class="choice-text">
            <bdi>{service.description}</bdi>
          </span>
        )}
        <span class="choice-facts">
          <span>{minutes(service.durationMinutes, service.durationMaxMinutes)}</span>
          {service.membership !== 'members' && <Mark status={service.mark} />}
          <MembershipMark use={service.membership} />
        </span>
        {reason && (
          <span id={reasonId} class="choice-text">
            {reason}
          </span>
        )}
      </span>
      <span class="choice-price">{moneyRange(service.priceMinMinor, service.priceMaxMinor)}</span>
    </label>
  );
}

function matches(service: ServiceOffer, sought: string): boolean {
  const plain = (text: string) => text.toLocaleLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  return plain(`${service.name} ${service.description}`).includes(plain(sought.trim()));
}
