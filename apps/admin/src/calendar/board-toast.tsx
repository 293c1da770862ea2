import { Button, CloseButton, Group, Paper, Text } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { troubleKey } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import type { TeamMember } from './board-columns.ts';
import { sayDay, sayTimes } from './say-appointment.ts';
import type { Told } from './use-moves.ts';
import { refusalTexts, troubleTexts } from './why-not.ts';

const LONG_ENOUGH_MS = 9000;

interface Props {
  readonly told: Told | undefined;
  readonly timeZone: string;
  readonly staff: readonly TeamMember[];
  readonly onGone: () => void;
}

/** What has just happened, with the way back. It stays while pointer or focus is on it; why something was refused stays until it is closed. */
export function BoardToast({ told, timeZone, staff, onGone }: Props) {
  const words = useWords();
  const { say } = words;
  const [held, setHeld] = useState(false);
  const gone = useEffectEvent(onGone);
  const no = told?.no;
  const stays = told?.kind === 'trouble';
  useEffect(() => {
    if (no === undefined || held || stays) return undefined;
    const timer = setTimeout(gone, LONG_ENOUGH_MS);
    return () => clearTimeout(timer);
  }, [no, held, stays]);

  const sentence = () => {
    if (!told) return '';
    if (told.kind === 'refused') return say('calendar.not_moved', { why: say(refusalTexts[told.refusal]) });
    if (told.kind === 'trouble') return say('calendar.put_back', { why: say(troubleKey(told.error, troubleTexts)) });
    const { startsAt, endsAt, staffId, clientName } = told.appointment;
    const when = `${sayDay(words, timeZone, Date.parse(startsAt))}, ${sayTimes(words, timeZone, startsAt, endsAt)}`;
    const facts = { client: clientName, when, name: staff.find(({ id }) => id === staffId)?.name ?? '' };
    return say(told.kind === 'undone' ? 'calendar.moved_back' : 'calendar.moved', facts);
  };
  return (
    <div
      className="cal-toast"
      role="status"
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      {told && (
        <Paper shadow="lg" withBorder px="md" py="xs" radius="md" data-kind={told.kind}>
          <Group wrap="nowrap" gap="sm">
            <Text size="sm">{sentence()}</Text>
            {told.kind === 'moved' && told.undo && (
              <Button size="compact-sm" variant="light" onClick={told.undo}>
                {say('calendar.undo')}
              </Button>
            )}
            <CloseButton size="sm" aria-label={say('frame.close')} onClick={onGone} />
          </Group>
        </Paper>
      )}
    </div>
  );
}
