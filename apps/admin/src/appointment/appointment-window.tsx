import { useQuery } from '@tanstack/react-query';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { appointmentQuery } from './appointment-query.ts';
import { WindowFrame } from './window-frame.tsx';

/** The booking window (Appointment, Checkout, History) of one appointment. */
export function AppointmentWindow({ appointmentId, onClose }: { appointmentId: string; onClose: () => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const { data, error, refetch } = useQuery(appointmentQuery(here.id, appointmentId));
  return (
    <WindowFrame title={data ? data.clientName : say('appointment.window')} onClose={onClose}>
      {error ? <TroubleNotice error={error} onRetry={() => void refetch()} /> : !data && <PageLoading />}
    </WindowFrame>
  );
}
