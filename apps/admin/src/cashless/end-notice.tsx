import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { serverNow } from '../server-clock.ts';
import { useWords } from '../words.tsx';

const DAY_MS = 86_400_000;
const NOTICE_DAYS = 30;

/** Credentials that stop working by themselves: a warning in the last thirty days, an error after. */
export function EndNotice({ endsAt, timeZone }: { endsAt: string; timeZone: string }) {
  const { say, when } = useWords();
  const left = new Date(endsAt).getTime() - serverNow();
  if (left > NOTICE_DAYS * DAY_MS) return null;
  const over = left <= 0;
  return (
    <Alert color={over ? 'red' : 'yellow'} variant="light" icon={<IconAlertTriangle aria-hidden />} role={over ? 'alert' : 'status'}>
      {over
        ? say('cashless.ends.over', { when: when(endsAt, timeZone) })
        : say('cashless.ends.soon', { when: when(endsAt, timeZone), count: Math.ceil(left / DAY_MS) })}
    </Alert>
  );
}
