import type { Booking } from '@holdfast/contract/booking';
import type { LocationPage } from '@holdfast/contract/location-page';
import { useEffect, useState } from 'preact/hooks';
import { askLocationPage, type Trouble } from '../api.ts';
import { anyStaff } from '../booking-draft.ts';
import { PickTime } from '../parts/pick-time.tsx';
import { TroubleNotice } from '../parts/trouble-notice.tsx';
import { useWords } from '../words.tsx';

type Appointment = Booking['appointments'][number];

interface Props {
  appointment: Appointment;
  booking: Booking;
  staff: string;
  startsAt: string | null;
  round: number;
  onStaff: (staff: string) => void;
  onPick: (startsAt: string) => void;
}

/** A month of free times for the same services, with the same team member or any. `round`: counts up when what is shown is no longer so. */
export function AnotherTime({ appointment, booking, staff, startsAt, round, onStaff, onPick }: Props) {
  const { say, language } = useWords();
  const at = { chain: booking.chain.slug, location: booking.location.slug };
  const [page, setPage] = useState<LocationPage | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  useEffect(() => {
    void askLocationPage(at, language).then((answer) => (answer.ok ? setPage(answer.value) : setTrouble(answer.trouble)));
  }, []);
  if (trouble) return <TroubleNotice trouble={trouble} />;
  if (!page) return <div class="bone bone-block" role="status" aria-label={say('page.loading')} />;
  const serviceIds = appointment.services.map(({ serviceId }) => serviceId);
  return (
    <div>
      {page.location.anyStaff && (
        <fieldset class="segments" aria-label={say('staff.title')}>
          <button type="button" aria-pressed={staff !== anyStaff} onClick={() => onStaff(appointment.staffId)}>
            {appointment.staffName}
          </button>
          <button type="button" aria-pressed={staff === anyStaff} onClick={() => onStaff(anyStaff)}>
            {say('staff.any')}
          </button>
        </fieldset>
      )}
      <PickTime
        key={`${staff}/${round}`}
        page={page}
        at={at}
        wanted={{ serviceIds, staff, startsAt, around: appointment.startsAt }}
        others={[]}
        onPick={onPick}
      />
    </div>
  );
}
