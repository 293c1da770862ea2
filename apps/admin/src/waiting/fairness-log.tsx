import { notCoveredReasons } from '@holdfast/contract/membership-use';
import type { WaitingLine } from '@holdfast/contract/waiting';
import { Button, List, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { type TextKey, useWords } from '../words.tsx';

type LogLine = WaitingLine['log'][number];

/** Everything that happened to a line, newest first: for whoever asks why somebody else was first. */
export function FairnessLog({ line }: { line: WaitingLine }) {
  const { say, when } = useWords();
  const [open, setOpen] = useState(false);
  const told = useToldOf(line.timeZone);
  return (
    <Stack gap="xs" align="flex-start">
      <Button variant="subtle" size="compact-sm" aria-expanded={open} onClick={() => setOpen(!open)}>
        {say(open ? 'waiting.log.hide' : 'waiting.log.show')}
      </Button>
      {open && (
        <List size="sm" spacing={4} listStyleType="none" aria-label={say('waiting.log')}>
          {line.log.map((one) => (
            <List.Item key={one.no}>
              <Text size="sm" span c="dimmed">
                {when(one.at, line.timeZone)}
              </Text>{' '}
              {say('waiting.number', { number: one.lineNo })}
              {one.name && ` ${one.name}`}: {told(one)}
            </List.Item>
          ))}
        </List>
      )}
    </Stack>
  );
}

/** Why what was promised could not be done, as one says it. */
function reasonOf(reason: string): TextKey {
  if (reason === 'not_enough_on_account') return 'waiting.reason.account';
  if (reason === 'quote_changed' || reason === 'consent_needed') return 'waiting.reason.terms';
  const isAboutMembership = reason.startsWith('membership_') || (notCoveredReasons as readonly string[]).includes(reason);
  return isAboutMembership ? 'waiting.reason.membership' : 'waiting.reason.other';
}

function useToldOf(timeZone: string): (one: LogLine) => string {
  const { say, when } = useWords();
  return ({ what, detail }) => {
    const text = (name: string) => {
      const value = detail[name];
      return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    };
    switch (what) {
      case 'joined':
        return detail['by'] === undefined ? say('waiting.log.joined') : say('waiting.log.joined_by', { by: text('by') });
      case 'offered':
        return say('waiting.log.offered', { until: when(text('until'), timeZone) });
      case 'skipped':
        return detail['free'] === undefined
          ? say('waiting.log.does_not_fit', { number: text('lineNo') })
          : say('waiting.log.skipped', { places: text('places'), free: text('free') });
      case 'promise_failed':
        return say('waiting.log.promise_failed', { reason: say(reasonOf(text('reason'))) });
      case 'moved':
        return say('waiting.log.moved', { to: when(text('to'), timeZone) });
      case 'removed':
        return say('waiting.log.removed', { by: text('by'), because: text('because') });
      case 'over':
        return say(detail['because'] === 'cancelled' ? 'waiting.log.cancelled' : 'waiting.log.over');
      case 'taken':
        return say(detail['promise'] === 'pay' ? 'waiting.log.taken' : 'waiting.log.taken_as_promised');
      case 'lapsed':
      case 'passed':
      case 'withdrawn':
        return say(`waiting.log.${what}`);
    }
  };
}
