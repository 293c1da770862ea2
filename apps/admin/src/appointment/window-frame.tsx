import { Box, Drawer, Group, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../words.tsx';

/** The booking window's frame: at the side, so that the calendar stays in sight; the whole screen on a phone. */
export function WindowFrame({ kind, title, onClose, children }: { kind: string; title: string; onClose: () => void; children: ReactNode }) {
  const { say } = useWords();
  const isNarrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  const inside = useRef<HTMLDivElement>(null);
  useEscape(inside, onClose);
  return (
    <Drawer.Root
      opened
      onClose={onClose}
      closeOnEscape={false}
      position="right"
      size={isNarrow ? '100%' : 640}
      zIndex={300}
      transitionProps={{ duration: 120 }}
    >
      <Drawer.Overlay />
      <Drawer.Content>
        <Drawer.Body p={0} mih="100%" display="flex" style={{ flexDirection: 'column' }}>
          <Group ref={inside} justify="space-between" wrap="nowrap" align="flex-start" p="md" gap="sm">
            <Box miw={0}>
              <Text size="xs" c="dimmed">
                {kind}
              </Text>
              <Drawer.Title fw={650} fz="lg" lh={1.3} style={{ overflowWrap: 'anywhere' }}>
                {title}
              </Drawer.Title>
            </Box>
            <Drawer.CloseButton aria-label={say('frame.close')} size="lg" />
          </Group>
          {children}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

/** Escape closes this window only where nothing is open above it: a dialog or a list is closed first, and by itself. */
function useEscape(inside: React.RefObject<HTMLDivElement | null>, onClose: () => void): void {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.isComposing) return;
      if (event.target instanceof Element && event.target.closest('[data-mantine-stop-propagation=true]')) return;
      const [first, above] = document.querySelectorAll('[role=dialog]');
      if (!above && first?.contains(inside.current)) close.current();
    };
    // before the others hear it: they take their dialog away
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [inside]);
}
