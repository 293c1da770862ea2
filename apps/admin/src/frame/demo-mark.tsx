import { Badge, Tooltip } from '@mantine/core';
import { useWords } from '../words.tsx';

/** The demo is marked on every page. */
export function DemoMark() {
  const { say } = useWords();
  return (
    <Tooltip label={say('frame.demo.more')} multiline maw={280} events={{ hover: true, focus: true, touch: true }}>
      <Badge
        component="a"
        href="/"
        variant="light"
        color="yellow"
        style={{ cursor: 'pointer', flexShrink: 0 }}
        tt="none"
        c="var(--hf-warm-ink)"
        bg="var(--hf-warm-soft)"
      >
        {say('frame.demo')}
      </Badge>
    </Tooltip>
  );
}
