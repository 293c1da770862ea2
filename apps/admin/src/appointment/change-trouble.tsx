import { moveRefusals } from '@holdfast/contract/move-rules';
import { Box } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { Trouble } from '../api.ts';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { type TextKey, useWords } from '../words.tsx';

const words: Readonly<Record<string, TextKey>> = {
  time_taken: 'appointment.trouble.time_taken',
  payment_in_progress: 'appointment.trouble.payment_in_progress',
  step_not_allowed: 'appointment.trouble.step_not_allowed',
  hold_run_out: 'appointment.trouble.hold_run_out',
  invalid_phone: 'appointment.trouble.invalid_phone',
};

/** The rule's own reason, where the refusal names one. */
export function reasonKey({ reason }: Trouble['detail']): TextKey | undefined {
  const known = moveRefusals.find((one) => one === reason);
  return known && `calendar.why.${known}`;
}

/** Why a change of an appointment was refused; who has the time already, where that may be said. */
export function ChangeTrouble({ error }: { error: unknown }) {
  const { say, time } = useWords();
  const { timeZone } = useLocationHere();
  const { code, detail } = error instanceof Trouble ? error : { code: undefined, detail: {} as Trouble['detail'] };
  const { clientName, from, to } = detail;
  const taken =
    code === 'time_taken' && typeof clientName === 'string' && typeof from === 'string' && typeof to === 'string'
      ? say('appointment.trouble.taken_by', { client: clientName, from: time(from, timeZone), to: time(to, timeZone) })
      : undefined;
  const offered = reasonKey(detail) ?? 'appointment.trouble.time_not_offered';
  const place = useRef<HTMLDivElement>(null);
  // what was clicked may stand far from what is wrong
  useEffect(() => {
    // answers a promise in newer browsers, and an effect answers nothing
    place.current?.scrollIntoView({ block: 'center' });
  }, []);
  return (
    <Box ref={place}>
      <TroubleNotice error={error} words={{ ...words, time_not_offered: offered }} sentence={taken} />
    </Box>
  );
}
