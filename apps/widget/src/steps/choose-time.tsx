import { anyStaff, currentAppointment } from '../booking-draft.ts';
import { PickTime } from '../parts/pick-time.tsx';
import { StepTitle } from '../parts/step-title.tsx';
import { useWords } from '../words.tsx';
import type { LaterStepProps } from './step-props.ts';

export default function ChooseTime({ page, at, draft, dispatch }: LaterStepProps) {
  const { say } = useWords();
  const appointment = currentAppointment(draft);
  const others = draft.appointments.filter((_, index) => index !== draft.current);
  return (
    <section>
      <StepTitle focusKey={`time-${draft.current}`}>{say('time.title')}</StepTitle>
      <PickTime
        key={`${draft.current}/${appointment.serviceIds.join()}/${appointment.staff}`}
        page={page}
        at={at}
        wanted={{ ...appointment, staff: appointment.staff ?? (draft.way.timeFirst ? 'all' : anyStaff) }}
        others={others}
        onPick={(startsAt) => dispatch({ type: 'time_chosen', startsAt })}
      />
    </section>
  );
}
