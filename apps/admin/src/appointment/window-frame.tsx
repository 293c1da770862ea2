import { Drawer } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useWords } from '../words.tsx';

/** The booking window's frame: at the side, so that the calendar stays in sight; the whole screen on a phone. */
export function WindowFrame({ title, onClose, children }: { title: ReactNode; onClose: () => void; children: ReactNode }) {
  const { say } = useWords();
  const isNarrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={isNarrow ? '100%' : 620}
      title={title}
      zIndex={300}
      closeButtonProps={{ 'aria-label': say('frame.close') }}
      transitionProps={{ duration: 120 }}
      styles={{ title: { fontWeight: 650, fontSize: 'var(--mantine-font-size-lg)', minWidth: 0 } }}
    >
      {children}
    </Drawer>
  );
}
