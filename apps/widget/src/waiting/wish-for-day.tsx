import type { LocationPage } from '@holdfast/contract/location-page';
import { anyStaff } from '../booking-draft.ts';
import { servicesOf, staffForAll } from '../offers.ts';
import { Fault, Field } from '../parts/field.tsx';
import { useWords } from '../words.tsx';
import type { DayFault, DayWish } from './lines.ts';

interface Props {
  page: LocationPage;
  serviceIds: readonly string[];
  wish: DayWish;
  faults: readonly DayFault[];
  onWish: (wish: DayWish) => void;
}

/** Which day, with whom, and between which hours a visit may begin. */
export function WishForDay({ page, serviceIds, wish, faults, onWish }: Props) {
  const { say } = useWords();
  const { firstDay, lastDay } = page.location;
  const change = (one: Partial<DayWish>) => onWish({ ...wish, ...one });
  const clock = { type: 'time', step: 900, dir: 'ltr' } as const;
  return (
    <fieldset class="card form">
      <legend class="unseen">{say('join.wish')}</legend>
      <h2>
        {servicesOf(page, serviceIds)
          .map(({ name }) => name)
          .join(', ')}
      </h2>
      <div class="form-pair">
        <Field
          name="day"
          label={say('join.day')}
          value={wish.day}
          fault={faults.includes('day') ? say('join.day_wrong') : undefined}
          onValue={(day) => change({ day })}
          input={{ type: 'date', min: firstDay, max: lastDay, required: true }}
        />
        {page.widget.asksStaff && (
          <div class="field">
            <label for="field-with">{say('join.with')}</label>
            <select id="field-with" class="input" value={wish.staff} onChange={(event) => change({ staff: event.currentTarget.value })}>
              <option value={anyStaff}>{say('staff.any')}</option>
              {staffForAll(page, serviceIds).map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        )}
      </div>
      <div class="form-pair">
        <Field name="from" label={say('join.from')} optional value={wish.from} onValue={(from) => change({ from })} input={clock} />
        <Field name="to" label={say('join.to')} optional value={wish.to} onValue={(to) => change({ to })} input={clock} />
      </div>
      <p class="hint">{say('join.hours_hint')}</p>
      <div role="alert">{faults.includes('hours') && <Fault id="hours-fault" text={say('join.hours_wrong')} />}</div>
    </fieldset>
  );
}
