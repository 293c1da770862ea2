import { Box } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { appointmentQuery } from './appointment-query.ts';
import { OpenWindow } from './open-window.tsx';
import { WindowFrame } from './window-frame.tsx';

/** The booking window of one appointment. `?tab=checkout` in the address opens it there. */
export function AppointmentWindow({ appointmentId, onClose }: { appointmentId: string; onClose: () => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const { data, error, refetch } = useQuery(appointmentQuery(here.id, appointmentId));
  // what is typed is about one appointment: another one begins anew
  if (data) return <OpenWindow key={data.id} appointment={data} trouble={error} onClose={onClose} />;
  return (
    <WindowFrame kind={say('appointment.window')} title={say('appointment.tab')} onClose={onClose}>
      <Box p="md">
        {error ? (
          <TroubleNotice error={error} words={{ not_found: 'appointment.trouble.not_found' }} onRetry={() => void refetch()} />
        ) : (
          <PageLoading />
        )}
      </Box>
    </WindowFrame>
  );
}
