import { Button, Group } from '@mantine/core';
import { useWords } from '../words.tsx';
import { ReasonButton } from './reason-button.tsx';

/** What ends a dialog's form: Cancel, and the button that sends it. */
export function DialogFoot({
  onCancel,
  does,
  pending,
  reason,
  danger = false,
}: {
  onCancel: () => void;
  /** What the button says it does; left out: Save. */
  does?: string;
  pending?: boolean;
  /** Why it cannot be sent yet. */
  reason?: string | undefined;
  danger?: boolean;
}) {
  const { say } = useWords();
  return (
    <Group justify="flex-end" gap="sm">
      <Button variant="default" onClick={onCancel}>
        {say('frame.cancel')}
      </Button>
      <ReasonButton type="submit" reason={reason} {...(pending === undefined ? {} : { loading: pending })} {...(danger ? { color: 'red.9' } : {})}>
        {does ?? say('frame.save')}
      </ReasonButton>
    </Group>
  );
}
