import { Box, CloseButton, Group, Paper, Portal, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useSyncExternalStore } from 'react';
import { useWords } from '../words.tsx';

interface Said {
  readonly id: number;
  readonly text: string;
  readonly tone: 'good' | 'bad';
}

const SHOWN_MS = 6_000;
let shown: readonly Said[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Said[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

/** Says briefly that something has happened, to eye and screen reader: `toast(say('frame.saved'))`. Nothing that must be acted upon: it goes by itself. */
export function toast(text: string, tone: Said['tone'] = 'good'): void {
  lastId += 1;
  set([...shown.slice(-2), { id: lastId, text, tone }]);
}

/** Where they are shown; once, around everything. */
export function Toasts() {
  const said = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
  return (
    <Portal>
      {/* always there: a screen reader hears only what is put into a region it knew before */}
      <Box
        role="status"
        aria-live="polite"
        pos="fixed"
        // above what is saved by at the foot of a form
        bottom={64}
        left={0}
        right={0}
        p="md"
        style={{ zIndex: 1000, pointerEvents: 'none', display: 'flex', flexDirection: 'column', alignItems: 'center', gap: 8 }}
      >
        {said.map((one) => (
          <Toast key={one.id} said={one} />
        ))}
      </Box>
    </Portal>
  );
}

function Toast({ said: { id, text, tone } }: { said: Said }) {
  const { say } = useWords();
  const Icon = tone === 'good' ? IconCircleCheck : IconAlertTriangle;
  useEffect(() => {
    const timer = setTimeout(() => set(shown.filter((one) => one.id !== id)), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id]);
  return (
    <Paper shadow="md" withBorder px="md" py="xs" maw={480} style={{ pointerEvents: 'auto' }}>
      <Group gap="sm" wrap="nowrap">
        <Icon size={20} aria-hidden color={`var(--hf-${tone})`} style={{ flexShrink: 0 }} />
        <Text size="sm">{text}</Text>
        <CloseButton size="sm" aria-label={say('frame.close')} onClick={() => set(shown.filter((one) => one.id !== id))} />
      </Group>
    </Paper>
  );
}
