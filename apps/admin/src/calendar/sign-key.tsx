import { ActionIcon, Popover, Stack, Text } from '@mantine/core';
import { IconQuestionMark } from '@tabler/icons-react';
import { useWords } from '../words.tsx';
import { markTexts } from './block-marks.ts';
import { allMarks, Sign } from './signs.tsx';

/** What the signs mean, and the keys. */
export function SignKey() {
  const { say } = useWords();
  return (
    <Popover position="bottom-end" shadow="md" width={300} trapFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" size={36} aria-label={say('calendar.signs')}>
          <IconQuestionMark size={18} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={say('calendar.signs')}>
        <Stack gap="sm">
          <ul className="cal-signs">
            {allMarks.map((mark) => (
              <li key={mark}>
                <span className="cal-swatch" data-status={mark}>
                  <Sign mark={mark} />
                </span>
                {say(markTexts[mark])}
              </li>
            ))}
          </ul>
          <Text size="sm" c="dimmed">
            {say('calendar.keys')}
          </Text>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
