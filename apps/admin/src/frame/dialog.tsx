import { Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words.tsx';

/** A dialog over the page. Its heading is no banner of the page, as the component library's own header would be to a screen reader. */
export function Dialog({
  title,
  opened = true,
  size,
  onClose,
  zIndex = 500,
  children,
}: {
  title: string;
  opened?: boolean;
  size?: 'lg';
  /** Left out: only what it asks for closes it. */
  onClose?: () => void;
  /** Above the window it was opened from. */
  zIndex?: number;
  children: ReactNode;
}) {
  const { say } = useWords();
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose ?? (() => {})}
      closeOnEscape={onClose !== undefined}
      closeOnClickOutside={onClose !== undefined}
      zIndex={zIndex}
      {...(size ? { size } : {})}
      centered
    >
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body p="md">
          <Group justify="space-between" wrap="nowrap" mb="sm">
            <Modal.Title fw={650}>{title}</Modal.Title>
            {onClose && <Modal.CloseButton aria-label={say('frame.close')} />}
          </Group>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
