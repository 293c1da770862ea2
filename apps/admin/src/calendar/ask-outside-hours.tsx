import { Button, Group, Text } from '@mantine/core';
import { Dialog } from '../frame/dialog.tsx';
import { useWords } from '../words.tsx';
import type { Asked } from './use-moves.ts';
import { refusalTexts } from './why-not.ts';

/** Outside working hours or in a break: possible, if it is meant. */
export function AskOutsideHours({ asked, name, onAnswer }: { asked: Asked; name: string; onAnswer: (yes: boolean) => void }) {
  const { say } = useWords();
  return (
    <Dialog title={say('calendar.ask.title')} onClose={() => onAnswer(false)}>
      <Text size="sm" mb="lg">
        {name}: {say(refusalTexts[asked.refusal])}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => onAnswer(false)} data-autofocus>
          {say('calendar.ask.no')}
        </Button>
        <Button onClick={() => onAnswer(true)}>{say('calendar.ask.yes')}</Button>
      </Group>
    </Dialog>
  );
}
