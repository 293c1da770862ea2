import { useWords } from '../words.tsx';
import { WindowFrame } from './window-frame.tsx';

/** Staff book for a client: whom, what, with whom and when. `staffId` and `startsAt` are what was clicked in the calendar. */
export function NewAppointmentWindow({ onClose }: { staffId: string | undefined; startsAt: string | undefined; onClose: () => void }) {
  const { say } = useWords();
  return (
    <WindowFrame title={say('appointment.new')} onClose={onClose}>
      {null}
    </WindowFrame>
  );
}
