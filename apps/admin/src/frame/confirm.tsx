import { Button, Group, Stack, Text } from '@mantine/core';
import { type ReactNode, useSyncExternalStore } from 'react';
import { useWords } from '../words.tsx';
import { Dialog } from './dialog.tsx';

interface Question {
  readonly title: string;
  readonly more?: ReactNode;
  /** What the button does, as a verb: "Delete", "Leave without saving". */
  readonly yes: string;
  /** "Cancel", unless something else says better that nothing happens. */
  readonly no?: string;
  /** Something is lost by a yes. */
  readonly danger?: boolean;
}

interface Asked extends Question {
  readonly answer: (yes: boolean) => void;
}

let asked: Asked | null = null;
let open = false;
const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};

/** Asks before something happens: `if (!(await confirmed({ title, yes }))) return;`. Closing the question is a no. */
export function confirmed(question: Question): Promise<boolean> {
  if (open) asked?.answer(false);
  return new Promise((resolve) => {
    asked = {
      ...question,
      answer: (yes) => {
        open = false;
        tell();
        resolve(yes);
      },
    };
    open = true;
    tell();
  });
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Where questions are asked; once, around everything. */
export function Questions() {
  const { say } = useWords();
  const isOpen = useSyncExternalStore(subscribe, () => open);
  // kept while it fades away
  const question = useSyncExternalStore(subscribe, () => asked);
  const answer = (yes: boolean) => () => question?.answer(yes);
  return (
    <Dialog opened={isOpen} onClose={answer(false)} title={question?.title ?? ''} zIndex={600}>
      <Stack gap="lg">
        {question?.more && (
          <Text size="sm" component="div">
            {question.more}
          </Text>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={answer(false)} data-autofocus>
            {question?.no ?? say('frame.cancel')}
          </Button>
          <Button color={question?.danger ? 'red.9' : undefined} onClick={answer(true)}>
            {question?.yes}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
