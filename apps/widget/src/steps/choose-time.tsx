import { wishedAgain } from '@holdfast/contract/say-waiting';
import { useState } from 'preact/hooks';
import { anyStaff, currentAppointment } from '../booking-draft.ts';
import { PickTime } from '../parts/pick-time.tsx';
import { StepTitle } from '../parts/step-title.tsx';
import { JoinLater } from '../waiting/join-later.tsx';
import { useWords } from '../words.tsx';
import type { LaterStepProps } from './step-props.ts';

export default function ChooseTime({ page, at, draft, dispatch, again, onAgain }: LaterStepProps) {
  const { say } = useWords();
  const [waitFor, setWaitFor] = useState(() => dayAgain(again));
  const appointment = currentAppointment(draft);
  const others = draft.appointments.filter((_, index) => index !== draft.current);
  if (waitFor) {
    const line = { kind: 'day', ...waitFor, serviceIds: appointment.serviceIds, staff: appointment.staff ?? anyStaff } as const;
    const back = () => {
      onAgain();
      setWaitFor(undefined);
    };
    return <JoinLater page={page} at={at} draft={draft} dispatch={dispatch} line={line} onBack={back} />;
  }
  const onFullDay = (day: string) => (
    <div class="full-day">
      <button type="button" class="button button-quiet" onClick={() => setWaitFor({ day, from: '', to: '' })}>
        {say('join.open_day')}
      </button>
    </div>
  );
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
        {...(appointment.serviceIds.length > 0 ? { onFullDay } : {})}
      />
    </section>
  );
}

function dayAgain(again: string | null) {
  const wish = again === null ? null : wishedAgain(again);
  return wish && 'day' in wish ? wish : undefined;
}
